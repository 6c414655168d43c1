"""The record of a diploma that was transcribed from a book: what the book says, and who copied it.

Like a document's own record its bytes are a promise (JSON after RFC 8785, ``"v": 1``). It holds
nothing that the public page may not show: no number of an identity document.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from lms.certificates.formats.given import Given, read_object, texts
from lms.certificates.formats.parts import Holder, Institution, Part, wrong
from lms.certificates.formats.record import MOST, SALT_BYTES

VERSION = 1
KIND = "transcribed"
LEAF_PREFIX = b"cabildo/transcribed/v1\n"


@dataclass(frozen=True, kw_only=True)
class Transcript(Part):
    """A diploma of before. ``number`` is as it stands in the book; 0 hours: the book says none."""

    title: str
    holder: Holder
    institution: Institution
    programme: str
    hours: int
    grade: str
    issued_on: date
    book: int
    folio: int
    number: str
    code: str
    verify_url: str
    transcribed_on: date
    transcribed_by: str
    demo: bool

    optional = ("grade",)

    def __post_init__(self) -> None:
        super().__post_init__()
        if not 0 <= self.hours <= MOST:
            raise wrong("hours")
        for name in ("book", "folio"):
            if not 1 <= getattr(self, name) <= MOST:
                raise wrong(name)


def plain(transcript: Transcript) -> dict[str, Any]:
    """The record as JSON data."""
    data = asdict(transcript)
    days = {name: data[name].isoformat() for name in ("issued_on", "transcribed_on")}
    return data | days | {"v": VERSION, "kind": KIND}


def canonical(transcript: Transcript) -> bytes:
    """The one way to write this record."""
    data = plain(transcript)
    return json.dumps(data, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def from_json(text: str) -> Transcript:
    """The record that was written; anything missing, unknown or of another kind is refused."""
    given = read_object(text)
    if given.figure("v") != VERSION or given.text("kind") != KIND:
        raise wrong("v")
    found = Transcript(
        holder=given.part("holder", texts(Holder)),
        institution=given.part("institution", texts(Institution)),
        **_read(given),
    )
    given.end()
    return found


def _read(given: Given) -> dict[str, Any]:
    named = ("title", "programme", "grade", "number", "code", "verify_url", "transcribed_by")
    return {
        **{name: given.text(name) for name in named},
        **{name: given.figure(name) for name in ("hours", "book", "folio")},
        **{name: given.day(name) for name in ("issued_on", "transcribed_on")},
        "demo": given.flag("demo"),
    }


def leaf(salt: bytes, record: bytes) -> str:
    """The leaf of a transcribed diploma in the register, in hex; never that of a document."""
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(LEAF_PREFIX + salt + record).hexdigest()
