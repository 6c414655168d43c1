"""What a member of staff should do today, by what is known of their cohorts: urgent first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from lms.desk.rules.standings import Stand

SOON = timedelta(days=7)
CLOSING = timedelta(days=3)
FEW_SEATS = 3
MOST = 20


class Todo(StrEnum):
    """The sorts of things to do, the most urgent first."""

    APPLICATIONS = "applications"
    OVERDUE = "overdue"
    WAITLIST = "waitlist"
    QUESTIONS = "questions"
    ESSAYS = "essays"
    WORKS = "works"
    QUIZ_CLOSES = "quiz_closes"
    ISSUE = "issue"
    LATE = "late"
    ABSENT = "absent"
    STUCK = "stuck"
    UNNAMED = "unnamed"
    BOUNCED = "bounced"
    SEATS = "seats"
    BEGINS = "begins"
    ENDS = "ends"


@dataclass(frozen=True, slots=True)
class Closing:
    """A graded activity that closes soon, and how many have not handed it in."""

    key: str
    title: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CohortNow:
    """A cohort as it stands at this moment."""

    uid: UUID
    title: str
    starts_at: datetime
    ends_at: datetime
    enrollment_opens_at: datetime
    enrollment_closes_at: datetime
    capacity: int | None
    seated: int
    applied: int = 0
    oldest: datetime | None = None
    """Since when the oldest request waits."""
    overdue: int = 0
    """How many were sent back and not corrected in time."""
    waitlisted: int = 0
    kept: int = 0
    """How many free seats are kept for agreements."""
    questions: int = 0
    asked_at: datetime | None = None
    """Since when the oldest question waits."""
    essays: int = 0
    """How many answers wait for somebody to mark them; ``works``: how many works."""
    works: int = 0
    ready: int = 0
    late: int = 0
    bounced: int = 0
    closing: Sequence[Closing] = ()
    standing: Mapping[Stand, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing to do: of what sort, in which cohort, how many, since or until when."""

    todo: Todo
    cohort: CohortNow
    many: int = 0
    at: datetime | None = None
    about: Closing | None = None


def today(
    cohorts: Iterable[CohortNow], may: frozenset[Todo], now: datetime
) -> tuple[list[Line], int]:
    """The things to do that somebody may do, and how many there are in all; of the same sort the
    longest wait and the nearest day come first."""
    found = [line for cohort in cohorts for line in _of(cohort, now) if line.todo in may]
    order = list(Todo)
    found.sort(
        key=lambda line: (
            order.index(line.todo),
            line.at.timestamp() if line.at else -line.many,
            line.cohort.title,
        )
    )
    return found[:MOST], len(found)


def _of(cohort: CohortNow, now: datetime) -> Iterable[Line]:
    over = now >= cohort.ends_at
    if cohort.ready:
        yield Line(Todo.ISSUE, cohort, cohort.ready)
    if cohort.questions:
        yield Line(Todo.QUESTIONS, cohort, cohort.questions, cohort.asked_at)
    if cohort.essays:
        yield Line(Todo.ESSAYS, cohort, cohort.essays)
    if cohort.works:
        yield Line(Todo.WORKS, cohort, cohort.works)
    if over:
        return
    if cohort.applied:
        yield Line(Todo.APPLICATIONS, cohort, cohort.applied, cohort.oldest)
    if cohort.overdue:
        yield Line(Todo.OVERDUE, cohort, cohort.overdue)
    free = None if cohort.capacity is None else cohort.capacity - cohort.seated - cohort.kept
    if cohort.waitlisted and (free is None or free > 0):
        many = cohort.waitlisted if free is None else min(free, cohort.waitlisted)
        yield Line(Todo.WAITLIST, cohort, many)
    for each in cohort.closing:
        if now < each.at <= now + CLOSING:
            yield Line(Todo.QUIZ_CLOSES, cohort, at=each.at, about=each)
    for todo, many in (
        (Todo.LATE, cohort.late),
        (Todo.ABSENT, cohort.standing.get(Stand.ABSENT, 0)),
        (Todo.STUCK, cohort.standing.get(Stand.STUCK, 0)),
        (Todo.UNNAMED, cohort.standing.get(Stand.UNNAMED, 0)),
        (Todo.BOUNCED, cohort.bounced),
    ):
        if many:
            yield Line(todo, cohort, many)
    taking = cohort.enrollment_opens_at <= now < cohort.enrollment_closes_at
    if taking and cohort.capacity is not None:
        left = max(0, cohort.capacity - cohort.seated - cohort.kept)
        if left <= FEW_SEATS or left < cohort.applied:
            yield Line(Todo.SEATS, cohort, left)
    if now < cohort.starts_at <= now + SOON:
        yield Line(Todo.BEGINS, cohort, at=cohort.starts_at)
    if cohort.ends_at <= now + SOON:
        yield Line(Todo.ENDS, cohort, at=cohort.ends_at)
