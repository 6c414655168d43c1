"""Acts on a document: annulled, revoked, or superseded by a corrected edition. Never deleted."""

import secrets
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from lms.certificates.actions.register import append, locked_log, registered
from lms.certificates.formats import act as acts
from lms.certificates.formats.act import Act
from lms.certificates.formats.record import (
    SALT_BYTES,
    Holder,
    Record,
    from_json,
)
from lms.certificates.models import Credential, LogHead, StatusChange
from lms.certificates.queries.office import Office, office
from lms.certificates.rules import links, numbers
from lms.certificates.rules.jobs import PUBLISH, SEAL
from lms.certificates.rules.status import Status
from lms.certificates.rules.withdrawing import Resolution, check
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.kernel.ids import new_code
from lms.foundation.mail.actions import tell
from lms.people.models import Person


@dataclass(frozen=True, slots=True)
class Where:
    """A document by its cohort, for whoever has the cohort in hand, and the address of the site."""

    cohort: UUID
    credential: UUID
    public_url: str


def withdraw(work: Work, where: Where, act: Status, resolution: Resolution) -> str:
    """Annul a document (an error of the institution) or revoke it (a sanction, after notice).

    It stays in the register with number, date and resolution for everybody to see; the reason
    stays in the office. The holder is told. Gives the number of the document.
    """
    log, found, credential = _held(work, where)
    record = from_json(credential.record)
    check(act, credential.status, resolution, record.issued_on, found.day(work.now))
    _change(work, log, credential, act, resolution)
    _tell(work, credential, f"certificates/{act.value}", record, resolution)
    return record.number


def correct(work: Work, where: Where, holder: Holder, resolution: Resolution) -> UUID:
    """Issue a corrected edition under the same number; it supersedes the one before.

    Only the name changes. The old edition stays, and says by which one it was superseded. Gives
    the uid of the new edition, whose document is made afterwards.
    """
    log, found, old = _held(work, where)
    before = from_json(old.record)
    today = found.day(work.now)
    check(Status.SUPERSEDED, old.status, resolution, before.issued_on, today)
    if holder == before.holder:
        raise Invalid(N_("The name is the same as on the document: there is nothing to correct."))
    code = new_code()
    record = replace(
        before,
        holder=holder,
        issued_on=today,
        code=code,
        verify_url=links.public(where.public_url, code),
        edition=before.edition + 1,
    )
    old.status = Status.SUPERSEDED  # at most one holds, at every moment
    work.session.flush()
    new = _edition(work, log, old, record)
    _change(work, log, old, Status.SUPERSEDED, resolution, new)
    detail = {"number": record.number, "edition": record.edition, "leaf": new.leaf}
    note(work, "credential.corrected", new, detail=detail)
    enqueue(work, SEAL, key=str(new.uid), payload={"credential": str(new.uid)})
    return new.uid


def _held(work: Work, where: Where) -> tuple[LogHead, Office, Credential]:
    found = office(work.session, where.cohort)
    log = locked_log(work, numbers.origin(where.public_url))
    credential = work.session.scalar(
        select(Credential)
        .where(Credential.uid == where.credential, Credential.cohort_id == found.cohort_id)
        .with_for_update()
    )
    if credential is None:
        raise NotFound()
    return log, found, credential


def _edition(work: Work, log: LogHead, old: Credential, record: Record) -> Credential:
    new = registered(
        work,
        log,
        record,
        institution_id=old.institution_id,
        kind=old.kind,
        enrollment_id=old.enrollment_id,
        course_version_id=old.course_version_id,
        person_id=old.person_id,
        cohort_id=old.cohort_id,
        register_book_id=old.register_book_id,
        book=old.book,
        folio=old.folio,
        line=old.line,
        number=old.number,
    )
    work.session.add(new)
    work.session.flush()
    return new


def _change(
    work: Work,
    log: LogHead,
    credential: Credential,
    act: Status,
    resolution: Resolution,
    successor: Credential | None = None,
) -> None:
    number = from_json(credential.record).number
    told = Act(
        act.value,
        credential.code,
        number,
        credential.edition,
        resolution.number,
        resolution.authority,
        resolution.on,
        successor.code if successor else None,
    )
    text = acts.canonical(told)
    salt = secrets.token_bytes(SALT_BYTES)
    hashed = acts.leaf(salt, text)
    credential.status = act
    change = StatusChange(
        institution_id=credential.institution_id,
        credential_id=credential.id,
        act=act,
        resolution=resolution.number,
        authority=resolution.authority,
        decided_on=resolution.on,
        notified_on=resolution.notified_on,
        reason=resolution.reason,
        successor_id=successor.id if successor else None,
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
    note(work, f"credential.{act.value}", credential, detail=detail)
    enqueue(work, PUBLISH, key=str(change.uid), payload={"leaf_index": change.leaf_index})


def _tell(
    work: Work, credential: Credential, template: str, record: Record, resolution: Resolution
) -> None:
    # Accounts may be deleted; the register stays.
    if work.session.get(Person, credential.person_id) is None:
        return
    tell(
        work,
        credential.person_id,
        template,
        link=links.verification(credential.code),
        institution_id=credential.institution_id,
        title=record.title,
        course=record.course,
        institution=record.institution.name,
        number=record.number,
        resolution=resolution.number,
        authority=resolution.authority,
        on=resolution.on.isoformat(),
    )
