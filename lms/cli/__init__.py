"""The command ``lms``: everything an operator does from a terminal.

Exit codes: 0 fine, 1 what was asked is not so (a check failed), 2 misuse.
"""

import os

import click

from lms import __version__
from lms.cli import cohorts, courses, db, demo, doctor, serve, users, worker
from lms.cli.running import mount
from lms.cli.speech import Option, group


@group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(
    __version__,
    prog_name="cabildo",
    message="%(prog)s %(version)s",
    cls=Option,
    help="Show the version and exit.",
)
def main() -> None:
    """Cabildo: courses, examinations and certificates for municipalities.

    A new installation: `lms db upgrade`, then `lms demo` or `lms users create`, then `lms serve`.
    Settings come from the environment; `lms doctor` lists them and checks the installation.
    The command speaks the language of the installation: `LMS_LANGUAGE=en lms --help` is in English.

    Exit codes: 0 fine, 1 what was asked is not so (a check failed), 2 misuse.
    """
    # Database, letters and files hold people's data: nobody else on the machine reads them.
    os.umask(0o077)


mount(main, serve.serve, bare=True)
mount(main, worker.worker, bare=True)
mount(main, demo.demo, making=frozenset({"demo"}))
mount(main, db.db, making=frozenset({"upgrade"}))
mount(main, users.users)
mount(main, courses.courses, apart=frozenset({"check", "new", "schema"}))
mount(main, cohorts.cohorts)
mount(main, doctor.doctor, bare=True)
