"""Beginning an attempt."""

import secrets
from datetime import timedelta
from uuid import UUID

from lms.assessment.actions.build import same_questions, take_over
from lms.assessment.actions.chain import begin
from lms.assessment.actions.finish import close_if_over
from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import Found, attempts_of, quiz_place
from lms.assessment.queries.beginning import closes_of, refuse_start, settings_of
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.rules import chain
from lms.assessment.rules.attempts import State, deadline, grace, state
from lms.assessment.rules.sitting import Settings, refuse_password
from lms.assessment.rules.standing import standing, times
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import NotFound

CLOSE = "assessment.close_attempt"
PATIENCE = timedelta(seconds=15)
"""What arrived in time may still be waiting for its commit when the time is over."""


def start(work: Work, enrollment: UUID, activity: UUID, password: str | None = "") -> UUID:
    """A learner begins an attempt, or goes on with the one that is open.

    What is asked, in which order and until when is frozen here. Two tabs that begin together get
    the same attempt. Whoever has begun is asked for no password again; without one (None) only
    those begin who are no learners.
    """
    person_id = work.actor.person_id
    if person_id is None:
        raise NotFound()
    connection = work.session.connection()
    place = quiz_place(connection, enrollment, activity, person_id, lock=True)
    earlier = attempts_of(connection, place.enrollment_id, place.course_id, place.activity_key)
    for attempt in earlier:
        match state(times(attempt), work.now):
            case State.OPEN:
                uid: UUID = attempt.uid
                return uid
            case State.OUT_OF_TIME:
                close_if_over(work, attempt.uid)
    stands = standing(settings_of(place, work.now), earlier, work.now)
    settings = stands.settings
    refuse_start(connection, place, stands, work.now)
    if password is not None:
        refuse_password(settings, password)
    begun = _frozen(work, place, settings, len(earlier) + 1)
    builds_on = earlier[-1].id if earlier and settings.build_on_last else None
    if builds_on is not None:
        same_questions(work, begun, builds_on)
    limit = settings.time_limit
    begun.deadline = ends = deadline(work.now, limit, closes_of(place), settings.grace)
    begun.grace = int(grace(work.now, limit, ends).total_seconds())
    work.session.add(begun)
    work.session.flush()
    if ends is not None:
        enqueue(
            work,
            CLOSE,
            key=str(begun.uid),
            payload={"attempt": str(begun.uid)},
            due=ends + PATIENCE,
        )
    quiz = quiz_of(connection, place.activity_id, place.activity_uid)
    sources = [quiz.by_version[one["version"]].source for one in begun.slots]
    digest = begin(work, begun, chain.shown(begun.number, ends, begun.slots, sources))
    if builds_on is not None:
        take_over(work, begun, builds_on)
    record(
        work,
        "attempt.started",
        begun,
        person_id=person_id,
        detail={"number": begun.number, "digest": digest},
    )
    return begun.uid


def _frozen(work: Work, place: Found, settings: Settings, number: int) -> Attempt:
    quiz = quiz_of(work.session.connection(), place.activity_id, place.activity_uid)
    seed = secrets.randbits(48)
    slots = quiz.drawn(settings, seed, place.locale)
    return Attempt(
        institution_id=place.institution_id,
        enrollment_id=place.enrollment_id,
        activity_id=place.activity_id,
        course_id=place.course_id,
        activity_key=place.activity_key,
        number=number,
        seed=seed,
        slots=slots,
        started_at=work.now,
        out_of=sum(one["points"] for one in slots),
    )
