"""A whole work at once, for learners who are none: in an author's preview and in the demo."""

from hashlib import sha256
from uuid import UUID

from sqlalchemy import select

from lms.assignments.actions.hand_in import hand_in
from lms.assignments.actions.mark import give
from lms.assignments.actions.prepare import Page, keep_page
from lms.assignments.rules.assignment import Settings
from lms.assignments.rules.marking import Given
from lms.assignments.rules.rubric import Criterion, Judged
from lms.catalog.activity import Rehearsed
from lms.catalog.models import Activity
from lms.foundation.db.work import Work
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.store import Stored

_BYTES = b"%PDF-1.4"


def rehearse(work: Work, enrollment: UUID, activity: UUID, how: Rehearsed) -> None:
    """Write a work; unless it is only begun, hand it in and give it all there is, or nothing."""
    settings = Settings.of(
        work.session.scalars(select(Activity.settings).where(Activity.uid == activity)).one()
    )
    digest = sha256(_BYTES).hexdigest()
    file = Attachment(Stored(digest, len(_BYTES), "application/pdf"), "trabajo.pdf")
    page = Page("…") if settings.takes_text else Page("", file=file, sent_sha256=digest)
    draft = keep_page(work, enrollment, activity, page)
    if how is Rehearsed.BEGUN:
        return
    hand_in(work, enrollment, activity, draft)
    give(work, draft, outright(settings, whole=how is Rehearsed.DONE), 0)


def outright(settings: Settings, *, whole: bool) -> Given:
    """All that a work can be given, or as little as can be."""
    judged = {each.key: _judged(each, whole=whole) for each in settings.criteria}
    points = None if judged else settings.out_of if whole else 0
    return Given(judged, points)


def _judged(criterion: Criterion, *, whole: bool) -> Judged:
    if not criterion.levels:
        return Judged(criterion.most if whole else 0)
    best = (max if whole else min)(criterion.levels, key=lambda each: each.points)
    return Judged(best.points, criterion.levels.index(best))
