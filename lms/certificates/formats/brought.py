"""What somebody brings to be verified: a PDF, a credential, data, or the code of the back, as text
or in a picture. Here it is only understood; whether it is true is judged beside the register."""

import json
import re
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from lms.certificates.formats import pocket
from lms.certificates.formats.parts import Grade
from lms.certificates.formats.pdf import ATTACHMENT
from lms.certificates.formats.pocket import Said, day
from lms.certificates.formats.reading import codes_apart, read_apart
from lms.certificates.formats.record import Record, from_json
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.ids import read_code
from lms.foundation.keys import jws

_PDF = b"%PDF-"
_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"RIFF")
_ADDRESS = re.compile(r"/v/([0-9A-Za-z-]{12,20})\b")
_CODE = re.compile(r"\b[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}\b")
_LONGEST_TEXT = 200_000


class Kind(StrEnum):
    """What it turns out to be."""

    PDF = "pdf"
    CREDENTIAL = "credential"
    DATA = "data"
    CODE = "code"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Brought:
    """What it is, which document it says it is (``code``, empty if it does not say), and what it
    says of it: a whole record, a signed code, or the words on its pages (none if nobody can read
    them)."""

    kind: Kind
    code: str
    record: Record | None = None
    said: Said | None = None
    token: str = ""
    words: str | None = ""


def understand(content: bytes) -> Brought:
    """What this is. Raises Invalid where nothing of ours is recognised in it."""
    if content.startswith(_PDF):
        return _pdf(content)
    if content.startswith(_PICTURES):
        return _picture(content)
    try:
        return _text(content[:_LONGEST_TEXT].decode("utf-8-sig").strip())
    except UnicodeDecodeError as error:
        raise _unknown() from error


def as_record(said: Said, issued: Record) -> Record:
    """The record as a code would have it: what the code says, the rest as it was issued.

    Raises Invalid where it says what no record can.
    """
    told = said.pocket
    return replace(
        issued,
        title=told.title,
        institution=replace(issued.institution, name=told.institution),
        course=told.course,
        programme=told.programme or told.course,
        hours=told.hours,
        hour_minutes=told.hour_minutes,
        starts_on=day(told.starts_on),
        ends_on=day(told.ends_on),
        grade=Grade(told.grade, told.scale) if told.grade else None,
        issued_on=day(told.issued_on),
        number=told.number,
        code=told.code,
    )


def _pdf(content: bytes) -> Brought:
    found = read_apart(content)
    if found is None:
        return Brought(Kind.PDF, "", words=None)
    try:
        record = from_json(found.files.get(ATTACHMENT, b""))
    except Invalid:
        record = None
    code = record.code if record else _code_in(found.words)
    return Brought(Kind.PDF, code, record, words=found.words)


def _picture(content: bytes) -> Brought:
    texts = codes_apart(content)
    if not texts:
        raise Invalid(
            N_("No QR code can be read in this picture. Take it closer, in better light and level.")
        )
    texts.sort(key=lambda text: not pocket.is_one(text))  # the one that says most first
    return _text(texts[0])


def _text(text: str) -> Brought:
    if pocket.is_one(text):
        said = pocket.read(text)
        return Brought(Kind.CODE, said.pocket.code, said=said)
    if text.startswith("{"):
        return _json(text)
    if text.count(".") == 2 and text.startswith("ey"):
        return _token(text)
    code = _code_in(text) if len(text) < 300 else ""
    if not code:
        raise _unknown()
    return Brought(Kind.ADDRESS, code)


def _token(token: str) -> Brought:
    _header, payload = jws.read(token)
    record = _record(payload.get("registro"))
    return Brought(Kind.CREDENTIAL, record.code, record, token=token)


def _json(text: str) -> Brought:
    try:
        data: Any = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise _unknown() from error
    record = _record(data.get("registro") or data.get("record") or data)
    return Brought(Kind.DATA, record.code, record)


def _record(data: Any) -> Record:
    try:
        return from_json(json.dumps(data))
    except (Invalid, ValueError, RecursionError) as error:
        raise _unknown() from error


def _code_in(text: str) -> str:
    found = _ADDRESS.search(text) or _CODE.search(text.upper())
    return read_code(found.group(found.lastindex or 0)) if found else ""


def _unknown() -> Invalid:
    return Invalid(
        N_(
            "We do not recognise this. Bring the PDF, the credential (JSON or JWT), a photo of a "
            "QR code of the document, or the text of one."
        )
    )
