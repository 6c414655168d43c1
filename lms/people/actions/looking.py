"""Seeing the site as somebody else: begun for a reason, ended by hand or by the clock."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from lms.foundation.audit.actions import record
from lms.foundation.audit.models import AuditEntry
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.people.models import LoginSession, Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts, grants
from lms.people.queries.looking import why_not

LASTS = timedelta(minutes=30)
END = "people.end_look"
BEGUN = "person.look_begun"


def begin(
    work: Work, session_id: int, person_id: int, reason: str, institution_id: int | None
) -> datetime:
    """Somebody of the staff sees the site as a person they help, for half an hour at most."""
    mine = _locked(work, session_id)
    person = accounts.locked(work.session, person_id)
    if mine.person_id != work.actor.person_id:
        raise NotFound()
    if person.id == mine.person_id:
        raise Refused(N_("That is you."))
    if person.state != PersonState.ACTIVE:
        raise Refused(N_("Nobody can enter this account now, so there is nothing to see."))
    own = [grants.plain(row) for row in grants.holding(work.session, mine.person_id, work.now)]
    theirs = [grants.plain(row) for row in grants.holding(work.session, person.id, work.now)]
    if reason_not := why_not(work.session, own, person.uid, theirs):
        raise Refused(reason_not)
    mine.seeing_as_id = person.id
    mine.seeing_until = work.now + LASTS
    record(
        work, BEGUN, person, institution_id=institution_id,
        detail={"until": mine.seeing_until.isoformat()}, personal={"reason": reason},
    )  # fmt: skip
    until = mine.seeing_until
    enqueue(
        work, END, key=f"{mine.uid}:{until.isoformat()}", due=until,
        payload={"session": str(mine.uid), "until": until.isoformat()},
    )  # fmt: skip
    return until


def end(work: Work, session_id: int) -> UUID | None:
    """The look is over; tells whom it was at, if anybody."""
    return _end(work, _locked(work, session_id), by="hand")


def end_by_clock(work: Work, browser: UUID, until: datetime) -> None:
    """The half hour is over: what nobody ended is ended, and written down."""
    mine = work.session.scalar(
        select(LoginSession).where(LoginSession.uid == browser).with_for_update()
    )
    # One that was begun later has a job of its own.
    if mine is not None and mine.seeing_until == until:
        _end(work, mine, by="clock")


def _end(work: Work, mine: LoginSession, *, by: str) -> UUID | None:
    if mine.seeing_as_id is None:
        return None
    person = work.session.get_one(Person, mine.seeing_as_id)
    looker = work.session.get_one(Person, mine.person_id)
    mine.seeing_as_id = mine.seeing_until = None
    record(
        work, "person.look_ended", person, institution_id=_institution(work, looker, person),
        detail={"by": by, "looker": str(looker.uid)},
    )  # fmt: skip
    return person.uid


def _institution(work: Work, looker: Person, person: Person) -> int | None:
    """In whose name the look was begun: its end belongs to the same records."""
    return work.session.scalar(
        select(AuditEntry.institution_id)
        .where(
            AuditEntry.subject_kind == person.__tablename__,
            AuditEntry.subject_uid == person.uid,
            AuditEntry.deed == BEGUN,
            AuditEntry.actor_id == looker.id,
        )
        .order_by(AuditEntry.id.desc())
        .limit(1)
    )


def _locked(work: Work, session_id: int) -> LoginSession:
    found = work.session.get(LoginSession, session_id, with_for_update=True)
    if found is None:
        raise NotFound()
    return found
