"""The receipt of a verification: what was looked up, when, and how it stood then.

It is no document of the register: nothing is numbered or kept. The same words at the same moment
give the same bytes.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any

from lms.certificates.formats.pdf import LAYOUTS, STANDARDS, qr
from lms.certificates.formats.press import compiler
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.hues import HUES


@dataclass(frozen=True)
class Part:
    """Facts under one heading; ``code`` where they are hashes and keys rather than words."""

    title: str
    facts: Sequence[tuple[str, str]]
    code: bool = False


@dataclass(frozen=True)
class Receipt:
    """All that the page says, in the reader's language and in its order."""

    language: str
    paper: str
    hue: str
    site: str
    title: str
    lead: str
    state: str
    tone: str
    state_says: Sequence[str]
    parts: Sequence[Part]
    again: str
    qr: str
    hands: Sequence[str]
    foot: str
    url: str
    at: datetime


def render(receipt: Receipt) -> bytes:
    """The receipt as a PDF (PDF/A-3a, PDF/UA-1)."""
    import typst  # heavy, and most processes never print

    noted = receipt.at.astimezone(UTC)
    page: dict[str, Any] = asdict(receipt) | {
        "at": None,
        "hue": HUES[receipt.hue],
        "date": {
            "year": noted.year, "month": noted.month, "day": noted.day,
            "hour": noted.hour, "minute": noted.minute, "second": 0,
        },
    }  # fmt: skip
    sources = {path.name: path.read_bytes() for path in sorted(LAYOUTS.glob("*.typ"))}
    given = {
        "main": sources["receipt.typ"],
        "page.json": json.dumps(page).encode(),
        "qr.svg": qr(receipt.url)[0].encode(),
    }
    try:
        made = compiler().compile(
            input=sources | given,
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(noted.timestamp()),
        )
    except typst.TypstError as error:
        raise Refused(
            N_("This verification cannot be printed: %(why)s"), why=error.message
        ) from error
    assert isinstance(made, bytes)
    return made + b"\n"
