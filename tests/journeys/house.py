"""A whole installation: a data folder, the command that serves it, the letters it writes."""

import email
import email.policy
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

T = TypeVar("T")

MOST_SECONDS = 60
MAIL_ENDS = ".eml"


def lms(folder: Path, *arguments: str, **environ: str) -> str:
    """Run the command on a data folder and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-m", "lms.cli", *arguments],
        env=_environ(folder) | environ, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, f"lms {' '.join(arguments)}: {done.stdout}{done.stderr}"
    return done.stdout


class House:
    """An installation in a folder, served as an institute would serve it: `lms serve`."""

    def __init__(self, folder: Path, log: Path | None = None, database: str = "") -> None:
        self.folder = folder
        self.database = database or f"sqlite:///{folder / 'cabildo.db'}"
        self._log = log or folder.parent / "server.log"
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self, *options: str) -> None:
        """Serve, and return once the site answers."""
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "lms.cli", "serve", *options],
                env=_environ(self.folder)
                | {"PORT": str(self.port), "LMS_DATABASE_URL": self.database},
                stdout=log, stderr=log, start_new_session=True,
            )  # fmt: skip
        self.until(self.answers)

    def stop(self) -> None:
        """Tell it to stop, as an operator does."""
        process, self.process = self.process, None
        if process is not None:
            process.terminate()
            assert process.wait(MOST_SECONDS) == 0, self.log()

    def kill(self) -> None:
        """The current fails: supervisor, web and worker are gone at once."""
        process, self.process = self.process, None
        if process is None:
            return
        for one in [process.pid, *descendants(process.pid)]:
            with suppress(ProcessLookupError):  # what loses its supervisor may be gone first
                os.kill(one, signal.SIGKILL)
        process.wait(MOST_SECONDS)

    def worker(self) -> int:
        """The process that does the background work."""
        assert self.process is not None
        return self.until(lambda: next(iter(descendants(self.process.pid, "lms.cli worker")), 0))

    def answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.address}/healthz", timeout=10) as answer:
                return bool(answer.read() == b"ok\n")
        except OSError:
            return False

    def lms(self, *arguments: str) -> str:
        """Run the command beside the server, as the help desk or an operator does."""
        return lms(
            self.folder, *arguments,
            LMS_PUBLIC_URL=self.address, LMS_DATABASE_URL=self.database,
        )  # fmt: skip

    @property
    def is_sqlite(self) -> bool:
        return self.database.startswith("sqlite")

    def rows(self, statement: str, *values: Any) -> list[tuple[Any, ...]]:
        """What the database holds, asked from outside."""
        return ask(self.database, statement, *values)

    def change(self, statement: str, *values: Any) -> None:
        """Change a row from outside, as time would have (only while nothing is served)."""
        assert self.process is None
        ask(self.database, statement, *values)

    def password_of(self, who: str) -> str:
        """The password of a demo account (`rosa`, `registro`, …)."""
        found: dict[str, str] = json.loads((self.folder / "demo-accounts.json").read_text("utf-8"))
        return found[address_of(who)]

    def letters(self, to: str) -> list[EmailMessage]:
        """The letters that left for an address, oldest first."""
        found = []
        for path in sorted((self.folder / "mail").glob(f"*{MAIL_ENDS}")):
            message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
            if isinstance(message, EmailMessage) and to.lower() in str(message["To"]).lower():
                found.append(message)
        return found

    def letter(self, to: str, about: str) -> str:
        """The text of the newest letter to somebody whose subject has these words; waits for it."""

        def found() -> str | None:
            for message in reversed(self.letters(to)):
                if about in str(message["Subject"]):
                    body = message.get_body(("plain",))
                    assert body is not None
                    return str(body.get_content())
            return None

        return self.until(found)

    def link(self, to: str, about: str, part: str) -> str:
        """The address in such a letter that has this part."""
        text = self.letter(to, about)
        link = re.search(rf"{re.escape(self.address)}\S*{re.escape(part)}\S*", text)
        assert link, text
        return link.group()

    def until(self, ask: Callable[[], T | None]) -> T:
        """Ask until the answer is true, for a minute at most; the server must live meanwhile."""
        end = time.monotonic() + MOST_SECONDS
        while not (answer := ask()):
            assert time.monotonic() < end, f"waited for a minute\n{self.log()}"
            if self.process is not None:
                try:
                    self.process.wait(0.05)
                except subprocess.TimeoutExpired:
                    continue
                raise AssertionError(f"the server ended by itself\n{self.log()}")
        return answer

    def log(self) -> str:
        """The end of what the server wrote."""
        return self._log.read_text("utf-8", "replace")[-4000:] if self._log.exists() else ""


def ask(database: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """One statement, its values as ``?``, on a database that nobody here keeps open."""
    engine = create_engine(
        database.replace("postgresql:", "postgresql+psycopg:"), poolclass=NullPool
    )
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            statement = statement.replace("?", "%s")
        done = connection.exec_driver_sql(statement, values)
        return [tuple(row) for row in done] if done.returns_rows else []


def address_of(who: str) -> str:
    """The address of a demo account."""
    return who if "@" in who else f"{who}@muestra.cabildo.example"


def descendants(pid: int, words: str = "") -> list[int]:
    """Processes below one, nearest first; with ``words``, those whose command has them."""
    parents: dict[int, list[int]] = {}
    commands: dict[int, str] = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            stat = (entry / "stat").read_text().rpartition(")")[2].split()
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
        except (OSError, ValueError):
            continue
        if stat[0] != "Z":
            parents.setdefault(int(stat[1]), []).append(int(entry.name))
            commands[int(entry.name)] = command
    found, ahead = [], [pid]
    while ahead:
        children = parents.get(ahead.pop(0), [])
        found += children
        ahead += children
    return [one for one in found if words in commands[one]]


def _environ(folder: Path) -> dict[str, str]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LMS_")}
    return ours | {"LMS_DATA_DIR": str(folder), "LC_ALL": "C.UTF-8", "HOST": "127.0.0.1"}
