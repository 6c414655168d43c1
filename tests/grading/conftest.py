"""A classroom with a learner in it."""

import pytest

from tests.factories.teaching import Classroom, open_classroom


@pytest.fixture
def classroom(app, db, world) -> Classroom:
    """A running cohort with ``learner`` in it."""
    found = open_classroom(app, db, world)
    found.enrol("learner")
    return found
