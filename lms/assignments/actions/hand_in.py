"""Handing in a work: from then on the version is frozen."""

from collections.abc import Sequence
from hashlib import sha256
from uuid import UUID

from sqlalchemy import select, update

from lms.assignments.actions.prepare import NOTHING_YET, draft_of, forget_uploads, writing
from lms.assignments.facts import WorkHandedIn
from lms.assignments.models import HandedFile, Submission, Upload
from lms.assignments.queries.works import versions_of, work_place
from lms.assignments.rules.assignment import Settings
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.kernel.ids import new_code


def hand_in(work: Work, enrollment: UUID, activity: UUID, seen: UUID) -> int:
    """A learner hands in the draft they have looked over; ``seen`` names it.

    Gives back the number of the version. Doing it again changes nothing. What was handed in before
    and nobody has marked is replaced by it.
    """
    if work.actor.person_id is None:
        raise NotFound()
    place = work_place(work.session, enrollment, activity, work.actor.person_id, lock=True)
    of = (place.enrollment_id, place.course_id, place.activity_key)
    for version in versions_of(work.session, *of):
        if version.uid == seen and version.handed_in_at is not None:
            number: int = version.number
            return number
    place, found = writing(work, enrollment, activity)
    if found.draft is None or found.draft.uid != seen:
        raise NotFound()
    draft = draft_of(work, place, found)
    files = _files(work, draft)
    complete(found.settings, draft.text, files)
    work.session.execute(
        update(Submission)
        .where(
            Submission.enrollment_id == draft.enrollment_id,
            Submission.course_id == draft.course_id,
            Submission.activity_key == draft.activity_key,
            Submission.latest,
        )
        .values(latest=False)
        .execution_options(synchronize_session="fetch")
    )
    draft.latest = True
    draft.activity_id = place.activity_id
    draft.out_of = found.settings.out_of
    draft.handed_in_at, draft.due_at, draft.days_late = work.now, found.due, found.days
    draft.receipt, draft.digest = new_code(), digest_of(draft.text, files)
    _let_go(work, draft)
    work.session.flush()
    record(
        work,
        "submission.handed_in",
        draft,
        detail={"number": draft.number, "days_late": draft.days_late, "digest": draft.digest},
    )
    work.record(WorkHandedIn(draft.enrollment_id))
    return draft.number


def complete(settings: Settings, text: str, files: Sequence[HandedFile]) -> None:
    """Refuse a work without anything in it. Too few or too many words are no reason to refuse what
    somebody wrote: they are told before."""
    if not (settings.takes_text and text.strip()) and not (settings.takes_files and files):
        raise Refused(NOTHING_YET)


def digest_of(text: str, files: Sequence[HandedFile]) -> str:
    """The seal of a version: a hash over its text and the hashes of its files, line by line."""
    lines = [sha256(text.encode()).hexdigest(), *(file.sha256 for file in files)]
    return sha256("\n".join(lines).encode()).hexdigest()


def _files(work: Work, draft: Submission) -> Sequence[HandedFile]:
    return work.session.scalars(
        select(HandedFile).where(HandedFile.submission_id == draft.id).order_by(HandedFile.position)
    ).all()


def _let_go(work: Work, draft: Submission) -> None:
    """Files that were under way and never became whole."""
    forget_uploads(
        work, work.session.scalars(select(Upload.id).where(Upload.submission_id == draft.id)).all()
    )
