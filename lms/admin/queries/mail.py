"""The mail log: which letters were written for whom, and what became of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from lms.foundation.kernel.errors import NotFound
from lms.foundation.mail.models import Letter, LetterState
from lms.people.queries.reach import Reach

PAGE_SIZE = 50
MOST_KINDS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A letter in the list."""

    uid: UUID
    person_id: int | None
    address: str
    template: str
    state: str
    created_at: datetime
    sent_at: datetime | None
    last_error: str | None


_LINE = (
    Letter.uid, Letter.person_id, Letter.address, Letter.template, Letter.state,
    Letter.created_at, Letter.sent_at, Letter.last_error,
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """Which letters are looked for: of these people or to an address that begins so."""

    reach: Reach
    people: Sequence[int] = ()
    address: str = ""
    state: str = ""
    template: str = ""

    @property
    def conditions(self) -> list[ColumnElement[bool]]:
        found = [self.reach.of(Letter.institution_id)]
        whom: list[ColumnElement[bool]] = []
        if self.people:
            whom.append(Letter.person_id.in_(self.people))
        if self.address:
            whom.append(Letter.address.startswith(self.address, autoescape=True))
        if whom:
            found.append(or_(*whom))
        if self.state:
            found.append(Letter.state == self.state)
        if self.template:
            found.append(Letter.template == self.template)
        return found


def page(session: Session, asked: Asked, number: int) -> Sequence[Line]:
    """One page of them, the latest first."""
    statement: Select[*tuple[Any, ...]] = select(*_LINE).where(*asked.conditions)
    rows = session.execute(
        statement.order_by(Letter.id.desc()).limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE)
    )
    return [Line(*row) for row in rows]


def counts(session: Session, asked: Asked) -> Mapping[str, int]:
    """How many of them stand in each state."""
    statement = (
        select(Letter.state, func.count())
        .where(*asked.conditions)
        .group_by(Letter.state)
        .order_by(Letter.state)
        .limit(len(LetterState))
    )
    return {row[0]: row[1] for row in session.execute(statement)}


def kinds(session: Session, reach: Reach) -> Sequence[str]:
    """The kinds of letters that were ever written."""
    statement = select(Letter.template).where(reach.of(Letter.institution_id)).distinct()
    return session.scalars(statement.order_by(Letter.template).limit(MOST_KINDS)).all()


def one(session: Session, uid: UUID, reach: Reach, *, lock: bool = False) -> Letter:
    """One letter; another institution's does not exist."""
    statement = select(Letter).where(Letter.uid == uid, reach.of(Letter.institution_id))
    letter = session.scalar(statement.with_for_update() if lock else statement)
    if letter is None:
        raise NotFound()
    return letter
