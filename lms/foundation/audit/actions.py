"""Writing to the log, inside the transaction of what it tells of."""

from collections.abc import Mapping
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import delete, select

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
    person_id: int | None = None,
    detail: dict[str, Any] | None = None,
    personal: dict[str, Any] | None = None,
) -> None:
    """Every change leaves an entry that nobody can alter afterwards.

    ``detail`` is plain JSON without personal values; those go to ``personal``. What a thing was
    before and is now stands under ``before`` and ``after`` in either (see ``changed``).
    ``person_id`` is whom it concerns, where the subject does not say so itself.
    """
    uid: UUID | None = subject.uid if subject is not None else None
    if institution_id is None and subject is not None:
        institution_id = getattr(subject, "institution_id", None)
    if person_id is None and subject is not None:
        person_id = _concerned(subject)
    entry = AuditEntry(
        at=work.now,
        deed=deed,
        actor_id=work.actor.person_id,
        acting_as_id=work.actor.acting_as,
        channel=work.actor.channel,
        institution_id=institution_id,
        person_id=person_id,
        subject_kind=str(subject.__tablename__) if subject is not None else "",
        subject_uid=uid,
        detail=detail or {},
    )
    work.session.add(entry)
    if personal:
        work.session.flush()
        work.session.add(AuditPersonal(entry_id=entry.id, values=personal))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, Any] | None:
    """What differs, as it was and as it is; nothing if nothing does. Plain JSON values only."""
    names = [name for name in after if before.get(name) != after[name]]
    if not names:
        return None
    return {
        "before": {name: before.get(name) for name in names},
        "after": {name: after[name] for name in names},
    }


def forget_person(work: Work, person_id: int) -> int:
    """The personal values of everything that concerns somebody are erased; the deeds stay.

    Tells how many entries held any.
    """
    about = select(AuditEntry.id).where(AuditEntry.person_id == person_id)
    held = work.session.execute(
        delete(AuditPersonal)
        .where(AuditPersonal.entry_id.in_(about))
        .returning(AuditPersonal.entry_id)
        .execution_options(synchronize_session=False)
    )
    return len(held.all())


def _concerned(subject: Subject) -> int | None:
    """A person's own row concerns them; any other row whoever it belongs to."""
    if subject.__tablename__ == "person":
        found: int | None = getattr(subject, "id", None)
        return found
    return getattr(subject, "person_id", None)
