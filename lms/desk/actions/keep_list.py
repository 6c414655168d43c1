"""Keeping a list as it is looked at."""

from sqlalchemy import select

from lms.desk.models import KeptList
from lms.desk.rules.asked import Asked, as_kept
from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import Forbidden


def keep_list(work: Work, cohort_id: int, asked: Asked) -> None:
    """From now on the cohort's list opens like this for whoever keeps it."""
    person_id = work.actor.person_id
    if person_id is None:
        raise Forbidden()
    new = inserting(work.session, KeptList).values(
        person_id=person_id, cohort_id=cohort_id, asked={}, kept_at=work.now
    )
    work.session.execute(new.on_conflict_do_nothing())
    kept = work.session.scalars(
        select(KeptList)
        .where(KeptList.person_id == person_id, KeptList.cohort_id == cohort_id)
        .with_for_update()
    ).one()
    kept.asked, kept.kept_at = as_kept(asked), work.now
