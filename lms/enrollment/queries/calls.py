"""The call of a cohort with what it asks for, and how many have answered it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session, joinedload

from lms.enrollment.models import Application, Call, Cohort, Requirement
from lms.enrollment.queries.waiting import Kept, kept
from lms.enrollment.rules.applying import ApplicationState
from lms.enrollment.rules.calls import Asked
from lms.foundation.kernel.errors import NotFound

MOST = 100
"""So many requirements are read, those that were taken out among them."""

ASKED_FOR = (
    select(func.count())
    .select_from(Requirement)
    .where(Requirement.cohort_id == Cohort.id, Requirement.removed_at.is_(None))
    .correlate(Cohort)
    .scalar_subquery()
)
"""How many things the call of a cohort asks for."""


@dataclass(frozen=True, slots=True)
class CallPage:
    """A cohort with its call, for whoever sets it up."""

    cohort: Cohort
    words: str
    kept: Kept
    asked: Sequence[Requirement]
    removed: Sequence[Requirement]
    preparing: int
    handed_in: int
    is_over: bool


def call_page(session: Session, cohort_uid: UUID, now: datetime) -> CallPage:
    """The call of a cohort as its registrar sees it, in six statements."""
    cohort = cohort_of(session, cohort_uid)
    everything = requirements(session, cohort.id, removed=True)
    preparing, handed_in = begun(session, cohort.id)
    return CallPage(
        cohort=cohort,
        words=words_of(session, cohort.id),
        kept=kept(session, cohort.id),
        asked=[each for each in everything if each.removed_at is None],
        removed=[each for each in everything if each.removed_at is not None],
        preparing=preparing,
        handed_in=handed_in,
        is_over=cohort.closed_at is not None or cohort.ends_at <= now,
    )


def cohort_of(session: Session, uid: UUID) -> Cohort:
    """The cohort of an address, with its programme."""
    cohort = session.scalar(
        select(Cohort).where(Cohort.uid == uid).options(joinedload(Cohort.programme_version))
    )
    if cohort is None:
        raise NotFound()
    return cohort


def call_of(session: Session, cohort_id: int) -> Call | None:
    """The call of a cohort, if somebody has written one."""
    return session.scalar(select(Call).where(Call.cohort_id == cohort_id))


def words_of(session: Session, cohort_id: int) -> str:
    """What the call tells applicants."""
    return session.scalar(select(Call.words).where(Call.cohort_id == cohort_id)) or ""


def requirements(
    session: Session, cohort_id: int, *, removed: bool = False
) -> Sequence[Requirement]:
    """What the call asks for, in its order; what was taken out only if it is wanted."""
    statement = select(Requirement).where(Requirement.cohort_id == cohort_id)
    if not removed:
        statement = statement.where(Requirement.removed_at.is_(None))
    return session.scalars(
        statement.order_by(Requirement.position, Requirement.id).limit(MOST)
    ).all()


def requirement_of(session: Session, cohort_id: int, uid: UUID) -> Requirement:
    """One thing that a call asks for; another cohort's does not exist here."""
    found = session.scalar(
        select(Requirement).where(Requirement.cohort_id == cohort_id, Requirement.uid == uid)
    )
    if found is None:
        raise NotFound()
    return found


def asks(session: Session, cohort_id: int) -> bool:
    """Whether the call of a cohort asks for anything."""
    return bool(
        session.scalar(
            select(
                exists().where(Requirement.cohort_id == cohort_id, Requirement.removed_at.is_(None))
            )
        )
    )


def begun(session: Session, cohort_id: int) -> tuple[int, int]:
    """How many prepare an application, and how many have handed one in."""
    rows = session.execute(
        select(Application.state, func.count())
        .where(Application.cohort_id == cohort_id)
        .group_by(Application.state)
        .order_by(Application.state)
    )
    by_state = {row[0]: row[1] for row in rows}
    preparing = by_state.pop(ApplicationState.PREPARING, 0)
    return preparing, sum(by_state.values())


def plain(requirement: Requirement) -> Asked:
    """A requirement as the rules see it."""
    return Asked(
        requirement.sort,
        requirement.name,
        requirement.why,
        requirement.is_obligatory,
        tuple(requirement.formats.split()),
        requirement.megabytes,
    )
