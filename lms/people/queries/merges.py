"""What joining and parting accounts read: what there is, what fits, what was joined before."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session, aliased

from lms.foundation.kernel.errors import NotFound
from lms.people.belongings import Belonging, belongings
from lms.people.models import Identifier, Merge, Person
from lms.people.queries.reach import Reach
from lms.people.rules.merging import MOST, Fitting, Remark
from lms.people.rules.names import name_of

MOST_STANDING = 20


@dataclass(frozen=True)
class Fits:
    """Everything that goes along and what stays behind, belonging by belonging."""

    fitting: dict[str, Fitting] = field(default_factory=dict)

    @property
    def said(self) -> list[Remark]:
        return [each for fit in self.fitting.values() for each in fit.said]

    @property
    def clashes(self) -> list[Remark]:
        return [each for fit in self.fitting.values() for each in fit.clashes]


def fits(session: Session, stays: int, goes: int) -> Fits:
    """What of two accounts fits together, as every floor sees it."""
    return Fits({each.name: each.fit(session, stays, goes) for each in belongings()})


def rows_of(session: Session, belonging: Belonging, person_id: int) -> Sequence[int]:
    """The ids of what belongs to somebody; one more than may be joined if there are others."""
    key = belonging.table.c.id
    found = select(key).where(*belonging.of(person_id)).order_by(key).limit(MOST + 1)
    return session.scalars(found).all()


def counts(session: Session, person_id: int, reach: Reach) -> dict[str, int]:
    """How much of each belonging somebody has, at the institutions within reach."""
    named = belongings()
    numbers = session.execute(
        select(
            *(
                select(func.count())
                .select_from(each.table)
                .where(*each.of(person_id), *_within(each, reach))
                .scalar_subquery()
                for each in named
            )
        )
    ).one()
    return {each.name: number for each, number in zip(named, numbers, strict=True)}


def _within(belonging: Belonging, reach: Reach) -> list[ColumnElement[bool]]:
    owner = getattr(belonging.column.class_, "institution_id", None)
    return [] if owner is None else [or_(owner.is_(None), reach.of(owner))]


@dataclass(frozen=True)
class Joined:
    """An account that was joined into another, for who may part them."""

    uid: UUID
    name: str
    at: datetime
    by: str | None


def standing(session: Session, person_id: int) -> Sequence[Joined]:
    """The accounts that were joined into somebody's, the latest first."""
    who = aliased(Person)
    rows = session.execute(
        select(Merge.uid, Merge.at, Person, who)
        .join(Person, Person.id == Merge.goes_id)
        .outerjoin(who, who.id == Merge.by_id)
        .where(Merge.stays_id == person_id, Merge.undone_at.is_(None))
        .order_by(Merge.id.desc())
        .limit(MOST_STANDING)
    )
    return [
        Joined(uid, name_of(gone).full, at, name_of(by).full if by else None)
        for uid, at, gone, by in rows
    ]


def with_joined(session: Session, person_id: int) -> Sequence[int]:
    """Somebody's account and those that were joined into it: what is on record of one person."""
    return session.scalars(
        select(Person.id)
        .where(or_(Person.id == person_id, Person.merged_into_id == person_id))
        .order_by(Person.id)
        .limit(MOST)
    ).all()


def merge_of(session: Session, person_id: int, uid: UUID, *, lock: bool = False) -> Merge:
    """A merge into this account; one into another does not exist."""
    statement = select(Merge).where(Merge.uid == uid, Merge.stays_id == person_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound()
    return found


def obstacle(session: Session, merge: Merge) -> Remark | None:
    """Why what went along cannot go back, if it cannot."""
    found = (each.why_not(session, merge.moved, merge.stays_id) for each in belongings())
    return next((each for each in found if each is not None), None)


def identifiers_still(session: Session, merge: Merge) -> Sequence[int]:
    """Which of the identifiers that went along are still those of the account that stays."""
    return session.scalars(
        select(Identifier.id)
        .where(
            Identifier.id.in_([int(each) for each in merge.known]),
            Identifier.person_id == merge.stays_id,
        )
        .order_by(Identifier.id)
        .limit(MOST)
    ).all()
