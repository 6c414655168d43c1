"""Ending an attempt: by hand, or because its time is over; then it is marked."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, insert, select

from lms.assessment.actions.chain import link, link_marks
from lms.assessment.facts import AttemptGraded, AttemptWaits
from lms.assessment.models import Attempt, Mark
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries.adjusting import corrections_for
from lms.assessment.queries.attempts import Held, held_answers
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.queries.tries import tried_of
from lms.assessment.rules import chain
from lms.assessment.rules.adjusting import adjusted
from lms.assessment.rules.attempts import State, over_since, state
from lms.assessment.rules.chain import Event, Kind
from lms.assessment.rules.marking import Marked, earning_nothing, mark, total
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import times
from lms.catalog.models import Activity
from lms.enrollment.models import Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import new_code

# The enrollment first, as when an attempt begins: marks change its grades (decision 0007).
_enrollment = (
    select(Enrollment)
    .join(Attempt, Attempt.enrollment_id == Enrollment.id)
    .where(Attempt.uid == bindparam("attempt", type_=Attempt.uid.type))
    .with_for_update(of=Enrollment)
)
_attempt = (
    select(Attempt)
    .where(Attempt.uid == bindparam("attempt", type_=Attempt.uid.type))
    .with_for_update(of=Attempt)
)

_ENDED = {
    HandedInBy.PERSON: Kind.HANDED_IN,
    HandedInBy.TIME: Kind.EXPIRED,
    HandedInBy.ABANDONED: Kind.EXPIRED,
    HandedInBy.STAFF: Kind.HANDED_IN_FOR,
}


def hand_in(work: Work, attempt: UUID) -> UUID:
    """A learner hands in. Doing it again changes nothing; after the time, the time had done it."""
    enrollment = work.session.scalar(_enrollment, {"attempt": attempt})
    if enrollment is None or enrollment.person_id != work.actor.person_id:
        raise NotFound()
    found = work.session.scalars(_attempt, {"attempt": attempt}).one()
    if state(times(found), work.now) is not State.HANDED_IN:
        close(work, found)
    return found.uid


def close_if_over(work: Work, attempt: UUID) -> None:
    """Put on record that an attempt's time is over. Harmless if it is not, or was already."""
    if work.session.scalar(_enrollment, {"attempt": attempt}) is None:
        return
    found = work.session.scalars(_attempt, {"attempt": attempt}).one()
    if state(times(found), work.now) is State.OUT_OF_TIME:
        close(work, found)


def close(work: Work, attempt: Attempt, *, for_person: UUID | None = None) -> None:
    """The attempt ends now, or ended at its deadline; what the server had by then is marked.

    Where a person has to mark something, its points are not known before they did. ``for_person``
    is who hands it in in the place of its person.
    """
    activity = work.session.get_one(Activity, attempt.activity_id)
    connection = work.session.connection()
    slots = quiz_of(connection, activity.id, activity.uid).slots(attempt.slots)
    held = held_answers(connection, attempt.id)
    ended, settings = over_since(times(attempt), work.now), Settings.of(activity.settings)
    tried = tried_of(connection, attempt.id, settings)
    marked = mark(slots, {slot: one.value for slot, one in held.items()}, tried)
    abandoned = ended is not None and settings.abandons
    if abandoned:
        marked = earning_nothing(marked)
        attempt.handed_in_by = HandedInBy.ABANDONED
    elif ended is not None:
        attempt.handed_in_by = HandedInBy.TIME
    else:
        attempt.handed_in_by = HandedInBy.PERSON if for_person is None else HandedInBy.STAFF
    if not abandoned:
        found = corrections_for(
            connection, attempt.enrollment_id, attempt.course_id, attempt.activity_key
        )
        marked = adjusted(marked, [one["version"] for one in attempt.slots], found)
    attempt.out_of = sum(one.slot.points for one in marked)
    attempt.handed_in_at = work.now if ended is None else ended
    attempt.receipt = new_code()
    waits = any(one.waits for one in marked)
    if not waits:
        attempt.points = total(one.points for one in marked)
        attempt.passed = not abandoned and settings.passed(attempt.points, attempt.out_of)
    work.session.flush()
    connection.execute(
        insert(Mark), [_row(attempt, one, held.get(one.slot.number), work.now) for one in marked]
    )
    digest = _linked(work, attempt, held, for_person)
    record(
        work,
        "attempt.handed_in",
        attempt,
        detail={
            "number": attempt.number,
            "by": attempt.handed_in_by,
            "points": attempt.points,
            "digest": digest,
        },
    )
    if waits:
        work.record(AttemptWaits(attempt.enrollment_id))
    else:
        work.record(graded(attempt, by_staff=for_person is not None))


def _linked(
    work: Work, attempt: Attempt, held: Mapping[int, Held], for_person: UUID | None
) -> str | None:
    """Handing in and, unless a person has to mark something, marking as links of the chain; gives
    back the last digest."""
    kind = _ENDED[HandedInBy(attempt.handed_in_by or "")]
    ended: dict[str, Any] = {
        "ended": chain.moment(attempt.handed_in_at),
        "answers": sum(one.value is not None for one in held.values()),
        "receipt": attempt.receipt,
    }
    if attempt.handed_in_by == HandedInBy.ABANDONED:
        ended["abandoned"] = True
    if kind is Kind.HANDED_IN_FOR:
        ended["by"] = str(for_person)
    digest = link(work, attempt, Event(kind, work.now, ended))
    return digest if attempt.points is None else link_marks(work, attempt)


def _row(attempt: Attempt, one: Marked, held: Held | None, now: datetime) -> dict[str, Any]:
    return {
        "institution_id": attempt.institution_id,
        "attempt_id": attempt.id,
        "slot": one.slot.number,
        "question_version_id": attempt.slots[one.slot.number - 1]["version"],
        "answer_id": held.answer_id if held is not None else None,
        "ratio": one.ratio,
        "points": one.points,
        "out_of": one.slot.points,
        "detail": {"parts": {part.key: part.result for part in one.score.parts}},
        "waits": one.waits,
        "marked_at": now,
    }


def graded(attempt: Attempt, *, by_staff: bool = False) -> AttemptGraded:
    """What the floors above are told of an attempt that has all its marks."""
    return AttemptGraded(
        enrollment_id=attempt.enrollment_id,
        course_id=attempt.course_id,
        activity_id=attempt.activity_id,
        activity_key=attempt.activity_key,
        attempt_uid=attempt.uid,
        points=attempt.points or 0,
        out_of=attempt.out_of,
        passed=bool(attempt.passed),
        by_staff=by_staff,
    )
