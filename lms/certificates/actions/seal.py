"""Sealing: from the day its bytes are kept, a document is those bytes."""

from uuid import UUID

from sqlalchemy import select

from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.rules import links
from lms.certificates.rules.jobs import SEAL
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.store import Stored
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import NotFound
from lms.foundation.mail.actions import tell
from lms.people.models import Person

MOST_AT_ONCE = 1000


def seal_again(work: Work, cohort_uid: UUID) -> int:
    """Have the documents of a cohort made that are not yet, whatever stopped it (a full disk).

    Tells how many wait for it.
    """
    waiting = work.session.scalars(
        select(Credential.uid)
        .join(Cohort, Cohort.id == Credential.cohort_id)
        .where(Cohort.uid == cohort_uid, Credential.sealed_sha256.is_(None))
        .order_by(Credential.id)
        .limit(MOST_AT_ONCE)
    ).all()
    for uid in waiting:
        enqueue(work, SEAL, key=str(uid), payload={"credential": str(uid)})
    return len(waiting)


def seal(work: Work, credential_uid: UUID, stored: Stored, signed: Stored, kid: str) -> bool:
    """Keep the hash of a document's bytes and of its credential's (``signed``), once; whoever comes
    later changes nothing. ``kid`` names the key that signed the PDF.

    Its holder is told now, when the link leads to something they can open. Tells whether it was
    sealed by this.
    """
    credential = work.session.scalar(
        select(Credential).where(Credential.uid == credential_uid).with_for_update()
    )
    if credential is None:
        raise NotFound()
    if credential.sealed_sha256 is not None:
        return False
    refer(work, stored)
    refer(work, signed)
    credential.sealed_sha256 = stored.sha256
    credential.vc_sha256 = signed.sha256
    credential.sealed_kid = kid
    credential.sealed_at = work.now
    note(work, "credential.sealed", credential, detail={"sha256": stored.sha256})
    # Accounts may be deleted; the register stays.
    if work.session.get(Person, credential.person_id) is not None:
        record = from_json(credential.record)
        tell(
            work,
            credential.person_id,
            "certificates/issued",
            link=links.own(credential.uid),
            institution_id=credential.institution_id,
            title=record.title,
            course=record.course,
            programme=record.programme,
            institution=record.institution.name,
            number=record.number,
            size=stored.size,
        )
    return True
