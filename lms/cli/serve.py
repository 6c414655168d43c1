"""`lms serve`: the site, its web processes and its worker under one roof."""

import ctypes
import os
import signal
import socket
import subprocess
import sys
import threading
from types import FrameType

import click

from lms.app import create_app
from lms.cli.running import NOT_SO
from lms.foundation.db import migrate
from lms.settings import Settings, load

PATIENCE_SECONDS = 10
PAUSE_SECONDS = 2.0
_PR_SET_PDEATHSIG = 1


@click.command()
@click.option("--web-only", is_flag=True, help="Leave background work to `lms worker` elsewhere.")
def serve(web_only: bool) -> None:
    """Serve the site until it is told to stop (Ctrl-C, SIGTERM)."""
    settings = load()
    app = create_app(settings)
    with app.app_context():
        database = app.extensions["cabildo.database"]
        if not migrate.is_current(database.engine):
            click.echo("The database is not up to date: run `lms db upgrade` first.", err=True)
            raise SystemExit(NOT_SO)
        database.close()
    if not is_free(settings.host, settings.port):
        click.echo(
            f"Port {settings.port} is in use: stop what uses it, or set PORT to another.", err=True
        )
        raise SystemExit(NOT_SO)
    click.echo(f"Cabildo: {settings.public_url}")
    Supervisor(settings, web_only=web_only).run()


class Supervisor:
    """Keeps web server and worker running; a worker that dies is started again."""

    def __init__(self, settings: Settings, *, web_only: bool) -> None:
        self._commands = {"web": web_command(settings)}
        if not web_only:
            self._commands["worker"] = [sys.executable, "-m", "lms.cli", "worker"]
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._stop = threading.Event()
        self._environ = os.environ | {"LMS_DATA_DIR": str(settings.data_dir)}

    def run(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._told)
        for name in self._commands:
            self._start(name)
        while not self._stop.wait(PAUSE_SECONDS):
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    said = f"{name} ended with {process.returncode}; starting it again"
                    click.echo(said, err=True)
                    self._start(name)
        self._end()

    def _told(self, _number: int, _frame: FrameType | None) -> None:
        self._stop.set()

    def _start(self, name: str) -> None:
        # Each in a group of its own, so that Ctrl-C reaches only the supervisor.
        self._running[name] = subprocess.Popen(  # noqa: S603 (our own command)
            self._commands[name],
            env=self._environ,
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )

    def _end(self) -> None:
        for process in self._running.values():
            process.terminate()
        for process in self._running.values():
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()


def is_free(host: str, port: int) -> bool:
    """Whether nobody listens there yet: two servers would share the port without a word."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _end_with_parent() -> None:
    """Where the system can (Linux), a child ends when its supervisor is killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def web_command(settings: Settings) -> list[str]:
    """The production server, told how many processes and connections."""
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface=wsgi",
        f"--host={settings.host}",
        f"--port={settings.port}",
        f"--workers={settings.web_processes}",
        f"--blocking-threads={settings.threads}",
        "--backpressure=512",
        "--respawn-failed-workers",
        "--no-ws",
        "--http=1",
        "--log-level=error",
        "--factory",
        "lms.app:create_app",
    ]
