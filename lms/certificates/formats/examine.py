"""A document examined without asking anybody: signature, credential and proof against known keys.

It says what the file itself proves. Whether the document still holds only the register knows.
"""

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.certificates.formats import note, signed
from lms.certificates.formats.brought import understand
from lms.certificates.formats.pdf import ATTACHMENT, CREDENTIAL, PROOF
from lms.certificates.formats.pocket import Said
from lms.certificates.formats.reading import attached
from lms.certificates.formats.record import Record, canonical, from_json, leaf, plain
from lms.certificates.formats.trust import Trusted
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys import jws


class What(StrEnum):
    """What of a document is examined."""

    RECORD = "record"
    SIGNATURE = "signature"
    CREDENTIAL = "credential"
    PROOF = "proof"
    CODE = "code"


@dataclass(frozen=True, slots=True)
class Examined:
    """What a file says, and what of it holds; what it does not have is in neither list."""

    record: Record | None
    holds: tuple[What, ...]
    fails: tuple[What, ...]
    is_pdf: bool
    said: Said | None = None

    @property
    def sound(self) -> bool:
        """Whether the file proves itself: something holds beside the bare record, nothing fails."""
        if self.said is not None:
            return What.CODE in self.holds
        needed = {What.PROOF} | ({What.SIGNATURE} if self.is_pdf else {What.CREDENTIAL})
        return self.record is not None and not self.fails and needed <= set(self.holds)


def examine(content: bytes, keys: Trusted) -> Examined:
    """Examine a PDF, a credential, bare data, or the signed code as text or picture.

    Raises Invalid where it is none of them.
    """
    if content.startswith(b"%PDF-"):
        return _pdf(content, keys)
    if content.lstrip().startswith(b"ey"):
        return _credential(content, keys)
    brought = understand(content)
    if brought.said is not None:
        return _code(brought.said, keys)
    if brought.record is None:
        raise Invalid(N_("This is an address, which proves nothing by itself: open it."))
    return _told(brought.record, {What.RECORD: True}, is_pdf=False)


def _code(said: Said, keys: Trusted) -> Examined:
    public = keys.credentials.get(said.kid)
    genuine = public is not None and said.genuine(public)
    what = (What.CODE,)
    return Examined(None, what if genuine else (), () if genuine else what, False, said)


def _pdf(content: bytes, keys: Trusted) -> Examined:
    files = attached(content)
    record = _record(files.get(ATTACHMENT, b""))
    checked = {What.RECORD: record is not None}
    checked[What.SIGNATURE] = _signature(content, keys)
    token, proof = files.get(CREDENTIAL), files.get(PROOF)
    if token is not None:
        checked[What.CREDENTIAL] = _token(token, keys, record)
    if proof is not None:
        checked[What.PROOF] = record is not None and _proof(proof, keys, record)
    return _told(record, checked, is_pdf=True)


def _credential(content: bytes, keys: Trusted) -> Examined:
    _header, payload = jws.read(content.decode("utf-8", "replace").strip())
    record = _record(json.dumps(payload.get("registro")).encode())
    checked = {
        What.RECORD: record is not None,
        What.CREDENTIAL: _token(content, keys, record),
        What.PROOF: record is not None
        and _proof(str(payload.get("prueba", "")).encode(), keys, record),
    }
    return _told(record, checked, is_pdf=False)


def _told(record: Record | None, checked: dict[What, bool], *, is_pdf: bool) -> Examined:
    holds = tuple(what for what, good in checked.items() if good)
    fails = tuple(what for what, good in checked.items() if not good)
    return Examined(record, holds, fails, is_pdf)


def _record(text: bytes) -> Record | None:
    try:
        return from_json(text)
    except Invalid:
        return None


def _signature(content: bytes, keys: Trusted) -> bool:
    try:
        seen = signed.read(content)
    except Invalid:
        return False
    return seen is not None and seen.whole and seen.kid in keys.seals


def _token(token: bytes, keys: Trusted, record: Record | None) -> bool:
    text = token.decode("utf-8", "replace").strip()
    try:
        header, payload = jws.read(text)
        public = keys.credentials.get(str(header.get("kid", "")).rpartition("#")[2])
        genuine = public is not None and jws.verifies(text, public)
    except Invalid:
        return False
    same: Any = plain(record) if record else None
    return genuine and json.loads(json.dumps(same)) == payload.get("registro")


def _proof(text: bytes, keys: Trusted, record: Record) -> bool:
    try:
        proof = note.read_proof(text.decode("utf-8", "replace"))
        entry = bytes.fromhex(leaf(proof.salt, canonical(record)))
        return note.proves(proof, entry) and bool(note.signed_by(proof.checkpoint, keys.logs))
    except (Invalid, ValueError):
        return False
