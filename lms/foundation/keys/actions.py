"""Making, replacing and bringing in keys. Nothing that once signed is ever forgotten."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.keys import certificates, pairs
from lms.foundation.keys.models import Purpose, SigningKey

if TYPE_CHECKING:
    from lms.foundation.keys.pairs import Private


@dataclass(frozen=True, slots=True)
class Whose:
    """Who a key signs for: an institution by uid, name and country; the site if empty."""

    holder: str = ""
    name: str = ""
    country: str = ""


def ensure(work: Work, secret: str, purpose: Purpose, whose: Whose) -> SigningKey:
    """The key that signs now; made on first use, once however many ask."""
    found = _signing(work, purpose, whose.holder)
    return found or _keep(work, secret, purpose, whose, *_new(work, purpose, whose))


def rotate(
    work: Work, secret: str, purpose: Purpose, whose: Whose, *, leaked: bool = False
) -> SigningKey:
    """A new key signs from now on; the old one stays published, for what it signed stays true.

    Unless it ``leaked``: then its signature alone proves nothing, and only the register counts.
    """
    return _replace(work, secret, purpose, whose, _new(work, purpose, whose), leaked=leaked)


def bring_in(work: Work, secret: str, whose: Whose, private: "Private", chain: str) -> SigningKey:
    """From now on the institution's documents are signed with the key that an authority gave."""
    made = _replace(work, secret, Purpose.PDF, whose, (private, chain), leaked=False)
    made.imported = True
    return made


def _replace(
    work: Work,
    secret: str,
    purpose: Purpose,
    whose: Whose,
    new: tuple["Private", str],
    *,
    leaked: bool,
) -> SigningKey:
    old = _signing(work, purpose, whose.holder)
    if old is not None:
        old.retired_at = work.now
        old.leaked_at = work.now if leaked else None
        detail = {"purpose": purpose.value, "kid": old.kid, "leaked": leaked}
        record(work, "key.retired", old, detail=detail)
    return _keep(work, secret, purpose, whose, *new)


def _signing(work: Work, purpose: Purpose, holder: str) -> SigningKey | None:
    return work.session.scalar(
        select(SigningKey)
        .where(
            SigningKey.purpose == purpose,
            SigningKey.holder == holder,
            SigningKey.retired_at.is_(None),
        )
        .order_by(SigningKey.edition.desc())
        .limit(1)
        .with_for_update()
    )


def _new(work: Work, purpose: Purpose, whose: Whose) -> tuple["Private", str]:
    if purpose is not Purpose.PDF:
        return pairs.new_ed25519(), ""
    private = pairs.new_p256()
    return private, certificates.self_made(private, whose.name, whose.country, work.now)


def _keep(
    work: Work, secret: str, purpose: Purpose, whose: Whose, private: "Private", chain: str
) -> SigningKey:
    last = work.session.scalar(
        select(SigningKey.edition)
        .where(SigningKey.purpose == purpose, SigningKey.holder == whose.holder)
        .order_by(SigningKey.edition.desc())
        .limit(1)
    )
    public = pairs.public_pem(private)
    made = SigningKey(
        purpose=purpose,
        holder=whose.holder,
        edition=(last or 0) + 1,
        kid=pairs.kid_of(public),
        public=public,
        certificates=chain,
        locked=pairs.lock(secret, private),
        created_at=work.now,
    )
    work.session.add(made)
    work.session.flush()
    record(work, "key.made", made, detail={"purpose": purpose.value, "kid": made.kid})
    return made
