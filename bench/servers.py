"""The product and the floor as running servers: started as in production, ended with the run."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from bench.measure import tree
from lms.cli.serve import web_command
from lms.settings import load

PATIENCE_SECONDS = 60


def environment(**more: str) -> dict[str, str]:
    """This environment without settings of any installation."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith("LMS_") and name not in {"HOST", "PORT"}
    }
    return kept | more


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def child_of(parent: int, word: str) -> int:
    """The first process under another that has this word in its command."""
    for pid in tree(parent)[1:]:
        command = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
        if word in command or command[0].endswith(f"/{word}"):
            return pid
    raise RuntimeError(f"no process of `{word}` was started")


class Server:
    """A server process with everything it starts."""

    def __init__(
        self, command: list[str], environ: Mapping[str, str], port: int, ready: str, log: Path
    ) -> None:
        self.port = port
        self.log = log
        begun = time.perf_counter()
        with log.open("ab") as file:
            self._process = subprocess.Popen(
                command, env=dict(environ), stdout=file, stderr=file, start_new_session=True
            )
        try:
            self._wait(ready)
        except BaseException:
            self.stop()
            raise
        self.seconds_to_start = time.perf_counter() - begun

    @property
    def pid(self) -> int:
        return self._process.pid

    def child(self, word: str) -> int:
        """The process that was started with this word in its command."""
        return child_of(self.pid, word)

    def stop(self) -> None:
        """End it and all that it started, by their ids."""
        self._process.send_signal(signal.SIGTERM)
        try:
            self._process.wait(20)
        except subprocess.TimeoutExpired:
            for pid in reversed(tree(self.pid)):
                os.kill(pid, signal.SIGKILL)
            self._process.wait()

    def _wait(self, path: str) -> None:
        until = time.perf_counter() + PATIENCE_SECONDS
        while time.perf_counter() < until:
            if self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(
                    f"http://127.0.0.1:{self.port}{path}", timeout=5
                ) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, OSError):
                time.sleep(0.05)
        raise RuntimeError(f"the server did not start:\n{self.log.read_text()[-2000:]}")


def our_server(environ: Mapping[str, str], log: Path) -> Server:
    """The product, exactly as `lms serve` starts it."""
    port = free_port()
    return Server(
        [sys.executable, "-m", "lms.cli", "serve"],
        {**environ, "PORT": str(port)},
        port,
        "/readyz",
        log,
    )


def floor_server(which: str, database: Path, log: Path) -> Server:
    """The floor, under the same server with the same flags."""
    port = free_port()
    command = web_command(load({}, data_dir=database.parent / "unused", port=port))
    command = [*command[: command.index("--factory")], f"bench.floor.{which}:app"]
    return Server(command, environment(FLOOR_DB=str(database)), port, "/healthz", log)
