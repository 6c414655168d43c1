"""Who signs an institution's documents: put down, changed, taken off."""

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.people.models import Person, Signer
from lms.people.queries.institution import role_holders
from lms.people.rules import signing

MOST = 50


@dataclass(frozen=True, slots=True)
class Signing:
    """Somebody who signs: as printed, in which place, from when until when, instead of whom."""

    name: str
    position: str
    order: int
    starts_on: date
    ends_on: date | None = None
    substitutes: UUID | None = None
    account: UUID | None = None
    """The person by whose account they sign on the site."""


def put_down(work: Work, institution_id: int, signing_: Signing) -> UUID:
    """Somebody signs for the institution within their term of office."""
    everybody = _everybody(work, institution_id)
    if len(everybody) >= MOST:
        raise Refused(N_("There are fifty people here already. Take off who signs no more."))
    values = _values(everybody, signing_, None)
    account = _account(work, institution_id, signing_.account)
    row = Signer(institution_id=institution_id, account_id=account, **values)
    work.session.add(row)
    work.session.flush()
    record(work, "signer.put_down", row, detail=_plain(signing_))
    return row.uid


def change(work: Work, institution_id: int, uid: UUID, signing_: Signing) -> None:
    """Name, post or term change; cohorts that are open keep who they opened with."""
    everybody = _everybody(work, institution_id)
    row = _one(everybody, uid)
    uids = {each.id: each.uid for each in everybody}
    before = _plain(
        Signing(
            row.name, row.position, row.order, row.starts_on, row.ends_on,
            uids.get(row.substitutes_id or 0), _uid_of(work, row.account_id),
        )
    )  # fmt: skip
    for name, value in _values(everybody, signing_, row).items():
        setattr(row, name, value)
    row.account_id = _account(work, institution_id, signing_.account)
    work.session.flush()
    record(work, "signer.changed", row, detail=changed(before, _plain(signing_)))


def take_off(work: Work, institution_id: int, uid: UUID) -> str:
    """Somebody signs no more, nor do their substitutes; documents that bear the name keep it."""
    everybody = _everybody(work, institution_id)
    row = _one(everybody, uid)
    for each in everybody:
        if each.substitutes_id == row.id:
            raise Refused(N_("%(name)s stands in here. Change or take off that one first."),
                          name=each.name)  # fmt: skip
    record(work, "signer.taken_off", row, detail={"name": row.name, "position": row.position})
    work.session.delete(row)
    return row.name


def _values(everybody: list[Signer], given: Signing, row: Signer | None) -> dict[str, Any]:
    signing.check_term(given.starts_on, given.ends_on)
    own_id = row.id if row is not None else None
    whom = _one(everybody, given.substitutes) if given.substitutes else None
    if whom is not None:
        has_substitutes = any(own_id and each.substitutes_id == own_id for each in everybody)
        signing.check_substitute(own_id, whom, has_substitutes)
    values = asdict(given)
    del values["substitutes"], values["account"]
    # A substitute signs in the place of whom they stand in for.
    order = whom.order if whom is not None else given.order
    return values | {"substitutes_id": whom.id if whom else None, "order": order}


def _account(work: Work, institution_id: int, uid: UUID | None) -> int | None:
    """The account of somebody who holds the role here; nobody signs by another's."""
    if uid is None:
        return None
    holders = role_holders(work.session, institution_id, Role.SIGNER, work.now)
    for each in holders:
        if each.uid == uid:
            return each.id
    raise NotFound()


def _uid_of(work: Work, person_id: int | None) -> UUID | None:
    return work.session.get_one(Person, person_id).uid if person_id else None


def _everybody(work: Work, institution_id: int) -> list[Signer]:
    statement = select(Signer).where(Signer.institution_id == institution_id)
    locked = statement.order_by(Signer.order, Signer.id).limit(MOST + 1).with_for_update()
    return list(work.session.scalars(locked))


def _one(everybody: list[Signer], uid: UUID) -> Signer:
    for each in everybody:
        if each.uid == uid:
            return each
    raise NotFound()


def _plain(given: Signing) -> dict[str, Any]:
    return {name: str(value) if isinstance(value, date | UUID) else value
            for name, value in asdict(given).items()}  # fmt: skip
