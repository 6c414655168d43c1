"""The code on the back: a document in so few bytes that a QR holds it, signed, so that a telephone
verifies it without a network.

It is an address of the site, ``https://…/verificar#1.XXXX``, which any camera opens; what follows
the ``#`` never leaves the telephone. ``XXXX`` is Base32 (which a QR packs tightly and no program
mangles) of a COSE_Sign1 (RFC 9052) by the key of credentials. Its payload is a list in the order
of ``Pocket``. The number before the dot is the version: another form gets another number, and
version 1 stays readable.
"""

import base64
import binascii
from dataclasses import astuple, dataclass
from datetime import date, timedelta
from typing import Any, Self

from lms.certificates.formats import cbor
from lms.certificates.formats.record import Record
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys.keyring import Signer
from lms.foundation.keys.pairs import sign_ed25519, verifies_ed25519

VERSION = "1"
LONGEST = 4_000
_PAGE = "/verificar#"
_SIGN1 = b"\xd2\x84"  # tag 18, a list of four
_PROTECTED = b"\xa2\x01\x27\x04"  # {1 (algorithm): -8 (EdDSA), 4 (kid): …}
_UNPROTECTED = b"\xa0"
_DAY_ZERO = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Pocket:
    """What the code says of a document. Dates travel as days since 1970, a grade that is not
    printed and a programme that is the course itself as empty texts."""

    title: str
    holder: str
    institution: str
    course: str
    programme: str
    hours: int
    hour_minutes: int
    starts_on: int
    ends_on: int
    grade: str
    scale: str
    issued_on: int
    number: str
    code: str
    edition: int
    leaf_index: int
    demo: int

    @classmethod
    def of(cls, record: Record, leaf_index: int) -> Self:
        return cls(
            title=record.title,
            holder=record.holder.full_name,
            institution=record.institution.name,
            course=record.course,
            programme="" if record.programme == record.course else record.programme,
            hours=record.hours,
            hour_minutes=record.hour_minutes,
            starts_on=_days(record.starts_on),
            ends_on=_days(record.ends_on),
            grade=record.grade.shown if record.grade else "",
            scale=record.grade.scale if record.grade else "",
            issued_on=_days(record.issued_on),
            number=record.number,
            code=record.code,
            edition=record.edition,
            leaf_index=leaf_index,
            demo=int(record.demo),
        )


@dataclass(frozen=True, slots=True)
class Said:
    """A code that was read. Who signed it is for ``genuine`` to say."""

    pocket: Pocket
    kid: str
    signed: bytes
    signature: bytes

    def genuine(self, public: str) -> bool:
        """Whether this key signed exactly this."""
        return verifies_ed25519(public, self.signature, self.signed)


def write(pocket: Pocket, public_url: str, signer: Signer) -> str:
    """The code as its QR holds it; the same text each time for the same key."""
    protected = _PROTECTED + cbor.octets(bytes.fromhex(signer.kid))
    payload = cbor.listed(astuple(pocket))
    signature = sign_ed25519(signer.private, _to_sign(protected, payload))
    packed = _SIGN1 + cbor.octets(protected) + _UNPROTECTED + cbor.octets(payload)
    return f"{public_url}{_PAGE}{VERSION}.{_base32(packed + cbor.octets(signature))}"


def is_one(text: str) -> bool:
    """Whether somebody means such a code: the whole address, or what stands behind its ``#``."""
    return _bare(text).startswith(f"{VERSION}.")


def read(text: str) -> Said:
    """What a code says. Capital letters and blanks do not matter. Raises Invalid if it is none."""
    try:
        return _read(_bare(text))
    except (ValueError, TypeError, binascii.Error) as error:
        raise Invalid(N_("This is not the text of a signed QR code, or part of it is lost.")) from (
            error
        )


def day(days: int) -> date:
    """A date as it travels in a code."""
    return _DAY_ZERO + timedelta(days=days)


def _bare(text: str) -> str:
    return "".join(text[: 2 * LONGEST].split()).rpartition("#")[2].upper()


def _read(bare: str) -> Said:
    version, _, packed = bare.partition(".")
    if version != VERSION or not 0 < len(packed) <= LONGEST:
        raise ValueError("another version")
    data = base64.b32decode(packed + "=" * (-len(packed) % 8))
    if _base32(data) != packed or not data.startswith(_SIGN1):
        raise ValueError("no signed message")
    protected, rest = _octets(data[len(_SIGN1) :])
    if not rest.startswith(_UNPROTECTED) or not protected.startswith(_PROTECTED):
        raise ValueError("signed in another way")
    payload, rest = _octets(rest[len(_UNPROTECTED) :])
    signature, rest = _octets(rest)
    kid = cbor.read(protected[len(_PROTECTED) :])
    if rest or not isinstance(kid, bytes):
        raise ValueError("something is left over")
    return Said(_pocket(payload), kid.hex(), _to_sign(protected, payload), signature)


def _pocket(payload: bytes) -> Pocket:
    values: Any = cbor.read(payload)
    pocket = Pocket(*values)
    kinds = Pocket.__annotations__
    for name, kind in kinds.items():
        if type(getattr(pocket, name)) is not kind:
            raise ValueError(name)
    for days in (pocket.starts_on, pocket.ends_on, pocket.issued_on):
        try:
            day(days)
        except OverflowError as error:
            raise ValueError(days) from error
    return pocket


def _octets(data: bytes) -> tuple[bytes, bytes]:
    """The bytes that stand first, and what comes after them."""
    kind, size, start = cbor.head_of(data)
    if kind != cbor.BYTES or start + size > len(data):
        raise ValueError("no bytes")
    return data[start : start + size], data[start + size :]


def _to_sign(protected: bytes, payload: bytes) -> bytes:
    """What is signed (Sig_structure), so that no signature serves for another kind of message."""
    return (
        b"\x84" + cbor.text("Signature1") + cbor.octets(protected) + cbor.octets(b"")
        + cbor.octets(payload)
    )  # fmt: skip


def _base32(data: bytes) -> str:
    return base64.b32encode(data).decode("ascii").rstrip("=")


def _days(on: date) -> int:
    return (on - _DAY_ZERO).days
