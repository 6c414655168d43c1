"""An attempt from its first link to its last, checked against what its rows say today."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, bindparam, func, select

from lms.assessment.models import Answer, Attempt, Mark
from lms.assessment.queries.attempts import TAKEN, Found
from lms.assessment.queries.chain import chain_of
from lms.assessment.queries.quizzes import Quiz, quiz_of
from lms.assessment.rules import chain
from lms.assessment.rules.chain import Kind, Link
from lms.assessment.rules.marking import score
from lms.assessment.rules.replay import Stored, Wrong, check
from lms.catalog.models import Activity
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

MOST_ENTRIES = 1_000

_attempt = (
    select(
        *TAKEN,
        Attempt.activity_id,
        Activity.uid.label("activity_uid"),
        Activity.title,
        Cohort.title.label("cohort_title"),
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
        select(func.count())
        .select_from(Answer)
        .where(Answer.attempt_id == Attempt.id, Answer.position.is_(None))
        .correlate(Attempt)
        .scalar_subquery()
        .label("unlinked"),
    )
    .join(Activity, Activity.id == Attempt.activity_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Person, Person.id == Enrollment.person_id)
    .where(Attempt.uid == bindparam("attempt"))
)
_marks = (
    select(Mark.slot, Mark.points, Mark.out_of)
    .where(Mark.attempt_id == bindparam("attempt_id"))
    .order_by(Mark.slot)
)
_entries = (
    select(AuditEntry.detail)
    .where(AuditEntry.subject_kind == "attempt", AuditEntry.subject_uid == bindparam("attempt"))
    .order_by(AuditEntry.id)
    .limit(MOST_ENTRIES)
)


@dataclass(frozen=True)
class Replay:
    """What happened to an attempt, link by link, and the first thing that disagrees."""

    attempt: Found
    quiz: Quiz
    links: Sequence[Link]
    wrong: Wrong | None


def replay(connection: Connection, attempt: UUID) -> Replay:
    """One attempt; whoever calls has asked whether it may be seen."""
    row = connection.execute(_attempt, {"attempt": attempt}).first()
    if row is None:
        raise NotFound()
    quiz = quiz_of(connection, row.activity_id, row.activity_uid)
    links = chain_of(connection, row.id)
    asked = [quiz.by_version.get(one["version"]) for one in row.slots]
    sources = [one.source if one is not None else {} for one in asked]
    stored = Stored(
        uid=row.uid,
        shown=chain.shown(row.number, row.deadline, row.slots, sources),
        started_at=row.started_at,
        deadline=row.deadline,
        handed_in_at=row.handed_in_at,
        receipt=row.receipt,
        marked=_marked(connection, row),
        unlinked=row.unlinked,
        anchors=_anchors(connection, attempt),
        scores=_scores(quiz, row, links),
    )
    return Replay(row, quiz, links, check(links, stored))


def _marked(connection: Connection, row: Found) -> dict[str, object] | None:
    if row.points is None:
        return None
    marks = connection.execute(_marks, {"attempt_id": row.id})
    return chain.marked(
        row.points, row.out_of, ((each.slot, each.points, each.out_of) for each in marks)
    )


def _scores(quiz: Quiz, row: Found, links: Sequence[Link]) -> Mapping[int, tuple[int, int]]:
    """What each answer that was checked is worth by the author's key."""
    found = {}
    for link in links:
        slot = link.what["slot"] if link.kind == Kind.CHECKED else 0
        given = row.slots[slot - 1] if 0 < slot <= len(row.slots) else {}
        asked = quiz.by_version.get(given.get("version", 0))
        if asked is not None:
            earned = score(asked.source, given["shown"], link.what["value"])
            found[link.position] = (earned.part, earned.whole)
    return found


def _anchors(connection: Connection, attempt: UUID) -> Collection[str]:
    details = connection.execute(_entries, {"attempt": attempt}).scalars()
    return [each["digest"] for each in details if each.get("digest")]
