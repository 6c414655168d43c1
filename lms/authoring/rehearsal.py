"""A learner who is none: a course is gone through in a database that nobody keeps.

What is looked at is what learners will meet, by the very pages and rules that serve them; and as
the database is thrown away, nothing of it can ever count, be seen or be sent.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.authoring.actions.import_package import import_package
from lms.authoring.formats.prepared import Prepared
from lms.authoring.rules.stages import Stage
from lms.catalog.activity import Rehearsed, activity_kinds
from lms.catalog.models import CourseVersion, Programme
from lms.catalog.queries.structure import structure
from lms.enrollment.actions.open import open_cohort
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.db.base import Base
from lms.foundation.db.database import Database
from lms.foundation.db.engine import in_memory
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import N_, Unavailable
from lms.foundation.kernel.ids import new_secret
from lms.foundation.web.identity import hash_of
from lms.learning.actions.lessons import mark_seen
from lms.people.models import Installation, Institution, LoginSession, Person
from lms.people.models.person import PersonState

ATTEMPTS = "/intentos/"
"""Before an attempt's own name in its address."""
MOST_KEPT = 3
KEPT_FOR = timedelta(minutes=20)
PATIENCE = 10
"""Seconds that one waits while somebody else's is being made."""


@dataclass(frozen=True)
class Rehearsal:
    """A classroom with one learner in it, and the token by which they are signed in."""

    database: Database
    enrollment: UUID
    token: str
    attempts: tuple[UUID, ...] = ()
    """The quizzes that they tried, in order: each has one address of the preview in every
    process."""
    stands_at: str = ""
    """The learner's own address of what they are in the middle of; empty between two things."""


@dataclass
class Rehearsals:
    """The last few, so that going from page to page does not build them anew.

    One is made or looked into at a time: so they never take more than one processor, and none is
    let go while somebody looks.
    """

    _kept: OrderedDict[Hashable, tuple[datetime, Rehearsal]] = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    @contextmanager
    def looking(
        self, key: Hashable, now: datetime, make: Callable[[], Rehearsal]
    ) -> Iterator[Rehearsal]:
        """The one of this key, made if there is none. Raises Unavailable if others take long."""
        if not self._lock.acquire(timeout=PATIENCE):
            raise Unavailable(N_("Another preview is being prepared. Try again in a moment."))
        try:
            for each in [each for each, (until, _) in self._kept.items() if until <= now]:
                self._let_go(each)
            if key not in self._kept:
                self._kept[key] = now + KEPT_FOR, make()
            self._kept.move_to_end(key)
            while len(self._kept) > MOST_KEPT:
                self._let_go(next(iter(self._kept)))
            yield self._kept[key][1]
        finally:
            self._lock.release()

    def _let_go(self, key: Hashable) -> None:
        self._kept.pop(key)[1].database.close()


def rehearse(
    real: Database,
    owner: Mapping[str, Any],
    site_version: int,
    prepared: Prepared,
    media: Mapping[str, Stored],
    stage: Stage,
    who: Mapping[str, Any],
) -> Rehearsal:
    """Publish a sound package to nobody, open a cohort of it, and bring one learner to a stage.

    ``owner`` are the values of the institution's row, ``who`` those of the learner.
    """
    engine = in_memory()
    with engine.begin() as connection:
        Base.metadata.create_all(connection)
    database = Database(engine, clock=real.clock)
    database.wiring = real.wiring
    database.perform(_institution, SYSTEM, owner, site_version)
    database.perform(import_package, SYSTEM, prepared, media, owner["id"])
    enrollment, token = database.perform(_seat, SYSTEM, owner["id"], who)
    attempts, stands_at = _bring_to(database, stage)
    return Rehearsal(database, enrollment, token, attempts, stands_at)


def _institution(work: Work, owner: Mapping[str, Any], site_version: int) -> None:
    work.session.add(Institution(**{**owner, "parent_id": None}))
    work.session.flush()
    work.session.add(Installation(id=1, version=site_version, institution_id=owner["id"]))


def _seat(work: Work, institution_id: int, who: Mapping[str, Any]) -> tuple[UUID, str]:
    programme = work.session.scalars(select(Programme)).one()
    uid = open_cohort(
        work,
        programme.slug,
        key="vista-previa",
        title=who["cohort"],
        enrollment_opens_at=work.now - timedelta(days=3),
        enrollment_closes_at=work.now + timedelta(days=1),
        starts_at=work.now - timedelta(days=2),
        ends_at=work.now + timedelta(days=60),
    )
    cohort = work.session.scalars(select(Cohort).where(Cohort.uid == uid)).one()
    person = Person(
        given_names=who["given_names"],
        first_surname=who["first_surname"],
        search="",
        name_confirmed_at=work.now,
        country=who["country"],
        language=who["language"],
        zone=who["zone"],
        state=PersonState.ACTIVE,
        consented_at=work.now,
        created_at=work.now,
    )
    work.session.add(person)
    work.session.flush()
    enrollment = Enrollment(
        institution_id=institution_id,
        cohort_id=cohort.id,
        person_id=person.id,
        sort_name="",
        municipality="",
        state="enrolled",
        applied_at=work.now,
        decided_at=work.now,
    )
    token = new_secret()
    work.session.add_all([
        enrollment,
        LoginSession(
            token_hash=hash_of(token), person_id=person.id, device="", created_at=work.now,
            expires_at=work.now + timedelta(days=2),
        ),
    ])  # fmt: skip
    work.session.flush()
    return enrollment.uid, token


def _bring_to(database: Database, stage: Stage) -> tuple[tuple[UUID, ...], str]:
    """Go through the courses as far as the stage says: the attempts at quizzes on the way, and
    where the learner stands when they got no further."""
    kinds = activity_kinds()
    with database.reading() as session:
        learner = session.scalars(select(Enrollment)).one()
        courses = [
            structure(session, each)
            for each in session.scalars(select(CourseVersion.id).order_by(CourseVersion.id))
        ]
    actor = Actor(learner.person_id)
    attempts: list[UUID] = []
    steps = [(course, activity) for course in courses for activity in course.activities]
    upto = {Stage.FIRST: 0, Stage.HALF: len(steps) // 2}.get(stage, len(steps))
    for course, activity in steps[:upto]:
        if not kinds[activity.kind].graded:
            database.perform(mark_seen, actor, learner.uid, course.key, activity.key)
            continue
        passes = stage in {Stage.HALF, Stage.FINISHED}
        how = Rehearsed.FAILED if stage is Stage.FAILED else Rehearsed.BEGUN
        how = Rehearsed.DONE if passes else how
        rehearsed = kinds[activity.kind].rehearse
        attempt = database.perform(rehearsed, actor, learner.uid, activity.uid, how)
        attempts += [attempt] if attempt is not None else []
        if not passes:
            return tuple(attempts), _door(attempt, how) if attempt is not None else ""
    return tuple(attempts), ""


def _door(attempt: UUID, how: Rehearsed) -> str:
    """Where somebody is who is asked the questions, or was just told that it was not enough."""
    return f"{ATTEMPTS}{attempt}" + ("" if how is Rehearsed.BEGUN else "/resultado")
