"""What belongs to a person and goes along when two accounts of theirs become one.

Each floor names the columns that say whose a row is. Columns that say who did something are not
among them: whoever did it under one account did it.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Table
from sqlalchemy.orm import InstrumentedAttribute, Session

from lms.foundation.db.work import Work
from lms.foundation.mail.models import Letter, Notice
from lms.people.models import Grant, Identifier, Person, Post
from lms.people.rules.merging import ALL_FITS, Fitting, Remark

Column = InstrumentedAttribute[int] | InstrumentedAttribute[int | None]
Moved = Mapping[str, Sequence[int]]
"""The ids of rows that went along, by the name of their belonging."""

Fit = Callable[[Session, int, int], Fitting]
Leave = Callable[[Work, Collection[int]], dict[str, Any]]
Restore = Callable[[Work, Mapping[str, Any]], None]
WhyNot = Callable[[Session, Moved, int], Remark | None]


def _everything(_session: Session, _stays: int, _goes: int) -> Fitting:
    return ALL_FITS


def _nothing_kept(_work: Work, _left: Collection[int]) -> dict[str, Any]:
    return {}


def _nothing_to_restore(_work: Work, _kept: Mapping[str, Any]) -> None:
    return None


def _no_reason(_session: Session, _moved: Moved, _stays: int) -> Remark | None:
    return None


@dataclass(frozen=True)
class Belonging:
    """A column that says whose a row is.

    ``fit`` says which rows of the one who goes stay behind, and what does not fit at all;
    ``leave`` is told what stays behind and returns what ``restore`` needs to undo it; ``why_not``
    says why what went along cannot go back. ``held`` says that the rows of both are locked
    first, for others decide about them.
    """

    column: Column
    which: ColumnElement[bool] | None = None
    held: bool = False
    fit: Fit = _everything
    leave: Leave = _nothing_kept
    restore: Restore = _nothing_to_restore
    why_not: WhyNot = _no_reason

    @property
    def table(self) -> Table:
        found: Table = self.column.class_.__table__
        return found

    @property
    def name(self) -> str:
        """As it stands in the record of a merge."""
        return f"{self.table.name}.{self.column.key}"

    def of(self, person_id: int) -> list[ColumnElement[bool]]:
        """The condition on rows that belong to somebody."""
        mine = [self.column == person_id]
        return mine if self.which is None else [*mine, self.which]


_OWN = (
    # Whoever was joined into the one who goes is found at the one who stays.
    Belonging(Person.merged_into_id),
    Belonging(Identifier.person_id),
    Belonging(Post.person_id),
    Belonging(Grant.person_id),
    Belonging(Notice.person_id),
    Belonging(Letter.person_id),
)
_more: list[Belonging] = []


def use_belongings(*more: Belonging) -> None:
    """Called once by the composition root: what else belongs to people, in the order of locks."""
    _more[:] = more


def belongings() -> tuple[Belonging, ...]:
    """Everything that goes along."""
    return (*_OWN, *_more)
