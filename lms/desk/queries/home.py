"""A learner's home: five statements, however many courses they take."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    literal,
    null,
    select,
    type_coerce,
    union_all,
)

from lms.assessment.models import Attempt
from lms.assignments.models import Submission
from lms.catalog.models import Programme, ProgrammeVersion
from lms.catalog.queries.structure import structure
from lms.certificates.models import Credential
from lms.enrollment.models import HAS_SEAT, Application, Cohort, CohortCourse, Enrollment
from lms.enrollment.queries.papers import Unfinished, unfinished
from lms.enrollment.queries.waiting import PLACE
from lms.enrollment.rules.states import SEATED, EnrollmentState
from lms.foundation.files.models import Blob
from lms.learning.models import Announcement, Progress
from lms.learning.queries.outline import CourseOutline, outline
from lms.learning.queries.places import LEARNER, Learner, Marks, learner
from lms.learning.rules.marks import Mark
from lms.people.models import Person

MOST_ROWS = 300
MOST_MARKS = 5_000
MOST_ANNOUNCED = 5
MOST_DOCUMENTS = 50
NEWS = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class OpenAttempt:
    """A quiz that was begun and not handed in, or a work that was sent back to be corrected."""

    course_id: int
    activity_key: str
    deadline: datetime | None
    is_returned: bool = False


@dataclass(frozen=True, slots=True)
class Document:
    """A document that was issued to the person; ``size`` is in bytes once it has been sealed."""

    uid: UUID
    course_version_id: int
    size: int | None


@dataclass(frozen=True, slots=True)
class Announced:
    """A recent announcement in one of the person's cohorts."""

    uid: UUID
    title: str
    programme_title: str
    enrollment_uid: UUID
    published_at: datetime


@dataclass(frozen=True)
class Taken:
    """One enrollment with its courses as they stand."""

    learner: Learner
    slug: str
    kind: str
    hue: str
    icon: str
    reason: str | None
    last_seen_at: datetime | None
    outlines: tuple[CourseOutline, ...] = ()
    attempts: tuple[OpenAttempt, ...] = ()
    tried: Mapping[tuple[int, str], int] = field(default_factory=dict)
    """How many attempts were begun, by course and activity."""
    documents: tuple[Document, ...] = ()
    place: int | None = None
    """Their place on the waiting list, if they are on it."""
    application: UUID | None = None
    """What they sent when they asked for the seat, if documents were asked for."""

    @property
    def has_seat(self) -> bool:
        return self.learner.state in SEATED

    @property
    def done(self) -> int:
        return sum(each.done for each in self.outlines)

    @property
    def total(self) -> int:
        return sum(each.total for each in self.outlines)

    @property
    def percent(self) -> int:
        return self.done * 100 // self.total if self.total else 0


@dataclass(frozen=True)
class Home:
    """Everything a learner's home tells."""

    taken: tuple[Taken, ...] = ()
    announced: tuple[Announced, ...] = ()
    name_confirmed: bool = True
    unfinished: Sequence[Unfinished] = ()
    """Applications that are to be handed in or corrected."""


_WHOSE: ColumnElement[bool] = Enrollment.person_id == bindparam("whose")
_TAKEN = (
    select(
        *LEARNER,
        CohortCourse.course_version_id,
        Programme.slug,
        ProgrammeVersion.kind,
        ProgrammeVersion.hue,
        ProgrammeVersion.icon,
        Enrollment.reason,
        Enrollment.last_seen_at,
        Person.name_confirmed_at,
        Application.uid.label("application_uid"),
        PLACE.label("place"),
    )
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .join(Programme, Programme.id == Cohort.programme_id)
    .join(Person, Person.id == Enrollment.person_id)
    .outerjoin(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .outerjoin(Application, Application.enrollment_id == Enrollment.id)
    # Whoever was transferred has the place where they went.
    .where(_WHOSE, Enrollment.state != EnrollmentState.TRANSFERRED)
    .order_by(Cohort.starts_at.desc(), Enrollment.id.desc(), CohortCourse.position)
    .limit(MOST_ROWS)
)
_SEATS = select(Enrollment.id).where(_WHOSE, HAS_SEAT)
_NO_MOMENT = type_coerce(null(), Attempt.deadline.type)
_RETURNED = "returned"
_MARKS = union_all(
    select(
        Progress.enrollment_id,
        Progress.course_id,
        Progress.activity_key,
        Progress.state,
        _NO_MOMENT.label("deadline"),
        _NO_MOMENT.label("handed_in_at"),
    ).where(Progress.enrollment_id.in_(_SEATS)),
    select(
        Attempt.enrollment_id,
        Attempt.course_id,
        Attempt.activity_key,
        literal("").label("state"),
        Attempt.deadline,
        Attempt.handed_in_at,
    ).where(Attempt.enrollment_id.in_(_SEATS)),
    select(
        Submission.enrollment_id,
        Submission.course_id,
        Submission.activity_key,
        literal(_RETURNED).label("state"),
        Submission.correct_by_at,
        Submission.handed_in_at,
    ).where(
        Submission.enrollment_id.in_(_SEATS),
        Submission.latest,
        Submission.points.is_(None),
        Submission.returned_at.is_not(None),
    ),
).limit(MOST_MARKS)
_ANNOUNCED = (
    select(
        Announcement.uid,
        Announcement.title,
        ProgrammeVersion.title.label("programme_title"),
        Enrollment.uid.label("enrollment_uid"),
        Announcement.published_at,
    )
    .join(Cohort, Cohort.id == Announcement.cohort_id)
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .where(
        _WHOSE,
        HAS_SEAT,
        Announcement.withdrawn_at.is_(None),
        Announcement.published_at > bindparam("since", type_=Announcement.published_at.type),
        Announcement.published_at <= bindparam("now", type_=Announcement.published_at.type),
    )
    .order_by(Announcement.published_at.desc(), Announcement.id.desc())
    .limit(MOST_ANNOUNCED)
)
_DOCUMENTS = (
    select(Credential.enrollment_id, Credential.uid, Credential.course_version_id, Blob.size)
    .outerjoin(Blob, Blob.sha256 == Credential.sealed_sha256)
    .where(Credential.person_id == bindparam("whose"), Credential.status == "valid")
    .order_by(Credential.issued_at.desc(), Credential.id.desc())
    .limit(MOST_DOCUMENTS)
)


def home(reader: Connection, person_id: int, now: datetime) -> Home:
    """The home of one person; who takes nothing costs two statements."""
    begun = unfinished(reader, person_id, now)
    rows: dict[int, list[Any]] = {}
    for row in reader.execute(_TAKEN, {"whose": person_id}):
        rows.setdefault(row.enrollment_id, []).append(row)
    if not rows:
        return Home(unfinished=begun)
    marks, attempts, tried = _marks(reader, person_id)
    documents = _documents(reader, person_id)
    taken = tuple(
        replace(
            _taken(reader, group, marks.get(key, {}), documents, now),
            attempts=tuple(attempts.get(key, ())),
            tried=tried.get(key, {}),
        )
        for key, group in rows.items()
    )
    told = {"whose": person_id, "since": now - NEWS, "now": now}
    announced = reader.execute(_ANNOUNCED, told)
    first = next(iter(rows.values()))[0]
    return Home(
        taken,
        tuple(Announced(*row) for row in announced),
        name_confirmed=first.name_confirmed_at is not None,
        unfinished=begun,
    )


def _taken(
    reader: Connection,
    rows: Sequence[Any],
    own: Marks,
    documents: Mapping[int, list[Document]],
    now: datetime,
) -> Taken:
    first = rows[0]
    ids = tuple(row.course_version_id for row in rows if row.course_version_id is not None)
    who = learner(first, ids)
    seated = who.state in SEATED
    return Taken(
        learner=who,
        slug=first.slug,
        kind=first.kind,
        hue=first.hue,
        icon=first.icon,
        reason=first.reason,
        last_seen_at=first.last_seen_at,
        outlines=tuple(outline(structure(reader, each), own, who.days, now) for each in ids)
        if seated
        else (),
        documents=tuple(documents.get(first.enrollment_id, ())),
        application=first.application_uid,
        place=first.place,
    )


def _marks(
    reader: Connection, person_id: int
) -> tuple[
    dict[int, dict[tuple[int, str], Mark]],
    dict[int, list[OpenAttempt]],
    dict[int, Counter[tuple[int, str]]],
]:
    """Marks, attempts that are open, and how many were begun, each by enrollment."""
    marks: dict[int, dict[tuple[int, str], Mark]] = {}
    attempts: dict[int, list[OpenAttempt]] = {}
    tried: dict[int, Counter[tuple[int, str]]] = {}
    for row in reader.execute(_MARKS, {"whose": person_id}):
        if row.state == _RETURNED:
            back = OpenAttempt(row.course_id, row.activity_key, row.deadline, is_returned=True)
            attempts.setdefault(row.enrollment_id, []).append(back)
            continue
        if row.state:
            own = marks.setdefault(row.enrollment_id, {})
            own[row.course_id, row.activity_key] = Mark(row.state)
            continue
        tried.setdefault(row.enrollment_id, Counter())[row.course_id, row.activity_key] += 1
        if row.handed_in_at is None:
            begun = OpenAttempt(row.course_id, row.activity_key, row.deadline)
            attempts.setdefault(row.enrollment_id, []).append(begun)
    return marks, attempts, tried


def _documents(reader: Connection, person_id: int) -> dict[int, list[Document]]:
    found: dict[int, list[Document]] = {}
    for row in reader.execute(_DOCUMENTS, {"whose": person_id}):
        document = Document(row.uid, row.course_version_id, row.size)
        found.setdefault(row.enrollment_id, []).append(document)
    return found
