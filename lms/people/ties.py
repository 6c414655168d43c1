"""Who belongs to which institution: a floor above names the tables that tie the two together."""

from dataclasses import dataclass

from sqlalchemy.orm import InstrumentedAttribute

from lms.people.models import Grant

Column = InstrumentedAttribute[int]


@dataclass(frozen=True)
class Tie:
    """Two columns of one table: a person, and an institution they stand in relation to."""

    person: Column
    institution: Column


_OWN = Tie(Grant.person_id, Grant.institution_id)
_more: list[Tie] = []


def use_ties(*more: Tie) -> None:
    """Called once by the composition root: what else ties people to institutions."""
    _more[:] = more


def ties() -> tuple[Tie, ...]:
    """Everything by which somebody is known to an institution."""
    return (_OWN, *_more)
