"""The invitation keys of a cohort, as its registrar lists them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from lms.enrollment.models import Cohort, InvitationKey
from lms.foundation.kernel.errors import NotFound

PAGE_SIZE = 25


def cohort_of(session: Session, uid: UUID) -> Cohort:
    """The cohort of an address, with its programme."""
    statement = (
        select(Cohort).where(Cohort.uid == uid).options(joinedload(Cohort.programme_version))
    )
    cohort = session.scalar(statement)
    if cohort is None:
        raise NotFound()
    return cohort


def page(session: Session, cohort_id: int, number: int) -> tuple[Sequence[InvitationKey], int]:
    """One page of a cohort's keys, the newest first, and how many there are."""
    of_cohort = InvitationKey.cohort_id == cohort_id
    total = session.scalar(select(func.count()).select_from(InvitationKey).where(of_cohort)) or 0
    keys = session.scalars(
        select(InvitationKey)
        .where(of_cohort)
        .order_by(InvitationKey.created_at.desc(), InvitationKey.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()
    return keys, total
