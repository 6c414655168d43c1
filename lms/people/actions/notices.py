"""Notices, once read, stop being counted."""

from sqlalchemy import update

from lms.foundation.db.work import Work
from lms.foundation.mail.models import Notice


def mark_all_read(work: Work, person_id: int) -> None:
    """A person has seen everything they were told so far."""
    work.session.execute(
        update(Notice)
        .where(Notice.person_id == person_id, Notice.read_at.is_(None))
        .values(read_at=work.now)
    )
