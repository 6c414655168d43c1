"""Who signs for an institution on a day: whoever is in office, or their substitute."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol, TypeVar

from lms.foundation.kernel.errors import N_, Invalid

LONGEST = 120
MOST_PLACES = 9


class Office(Protocol):
    """Somebody who signs: for whom, in which place, from one day to another (none: no end)."""

    @property
    def id(self) -> int: ...
    @property
    def order(self) -> int: ...
    @property
    def starts_on(self) -> date: ...
    @property
    def ends_on(self) -> date | None: ...
    @property
    def substitutes_id(self) -> int | None: ...


Signs = TypeVar("Signs", bound=Office)


def in_office(each: Office, day: date) -> bool:
    """Whether somebody may sign on a day: a term includes its first and its last day."""
    return each.starts_on <= day and (each.ends_on is None or day <= each.ends_on)


def who_signs(everybody: Collection[Signs], day: date) -> Sequence[Signs]:
    """Everybody in office signs, in order; for who is not, the first substitute who is."""
    found: list[Signs] = []
    for each in in_order(everybody):
        if each.substitutes_id is not None:
            continue
        behind = [other for other in in_order(everybody) if other.substitutes_id == each.id]
        found += [one for one in (each, *behind) if in_office(one, day)][:1]
    return found


def in_order(everybody: Collection[Signs]) -> Sequence[Signs]:
    """As they sign: by their place, and who came first where it is the same."""
    return sorted(everybody, key=lambda each: (each.order, each.id))


def check_term(starts_on: date, ends_on: date | None) -> None:
    """A term of office ends on the day it began or later."""
    if ends_on is not None and ends_on < starts_on:
        said = N_("The term ends before it begins.")
        raise Invalid(said, fields={"ends_on": said})


def check_substitute(signer_id: int | None, whom: Office, has_substitutes: bool) -> None:
    """A substitute stands in for somebody else, who is no substitute; nor has one themselves."""
    if whom.id == signer_id:
        said = N_("Nobody is their own substitute.")
    elif whom.substitutes_id is not None or has_substitutes:
        said = N_("A substitute has no substitute.")
    else:
        return
    raise Invalid(said, fields={"substitutes": said})
