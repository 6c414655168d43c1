"""What a person was told."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.foundation.mail.models import Notice
from lms.foundation.web.pagination import Page

PAGE = 20


def notices(session: Session, person_id: int, number: int) -> Page[Notice]:
    """One page of a person's notices, the newest first."""
    mine = Notice.person_id == person_id
    total = session.scalar(select(func.count()).select_from(Notice).where(mine)) or 0
    rows = session.scalars(
        select(Notice)
        .where(mine)
        .order_by(Notice.created_at.desc(), Notice.id.desc())
        .limit(PAGE)
        .offset((number - 1) * PAGE)
    ).all()
    return Page(rows, number, PAGE, total)
