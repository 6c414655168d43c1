"""Which papers are still in the office and which have left it, by municipality and surname."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Connection, Select, func, literal_column, select
from sqlalchemy.orm import Session

from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential, Delivery
from lms.certificates.rules.status import Status
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.text import fold
from lms.people.rules.names import name_of

PAGE_SIZE = 50
MOST = 100_000
# Said the same way wherever it stands, so that a group may be named by it.
_named = func.coalesce(Enrollment.municipality, literal_column("''"))


@dataclass(frozen=True, slots=True)
class Gone:
    """How a paper left the office."""

    way: str
    received_by: str
    document: str
    handed_by: str
    on: date


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that holds, as lists of papers show it."""

    uid: UUID
    name: str
    surnames_first: str
    number: str
    course: str
    municipality: str
    gone: Gone | None


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality, how many of its papers are in the office, and how many have left it."""

    name: str
    here: int
    gone: int


def towns(reader: Session | Connection, cohort_id: int) -> Sequence[Town]:
    """The municipalities of a cohort's documents, in the order of letters."""
    rows = reader.execute(
        select(
            _named.label("town"),
            func.count().label("all"),
            func.count(Delivery.id).label("gone"),
        )
        .select_from(_JOINED)
        .where(Credential.cohort_id == cohort_id, Credential.status == Status.VALID)
        .group_by(_named)
        .limit(MOST)
    )
    found = [Town(row.town, row.all - row.gone, row.gone) for row in rows]
    return sorted(found, key=lambda each: (fold(each.name), each.name))


def papers(
    reader: Session | Connection,
    cohort_id: int,
    town: str | None = None,
    *,
    gone: bool = False,
    number: int | None = None,
) -> Sequence[Paper]:
    """Papers in the office, or those that have left it: of a municipality or all, a page or all."""
    statement = _PAPERS.where(
        Credential.cohort_id == cohort_id,
        Credential.status == Status.VALID,
        Delivery.id.is_not(None) if gone else Delivery.id.is_(None),
    )
    if town is not None:
        statement = statement.where(_named == town)
    if number is None:
        return _papers(reader, statement.limit(MOST))
    return _papers(reader, statement.limit(PAGE_SIZE).offset((number - 1) * PAGE_SIZE))


def chosen(reader: Session | Connection, cohort_id: int, uids: Collection[UUID]) -> Sequence[Paper]:
    """Of these documents, those of the cohort whose papers are in the office."""
    statement = _PAPERS.where(
        Credential.cohort_id == cohort_id,
        Credential.status == Status.VALID,
        Credential.uid.in_(uids),
        Delivery.id.is_(None),
    )
    return _papers(reader, statement.limit(len(uids) + 1))


def gone_of(reader: Session | Connection, uids: Collection[UUID]) -> Mapping[UUID, Gone]:
    """Of these documents, those whose papers have left the office, and how."""
    if not uids:
        return {}
    rows = reader.execute(
        select(
            Credential.uid,
            Delivery.way,
            Delivery.received_by,
            Delivery.document,
            Delivery.handed_by,
            Delivery.on,
        )
        .join(Delivery, Delivery.credential_id == Credential.id)
        .where(Credential.uid.in_(uids), Delivery.undone_at.is_(None))
        .order_by(Credential.id)
        .limit(len(uids))
    )
    return {row[0]: Gone(*row[1:]) for row in rows}


_JOINED = Credential.__table__.outerjoin(
    Enrollment.__table__, Enrollment.id == Credential.enrollment_id
).outerjoin(
    Delivery.__table__,
    (Delivery.credential_id == Credential.id) & Delivery.undone_at.is_(None),
)
_PAPERS = (
    select(
        Credential.uid,
        Credential.record,
        _named.label("municipality"),
        Delivery.id.label("delivery_id"),
        Delivery.way,
        Delivery.received_by,
        Delivery.document,
        Delivery.handed_by,
        Delivery.on,
    )
    .select_from(_JOINED)
    .order_by(_named, Credential.holder_sort, Credential.id)
)


def _papers(reader: Session | Connection, statement: Select[*tuple[object, ...]]) -> list[Paper]:
    found = []
    for row in reader.execute(statement):
        record = from_json(row.record)
        gone = (
            Gone(row.way, row.received_by, row.document, row.handed_by, row.on)
            if row.delivery_id is not None
            else None
        )
        found.append(
            Paper(
                row.uid,
                record.holder.full_name,
                name_of(record.holder).surnames_first,
                record.number,
                record.course,
                row.municipality,
                gone,
            )
        )
    return found
