"""What is printed for a cohort: in which order, under which names, and how long it is kept."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.foundation.kernel.text import fold

KEPT = timedelta(hours=23)  # what nobody refers to is swept after a day
LONGEST_NAME = 60

_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Printed:
    """A document on its way to the printer."""

    credential_id: int
    sealed_sha256: str
    number: str
    name: str  # surnames first
    sort: str
    municipality: str


def in_order(documents: Iterable[Printed]) -> list[Printed]:
    """By municipality, so that each gets its packet, and within it by surname."""
    return sorted(
        documents,
        key=lambda each: (fold(each.municipality), each.sort, each.number, each.credential_id),
    )


def file_name(document: Printed) -> str:
    """What a document is called in a folder: number, surnames, names, in letters any system takes.

    The number is the whole one, so no two are alike.
    """
    name = _OTHER.sub("-", fold(document.name)).strip("-")
    return f"{document.number}-{name[:LONGEST_NAME].strip('-')}.pdf"


def is_kept(made_at: datetime | None, asked_at: datetime, now: datetime) -> bool:
    """Whether what was asked for last is made and still there."""
    return made_at is not None and made_at >= asked_at and now < made_at + KEPT
