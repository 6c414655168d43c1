"""Signing an act: in order, each once, on the site or on paper."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.people.rules.signing import Office, in_office, in_order

SITE, PAPER = "site", "paper"


@dataclass(frozen=True, slots=True)
class Slot:
    """A place to sign: whose, which in order, and whether it is signed."""

    order: int
    name: str
    is_signed: bool


class Signs(Office, Protocol):
    """Somebody who signs for an institution, with the account they sign by, if they have one."""

    @property
    def uid(self) -> UUID: ...
    @property
    def name(self) -> str: ...
    @property
    def position(self) -> str: ...
    @property
    def account_id(self) -> int | None: ...


S = TypeVar("S", bound=Signs)


def who_signs_for(signer: UUID, everybody: Collection[S], day: date) -> S | None:
    """Whoever was named, while in office; else the first of their substitutes who is."""
    named = next((each for each in everybody if each.uid == signer), None)
    if named is None:
        return None
    behind = [each for each in in_order(everybody) if each.substitutes_id == named.id]
    return next((each for each in (named, *behind) if in_office(each, day)), None)


def next_slot(slots: Sequence[Slot]) -> Slot | None:
    """The place whose turn it is; none when all have signed."""
    return next((each for each in slots if not each.is_signed), None)


def check_turn(slots: Sequence[Slot], order: int) -> None:
    """Nobody signs twice, and nobody before those who come first."""
    slot = next(each for each in slots if each.order == order)
    if slot.is_signed:
        raise Refused(N_("%(name)s has signed this act already."), name=slot.name)
    first = next_slot(slots)
    if first is not None and first.order != order:
        raise Refused(N_("%(name)s signs first."), name=first.name)


def check_hand(name: str, account_id: int | None, person_id: int | None) -> None:
    """On the site each signs by their own account, and nobody for another."""
    if account_id is None or account_id != person_id:
        raise Refused(N_("Here signs %(name)s, by their own account."), name=name)


def check_paper(signed_on: date, closed_on: date, today: date) -> None:
    """Paper is signed between the day the act was closed and today."""
    if not closed_on <= signed_on <= today:
        said = N_("It was signed on a day between the closing of the act and today.")
        raise Invalid(said, fields={"signed_on": said})
