"""The seal of a PDF: the institution's signature (PAdES, baseline B) over every byte of it.

The signature is invisible, for a stamp on the page would break PDF/A and PDF/UA; its field lies
outside the page and is named for screen readers all the same.
"""

import io
import re
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.keys import cms
from lms.foundation.keys.cms import Seen
from lms.foundation.keys.keyring import Signer

_LONGEST = 9_999_999_999
_ROOM = 2048  # beside the certificates
_FIELD = "Firma"
_PLACES = re.compile(rb"/ByteRange \[ 0 9999999999 9999999999 9999999999 \]")
_RANGE = re.compile(rb"/ByteRange\s*\[\s*(\d+)\s+(\d+)\s+(\d+)\s+(\d+)\s*\]")


@dataclass(frozen=True, slots=True)
class Sealed:
    """What the signature of a PDF says: whether it covers the whole file unchanged, and whose."""

    whole: bool
    kid: str
    name: str


def seal(document: bytes, signer: Signer, name: str, about: str, at: datetime) -> bytes:
    """The document with the institution's signature in it. ``about`` names the field aloud."""
    room = _ROOM + len(signer.certificates)
    prepared = _prepared(document, name, about, at, room)
    contents = prepared.index(b"<" + b"00" * room + b">")
    after = contents + 2 * room + 2
    found = _PLACES.search(prepared)
    if found is None:
        raise ValueError("the place of the signature is lost")
    told = b"/ByteRange [0 %d %d %d]" % (contents, after, len(prepared) - after)
    begun = prepared[: found.start()] + told.ljust(len(found.group())) + prepared[found.end() :]
    digest = sha256(begun[:contents] + begun[after:]).digest()
    signature = cms.sign(signer, digest).hex().encode().ljust(2 * room, b"0")
    return begun[: contents + 1] + signature + begun[after - 1 :]


def read(document: bytes) -> Sealed | None:
    """The last signature of a PDF; nothing if it has none. Raises Invalid if it is unreadable."""
    found = list(_RANGE.finditer(document))
    if not found:
        return None
    start, length, after, rest = (int(each) for each in found[-1].groups())
    hexed = document[length:after]
    if start or hexed[:1] != b"<" or hexed[-1:] != b">":
        raise Invalid(N_("The signature in the file cannot be read."))
    try:
        signature = bytes.fromhex(hexed[1:-1].decode("ascii"))
    except ValueError as error:
        raise Invalid(N_("The signature in the file cannot be read.")) from error
    signed = document[:length] + document[after : after + rest]
    seen: Seen = cms.read(_unpadded(signature), sha256(signed).digest())
    whole = seen.fits and after + rest == len(document)
    return Sealed(whole, seen.kid, seen.name)


def _unpadded(signature: bytes) -> bytes:
    """The signature without the zeros that fill its place: its own length says where it ends."""
    if len(signature) < 4 or signature[0] != 0x30 or not signature[1] & 0x80:
        raise Invalid(N_("The signature in the file cannot be read."))
    head = 2 + (signature[1] & 0x7F)
    end = head + int.from_bytes(signature[2:head], "big")
    if signature[end:].strip(b"\x00"):
        raise Invalid(N_("The signature in the file cannot be read."))
    return signature[:end]


def _prepared(document: bytes, name: str, about: str, at: datetime, room: int) -> bytes:
    """The document with an empty place for the signature."""
    import pikepdf  # heavy, and only the worker seals

    with pikepdf.open(io.BytesIO(document)) as pdf:
        page = pdf.pages[0]
        value = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Sig,
                Filter=pikepdf.Name("/Adobe.PPKLite"),
                SubFilter=pikepdf.Name("/ETSI.CAdES.detached"),
                Name=pikepdf.String(name),
                M=pikepdf.String(at.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")),
                ByteRange=pikepdf.Array([0, _LONGEST, _LONGEST, _LONGEST]),
                Contents=pikepdf.String(bytes(room)),
            )
        )
        field = pdf.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Sig,
                T=pikepdf.String(_FIELD),
                TU=pikepdf.String(about),
                F=4 | 128,  # printed (as PDF/A asks of all there is), locked
                Rect=pikepdf.Array([-10, -10, -10, -10]),
                P=page.obj,
                V=value,
            )
        )
        page.obj.Annots = pikepdf.Array([*page.obj.get("/Annots", []), field])
        page.obj.Tabs = pikepdf.Name.S
        pdf.Root.AcroForm = pdf.make_indirect(
            pikepdf.Dictionary(Fields=pikepdf.Array([field]), SigFlags=3)
        )
        made = io.BytesIO()
        pdf.save(made, deterministic_id=True, fix_metadata_version=False)
    return made.getvalue()
