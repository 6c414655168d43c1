"""The waiting list of a cohort: how it is kept, who is on it, and at which place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.orm import Session, aliased, contains_eager

from lms.enrollment.models import Call, Cohort, Enrollment, EnrollmentState
from lms.enrollment.queries.doubles import held_elsewhere
from lms.enrollment.rules.waiting import Promotion, Waiting

MOST = 500
"""So many of a list are looked at at once, from its head."""

_AHEAD = aliased(Enrollment)
PLACE = case(
    (
        Enrollment.state == EnrollmentState.WAITLISTED,
        select(func.count())
        .select_from(_AHEAD)
        .where(
            _AHEAD.cohort_id == Enrollment.cohort_id,
            _AHEAD.state == EnrollmentState.WAITLISTED,
            or_(
                _AHEAD.applied_at < Enrollment.applied_at,
                and_(_AHEAD.applied_at == Enrollment.applied_at, _AHEAD.uid <= Enrollment.uid),
            ),
        )
        .correlate(Enrollment)
        .scalar_subquery(),
    ),
    else_=None,
)
"""At which place of the list somebody is; nothing for whoever is on none."""

WAITLISTED = (
    select(func.count())
    .select_from(Enrollment)
    .where(Enrollment.cohort_id == Cohort.id, Enrollment.state == EnrollmentState.WAITLISTED)
    .correlate(Cohort)
    .scalar_subquery()
)
"""How many are on the waiting list of a cohort."""
TAKES_WAITLIST = func.coalesce(
    select(Call.takes_waitlist)
    .where(Call.cohort_id == Cohort.id)
    .correlate(Cohort)
    .scalar_subquery(),
    False,
)
"""Whether one can still ask when all seats of a cohort are taken."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How a cohort keeps its waiting list."""

    takes: bool = False
    promotes: Promotion = Promotion.BY_REGISTRAR
    many: int = 0


def kept(session: Session, cohort_id: int) -> Kept:
    """How the waiting list of a cohort is kept, and how many are on it."""
    row = session.execute(
        select(Call.takes_waitlist, Call.promotes).where(Call.cohort_id == cohort_id)
    ).first()
    many = session.scalar(
        select(func.count())
        .select_from(Enrollment)
        .where(Enrollment.cohort_id == cohort_id, Enrollment.state == EnrollmentState.WAITLISTED)
    )
    if row is None:
        return Kept(many=many or 0)
    return Kept(row.takes_waitlist, Promotion(row.promotes), many or 0)


def on_list(session: Session, cohort_id: int) -> Sequence[Enrollment]:
    """Who is on the list, whoever asked first at the top, with their people."""
    return session.scalars(
        select(Enrollment)
        .join(Enrollment.person)
        .options(contains_eager(Enrollment.person))
        .where(Enrollment.cohort_id == cohort_id, Enrollment.state == EnrollmentState.WAITLISTED)
        .order_by(Enrollment.applied_at, Enrollment.uid)
        .limit(MOST)
    ).all()


def plain(
    session: Session, cohort_id: int, people: Sequence[Enrollment], now: datetime
) -> list[Waiting]:
    """The list as the rules see it."""
    held = held_elsewhere(session, cohort_id, [each.person_id for each in people], now)
    return [
        Waiting(each.uid, each.applied_at, each.person_id in held, each.quota_id) for each in people
    ]
