"""Writing to the log, inside the transaction of what it tells of."""

from typing import Any, Protocol
from uuid import UUID

from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.db.work import Work


class Subject(Protocol):
    """Whatever a deed is done to: a row with a uid."""

    uid: Any
    __tablename__: Any


def record(
    work: Work,
    deed: str,
    subject: Subject | None = None,
    *,
    institution_id: int | None = None,
    detail: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> None:
    """Every change leaves an entry that nobody can alter afterwards.

    ``detail`` is plain JSON without personal values; those go to ``personal``.
    """
    uid: UUID | None = subject.uid if subject is not None else None
    if institution_id is None and subject is not None:
        institution_id = getattr(subject, "institution_id", None)
    entry = AuditEntry(
        at=work.now,
        deed=deed,
        actor_id=work.actor.person_id,
        acting_as_id=work.actor.acting_as,
        channel=work.actor.channel,
        institution_id=institution_id,
        subject_kind=str(subject.__tablename__) if subject is not None else "",
        subject_uid=uid,
        detail=detail or {},
    )
    work.session.add(entry)
    if personal:
        work.session.flush()
        work.session.add(AuditPersonal(entry_id=entry.id, values=personal))
