"""The document itself: a record becomes one page and its back, the same bytes each time.

PDF/A-3a and PDF/UA-1 in one file, with the canonical record attached as ``registro.json``. The
page is drawn by the layouts in ``layouts/``; a stored PDF is never rendered again, so layouts may
change from one release to the next.
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, time
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from lms.certificates.formats.press import compiler
from lms.certificates.formats.printed import attachments, back, page
from lms.certificates.formats.record import Record, canonical, plain
from lms.foundation.kernel.errors import N_, Refused

MEDIA_TYPE = "application/pdf"
ATTACHMENT = "registro.json"
CREDENTIAL = "documento.jwt"
PROOF = "registro.tlog-proof"
STANDARDS = ["a-3a", "ua-1"]
LAYOUT = "course_certificate.typ"
QUIET = 4  # dots around a QR code that must stay white
LAYOUTS = Path(__file__).parent / "layouts"


_RUNS = re.compile("#+")


def render(record: Record, *, credential: str = "", proof: str = "", pocket: str = "") -> bytes:
    """The document as PDF, its credential and proof attached once they are there; on its back the
    code that verifies without a network (``pocket``), once that can be signed.

    Check ``missing_glyphs`` before anything is issued.
    """
    beside = {CREDENTIAL: credential, PROOF: proof}
    # typst leaves out the last line feed; what is appended later (a signature) must find one.
    return _compiled(record, beside, pocket, format="pdf", pdf_standards=STANDARDS) + b"\n"


def preview(record: Record, ppi: int = 96) -> bytes:
    """The document as a PNG picture, for a sample on the screen."""
    return _compiled(record, {}, "", format="png", ppi=float(ppi))


def missing_glyphs(record: Record) -> list[str]:
    """The letters of the record that our fonts cannot print, as written; empty when all is well."""
    seen = dict.fromkeys(letter for text in _texts(plain(record)) for letter in letters(text))
    return [letter for letter in seen if not _printable(letter)]


def letters(text: str) -> Iterator[str]:
    """A text letter by letter, accents that have no composed form staying with theirs (n̈, g̃)."""
    letter = ""
    for ch in text:
        if letter and not unicodedata.category(ch).startswith("M"):
            yield letter
            letter = ""
        letter += ch
    if letter:
        yield letter


def _texts(data: Any) -> Iterator[str]:
    if isinstance(data, str):
        yield data
    elif isinstance(data, dict):
        for value in data.values():
            yield from _texts(value)
    elif isinstance(data, list):
        for value in data:
            yield from _texts(value)


@lru_cache(maxsize=4096)
def _printable(letter: str) -> bool:
    # The typesetter is asked, not the font's table: it composes letters and falls back as it will.
    import typst

    try:
        compiler().compile(
            input=_sources("letter.typ") | {"letter.json": json.dumps(letter).encode()},
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=0,
        )
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        return False
    return True


def _compiled(record: Record, beside: Mapping[str, str], pocket: str, **output: Any) -> bytes:
    import typst  # heavy, and most processes never print

    attached = {name: text for name, text in beside.items() if text}
    words = page(record) | {"attachments": attachments(record, attached)}
    given = {name: text.encode() for name, text in attached.items()} | {
        "record.json": canonical(record),
        "qr.svg": qr(record.verify_url)[0].encode(),
    }
    if pocket:
        drawn, dots = qr(pocket)
        address = pocket.partition("#")[0].partition("://")[2]
        words["back"] = back(record, address, dots)
        given |= {"pocket.svg": drawn.encode()}
    given["page.json"] = json.dumps(words).encode()
    noon = datetime.combine(record.issued_on, time(12), UTC)
    try:
        made = compiler().compile(
            input=_sources(LAYOUT) | given,
            timestamp=int(noon.timestamp()),
            **output,
        )
    except typst.TypstError as error:
        raise Refused(
            N_("The document of %(name)s cannot be printed: %(why)s"),
            name=record.holder.full_name,
            why=error.message,
        ) from error
    assert isinstance(made, bytes)
    return made


@cache
def _sources(main: str) -> dict[str, bytes]:
    """The layout to print by, with all it imports."""
    layouts = {path.name: path.read_bytes() for path in sorted(LAYOUTS.glob("*.typ"))}
    return {"main": layouts[main]} | layouts


def qr(text: str) -> tuple[str, int]:
    """A QR code as SVG, correction M, with its quiet zone; and how many dots it has on a side.

    Dots side by side are drawn as one stroke of one path: a page of it is made in a tenth of the
    time that a rectangle for each dot takes.
    """
    import zxingcpp

    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M")
    drawn: Any = code.to_image(scale=1, add_quiet_zones=False)
    rows: Any = memoryview(drawn).tolist()
    side = len(rows) + 2 * QUIET
    path = ""
    for y, row in enumerate(rows):
        for black in _RUNS.finditer("".join("#" if dot == 0 else " " for dot in row)):
            width = black.end() - black.start()
            path += f"M{black.start() + QUIET} {y + QUIET}h{width}v1h-{width}z"
    shapes = f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/>'
    box = f'width="{side}" height="{side}" viewBox="0 0 {side} {side}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {box}>{shapes}</svg>', side
