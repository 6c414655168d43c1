"""The log for its page and its file: by person, thing, deed and time, the latest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from lms.admin.rules.deeds import deeds_of
from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.people.models import Person
from lms.people.queries.people import names
from lms.people.queries.reach import Reach

PAGE_SIZE = 50
PIECE = 500


class Part(StrEnum):
    """What a person has to do with an entry."""

    ANY = "cualquiera"
    ACTOR = "hizo"
    CONCERNED = "referida"


@dataclass(frozen=True)
class Asked:
    """Which entries are looked for."""

    reach: Reach
    people: Sequence[int] | None = None
    part: Part = Part.ANY
    area: str = ""
    deed: str = ""
    subject: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed with the names of who did it and whom it concerns, as they are called today."""

    id: int
    uid: UUID
    at: datetime
    deed: str
    channel: str
    actor: str
    acting_as: str
    person: str
    person_uid: UUID | None
    subject_kind: str
    subject_uid: UUID | None
    detail: Mapping[str, Any]
    personal: Mapping[str, Any]


def page(session: Session, asked: Asked, after: UUID | None) -> Sequence[Entry]:
    """The latest entries, or those that follow another; one more than a page if others follow."""
    return _entries(session, asked, _place(session, after), PAGE_SIZE + 1)


def everything(session: Session, asked: Asked) -> Iterator[Sequence[Entry]]:
    """All of them, piece by piece, each after the last of the one before."""
    last: int | None = None
    while True:
        piece = _entries(session, asked, last, PIECE)
        yield piece
        if len(piece) < PIECE:
            return
        last = piece[-1].id


def _place(session: Session, after: UUID | None) -> int | None:
    if after is None:
        return None
    return session.scalar(select(AuditEntry.id).where(AuditEntry.uid == after))


def _entries(session: Session, asked: Asked, last: int | None, most: int) -> Sequence[Entry]:
    statement = (
        select(AuditEntry, AuditPersonal.values, Person.uid)
        .outerjoin(AuditPersonal, AuditPersonal.entry_id == AuditEntry.id)
        .outerjoin(Person, Person.id == AuditEntry.person_id)
        .where(*_conditions(asked))
    )
    if last is not None:
        statement = statement.where(AuditEntry.id < last)
    rows = session.execute(statement.order_by(AuditEntry.id.desc()).limit(most)).all()
    people: set[int] = set()
    for row in rows:
        ids = (row.AuditEntry.actor_id, row.AuditEntry.acting_as_id, row.AuditEntry.person_id)
        people |= {each for each in ids if each is not None}
    known = names(session, people) if people else {}

    def name(person_id: int | None) -> str:
        found = known.get(person_id) if person_id is not None else None
        return found.full if found is not None else ""

    return [
        Entry(
            id=entry.id,
            uid=entry.uid,
            at=entry.at,
            deed=entry.deed,
            channel=entry.channel,
            actor=name(entry.actor_id),
            acting_as=name(entry.acting_as_id),
            person=name(entry.person_id),
            person_uid=person_uid,
            subject_kind=entry.subject_kind,
            subject_uid=entry.subject_uid,
            detail=entry.detail,
            personal=personal or {},
        )
        for entry, personal, person_uid in rows
    ]


def _conditions(asked: Asked) -> list[ColumnElement[bool]]:
    found = [asked.reach.of(AuditEntry.institution_id)]
    if asked.people is not None:
        did = AuditEntry.actor_id.in_(asked.people)
        concerned = or_(
            AuditEntry.person_id.in_(asked.people),
            AuditEntry.subject_uid.in_(select(Person.uid).where(Person.id.in_(asked.people))),
        )
        match asked.part:
            case Part.ACTOR:
                found.append(did)
            case Part.CONCERNED:
                found.append(concerned)
            case Part.ANY:
                found.append(or_(did, concerned))
    if asked.deed:
        found.append(AuditEntry.deed == asked.deed)
    elif asked.area:
        # By name and not by beginning: then the index of deeds leads the way.
        found.append(AuditEntry.deed.in_(deeds_of(asked.area)))
    if asked.subject is not None:
        found.append(AuditEntry.subject_uid == asked.subject)
    if asked.since is not None:
        found.append(AuditEntry.at >= asked.since)
    if asked.until is not None:
        found.append(AuditEntry.at < asked.until)
    return found
