"""The authors' guide says what the check does."""

from pathlib import Path

import pytest

from lms.authoring.formats.json_schema import shapes
from lms.authoring.formats.reference import reference
from tests.authoring.packages import KINDS

pytestmark = pytest.mark.pure
GUIDE = Path(__file__).parents[2] / "docs" / "course-packages.md"


def test_its_tables_are_those_of_the_check() -> None:
    written = GUIDE.read_text("utf-8").split("<!-- made by `lms courses schema --table` -->\n")[1]
    assert written.strip() == reference(shapes(KINDS)).strip()
