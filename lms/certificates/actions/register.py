"""The counters of the register, always locked in this order: book, series, the log's head."""

import secrets
from dataclasses import asdict
from typing import Any

from sqlalchemy import select

from lms.certificates.formats.record import SALT_BYTES, Record, canonical, leaf
from lms.certificates.models import Credential, LogEntry, LogHead, RegisterBook, Series
from lms.certificates.rules.books import Layout, Place, following
from lms.certificates.rules.status import Status
from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.people.rules.names import name_of

THE_LOG = 1


def locked_book(work: Work, institution_id: int, kind: str, *, demo: bool) -> RegisterBook:
    """The book in which a kind of document is written, nobody else writing in it meanwhile."""
    wanted = (
        select(RegisterBook)
        .where(
            RegisterBook.institution_id == institution_id,
            RegisterBook.kind == kind,
            RegisterBook.demo == demo,
        )
        .with_for_update()
    )
    found = work.session.scalar(wanted)
    if found is None:
        new = {"institution_id": institution_id, "kind": kind, "demo": demo, "yearly": True}
        first = asdict(Layout()) | asdict(Place())
        _begin(work, RegisterBook, **new, **first)
        found = work.session.scalars(wanted).one()
    return found


def next_in(book: RegisterBook, series: Series) -> tuple[int, Place]:
    """The next number and the line it is written on. Both are locked."""
    layout = Layout(book.entries_per_folio, book.folios_per_book)
    place = following(Place(book.book, book.folio, book.line), layout)
    book.book, book.folio, book.line = place.book, place.folio, place.line
    series.last_number += 1
    return series.last_number, place


def locked_series(work: Work, institution_id: int, key: str) -> Series:
    """The series that gives the numbers, nobody else taking any until this transaction ends."""
    wanted = (
        select(Series)
        .where(Series.institution_id == institution_id, Series.key == key)
        .with_for_update()
    )
    found = work.session.scalar(wanted)
    if found is None:
        _begin(work, Series, institution_id=institution_id, key=key, last_number=0)
        found = work.session.scalars(wanted).one()
    return found


def locked_log(work: Work, origin: str) -> LogHead:
    """The head of the installation's one log. Its origin is that of its very first day."""
    wanted = select(LogHead).where(LogHead.id == THE_LOG).with_for_update()
    found = work.session.scalar(wanted)
    if found is None:
        _begin(work, LogHead, id=THE_LOG, origin=origin, size=0)
        found = work.session.scalars(wanted).one()
    return found


def append(work: Work, log: LogHead, leaf: str) -> int:
    """The next place of the register is this leaf's, for ever. The head of the log is locked."""
    index = log.size
    work.session.add(LogEntry(leaf_index=index, leaf=leaf))
    log.size = index + 1
    return index


def registered(work: Work, log: LogHead, record: Record, **whose: Any) -> Credential:
    """A document enters the register: its record, salt and leaf, at the next place of the log.

    ``whose`` says whose it is and where it belongs: number, enrollment, person, cohort and so on.
    The head of the log is locked.
    """
    text = canonical(record)
    salt = secrets.token_bytes(SALT_BYTES)
    hashed = leaf(salt, text)
    return Credential(
        code=record.code,
        series=record.series,
        edition=record.edition,
        holder_sort=name_of(record.holder).sort,
        status=Status.VALID,
        record=text.decode(),
        salt=salt,
        leaf=hashed,
        leaf_index=append(work, log, hashed),
        issued_at=work.now,
        issued_by_id=work.actor.person_id,
        **whose,
    )


def _begin(work: Work, table: type[RegisterBook | Series | LogHead], **values: Any) -> None:
    """Two who begin the same counter at once begin one; the second waits for the first."""
    new = inserting(work.session, table).values(**values)
    work.session.execute(new.on_conflict_do_nothing())
