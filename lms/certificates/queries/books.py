"""The book of the register: how it is kept, which books there are, and what stands on a folio."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    Subquery,
    case,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from lms.certificates.formats import record, spoiled, transcribed
from lms.certificates.models import Credential, RegisterBook, Series, SpoiledNumber, Transcribed
from lms.certificates.rules.books import Kept, Layout, Place
from lms.certificates.rules.status import SPOILED, TRANSCRIBED, Status
from lms.people.rules.names import name_of

Reader = Session | Connection
Said = tuple[str, str, str, str, str, date]
FOLIOS = 5  # shown side by side, and printed one to a sheet
MOST_BOOKS = 500
MOST_ON_A_FOLIO = 200
EARLIER = 100  # of those without a folio, on a page


@dataclass(frozen=True, slots=True)
class Volume:
    """A book that is written in: from and up to which folio, and how many entries it has."""

    demo: bool
    book: int
    first_folio: int
    last_folio: int
    entries: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the register. Without a place it is older than the folios."""

    number: str
    holder: str
    title: str
    what: str
    programme: str
    on: date
    book: int
    folio: int
    line: int
    status: str
    edition: int
    code: str


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A number that was spoiled, as anyone reads it, and where the log holds it."""

    record: spoiled.Spoiled
    leaf_index: int
    at: datetime


def kept(row: RegisterBook | None, number: int) -> Kept:
    """How a book is kept: as it was settled, or as every institution begins."""
    if row is None:
        return Kept(True, Layout(), number, Place())
    layout = Layout(row.entries_per_folio, row.folios_per_book)
    return Kept(row.yearly, layout, number, Place(row.book, row.folio, row.line))


def book_of(session: Session, institution_id: int, kind: str, *, demo: bool) -> RegisterBook | None:
    """The book in which documents of a kind are written; none before the first."""
    return session.scalar(
        select(RegisterBook).where(
            RegisterBook.institution_id == institution_id,
            RegisterBook.kind == kind,
            RegisterBook.demo == demo,
        )
    )


def last_number(reader: Reader, institution_id: int, series: str) -> int:
    """The last number given in a series; none is 0. It may be another's a moment later."""
    statement = select(Series.last_number).where(
        Series.institution_id == institution_id, Series.key == series
    )
    return reader.execute(statement).scalar() or 0


def is_written(reader: Reader, institution_id: int, series: str) -> bool:
    """Whether a number of this series was given by this site."""
    return bool(
        reader.execute(
            select(
                or_(
                    *(
                        exists().where(
                            table.institution_id == institution_id, table.series == series
                        )
                        for table in (Credential, SpoiledNumber)
                    )
                )
            )
        ).scalar()
    )


def volumes(reader: Reader, institution_id: int) -> Sequence[Volume]:
    """The books of an institution that have entries, the newest first."""
    lines = _lines(institution_id).subquery()
    rows = reader.execute(
        select(
            RegisterBook.demo,
            lines.c.book,
            func.min(lines.c.folio),
            func.max(lines.c.folio),
            func.count(),
        )
        .join(RegisterBook, RegisterBook.id == lines.c.register_book_id)
        .group_by(RegisterBook.demo, lines.c.book)
        .order_by(RegisterBook.demo, lines.c.book.desc())
        .limit(MOST_BOOKS)
    )
    return [Volume(*row) for row in rows]


def count_earlier(reader: Reader, institution_id: int) -> int:
    """How many documents an institution issued before there were folios."""
    statement = select(func.count()).select_from(Credential).where(*_earlier(institution_id))
    return reader.execute(statement).scalar_one()


def earlier(reader: Reader, institution_id: int, number: int) -> Sequence[Entry]:
    """One page of those issued before there were folios, in the order of the register."""
    rows = reader.execute(
        select(*_of_document())
        .where(*_earlier(institution_id))
        .order_by(Credential.leaf_index)
        .limit(EARLIER)
        .offset((number - 1) * EARLIER)
    )
    return [_entry(row) for row in rows]


def on_folios(
    reader: Reader, institution_id: int, volume: Volume, first: int, last: int
) -> Mapping[int, Sequence[Entry]]:
    """What stands on some folios of a book, line by line; at most five folios at a time."""
    lines = _lines(institution_id).subquery()
    rows = reader.execute(
        _ordered(lines, volume)
        .where(lines.c.folio >= first, lines.c.folio <= min(last, first + FOLIOS - 1))
        .limit(FOLIOS * MOST_ON_A_FOLIO)
    )
    found = [_entry(row) for row in rows]
    return {folio: list(those) for folio, those in groupby(found, lambda each: each.folio)}


def whole(reader: Reader, institution_id: int, volume: Volume | None) -> Iterator[Entry]:
    """A whole book from its first line to its last, read some folios at a time; without one what
    is older than the folios."""
    if volume is None:
        number = 1
        while those := earlier(reader, institution_id, number):
            yield from those
            number += 1
        return
    for first in range(volume.first_folio, volume.last_folio + 1, FOLIOS):
        last = first + FOLIOS - 1
        for those in on_folios(reader, institution_id, volume, first, last).values():
            yield from those


def spoiled_by_code(reader: Reader, code: str) -> Spoiled | None:
    """The spoiled number with this code, if there is one."""
    row = reader.execute(
        select(SpoiledNumber.record, SpoiledNumber.leaf_index, SpoiledNumber.at)
        .where(SpoiledNumber.code == code)
        .limit(1)
    ).first()
    return Spoiled(spoiled.from_json(row.record), row.leaf_index, row.at) if row else None


_PLACE = ("register_book_id", "book", "folio", "line")


def _of_document() -> list[ColumnElement[Any]]:
    return [
        *(getattr(Credential, name).label(name) for name in _PLACE),
        Credential.number.label("number"),
        Credential.edition.label("edition"),
        Credential.status.label("status"),
        Credential.code.label("code"),
        Credential.record.label("record"),
        literal("document").label("sort"),
    ]


def _lines(institution_id: int) -> CompoundSelect[Any]:
    """Each number once: a document in the edition that stands for it, a spoiled line, or one that
    was transcribed."""
    documents = select(*_of_document()).where(
        Credential.institution_id == institution_id,
        Credential.register_book_id.is_not(None),
        Credential.status != Status.SUPERSEDED,
    )
    spoilt = select(
        *(getattr(SpoiledNumber, name).label(name) for name in _PLACE),
        SpoiledNumber.number.label("number"),
        literal(1).label("edition"),
        literal(SPOILED).label("status"),
        SpoiledNumber.code.label("code"),
        SpoiledNumber.record.label("record"),
        literal("spoiled").label("sort"),
    ).where(SpoiledNumber.institution_id == institution_id)
    copied = select(
        Transcribed.register_book_id.label("register_book_id"),
        Transcribed.book.label("book"),
        Transcribed.folio.label("folio"),
        literal(0).label("line"),
        Transcribed.place.label("number"),
        literal(1).label("edition"),
        case((Transcribed.status == Status.VALID, TRANSCRIBED), else_=Transcribed.status).label(
            "status"
        ),
        Transcribed.code.label("code"),
        Transcribed.record.label("record"),
        literal("transcribed").label("sort"),
    ).where(Transcribed.institution_id == institution_id)
    return union_all(documents, spoilt, copied)


def _ordered(lines: Subquery, volume: Volume) -> Select[Any]:
    return (
        select(lines)
        .join(RegisterBook, RegisterBook.id == lines.c.register_book_id)
        .where(RegisterBook.demo == volume.demo, lines.c.book == volume.book)
        .order_by(lines.c.folio, lines.c.line, lines.c.number)
    )


def _earlier(institution_id: int) -> list[ColumnElement[bool]]:
    return [
        Credential.institution_id == institution_id,
        Credential.register_book_id.is_(None),
        Credential.status != Status.SUPERSEDED,
    ]


def _entry(row: Any) -> Entry:
    return Entry(
        *_SAID[row.sort](row.record),
        book=row.book or 0,
        folio=row.folio or 0,
        line=row.line or 0,
        status=row.status,
        edition=row.edition,
        code=row.code,
    )


def _told(text: str) -> Said:
    said = record.from_json(text)
    name = name_of(said.holder).surnames_first
    return said.number, name, said.title, said.course, said.programme, said.issued_on


def _spoilt(text: str) -> Said:
    said = spoiled.from_json(text)
    return said.number, "", "", "", "", said.on


def _copied(text: str) -> Said:
    said = transcribed.from_json(text)
    name = name_of(said.holder).surnames_first
    return said.number, name, said.title, said.programme, said.programme, said.issued_on


_SAID = {"document": _told, "spoiled": _spoilt, "transcribed": _copied}
