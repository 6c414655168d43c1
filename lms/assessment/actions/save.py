"""Keeping answers: one as it is given, or a whole page of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any
from uuid import UUID

from sqlalchemy import and_, bindparam, func, insert, or_, select, true

from lms.assessment.actions.chain import link
from lms.assessment.models import Answer, Attempt
from lms.assessment.queries.attempts import Found, held_answers
from lms.assessment.queries.chain import HEAD, head_of, read_head
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.rules import chain, saves
from lms.assessment.rules.attempts import State, state
from lms.assessment.rules.chain import Event, Head, Kind
from lms.assessment.rules.paging import left_before, open_from
from lms.assessment.rules.saves import Save, Sent, Verdict
from lms.assessment.rules.standing import times
from lms.assessment.rules.tries import is_settled
from lms.assessment.types.given import Given
from lms.catalog.models import Activity
from lms.enrollment.models import Enrollment
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import uuid7

_attempt = (
    select(
        Attempt.id,
        Attempt.uid,
        Attempt.institution_id,
        Attempt.slots,
        Attempt.started_at,
        Attempt.deadline,
        Attempt.grace,
        Attempt.handed_in_at,
        Attempt.activity_id,
        Activity.uid.label("activity_uid"),
    )
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Activity, Activity.id == Attempt.activity_id)
    .where(Attempt.uid == bindparam("attempt"), Enrollment.person_id == bindparam("person_id"))
    .with_for_update(of=Attempt)
)

_newest = (
    select(Answer.id)
    .where(
        Answer.attempt_id == bindparam("attempt_id"),
        Answer.slot == bindparam("slot"),
        Answer.late.is_(False),
    )
    .order_by(Answer.sequence.desc(), Answer.id.desc())
    .limit(1)
    .scalar_subquery()
)
_kept = (
    select(func.count())
    .select_from(Answer)
    .where(Answer.attempt_id == bindparam("attempt_id"))
    .scalar_subquery()
)
# What stood under this key, and what is held for this question, two rows at most, beside the last
# link of the chain. It is read after the lock: before it, another tab might still be writing.
_around = (
    select(Answer, _kept.label("kept"), HEAD.c.head_position, HEAD.c.head_digest)
    .select_from(Attempt)
    .outerjoin(HEAD, true())
    .outerjoin(
        Answer,
        and_(
            Answer.attempt_id == Attempt.id,
            or_(Answer.client_key == bindparam("key"), Answer.id == _newest),
        ),
    )
    .where(Attempt.id == bindparam("attempt_id"))
)
_keep = insert(Answer)


@dataclass(frozen=True)
class Saved:
    """What became of an answer: acknowledged, and whether it was too late to count."""

    at: datetime
    late: bool


def save_answer(work: Work, attempt: UUID, sent: Sent, received_at: datetime) -> Saved:
    """Keep one answer. What arrives twice is kept once; what arrives late is kept beside.

    ``received_at`` is when it reached the server, before it waited for its turn to be written.
    """
    found = locked(work, attempt)
    connection = work.session.connection()
    slots = quiz_of(connection, found.activity_id, found.activity_uid).slots(found.slots)
    value = saves.read(slots, sent.slot, sent.given)
    around = connection.execute(
        _around, {"attempt_id": found.id, "slot": sent.slot, "key": sent.key}
    ).all()
    same_key = next((_save(row) for row in around if row.client_key == sent.key), None)
    held = next((row.value for row in around if row.slot == sent.slot and not row.late), None)
    arrived = Save(sent.slot, sent.key, sent.sequence, value, received_at)
    now_is = state(times(found), received_at)
    stands = sent.slot < open_from(found.slots) or is_settled(found.slots[sent.slot - 1])
    if now_is is State.OPEN and stands:
        now_is = State.OUT_OF_TIME  # its page was left for good, or it was checked
    match saves.receive(arrived, same_key, held, now_is, around[0].kept):
        case Verdict.REPEAT if same_key is not None:
            return Saved(same_key.received_at, same_key.late)
        case Verdict.HELD:
            return Saved(received_at, late=False)
        case verdict:
            late = verdict is Verdict.KEEP_LATE
    connection.execute(_keep, rows_of(found, read_head(around[0]), [arrived], late=late))
    return Saved(received_at, late)


def save_page(
    work: Work,
    attempt: UUID,
    given: Mapping[int, Given],
    seen: Mapping[int, int],
    received_at: datetime,
    opens: int = 0,
) -> Saved:
    """Keep what somebody changed on a page sent whole (without a script, or before handing in).

    With ``opens`` they go on to that question and do not come back to those before it.
    """
    found = locked(work, attempt)
    given = {slot: one for slot, one in given.items() if not _stands(found, slot)}
    connection = work.session.connection()
    slots = quiz_of(connection, found.activity_id, found.activity_uid).slots(found.slots)
    held = held_answers(connection, found.id)
    page = saves.page(
        slots,
        given,
        {slot: one.value for slot, one in held.items()},
        {slot: one.sequence for slot, one in held.items()},
        seen,
    )
    is_open = state(times(found), received_at) is State.OPEN
    late = not is_open or min(given, default=1) < open_from(found.slots)
    arrived = [
        Save(
            slot,
            str(uuid7()),
            (held[slot].sequence if slot in held else 0) + 1,
            value,
            received_at,
        )
        for slot, value in page.changed.items()
    ]
    if arrived:
        head = head_of(connection, found.id)
        connection.execute(_keep, rows_of(found, head, arrived, late=late))
    if is_open and opens > open_from(found.slots):
        attempt_row = work.session.get_one(Attempt, found.id)
        attempt_row.slots = left_before(attempt_row.slots, opens)
        link(work, attempt_row, Event(Kind.LEFT, received_at, {"open_from": opens}))
    return Saved(received_at, late)


def _stands(found: Found, slot: int) -> bool:
    """Whether a question was checked for the last time: its page sends nothing of it."""
    return 0 < slot <= len(found.slots) and is_settled(found.slots[slot - 1])


def locked(work: Work, attempt: UUID) -> Found:
    """One's own attempt, which nobody else changes meanwhile."""
    found = work.session.connection().execute(
        _attempt, {"attempt": attempt, "person_id": work.actor.person_id}
    )
    row = found.first()
    if row is None:
        raise NotFound()
    return row


def _save(row: Found) -> Save:
    return Save(row.slot, row.client_key, row.sequence, row.value, row.received_at, row.late)


def rows_of(
    attempt: Found | Attempt, head: Head | None, arrived: Sequence[Save], *, late: bool
) -> list[dict[str, Any]]:
    """The rows of what arrived, each linked to the chain in its turn."""
    events = [
        Event(
            Kind.SAVED,
            save.received_at,
            chain.saved(save.slot, save.key, save.sequence, save.value, late=late),
        )
        for save in arrived
    ]
    links = chain.links(attempt.uid, head, events)
    return [
        {
            "institution_id": attempt.institution_id,
            "attempt_id": attempt.id,
            "slot": save.slot,
            "client_key": save.key,
            "sequence": save.sequence,
            "value": save.value,
            "received_at": save.received_at,
            "late": late,
            "position": link.position if link else None,
            "digest": link.digest if link else None,
        }
        for save, link in zip_longest(arrived, links)
    ]
