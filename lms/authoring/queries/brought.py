"""What packages brought into a draft, for the next package to be compared with."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.models import BroughtPackage, DraftStep
from lms.authoring.queries import sources
from lms.authoring.rules.difference import later
from lms.catalog.models import Programme


def brought_rows(session: Session, programme_id: int) -> Sequence[BroughtPackage]:
    """The packages whose words are not published yet, but for those that were undone."""
    return session.scalars(
        select(BroughtPackage)
        .join(DraftStep, DraftStep.id == BroughtPackage.step_id)
        .where(BroughtPackage.programme_id == programme_id, DraftStep.undone_at.is_(None))
        .order_by(BroughtPackage.id)
    ).all()


def last_said(session: Session, programme: Programme) -> dict[str, str]:
    """What packages last said of each file, published or not: edits since then are edits here."""
    standing = sources.standing(session, programme.institution_id, programme.key)
    said = dict(standing.imported or {})
    for row in brought_rows(session, programme.id):
        said = later(said, row.hashes)
    return said
