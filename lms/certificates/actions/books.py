"""How an institution keeps its book of the register, and a number of it that was spoiled."""

import secrets
from dataclasses import asdict
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import select

from lms.certificates.actions.register import (
    append,
    locked_book,
    locked_log,
    locked_series,
    next_in,
)
from lms.certificates.formats.record import SALT_BYTES
from lms.certificates.formats.spoiled import Spoiled, canonical, leaf
from lms.certificates.models import SpoiledNumber
from lms.certificates.queries.books import is_written, kept, last_number
from lms.certificates.queries.candidates import KIND
from lms.certificates.rules import links, numbers
from lms.certificates.rules.books import Kept, check_kept
from lms.certificates.rules.jobs import PUBLISH
from lms.certificates.rules.withdrawing import Resolution, check_day
from lms.foundation.audit.actions import changed
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import new_code
from lms.people.models import Institution


def keep_book(work: Work, institution_uid: UUID, wanted: Kept) -> None:
    """Settle how the book is kept and where it has got to. What is issued already stays as it is.

    Numbers and places only move on. Who settled what stands in the log.
    """
    house = _house(work, institution_uid)
    row = locked_book(work, house.id, KIND, demo=house.demo)
    key = _key(house, work, yearly=wanted.yearly)
    session = work.session
    series = locked_series(work, house.id, key)
    now = kept(row, series.last_number)
    check_kept(now, wanted, written=is_written(session, house.id, key))
    before = asdict(kept(row, last_number(session, house.id, _key(house, work, yearly=row.yearly))))
    row.yearly = wanted.yearly
    row.entries_per_folio = wanted.layout.entries_per_folio
    row.folios_per_book = wanted.layout.folios_per_book
    row.book, row.folio, row.line = wanted.place.book, wanted.place.folio, wanted.place.line
    series.last_number = wanted.number
    session.flush()
    if told := changed(_flat(before), _flat(asdict(wanted))):
        detail = told | {"series": key, "kind": KIND, "demo": house.demo}
        note(work, "credential.book_kept", institution_id=house.id, detail=detail)


def spoil(work: Work, institution_uid: UUID, public_url: str, resolution: Resolution) -> str:
    """Take the next number out of use: its line was spoiled. It stays in the register as that.

    Locked in the order of issuing: book, numbers, log. Gives the number.
    """
    house = _house(work, institution_uid)
    check_day(resolution, work.now.astimezone(ZoneInfo(house.zone)).date())
    row = locked_book(work, house.id, KIND, demo=house.demo)
    key = _key(house, work, yearly=row.yearly)
    series = locked_series(work, house.id, key)
    log = locked_log(work, numbers.origin(public_url))
    number, place = next_in(row, series)
    code = new_code()
    said = Spoiled(
        number=numbers.printed(key, number),
        series=key,
        book=place.book,
        folio=place.folio,
        code=code,
        verify_url=links.public(public_url, code),
        institution=house.name,
        resolution=resolution.number,
        authority=resolution.authority,
        on=resolution.on,
        demo=house.demo,
    )
    text, salt = canonical(said), secrets.token_bytes(SALT_BYTES)
    hashed = leaf(salt, text)
    spoiled = SpoiledNumber(
        institution_id=house.id,
        code=code,
        register_book_id=row.id,
        series=key,
        number=number,
        book=place.book,
        folio=place.folio,
        line=place.line,
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
    work.session.add(spoiled)
    work.session.flush()
    detail = {"number": said.number, "resolution": resolution.number, "leaf": hashed}
    note(work, "credential.number_spoiled", spoiled, detail=detail)
    payload = {"leaf_index": spoiled.leaf_index}
    enqueue(work, PUBLISH, key=str(spoiled.uid), payload=payload)
    return said.number


def _house(work: Work, uid: UUID) -> Institution:
    found = work.session.scalar(select(Institution).where(Institution.uid == uid))
    if found is None:
        raise NotFound()
    return found


def _key(house: Institution, work: Work, *, yearly: bool) -> str:
    year = work.now.astimezone(ZoneInfo(house.zone)).year if yearly else None
    return numbers.book(house.key, KIND, year, demo=house.demo)


def _flat(told: dict[str, object]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for name, value in told.items():
        flat |= value if isinstance(value, dict) else {name: value}
    return flat
