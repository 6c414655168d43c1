"""Invitation keys: made for a number of people, and revoked."""

from datetime import date
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort, InvitationKey
from lms.enrollment.queries.quotas import quota_of
from lms.enrollment.rules import keys as rules
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import new_code
from lms.foundation.kernel.text import one_line


def make_key(
    work: Work,
    cohort_uid: UUID,
    *,
    uses: int,
    until: date,
    note: str = "",
    quota: UUID | None = None,
) -> str:
    """A code that lets a number of people into a cohort, until the end of a day.

    ``note`` says for whom it was made; ``quota`` names the seats that are kept for them. Returns
    the code, to be handed out.
    """
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    note = one_line(note)
    today = cohort.day(work.now)
    rules.check(uses, until, note, today)
    key = InvitationKey(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        code=new_code(),
        uses=uses,
        uses_left=uses,
        note=note,
        quota_id=quota_of(work.session, cohort.id, quota).id if quota else None,
        expires_on=until,
        created_at=work.now,
    )
    work.session.add(key)
    work.session.flush()
    record(
        work,
        "cohort.key_made",
        subject=cohort,
        detail={"key": str(key.uid), "uses": uses, "until": until.isoformat()},
    )
    return key.code


def revoke_key(work: Work, cohort_uid: UUID, key_uid: UUID) -> str:
    """A key opens nothing any more; who has come in with it stays. Returns its code."""
    key = work.session.scalar(
        select(InvitationKey)
        .join(Cohort, Cohort.id == InvitationKey.cohort_id)
        .where(InvitationKey.uid == key_uid, Cohort.uid == cohort_uid)
        .with_for_update(of=InvitationKey)
    )
    if key is None:
        raise NotFound()
    if key.revoked_at is None:
        key.revoked_at = work.now
        record(
            work,
            "cohort.key_revoked",
            subject=key,
            detail={"cohort": str(cohort_uid), "uses_left": key.uses_left},
        )
    return key.code
