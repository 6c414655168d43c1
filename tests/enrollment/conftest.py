"""A diploma with an open cohort, which most tests of enrollment start from."""

from collections.abc import Callable
from typing import Any

import pytest

from lms.enrollment.models import Cohort
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM, Actor
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort
from tests.factories.world import World
from tests.places import Place


@pytest.fixture
def diploma(place: Place, db: Database, world: World) -> str:
    """A published diploma of the first institution; its slug."""

    def make(work: Work) -> str:
        make_diploma(work, world.institutions["igm"])
        return "gestion-municipal"

    return place.begun("diploma", lambda: db.perform(make, SYSTEM))


@pytest.fixture
def open_cohort(db: Database, diploma: str) -> Callable[..., Cohort]:
    """Open a cohort of the diploma: `open_cohort(door="key", capacity=1)`."""

    def make(**given: Any) -> Cohort:
        return db.perform(lambda work: make_cohort(work, diploma, **given), SYSTEM)

    return make


@pytest.fixture
def who(world: World) -> Callable[[str], Actor]:
    """Somebody acting: `who("learner")`."""
    return lambda name: Actor(world.people[name])
