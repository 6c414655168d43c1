"""The two counters of the register, always locked in this order: the book, then the log's head."""

import secrets
from typing import Any

from sqlalchemy import select

from lms.certificates.formats.record import SALT_BYTES, Record, canonical, leaf
from lms.certificates.models import Credential, LogEntry, LogHead, Series
from lms.certificates.rules.status import Status
from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.people.rules.names import name_of

THE_LOG = 1


def locked_series(work: Work, institution_id: int, key: str) -> Series:
    """The book that gives the numbers, nobody else taking any until this transaction ends."""
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


def _begin(work: Work, table: type[Series | LogHead], **values: Any) -> None:
    """Two who begin the same counter at once begin one; the second waits for the first."""
    new = inserting(work.session, table).values(**values)
    work.session.execute(new.on_conflict_do_nothing())
