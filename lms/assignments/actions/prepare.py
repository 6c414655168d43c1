"""Writing a work: its text and its files, until it is handed in."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from lms.assessment.queries.attempts import Found
from lms.assignments.models import HandedFile, Submission, Upload, UploadPiece
from lms.assignments.queries.works import locked_at, standing_at, versions_of, work_place
from lms.assignments.rules.standing import Standing, refuse_now
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused
from lms.foundation.kernel.ids import uuid7

NOTHING_YET = N_("There is nothing to hand in yet: write your text or add a file.")


@dataclass(frozen=True)
class Page:
    """What a page of a draft sends: its text, a file to add, a file to take out.

    ``seen`` names the text that it was written over. Without a text, what there is stays.
    """

    text: str | None
    seen: str = ""
    file: Attachment | None = None
    sent_sha256: str = ""
    out: UUID | None = None


def keep_page(work: Work, enrollment: UUID, activity: UUID, page: Page) -> UUID:
    """Keep what was written, and put in or take out a file; gives back the draft.

    What was saved meanwhile from another device is not overwritten without being read.
    """
    place, found = writing(work, enrollment, activity)
    if found.draft is None and not (page.text or page.file) and not found.is_returned:
        raise Refused(NOTHING_YET)
    draft = draft_of(work, place, found)
    if page.text is not None and page.text != draft.text:
        if draft.text and page.seen != stamp(found.draft):
            raise Conflict(
                N_(
                    "The text was saved meanwhile from another page. It stands below; what you "
                    "wrote here is still in the box. Save again to keep yours."
                )
            )
        draft.text, draft.saved_at = page.text, work.now
    if page.out is not None:
        _take_out(work, draft, page.out)
    if page.file is not None:
        put_file(work, draft, found, page.file, page.sent_sha256)
    work.session.flush()
    return draft.uid


def stamp(draft: Submission | Found | None) -> str:
    """What names the text of a draft as it was saved last."""
    return draft.saved_at.isoformat() if draft is not None else ""


def put_file(
    work: Work, draft: Submission, found: Standing, file: Attachment, sent_sha256: str
) -> UUID:
    """Put a stored file to a draft that is locked."""
    session, of = work.session, HandedFile.submission_id == draft.id
    same = session.scalar(select(HandedFile).where(of, HandedFile.sent_sha256 == sent_sha256))
    if same is not None:
        return same.uid
    many, last = session.execute(
        select(func.count(), func.coalesce(func.max(HandedFile.position), 0)).where(of)
    ).one()
    if many >= found.settings.most_files:
        raise Refused(
            N_("No more than %(most)s files are taken. Take one out first."),
            most=found.settings.most_files,
        )
    refer(work, file.stored)
    kept = HandedFile(
        uid=uuid7(),
        institution_id=draft.institution_id,
        submission_id=draft.id,
        position=last + 1,
        sha256=file.stored.sha256,
        sent_sha256=sent_sha256,
        media_type=file.stored.media_type,
        size=file.stored.size,
        filename=file.name,
        sent_at=work.now,
    )
    session.add(kept)
    session.flush()
    return kept.uid


def _take_out(work: Work, draft: Submission, file: UUID) -> None:
    kept = work.session.scalar(
        select(HandedFile).where(HandedFile.submission_id == draft.id, HandedFile.uid == file)
    )
    if kept is not None:
        work.session.delete(kept)


def writing(work: Work, enrollment: UUID, activity: UUID) -> tuple[Found, Standing]:
    """One's own assignment, locked, while it may be written. Raises Refused with the reason."""
    if work.actor.person_id is None:
        raise NotFound()
    place = work_place(work.session, enrollment, activity, work.actor.person_id, lock=True)
    versions = versions_of(work.session, place.enrollment_id, place.course_id, place.activity_key)
    found = standing_at(place, versions, work.now)
    may_write(work, place, found)
    return place, found


def may_write(work: Work, place: Found, found: Standing) -> None:
    """Refuse where a person's place, the order of the course or its days say so."""
    if place.enrollment_state == EnrollmentState.COMPLETED:
        raise Refused(N_("You have completed this cohort. Its grades stand."))
    if place.enrollment_state != EnrollmentState.ENROLLED:
        raise Refused(N_("Your place in this cohort does not allow new attempts."))
    refuse_now(found)
    locked = locked_at(work.session, place, work.now)
    if locked is not None:
        raise Refused(locked.message, **locked.params)


def draft_of(work: Work, place: Found, found: Standing) -> Submission:
    """The draft of an assignment that is locked; begun if there is none.

    What was sent back is gone on with: text and files of it are in the new draft.
    """
    if found.draft is not None:
        return work.session.get_one(Submission, found.draft.id)
    last = found.last if found.is_returned else None
    draft = Submission(
        uid=uuid7(),
        institution_id=place.institution_id,
        enrollment_id=place.enrollment_id,
        activity_id=place.activity_id,
        course_id=place.course_id,
        activity_key=place.activity_key,
        number=len(found.handed) + 1,
        text=last.text if last is not None else "",
        begun_at=work.now,
        saved_at=work.now,
        out_of=found.settings.out_of,
        tutor_id=found.last.tutor_id if found.last is not None else None,
    )
    work.session.add(draft)
    work.session.flush()
    if last is not None:
        _copy(work, last.id, draft)
    return draft


def _copy(work: Work, of: int, draft: Submission) -> None:
    files = work.session.scalars(
        select(HandedFile)
        .where(HandedFile.submission_id == of, HandedFile.edition.is_(None))
        .order_by(HandedFile.position)
    )
    for position, file in enumerate(files, 1):
        work.session.add(
            HandedFile(
                uid=uuid7(),
                institution_id=draft.institution_id,
                submission_id=draft.id,
                position=position,
                sha256=file.sha256,
                sent_sha256=file.sent_sha256,
                media_type=file.media_type,
                size=file.size,
                filename=file.filename,
                sent_at=file.sent_at,
            )
        )
    work.session.flush()


def forget_uploads(work: Work, uploads: Collection[int]) -> None:
    """Let go of the pieces of files that are whole, or that nobody waits for any more."""
    if uploads:
        ids = list(uploads)
        work.session.execute(delete(UploadPiece).where(UploadPiece.upload_id.in_(ids)))
        work.session.execute(delete(Upload).where(Upload.id.in_(ids)))
