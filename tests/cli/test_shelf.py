"""What the demo teaches whole."""

import pytest

from lms.cli.demo.shelf import SHELVES
from tests.authoring.shipped import PACKAGES

pytestmark = pytest.mark.pure


def test_all_that_is_shipped_is_taught_in_the_demo_or_open_to_everybody() -> None:
    taught = {each.programme for each in SHELVES}
    data = {name: read.package.data or {} for name, read in PACKAGES.items()}
    assert taught >= {name for name, each in data.items() if each["kind"] != "open"}
    for each in SHELVES:
        assert data[each.programme]["country"] == each.house.country


def test_one_of_them_lets_answers_be_checked_while_answering() -> None:
    checked = {
        name
        for name, read in PACKAGES.items()
        for course in read.package.courses.values()
        for each in course.activities()
        if each.data.get("behaviour", "deferred") != "deferred"
    }
    assert checked & {each.programme for each in SHELVES}
