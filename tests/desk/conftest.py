"""A classroom with a learner in it."""

import pytest

from tests.factories.teaching import Classroom, open_classroom


@pytest.fixture
def classroom(app, db, world) -> Classroom:
    """A running cohort with ``learner`` in it."""
    found = open_classroom(app, db, world)
    found.enrol("learner")
    return found


@pytest.fixture
def english(as_person):
    """Somebody's browser with pages in English, whose words are the message ids."""

    def browser(name: str):
        found = as_person(name)
        found.set_cookie("idioma", "en")
        return found

    return browser
