"""The record of a number that was spoiled: what the register keeps of it, and anyone may read.

Like a document's own record its bytes are a promise (JSON after RFC 8785, ``"v": 1``). It never
says why.
"""

import json
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from lms.certificates.formats.parts import wrong
from lms.certificates.formats.record import SALT_BYTES

VERSION = 1
LEAF_PREFIX = b"cabildo/spoiled/v1\n"


@dataclass(frozen=True, slots=True)
class Spoiled:
    """A number of the register that no document will ever have, and by which resolution."""

    number: str
    series: str
    book: int
    folio: int
    code: str
    verify_url: str
    institution: str
    resolution: str
    authority: str
    on: date
    demo: bool


def plain(spoiled: Spoiled) -> dict[str, Any]:
    """The record as JSON data."""
    return {
        "v": VERSION,
        "kind": "spoiled_number",
        "number": spoiled.number,
        "series": spoiled.series,
        "book": spoiled.book,
        "folio": spoiled.folio,
        "code": spoiled.code,
        "verify_url": spoiled.verify_url,
        "institution": spoiled.institution,
        "resolution": spoiled.resolution,
        "authority": spoiled.authority,
        "on": spoiled.on.isoformat(),
        "demo": spoiled.demo,
    }


def canonical(spoiled: Spoiled) -> bytes:
    """The one way to write this record."""
    data = plain(spoiled)
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(text: str) -> Spoiled:
    """The record that was written."""
    data = json.loads(text)
    if (data.pop("v"), data.pop("kind")) != (VERSION, "spoiled_number"):
        raise wrong("v")
    return Spoiled(**data | {"on": date.fromisoformat(data["on"])})


def leaf(salt: bytes, record: bytes) -> str:
    """The leaf of a spoiled number in the register, in hex; never that of a document."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(LEAF_PREFIX + salt + record).hexdigest()
