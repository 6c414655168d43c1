"""The port through which the catalogue learns of cohorts, which live on a floor above it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm import Session

Reader = Session | Connection
FEW_SEATS = 5


class Taking(StrEnum):
    """Whether a cohort takes requests at a moment."""

    OPEN = "open"
    SOON = "soon"
    FULL = "full"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Own:
    """How somebody stands in a cohort: a message id with its tone, and where it leads."""

    state: str
    said: str
    tone: str
    enrollment: UUID
    has_seat: bool
    reason: str | None = None
    place: int | None = None
    """At which place of the waiting list, for whoever is on it."""
    application: UUID | None = None
    """What they sent for it, if documents were asked for."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A cohort as the catalogue shows it. ``door_said`` is a message id."""

    uid: UUID
    programme_id: int
    title: str
    mode: str
    door: str
    door_said: str
    capacity: int | None
    seats_left: int | None
    enrollment_opens_at: datetime
    enrollment_closes_at: datetime
    starts_at: datetime
    ends_at: datetime
    own: Own | None = None
    takes_waitlist: bool = False
    """Whether one can still ask when all seats are taken."""

    def taking(self, now: datetime) -> Taking:
        """Whether one can ask for a seat now."""
        if now >= self.enrollment_closes_at:
            return Taking.CLOSED
        if now < self.enrollment_opens_at:
            return Taking.SOON
        return Taking.FULL if self.seats_left == 0 else Taking.OPEN

    def has_few_seats(self, now: datetime) -> bool:
        """Whether the last seats are being given."""
        if self.seats_left is None or self.taking(now) is not Taking.OPEN:
            return False
        return self.seats_left <= FEW_SEATS


class Offers(Protocol):
    """Who knows the cohorts of programmes; each answer is one statement."""

    def next_of(
        self, reader: Reader, programme_ids: Collection[int], now: datetime
    ) -> Mapping[int, Offer]:
        """For each programme the cohort to ask for: one that takes requests, else the next."""

    def all_of(
        self, reader: Reader, programme_id: int, now: datetime, person_id: int | None
    ) -> Sequence[Offer]:
        """The cohorts of a programme that are not over, and the person's own, in order."""

    def own_of(
        self, reader: Reader, programme_ids: Collection[int], person_id: int
    ) -> Mapping[int, Own]:
        """How a person stands in their latest cohort of each programme."""


_offers: list[Offers] = []


def use_offers(offers: Offers) -> None:
    """Called once by the composition root: who knows the cohorts."""
    _offers[:] = [offers]


def next_offers(
    reader: Reader, programme_ids: Collection[int], now: datetime
) -> Mapping[int, Offer]:
    """For each programme the cohort to show on its card."""
    return _offers[0].next_of(reader, programme_ids, now) if _offers and programme_ids else {}


def offers_of(
    reader: Reader, programme_id: int, now: datetime, person_id: int | None
) -> Sequence[Offer]:
    """The cohorts to show on a programme's page."""
    return _offers[0].all_of(reader, programme_id, now, person_id) if _offers else ()


def own_states(
    reader: Reader, programme_ids: Collection[int], person_id: int | None
) -> Mapping[int, Own]:
    """How the reader stands in each of these programmes."""
    if not _offers or person_id is None or not programme_ids:
        return {}
    return _offers[0].own_of(reader, programme_ids, person_id)
