"""The canonical record of a document: what was attested, frozen on the day it was issued.

Its bytes (``canonical``) are kept for ever, attached to the PDF and hashed into the register, so
their form is a promise: JSON after RFC 8785 (keys sorted, no spaces, UTF-8, no fractions), texts in
NFC on one line, dates as ``2026-04-24``, ``"v": 1``. Whatever must change becomes another version
beside it, and version 1 stays readable. Version 2 has ``book`` and ``folio`` beside the number; a
document without them is still written as version 1. It holds nothing that the public page may not
show.
"""

import json
from dataclasses import asdict, dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from lms.catalog.rules.words import MODES
from lms.certificates.formats.given import Given, read_object, texts
from lms.certificates.formats.parts import (
    LONGEST,
    Grade,
    Holder,
    Institution,
    Part,
    Signer,
    wrong,
)
from lms.enrollment.rules.opening import MOST_SIGNERS

__all__ = [
    "LONGEST",
    "Grade",
    "Holder",
    "Institution",
    "Record",
    "Signer",
    "canonical",
    "from_json",
    "leaf",
    "plain",
]

VERSION = 1
WITH_FOLIO = 2
# A course that was passed here, and one that was passed elsewhere and is recognised.
KINDS = ("course_certificate", "course_recognition")
LANGUAGES = ("es", "en")
PAPERS = ("a4", "letter")
MOST = 1_000_000

SALT_BYTES = 32
# Never begins with 0x00 or 0x01, with which the tree of the register hashes leaves and nodes.
LEAF_PREFIX = b"cabildo/record/v1\n"


@dataclass(frozen=True, kw_only=True)
class Record(Part):
    """Everything a document says, and nothing it does not say.

    ``hours`` are academic hours of ``hour_minutes`` each. ``grade`` is absent where none is to be
    printed. ``number`` is printed as it stands, ``series`` names what gave it, ``book`` and
    ``folio`` say where it is written (0: the document is older than the folios); ``edition`` counts
    from 1, and a higher one supersedes the lower under the same number. ``demo`` prints MUESTRA
    across the corner.
    """

    kind: str = "course_certificate"
    title: str
    language: str = "es"
    paper: str = "letter"
    holder: Holder
    institution: Institution
    programme: str
    course: str
    hours: int
    hour_minutes: int
    starts_on: date
    ends_on: date
    mode: str
    grade: Grade | None
    pass_mark: str
    issued_on: date
    issued_place: str
    signers: tuple[Signer, ...]
    number: str
    series: str
    code: str
    verify_url: str
    book: int = 0
    folio: int = 0
    edition: int = 1
    demo: bool = False

    def __post_init__(self) -> None:
        super().__post_init__()
        for name, known in (
            ("kind", KINDS),
            ("language", LANGUAGES),
            ("paper", PAPERS),
            ("mode", MODES),
        ):
            if getattr(self, name) not in known:
                raise wrong(name)
        for name in ("hours", "hour_minutes", "edition"):
            if not 1 <= getattr(self, name) <= MOST:
                raise wrong(name)
        for name in ("book", "folio"):
            if not 0 <= getattr(self, name) <= MOST:
                raise wrong(name)
        if bool(self.book) != bool(self.folio):
            raise wrong("folio")
        if self.ends_on < self.starts_on:
            raise wrong("ends_on")
        if not 1 <= len(self.signers) <= MOST_SIGNERS:
            raise wrong("signers")
        if not self.verify_url.startswith(("https://", "http://")):
            raise wrong("verify_url")


def canonical(record: Record) -> bytes:
    """The one way to write this record: the same bytes on any machine, in any year."""
    return json.dumps(
        plain(record), sort_keys=True, ensure_ascii=False, allow_nan=False, separators=(",", ":")
    ).encode()


def leaf(salt: bytes, record: bytes) -> str:
    """The record's leaf in the register, in hex: SHA-256 over prefix, salt and canonical bytes.

    The salt (32 random bytes, kept beside the record) lets nobody guess a name and see whether
    the public log holds it.
    """
    if len(salt) != SALT_BYTES:
        raise ValueError(f"a salt has {SALT_BYTES} bytes")
    return sha256(LEAF_PREFIX + salt + record).hexdigest()


def plain(record: Record) -> dict[str, Any]:
    """The record as JSON data."""
    data = asdict(record)
    starts_on, ends_on = data.pop("starts_on"), data.pop("ends_on")
    issued_on, issued_place = data.pop("issued_on"), data.pop("issued_place")
    if not record.book:
        del data["book"], data["folio"]
    return data | {
        "v": WITH_FOLIO if record.book else VERSION,
        "signers": list(data["signers"]),
        "period": {"from": starts_on.isoformat(), "to": ends_on.isoformat()},
        "issued": {"on": issued_on.isoformat(), "place": issued_place},
    }


def from_json(data: bytes | str) -> Record:
    """The record that was written; anything missing, unknown or of another kind is refused."""
    given = read_object(data)
    version = given.figure("v")
    if version not in (VERSION, WITH_FOLIO):
        raise wrong("v")
    starts_on, ends_on = given.part("period", lambda part: (part.day("from"), part.day("to")))
    issued_on, place = given.part("issued", lambda part: (part.day("on"), part.text("place")))
    record = Record(
        holder=given.part("holder", texts(Holder)),
        institution=given.part("institution", texts(Institution)),
        grade=given.part_or_none("grade", texts(Grade)),
        signers=given.parts("signers", texts(Signer)),
        starts_on=starts_on,
        ends_on=ends_on,
        issued_on=issued_on,
        issued_place=place,
        **_texts(given),
        hours=given.figure("hours"),
        hour_minutes=given.figure("hour_minutes"),
        book=given.figure("book") if version == WITH_FOLIO else 0,
        folio=given.figure("folio") if version == WITH_FOLIO else 0,
        edition=given.figure("edition"),
        demo=given.flag("demo"),
    )
    given.end()
    if version == WITH_FOLIO and not record.book:
        raise wrong("book")
    return record


_TEXTS = (
    "kind", "title", "language", "paper", "programme", "course", "mode", "pass_mark",
    "number", "series", "code", "verify_url",
)  # fmt: skip


def _texts(given: Given) -> dict[str, Any]:
    return {key: given.text(key) for key in _TEXTS}
