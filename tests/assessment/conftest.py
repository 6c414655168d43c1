"""A school, and how a learner acts in it without a browser."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest
from hypothesis import settings
from sqlalchemy import event, select, update

from lms.assessment import actions
from lms.assessment.models import Attempt
from lms.assessment.rules.saves import Sent
from lms.assessment.types.given import Given
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.models import Person
from tests.assessment.school import RIGHT, School, build_school
from tests.pages.conftest import chromium, served  # noqa: F401 (fixtures)

# A slow machine is no fault of the code.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")


@pytest.fixture
def world(world, db):
    """Everybody reads English here, so that no test hangs on a translation."""

    def read_english(work):
        work.session.execute(update(Person).values(language="en"))

    db.perform(read_english, SYSTEM)
    return world


@pytest.fixture
def school(place, db, world) -> School:
    return place.begun("school", lambda: db.perform(build_school, SYSTEM, world))


class Taker:
    """One learner's telephone, as far as the actions see it."""

    def __init__(self, db, world, school: School, name: str) -> None:
        self.db, self.school, self.name = db, school, name
        self.actor = Actor(world.people[name])
        self.attempt: UUID
        self._sequence = 0

    def start(self) -> UUID:
        self.attempt = self.db.perform(
            actions.start, self.actor, self.school.enrollments[self.name], self.school.activity
        )
        return self.attempt

    def save(self, slot: int, value: Any, *, key: str = "", sequence: int = 0, at=None):
        self._sequence += 1
        sent = Sent(
            slot,
            key or f"{self.name}-key-{self._sequence}",
            sequence or self._sequence,
            Given.from_json(value),
        )
        return self.db.perform_small(
            actions.save_answer, self.actor, self.attempt, sent, at or self.db.clock()
        )

    def answer_all(self, but: tuple[int, ...] = ()) -> None:
        for slot, value in (RIGHT | {4: self.right_pairs()}).items():
            if slot not in but:
                self.save(slot, value)

    def right_pairs(self) -> dict[str, Any]:
        """The pairs as this attempt shows them, put right."""
        shown = self.row().slots[3]["shown"]
        return {
            "pairs": {
                str(position): str(shown["rights"].index(left))
                for position, left in enumerate(shown["lefts"])
            }
        }

    def hand_in(self) -> UUID:
        return self.db.perform(actions.hand_in, self.actor, self.attempt)

    def row(self) -> Attempt:
        with self.db.reading() as session:
            return session.scalars(select(Attempt).where(Attempt.uid == self.attempt)).one()


@pytest.fixture
def taker(db, world, school) -> Callable[[str], Taker]:
    return lambda name: Taker(db, world, school, name)


@pytest.fixture
def learner(taker) -> Taker:
    return taker("learner")


_FRAME = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SHOW")
_WRITES = ("INSERT", "UPDATE", "DELETE")


class Counted:
    """Statements that reached the database, and the transactions that wrote."""

    def __init__(self) -> None:
        self.statements: list[str] = []
        self.writing = 0


@pytest.fixture
def counting(app, db):
    @contextmanager
    def count() -> Iterator[Counted]:
        found, wrote = Counted(), set()

        def statement(connection, _cursor, text, *_rest) -> None:
            if text.lstrip().upper().startswith(_FRAME):
                return
            found.statements.append(text)
            if text.lstrip().upper().startswith(_WRITES):
                wrote.add(connection)

        def committed(connection) -> None:
            if connection in wrote:
                found.writing += 1
                wrote.discard(connection)

        event.listen(db.engine, "before_cursor_execute", statement)
        event.listen(db.engine, "commit", committed)
        try:
            yield found
        finally:
            event.remove(db.engine, "before_cursor_execute", statement)
            event.remove(db.engine, "commit", committed)

    return count
