"""A cohort that has been taught, whose people are put in by each test."""

from collections.abc import Callable
from uuid import UUID

import pytest

from lms.certificates.tasks import issue_all
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import SYSTEM, Actor
from tests.factories.certificates import complete, fill, make_taught_cohort
from tests.factories.enrollment import put_in
from tests.factories.world import World
from tests.pages.conftest import chromium, served  # noqa: F401 (fixtures)
from tests.places import Place

URL = "http://localhost"


@pytest.fixture
def cohort(place: Place, db: Database, world: World) -> UUID:
    """A cohort of the first institution that ended a week ago, still without anybody."""

    def make(work: Work) -> UUID:
        return make_taught_cohort(work, world.institutions["igm"]).uid

    return place.begun("taught", lambda: db.perform(make, SYSTEM))


@pytest.fixture
def graduate(db: Database, world: World, cohort: UUID) -> Callable[..., int]:
    """A persona who has completed the course: `graduate("learner")`; gives the enrollment's id."""

    def make(name: str, **given: object) -> int:
        def act(work) -> int:
            enrollment = put_in(work, cohort, world.people[name], "completed", **given)
            complete(work, enrollment)
            return enrollment.id

        return db.perform(act, SYSTEM)

    return make


@pytest.fixture
def graduates(db: Database, cohort: UUID) -> Callable[[int], None]:
    """So many people without an address who have completed the course."""
    return lambda many: db.perform(fill, SYSTEM, cohort, many)


@pytest.fixture
def registrar(world: World) -> Actor:
    return Actor(world.people["registrar"])


@pytest.fixture
def issue_to_all(db: Database, cohort: UUID, registrar: Actor) -> Callable[[], object]:
    """Issue to everybody who qualifies, as the background work does."""
    return lambda: issue_all(db, registrar, cohort, URL)
