"""`lms serve`: the site, its web processes and its worker under one roof."""

import json
import os
import socket
import sys
from pathlib import Path
from typing import NoReturn

import click
from sqlalchemy import text

from lms import logs
from lms.cli.running import existing, refuse_outdated
from lms.cli.speech import _, command, option
from lms.foundation.db.engine import engine_for
from lms.foundation.kernel.errors import N_, Refused
from lms.people.rules.institution import setup_code
from lms.settings import Settings

# In words of the database: the house itself is not loaded here.
_OWNED = text("SELECT 1 FROM installation WHERE institution_id IS NOT NULL LIMIT 1")


@command()
@option("--web-only", is_flag=True, help="Leave background work to `lms worker` elsewhere.")
def serve(web_only: bool) -> None:
    """Serve the site until it is told to stop (Ctrl-C, SIGTERM)."""
    settings = existing()
    engine = engine_for(settings.database_url)
    refuse_outdated(engine)
    with engine.connect() as connection:
        is_new = connection.execute(_OWNED).first() is None
    engine.dispose()
    if not is_free(settings.host, settings.port):
        raise Refused(
            N_("Port %(port)s of %(host)s cannot be used: stop what uses it, or set PORT (HOST)."),
            port=settings.port,
            host=settings.host,
        )
    click.echo(_("Cabildo answers at %(url)s (Ctrl-C ends it)", url=settings.public_url))
    if is_new:
        where = f"{settings.public_url}/instalar"
        click.echo(_("This site is new. Set it up at %(url)s with the code %(code)s",
                     url=where, code=setup_code(settings.secret_key)))  # fmt: skip
    commands = {"web": web_command(settings)}
    if not web_only:
        commands["worker"] = [sys.executable, "-m", "lms.cli", "worker"]
    supervise(settings, commands)


def supervise(settings: Settings, commands: dict[str, list[str]]) -> NoReturn:
    """Become the supervisor: this process has all of the site in memory, and that one need not.

    glibc would give each of many threads a heap of its own; two are enough here and save some
    15 MB in each process.
    """
    environ = {"MALLOC_ARENA_MAX": "2"} | os.environ | {"LMS_DATA_DIR": str(settings.data_dir)}
    told = {"log": [settings.log_format, settings.log_level], "commands": commands}
    command = [sys.executable, "-m", "lms.supervisor", json.dumps(told)]
    sys.stdout.flush()
    os.execve(sys.executable, command, environ)  # noqa: S606 (our own command)


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


def web_command(settings: Settings) -> list[str]:
    """The production server, told how many processes and connections."""
    return [
        sys.executable,
        "-m",
        "lms.web",
        "--interface=wsgi",
        f"--host={settings.host}",
        f"--port={settings.port}",
        f"--workers={settings.web_processes}",
        f"--blocking-threads={settings.threads}",
        "--backpressure=512",
        "--respawn-failed-workers",
        # A worker that is still loading does not hear that it should end, and would stay for ever.
        "--workers-kill-timeout=5",
        "--no-ws",
        "--http=1",
        "--log-level=error",
        f"--log-config={Path(logs.__file__).with_name('granian.json')}",
        "--factory",
        "lms.web:site",
    ]
