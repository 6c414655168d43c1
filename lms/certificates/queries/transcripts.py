"""Sheets of earlier diplomas, checked against the register; and what was transcribed already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, String, cast, func, select
from sqlalchemy.orm import Session

from lms.certificates.formats import transcribed as formats
from lms.certificates.formats.parts import Holder, Institution
from lms.certificates.formats.transcribed import Transcript
from lms.certificates.models import (
    Credential,
    SpoiledNumber,
    Transcribed,
    TranscribedAct,
    TranscriptRow,
    TranscriptSheet,
)
from lms.certificates.queries.books import book_of, kept, last_number
from lms.certificates.queries.candidates import KIND
from lms.certificates.rules import links, numbers
from lms.certificates.rules.books import Place
from lms.certificates.rules.transcribing import Line, Problem, against, read
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.people import models as people

Reader = Session | Connection
PAGE_SIZE = 50
MOST_SHEETS = 20
MOST_PLACES = 200_000
NOWHERE = "0000-0000-0000"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that was brought in, with how many of its rows are ready and how many are wrong."""

    id: int
    uid: UUID
    name: str
    at: datetime
    running: bool
    ready: int
    wrong: int


@dataclass(frozen=True, slots=True)
class Checked:
    """A row as it was read, and everything that is wrong with it."""

    line: int
    cells: Mapping[str, str]
    problems: Sequence[Problem]


@dataclass(frozen=True, slots=True)
class Change:
    """The act that ended a transcribed diploma; ``reason`` is for the office only."""

    resolution: str
    authority: str
    decided_on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Found:
    """A transcribed diploma, its state, and where the log holds it."""

    uid: UUID
    institution_id: int
    status: str
    record: Transcript
    document: str
    leaf_index: int
    at: datetime
    change: Change | None


def today_at(house: people.Institution, now: datetime) -> date:
    """The day of a moment where an institution is."""
    return now.astimezone(ZoneInfo(house.zone)).date()


def reached(session: Session, house: people.Institution) -> tuple[Place, int | None]:
    """Where the book has got to; the last number too where numbers go on through the years."""
    row = book_of(session, house.id, KIND, demo=house.demo)
    if row is None or row.yearly:
        return kept(row, 0).place, None
    key = numbers.book(house.key, KIND, None, demo=house.demo)
    return kept(row, 0).place, last_number(session, house.id, key)


def check(
    session: Session,
    house: people.Institution,
    rows: Iterable[tuple[int, Mapping[str, str]]],
    now: datetime,
) -> list[Checked]:
    """Read the rows of a sheet and say what is wrong with each, each row beside all others."""
    today = today_at(house, now)
    read_rows = [(line, cells, *read(cells, today)) for line, cells in rows]
    lines = [found for _line, _cells, found, _wrong in read_rows if found]
    place, last = reached(session, house)
    taken = _taken(session, house.id, lines)
    checked = []
    for line, cells, found, wrong in read_rows:
        if found is not None:
            wrong = against(found, place, last, taken) + _unwritable(house, found, today)
            taken.add(found.place)
        checked.append(Checked(line, cells, wrong))
    return checked


def transcript(
    house: people.Institution, line: Line, code: str, public_url: str, by: str, today: date
) -> Transcript:
    """The record of a row. Raises Invalid where it has characters that nobody could see."""
    return Transcript(
        title=line.title,
        holder=Holder(line.given_names, line.first_surname, line.second_surname),
        institution=Institution(house.name, house.place, house.country, house.hue),
        programme=line.programme,
        hours=line.hours,
        grade=line.grade,
        issued_on=line.on,
        book=line.book,
        folio=line.folio,
        number=line.number,
        code=code,
        verify_url=links.public(public_url, code),
        transcribed_on=today,
        transcribed_by=by,
        demo=house.demo,
    )


def sheets(reader: Reader, institution_id: int) -> Sequence[Sheet]:
    """The sheets of which something is still to be registered, the latest first."""
    rows = reader.execute(
        _SHEETS.where(TranscriptSheet.institution_id == institution_id)
        .order_by(TranscriptSheet.id.desc())
        .limit(MOST_SHEETS)
    )
    return [Sheet(*row) for row in rows]


def sheet_of(reader: Reader, institution_id: int, uid: UUID) -> Sheet:
    """A sheet of this institution; another's does not exist here."""
    wanted = (TranscriptSheet.uid == uid, TranscriptSheet.institution_id == institution_id)
    row = reader.execute(_SHEETS.where(*wanted)).first()
    if row is None:
        raise NotFound()
    return Sheet(*row)


def rows_of(reader: Reader, sheet_id: int, number: int, *, wrong: bool) -> Sequence[Checked]:
    """One page of the rows of a sheet that are wrong, or of those that are ready."""
    rows = reader.execute(
        select(TranscriptRow.line, TranscriptRow.cells, TranscriptRow.problems)
        .where(TranscriptRow.sheet_id == sheet_id, is_wrong() if wrong else ~is_wrong())
        .order_by(TranscriptRow.line)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [Checked(row.line, row.cells, [tuple(each) for each in row.problems]) for row in rows]


def by_code(reader: Reader, code: str) -> Found | None:
    """The transcribed diploma with this code, if there is one."""
    return _found(reader.execute(_FOUND.where(Transcribed.code == code)).first())


def one(reader: Reader, institution_id: int, uid: UUID) -> Found:
    """A transcribed diploma of this institution; another's does not exist here."""
    wanted = (Transcribed.uid == uid, Transcribed.institution_id == institution_id)
    found = _found(reader.execute(_FOUND.where(*wanted)).first())
    if found is None:
        raise NotFound()
    return found


def is_wrong() -> Any:
    """The condition on rows of a sheet that something stands against them."""
    return cast(TranscriptRow.problems, String) != "[]"


def _count(*, wrong: bool) -> Any:
    those = is_wrong() if wrong else ~is_wrong()
    return (
        select(func.count())
        .where(TranscriptRow.sheet_id == TranscriptSheet.id, those)
        .scalar_subquery()
    )


_SHEETS = select(
    TranscriptSheet.id,
    TranscriptSheet.uid,
    TranscriptSheet.name,
    TranscriptSheet.at,
    TranscriptSheet.running,
    _count(wrong=False).label("ready"),
    _count(wrong=True).label("wrong"),
)
_FOUND = select(
    Transcribed.uid,
    Transcribed.institution_id,
    Transcribed.status,
    Transcribed.record,
    Transcribed.document,
    Transcribed.leaf_index,
    Transcribed.at,
    TranscribedAct.resolution,
    TranscribedAct.authority,
    TranscribedAct.decided_on,
    TranscribedAct.reason,
).outerjoin(TranscribedAct, TranscribedAct.transcribed_id == Transcribed.id)


def _found(row: Any) -> Found | None:
    if row is None:
        return None
    change = None
    if row.resolution is not None:
        change = Change(row.resolution, row.authority, row.decided_on, row.reason)
    return Found(
        row.uid,
        row.institution_id,
        row.status,
        formats.from_json(row.record),
        row.document,
        row.leaf_index,
        row.at,
        change,
    )


def _taken(session: Session, institution_id: int, lines: Sequence[Line]) -> set[Any]:
    """The places on these folios that are written on, by documents of any sort."""
    books, folios = {each.book for each in lines}, {each.folio for each in lines}
    if not lines:
        return set()
    taken: set[Any] = set()
    for table in (Credential, SpoiledNumber, Transcribed):
        rows = session.execute(
            select(table.book, table.folio, cast(table.number, String))
            .where(
                table.institution_id == institution_id,
                table.book.in_(books),
                table.folio.between(min(folios), max(folios)),
            )
            .order_by(table.id)
            .limit(MOST_PLACES)
        )
        taken |= {(book, folio, number.casefold()) for book, folio, number in rows}
    return taken


def _unwritable(house: people.Institution, line: Line, today: date) -> list[Problem]:
    try:
        transcript(house, line, NOWHERE, "http://localhost", house.name, today)
    except Invalid as error:
        return [(error.message, dict(error.params))]
    return []
