"""Files under way to a draft."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.assessment.queries.attempts import Found
from lms.assignments.models import Submission, Upload, UploadPiece
from lms.foundation.kernel.errors import NotFound

MOST_PIECES = 1_000


def upload_of(session: Session, enrollment_id: int, activity_key: str, upload: UUID) -> Found:
    """A file under way to a work of one's own, or nothing at all."""
    row = session.execute(
        select(Upload.id, Upload.sha256, Upload.filename)
        .join(Submission, Submission.id == Upload.submission_id)
        .where(
            Upload.uid == upload,
            Submission.enrollment_id == enrollment_id,
            Submission.activity_key == activity_key,
        )
    ).first()
    if row is None:
        raise NotFound()
    return row


def pieces_of(session: Session, upload_id: int) -> Sequence[str]:
    """The hashes of the pieces that have arrived, in order."""
    return session.scalars(
        select(UploadPiece.sha256)
        .where(UploadPiece.upload_id == upload_id)
        .order_by(UploadPiece.position)
        .limit(MOST_PIECES)
    ).all()
