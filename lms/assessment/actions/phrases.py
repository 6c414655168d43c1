"""Keeping a comment to give it again, and keeping it no more."""

from uuid import UUID

from sqlalchemy import delete, func, select

from lms.assessment.models import MarkingPhrase
from lms.assessment.queries.phrases import MOST_PHRASES
from lms.assessment.rules.by_hand import LONGEST_PHRASE
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.ids import uuid7


def keep_phrase(work: Work, text: str) -> None:
    """Keep a comment of one's own; the same text is kept once."""
    person_id = work.actor.person_id
    if person_id is None:
        raise NotFound()
    if not text:
        said = N_("Write the comment first.")
        raise Invalid(said, fields={"comment": said})
    if len(text) > LONGEST_PHRASE:
        said = N_("A comment that is kept has at most %(most)s characters.")
        raise Invalid(said, fields={"comment": said}, most=LONGEST_PHRASE)
    mine = MarkingPhrase.person_id == person_id
    kept = work.session.scalars(select(MarkingPhrase.id).where(mine, MarkingPhrase.text == text))
    if kept.first() is not None:
        return
    many = work.session.scalar(select(func.count()).select_from(MarkingPhrase).where(mine)) or 0
    if many >= MOST_PHRASES:
        raise Refused(N_("You keep %(most)s comments. Forget one first."), most=MOST_PHRASES)
    work.session.add(MarkingPhrase(uid=uuid7(), person_id=person_id, text=text, kept_at=work.now))
    work.session.flush()


def forget_phrase(work: Work, uid: UUID) -> None:
    """Keep it no more. Marks that it was given with stay as they are."""
    work.session.execute(
        delete(MarkingPhrase).where(
            MarkingPhrase.uid == uid, MarkingPhrase.person_id == work.actor.person_id
        )
    )
