"""The command ``lms``: everything an operator does from a terminal.

Exit codes: 0 fine, 1 what was asked is not so (a check failed), 2 misuse.
"""

import os
from importlib import import_module

import click

from lms import __version__
from lms.cli.running import Running, mount
from lms.cli.speech import Group, Option, group

# Each is a module of the same name, loaded when it is called: `lms serve` starts sooner for not
# knowing how courses are imported.
COMMANDS = {
    "attempts": Running(),
    "backup": Running(),
    "certificates": Running(apart=frozenset({"verify"})),
    "cohorts": Running(),
    "courses": Running(apart=frozenset({"check", "new", "schema"})),
    "db": Running(making=frozenset({"upgrade"})),
    "demo": Running(making=frozenset({"demo"})),
    "doctor": Running(bare=True),
    "questions": Running(apart=frozenset({"check", "import", "export"})),
    "restore": Running(making=frozenset({"restore"})),
    "serve": Running(bare=True),
    "keys": Running(),
    "register": Running(),
    "users": Running(),
    "worker": Running(bare=True),
}


class Main(Group):
    """The command itself, which knows the others by name."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in COMMANDS and cmd_name not in self.commands:
            command = getattr(import_module(f"lms.cli.{cmd_name}"), cmd_name)
            self.add_command(mount(command, COMMANDS[cmd_name]))
        return super().get_command(ctx, cmd_name)


@group(cls=Main, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__,
    prog_name="cabildo",
    message="%(prog)s %(version)s",
    cls=Option,
    help="Show the version and exit.",
)
def main() -> None:
    """Cabildo: courses, examinations and certificates for municipalities.

    A new installation: `lms demo` makes one to look around in, `lms db upgrade` an empty one; then
    `lms serve`. Settings come from the environment; `lms doctor --settings` lists them, `lms
    doctor` checks the installation. The command speaks the language of the installation:
    `LMS_LANGUAGE=en lms --help` is in English.

    Exit codes: 0 fine, 1 what was asked is not so (a check failed), 2 misuse.
    """
    # Database, letters and files hold people's data: nobody else on the machine reads them.
    os.umask(0o077)
