"""A file in pieces: begun, gone on with after a lost signal, and put together when all is there."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from lms.assignments.actions.prepare import draft_of, forget_uploads, put_file, writing
from lms.assignments.models import Upload, UploadPiece
from lms.foundation.db.work import Work
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.store import PIECE, Stored
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.kernel.ids import uuid7

MOST_UNDER_WAY = 10


@dataclass(frozen=True)
class UnderWay:
    """How far a file has come: the piece that is awaited next, and how many there are."""

    uid: UUID
    next: int
    pieces: int


def begin(
    work: Work, enrollment: UUID, activity: UUID, sha256: str, size: int, filename: str
) -> UnderWay:
    """Begin to send a file, or go on with the same one after the signal was lost."""
    place, found = writing(work, enrollment, activity)
    if not found.settings.takes_files:
        raise Invalid(N_("This kind of file is not taken here."))
    largest = found.settings.megabytes * 1_000_000
    if not 0 < size <= largest:
        raise Invalid(N_("The file is too large."))
    draft = draft_of(work, place, found)
    of = Upload.submission_id == draft.id
    upload = work.session.scalar(select(Upload).where(of, Upload.sha256 == sha256))
    if upload is not None and upload.size == size:
        upload.filename = filename
        return _under_way(work, upload)
    old = work.session.scalars(select(Upload.id).where(of).order_by(Upload.begun_at.desc())).all()
    forget_uploads(work, old[MOST_UNDER_WAY - 1 :])
    upload = Upload(
        uid=uuid7(),
        institution_id=draft.institution_id,
        submission_id=draft.id,
        sha256=sha256,
        size=size,
        filename=filename,
        begun_at=work.now,
    )
    work.session.add(upload)
    work.session.flush()
    return _under_way(work, upload)


def put_piece(
    work: Work, enrollment: UUID, activity: UUID, upload: UUID, position: int, stored: Stored
) -> UnderWay:
    """Write down that a piece lies in the store. The same piece again changes nothing."""
    found = upload_of(work, enrollment, activity, upload)
    now = _under_way(work, found)
    if position < now.next:
        return now
    least = PIECE if position < now.pieces - 1 else (found.size - 1) % PIECE + 1
    if position != now.next or stored.size != least:
        raise Invalid(N_("This piece does not follow the last one."))
    work.session.add(
        UploadPiece(
            institution_id=found.institution_id,
            upload_id=found.id,
            position=position,
            sha256=stored.sha256,
            size=stored.size,
        )
    )
    work.session.flush()
    return _under_way(work, found)


def restart(work: Work, enrollment: UUID, activity: UUID, upload: UUID) -> None:
    """Let a file go that did not arrive as the device has it: it is sent once more."""
    found = upload_of(work, enrollment, activity, upload)
    forget_uploads(work, [found.id])


def finish(work: Work, enrollment: UUID, activity: UUID, upload: UUID, file: Attachment) -> UUID:
    """The file is whole and kept: it is part of the draft, and its pieces are let go."""
    place, standing = writing(work, enrollment, activity)
    draft = draft_of(work, place, standing)
    found = work.session.scalar(
        select(Upload).where(Upload.submission_id == draft.id, Upload.uid == upload)
    )
    if found is None:
        raise NotFound()
    kept = put_file(work, draft, standing, file, found.sha256)
    forget_uploads(work, [found.id])
    return kept


def upload_of(work: Work, enrollment: UUID, activity: UUID, upload: UUID) -> Upload:
    """A file under way to one's own draft, which is locked."""
    place, standing = writing(work, enrollment, activity)
    draft = draft_of(work, place, standing)
    found = work.session.scalar(
        select(Upload).where(Upload.submission_id == draft.id, Upload.uid == upload)
    )
    if found is None:
        raise NotFound()
    return found


def _under_way(work: Work, upload: Upload) -> UnderWay:
    arrived = work.session.scalar(select(func.count()).where(UploadPiece.upload_id == upload.id))
    return UnderWay(upload.uid, arrived or 0, -(-upload.size // PIECE))
