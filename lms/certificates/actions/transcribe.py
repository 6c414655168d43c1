"""Earlier diplomas: a sheet is laid, looked over, and registered a few rows at a time."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, insert, select

from lms.certificates.actions.register import append, locked_book, locked_log
from lms.certificates.formats import act as acts
from lms.certificates.formats.act import Act
from lms.certificates.formats.record import SALT_BYTES
from lms.certificates.formats.transcribed import canonical, from_json, leaf
from lms.certificates.models import (
    LogHead,
    RegisterBook,
    Transcribed,
    TranscribedAct,
    TranscriptRow,
    TranscriptSheet,
)
from lms.certificates.queries import transcripts as queries
from lms.certificates.queries.candidates import KIND
from lms.certificates.rules import numbers
from lms.certificates.rules.jobs import PUBLISH, TRANSCRIBE
from lms.certificates.rules.status import Status
from lms.certificates.rules.transcribing import Line, read
from lms.certificates.rules.withdrawing import Resolution, check
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused
from lms.foundation.kernel.ids import new_code
from lms.foundation.kernel.text import fold
from lms.people.models import Institution, Person
from lms.people.rules.names import name_of

BATCH = 10
KEPT = timedelta(days=30)


def lay(
    work: Work,
    institution_uid: UUID,
    name: str,
    rows: Sequence[tuple[int, Mapping[str, str]]],
) -> UUID:
    """Keep a sheet as it was read, with what is wrong with each row. Nothing is registered yet.

    Sheets that nobody carried out within a month go.
    """
    house = _house(work, institution_uid)
    _forget(work, house)
    sheet = TranscriptSheet(
        institution_id=house.id, name=name, by_id=work.actor.person_id, at=work.now
    )
    work.session.add(sheet)
    work.session.flush()
    checked = queries.check(work.session, house, rows, work.now)
    work.session.execute(
        insert(TranscriptRow),
        [
            {
                "institution_id": house.id,
                "sheet_id": sheet.id,
                "line": each.line,
                "cells": dict(each.cells),
                "problems": [list(problem) for problem in each.problems],
            }
            for each in checked
        ],
    )
    note(work, "credential.transcripts_laid", sheet, detail={"rows": len(checked)})
    return sheet.uid


def confirm(work: Work, institution_uid: UUID, sheet_uid: UUID, expected: int) -> int:
    """Begin to register every row of which nothing is wrong; the worker does it, a few at a time.

    ``expected`` is how many the registrar was shown: if there are others now, nothing is begun.
    """
    sheet = _sheet(work, _house(work, institution_uid), sheet_uid)
    ready = queries.sheet_of(work.session, sheet.institution_id, sheet_uid).ready
    if not ready:
        raise Refused(N_("No row of this sheet is ready."))
    if ready != expected:
        raise Conflict(N_("The list has changed meanwhile. Look at it again."))
    sheet.running = True
    payload = {
        "institution": str(institution_uid),
        "sheet": str(sheet_uid),
        "actor": work.actor.person_id,
    }
    enqueue(work, TRANSCRIBE, key=str(sheet_uid), payload=payload)
    note(work, "credential.transcripts_confirmed", sheet, detail={"rows": ready})
    return ready


def discard(work: Work, institution_uid: UUID, sheet_uid: UUID) -> None:
    """Throw a sheet away; what was registered of it stays."""
    sheet = _sheet(work, _house(work, institution_uid), sheet_uid)
    if sheet.running:
        raise Refused(N_("This sheet is being registered. Wait until that is done."))
    note(work, "credential.transcripts_discarded", sheet)
    _drop(work, [sheet.id])


def carry_out(work: Work, institution_uid: UUID, sheet_uid: UUID, public_url: str) -> bool:
    """Register the next rows of a sheet; tells whether others are left.

    A row goes in the transaction that registers it, so that whoever is killed in between registers
    nothing twice and forgets nothing. What stands against a row by now is written beside it.
    """
    house = _house(work, institution_uid)
    sheet = _sheet(work, house, sheet_uid)
    if not sheet.running:
        return False
    rows = work.session.scalars(
        select(TranscriptRow)
        .where(TranscriptRow.sheet_id == sheet.id, ~queries.is_wrong())
        .order_by(TranscriptRow.line)
        .limit(BATCH)
    ).all()
    book = locked_book(work, house.id, KIND, demo=house.demo)
    log = locked_log(work, numbers.origin(public_url))
    checked = queries.check(work.session, house, [(r.line, r.cells) for r in rows], work.now)
    by = _name(work, house)
    for row, each in zip(rows, checked, strict=True):
        line, _wrong = read(row.cells, queries.today_at(house, work.now))
        if each.problems or line is None:
            row.problems = [list(problem) for problem in each.problems]
            continue
        _register(work, house, book, log, line, public_url, by)
        work.session.delete(row)
    work.session.flush()
    if len(rows) == BATCH:
        return True
    sheet.running = False
    enqueue(work, PUBLISH, key=str(sheet.uid), payload={"leaf_index": log.size - 1})
    if not queries.sheet_of(work.session, house.id, sheet_uid).wrong:
        _drop(work, [sheet.id])
    return False


def withdraw(
    work: Work,
    institution_uid: UUID,
    transcribed_uid: UUID,
    public_url: str,
    resolution: Resolution,
) -> str:
    """Annul what was transcribed: it stays, and everybody sees that it does not hold."""
    house = _house(work, institution_uid)
    log = locked_log(work, numbers.origin(public_url))
    row = work.session.scalar(
        select(Transcribed)
        .where(Transcribed.uid == transcribed_uid, Transcribed.institution_id == house.id)
        .with_for_update()
    )
    if row is None:
        raise NotFound()
    record = from_json(row.record)
    today = queries.today_at(house, work.now)
    check(Status.ANNULLED, row.status, resolution, record.issued_on, today)
    number = f"{record.book}-{record.folio}-{record.number}"
    told = Act(
        Status.ANNULLED.value,
        row.code,
        number,
        1,
        resolution.number,
        resolution.authority,
        resolution.on,
    )
    text, salt = acts.canonical(told), secrets.token_bytes(SALT_BYTES)
    hashed = acts.leaf(salt, text)
    row.status = Status.ANNULLED
    change = TranscribedAct(
        institution_id=house.id,
        transcribed_id=row.id,
        act=Status.ANNULLED.value,
        resolution=resolution.number,
        authority=resolution.authority,
        decided_on=resolution.on,
        reason=resolution.reason,
        record=text.decode(),
        salt=salt,
        leaf=hashed,
        leaf_index=append(work, log, hashed),
        at=work.now,
        by_id=work.actor.person_id,
    )
    work.session.add(change)
    work.session.flush()
    detail = {"number": number, "resolution": resolution.number, "leaf": hashed}
    note(work, "credential.annulled", row, detail=detail)
    enqueue(work, PUBLISH, key=str(change.uid), payload={"leaf_index": change.leaf_index})
    return number


def _register(
    work: Work,
    house: Institution,
    book: RegisterBook,
    log: LogHead,
    line: Line,
    public_url: str,
    by: str,
) -> None:
    today = queries.today_at(house, work.now)
    record = queries.transcript(house, line, new_code(), public_url, by, today)
    text, salt = canonical(record), secrets.token_bytes(SALT_BYTES)
    hashed = leaf(salt, text)
    made = Transcribed(
        institution_id=house.id,
        code=record.code,
        register_book_id=book.id,
        book=line.book,
        folio=line.folio,
        number=record.number,
        place=line.order,
        holder_sort=name_of(record.holder).sort,
        search=fold(f"{record.holder.full_name} {line.document} {record.programme}"),
        document=line.document,
        status=Status.VALID,
        record=text.decode(),
        salt=salt,
        leaf=hashed,
        leaf_index=append(work, log, hashed),
        at=work.now,
        by_id=work.actor.person_id,
    )
    work.session.add(made)
    work.session.flush()
    detail = {"book": line.book, "folio": line.folio, "number": record.number, "leaf": hashed}
    note(work, "credential.transcribed", made, detail=detail)


def _name(work: Work, house: Institution) -> str:
    """Who transcribes, as everybody may read it."""
    person = work.session.get(Person, work.actor.person_id) if work.actor.person_id else None
    return person.full_name if person else house.name


def _house(work: Work, uid: UUID) -> Institution:
    found = work.session.scalar(select(Institution).where(Institution.uid == uid))
    if found is None:
        raise NotFound()
    return found


def _sheet(work: Work, house: Institution, uid: UUID) -> TranscriptSheet:
    found = work.session.scalar(
        select(TranscriptSheet)
        .where(TranscriptSheet.uid == uid, TranscriptSheet.institution_id == house.id)
        .with_for_update()
    )
    if found is None:
        raise NotFound()
    return found


def _forget(work: Work, house: Institution) -> None:
    old = work.session.scalars(
        select(TranscriptSheet.id)
        .where(
            TranscriptSheet.institution_id == house.id,
            TranscriptSheet.at < work.now - KEPT,
            TranscriptSheet.running.is_(False),
        )
        .order_by(TranscriptSheet.id)
        .limit(queries.MOST_SHEETS)
    ).all()
    _drop(work, old)


def _drop(work: Work, sheets: Sequence[int]) -> None:
    work.session.execute(delete(TranscriptRow).where(TranscriptRow.sheet_id.in_(sheets)))
    work.session.execute(delete(TranscriptSheet).where(TranscriptSheet.id.in_(sheets)))
