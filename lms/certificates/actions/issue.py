"""Issuing: numbers, records and leaves, at once and for ever."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from lms.certificates.actions.register import (
    locked_book,
    locked_log,
    locked_series,
    next_in,
    registered,
)
from lms.certificates.models import CheckLine, Credential, RegisterBook
from lms.certificates.queries.candidates import KIND, Candidate, hold, qualifying
from lms.certificates.queries.checklists import as_now, find
from lms.certificates.queries.draw_up import Place, draw_up, series_key
from lms.certificates.queries.office import Office, office
from lms.certificates.queries.prepare import Prepared, Ready
from lms.certificates.rules import numbers
from lms.certificates.rules.books import Place as Line
from lms.certificates.rules.checking import check_direct
from lms.certificates.rules.jobs import ISSUE, SEAL
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.ids import new_code
from lms.people.models import Institution

BATCH = 25


@dataclass(frozen=True, slots=True)
class Issued:
    """The numbers given, in order."""

    numbers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Begun:
    """What came of the registrar's word: numbers given at once, or how many are on their way."""

    issued: Issued = Issued()
    queued: int = 0


def issue(
    work: Work,
    cohort_uid: UUID,
    public_url: str,
    ready: Sequence[Ready],
    checklist: UUID | None = None,
) -> Issued:
    """Register a document for each of these people who still qualifies, each once.

    ``ready`` (at most 25) comes from `prepare`, which has tried every letter. Here, in one short
    transaction and always in this order: the book is locked, its series, the head of the log, and
    each gets a number without gap, a line on a folio, a canonical record, a salt and a leaf.
    Whoever has a document by now, or another name, is passed over; of an approved ``checklist``
    also whoever has another grade or identity document. The document itself is made and sealed
    afterwards.
    """
    if len(ready) > BATCH:
        raise ValueError(f"at most {BATCH} documents in one transaction")
    found = office(work.session, cohort_uid)
    book = locked_book(work, found.institution_id, KIND, demo=found.demo)
    key = series_key(found, work.now, yearly=book.yearly)
    series = locked_series(work, found.institution_id, key)
    # Read under the lock: whatever another registrar has issued is seen here.
    names = {each.pair: each.name for each in ready}
    hold(work.session, names)
    candidates = [
        each
        for each in qualifying(work.session, found.cohort_id, list(names))
        if names[each.pair] == each.name
    ]
    if checklist is not None:
        approved = {each.pair: each.said for each in ready}
        now = as_now(work.session, found, candidates)
        candidates = [each for each in candidates if approved[each.pair] == now[each.pair]]
    if not candidates:
        return Issued()
    log = locked_log(work, numbers.origin(public_url))
    issued = []
    for candidate in candidates:
        number, line = next_in(book, series)
        place = Place(key, numbers.printed(key, number), new_code(), public_url, line)
        record = draw_up(found, candidate, place, work.now)
        whose = _whose(found, candidate, book, line, number)
        issued.append(registered(work, log, record, **whose))
    work.session.add_all(issued)
    work.session.flush()
    if checklist is not None:
        _note_issued(work, find(work.session, cohort_uid, checklist).id, issued)
    for credential in issued:
        note(
            work,
            "credential.issued",
            credential,
            detail={
                "number": numbers.printed(key, credential.number),
                "cohort": str(cohort_uid),
                "leaf": credential.leaf,
            },
        )
        enqueue(work, SEAL, key=str(credential.uid), payload={"credential": str(credential.uid)})
    return Issued(tuple(numbers.printed(key, credential.number) for credential in issued))


def begin(
    work: Work,
    prepared: Prepared,
    public_url: str,
    *,
    confirmed: int,
    whole_cohort: bool,
) -> Begun:
    """Issue what the registrar confirmed: a short list at once, a long one in the background.

    ``confirmed`` is how many the registrar was shown; if others qualify by now, they look again.
    """
    if len(prepared.ready) != confirmed:
        raise Refused(
            N_("The list has changed since you looked at it. Check it again and confirm.")
        )
    house = select(Institution.two_person_issuing)
    house = house.where(Institution.id == prepared.office.institution_id)
    check_direct(bool(work.session.scalar(house)))
    uid = prepared.office.cohort_uid
    if confirmed <= BATCH:
        return Begun(issue(work, uid, public_url, prepared.ready))
    enqueue(
        work,
        ISSUE,
        key=str(uid) if whole_cohort else None,
        payload={
            "cohort": str(uid),
            "actor": work.actor.person_id,
            "pairs": None if whole_cohort else [each.pair for each in prepared.ready],
        },
    )
    return Begun(queued=confirmed)


def _note_issued(work: Work, list_id: int, issued: Sequence[Credential]) -> None:
    """Each line of the list says by which document it was answered."""
    for credential in issued:
        work.session.execute(
            update(CheckLine)
            .where(
                CheckLine.list_id == list_id,
                CheckLine.enrollment_id == credential.enrollment_id,
                CheckLine.course_version_id == credential.course_version_id,
            )
            .values(credential_id=credential.id)
        )


def _whose(
    found: Office, candidate: Candidate, book: RegisterBook, line: Line, number: int
) -> dict[str, Any]:
    return {
        "institution_id": found.institution_id,
        "kind": KIND,
        "enrollment_id": candidate.enrollment_id,
        "course_version_id": candidate.course_version_id,
        "person_id": candidate.person_id,
        "cohort_id": found.cohort_id,
        "number": number,
        "register_book_id": book.id,
        "book": line.book,
        "folio": line.folio,
        "line": line.line,
    }
