"""The record of an act on a document: what the register keeps of an annulment or a new edition.

Like the document's own record its bytes are a promise (JSON after RFC 8785, ``"v": 1``). It names
the document by code and number, never the person, and never says the reason.
"""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from lms.certificates.formats.record import SALT_BYTES

VERSION = 1
LEAF_PREFIX = b"cabildo/act/v1\n"


@dataclass(frozen=True, slots=True)
class Act:
    """What was done, to which edition, by which resolution, of whom and when."""

    act: str
    code: str
    number: str
    edition: int
    resolution: str
    authority: str
    on: date
    successor: str | None = None


def canonical(act: Act) -> bytes:
    """The one way to write this act."""
    data = {
        "v": VERSION,
        "act": act.act,
        "code": act.code,
        "number": act.number,
        "edition": act.edition,
        "resolution": act.resolution,
        "authority": act.authority,
        "on": act.on.isoformat(),
        "successor": act.successor,
    }
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def leaf(salt: bytes, record: bytes) -> str:
    """The act's leaf in the register, in hex; never that of a document."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(LEAF_PREFIX + salt + record).hexdigest()
