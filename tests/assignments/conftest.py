"""A course with an assignment, its learners, and those who mark."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.assignments.models import Submission
from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person
from tests.assignments.school import build
from tests.pages.conftest import chromium, served  # noqa: F401 (fixtures)


@pytest.fixture
def world(world, db):
    """Everybody reads English here, so that no test hangs on a translation."""
    db.perform(lambda work: work.session.execute(update(Person).values(language="en")), SYSTEM)
    return world


@pytest.fixture
def school(place, db, world):
    return place.begun("assignment-school", lambda: db.perform(build, SYSTEM, world))


@pytest.fixture
def learner(as_person, school):
    return as_person("learner")


@pytest.fixture
def teacher(as_person, school):
    return as_person("instructor")


@pytest.fixture
def due(db, school):
    """Set the last day of the assignment, from now."""

    def set_(away: timedelta) -> None:
        closes = (db.clock() + away).isoformat()
        calendar = {"transparencia/trabajo": {"closes_at": closes}}
        db.perform(
            lambda work: work.session.execute(update(Cohort).values(calendar=calendar)), SYSTEM
        )

    return set_


@pytest.fixture
def rows(db):
    """All versions on record, in the order in which they were begun."""

    def read():
        with db.reading() as session:
            return session.scalars(select(Submission).order_by(Submission.id)).all()

    return read
