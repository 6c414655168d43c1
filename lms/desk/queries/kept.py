"""A list as its reader kept it."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.desk.models import KeptList
from lms.desk.rules.asked import Asked, read_kept
from lms.people.rules.merging import MOST, Fitting


def kept_list(session: Session, person_id: int, cohort_id: int) -> Asked:
    """What they kept in this cohort; else columns and order of what they kept last elsewhere."""
    row = session.execute(
        select(KeptList.asked, KeptList.cohort_id)
        .where(KeptList.person_id == person_id)
        .order_by((KeptList.cohort_id == cohort_id).desc(), KeptList.kept_at.desc(), KeptList.id)
        .limit(1)
    ).first()
    if row is None:
        return Asked()
    return read_kept(row.asked, elsewhere=row.cohort_id != cohort_id)


def lists_fit(session: Session, stays: int, goes: int) -> Fitting:
    """Of two accounts that become one, the list that the one who stays kept of a cohort stands."""
    theirs = select(KeptList.cohort_id).where(KeptList.person_id == stays)
    left = session.scalars(
        select(KeptList.id)
        .where(KeptList.person_id == goes, KeptList.cohort_id.in_(theirs))
        .order_by(KeptList.id)
        .limit(MOST)
    )
    return Fitting(frozenset(left))
