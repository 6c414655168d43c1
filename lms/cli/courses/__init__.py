"""`lms courses`: course packages from and to text."""

from lms.cli.courses.exchange import export, import_
from lms.cli.courses.text import check, new, schema
from lms.cli.speech import group


@group()
def courses() -> None:
    """Courses as text: begin, check, import, export.

    A package is a folder (or a ZIP of it) with programme.yaml and a folder for each course.
    """


for command in (new, check, import_, export, schema):
    courses.add_command(command)
