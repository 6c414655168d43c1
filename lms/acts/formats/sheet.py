"""The printed act: a long table that goes on from page to page, and boxes to sign in.

The same record and signatures give the same bytes. The data of the act are attached to it.
"""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

from lms.acts.formats.record import canonical
from lms.acts.formats.wording import Wording, wording
from lms.acts.rules.outcomes import Outcome
from lms.acts.rules.signing import PAPER
from lms.certificates.formats.press import compiler
from lms.certificates.formats.wording import WORDINGS as DOCUMENTS
from lms.certificates.formats.wording import span
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.hues import HUES

LAYOUT = Path(__file__).parent / "layouts" / "act.typ"
STANDARDS = ["a-3a", "ua-1"]


def render(document: Mapping[str, Any], *, paper: str, hue: str) -> bytes:
    """An act with its signatures as a PDF, on the paper and in the colour of its institution."""
    import typst  # heavy, and most processes never print

    said = document["record"]
    noon = datetime.combine(date.fromisoformat(said["closed_on"]), time(12), UTC)
    page = printed(document) | {"paper": paper, "hue": HUES[hue]}
    try:
        made = compiler().compile(
            input={
                "main": _layout(),
                "page.json": json.dumps(page).encode(),
                "record.json": canonical(document).encode(),
            },
            format="pdf",
            pdf_standards=STANDARDS,
            timestamp=int(noon.timestamp()),
        )
    except typst.TypstError as error:
        raise Refused(N_("This act cannot be printed: %(why)s"), why=error.message) from error
    assert isinstance(made, bytes)
    return made + b"\n"


def printed(document: Mapping[str, Any]) -> dict[str, Any]:
    """The words of the sheet, in their order."""
    said = document["record"]
    words = wording(said["language"])
    amending = bool(said["amends"])
    facts = [
        (words.programme, said["programme"]),
        *([(words.course, said["course"])] if said["course"] else []),
        (words.cohort, said["cohort"]),
        (words.period, _period(said)),
        (words.hours, str(said["hours"])),
        (words.closed_on, _day(said["language"], said["closed_on"])),
        (words.people, str(len(said["lines"]))),
    ]
    if amending:
        facts += [
            (words.amends, said["amends"]),
            (words.authority, said["authority"]),
            (words.reason, said["reason"]),
        ]
    scale = said["scale"]
    closed = date.fromisoformat(said["closed_on"])
    return {
        "language": "es" if words is wording("es") else "en",
        "title": _title(said, words),
        "institution": said["institution"]["name"],
        "place": said["institution"]["place"],
        "number": f"{words.number} {said['number']}",
        "date": {
            "year": closed.year, "month": closed.month, "day": closed.day,
            "hour": 12, "minute": 0, "second": 0,
        },
        "facts": facts,
        "scale": words.scale.format(
            top=scale["top"], least=scale["pass_mark"], rounding=words.rounding[scale["rounding"]]
        ),
        "columns": [*words.columns, *([words.before] if amending else [])],
        "lines": [_cells(line, words, amending=amending) for line in said["lines"]],
        "totals": _totals(said["lines"], words),
        "signatures": words.signatures,
        "signers": [
            (each["name"], each["position"], _signed(each, said["language"], words))
            for each in document["signatures"]
        ],
        "seal": words.seal,
        "hash": (words.hash, document["sha256"]),
        "pages": words.page.split("{page}")[0],
        "of": words.page.split("{page}")[1].split("{pages}")[0],
        "sample": words.sample if said["demo"] else None,
        "attached": words.attached,
    }  # fmt: skip


def _title(said: Mapping[str, Any], words: Wording) -> str:
    if said["amends"]:
        return words.amending_act
    return words.act if said["subject"] == "course" else words.programme_act


def _cells(line: Mapping[str, Any], words: Wording, *, amending: bool) -> list[str]:
    cells = [
        str(line["n"]), line["name"], line["document"], words.outcomes[line["outcome"]],
        line["grade"],
    ]  # fmt: skip
    if amending:
        cells.append(_before(line["before"], line["name"], words))
    return cells


def _before(before: Mapping[str, str] | None, name: str, words: Wording) -> str:
    if before is None:
        return words.new
    said = " ".join((words.outcomes[Outcome(before["outcome"])], before["grade"])).strip()
    return said if before["name"] == name else f"{before['name']}: {said}"


def _totals(lines: Sequence[Mapping[str, Any]], words: Wording) -> list[tuple[str, int]]:
    counted = Counter(line["outcome"] for line in lines)
    found = [(words.outcomes[each], counted[each]) for each in Outcome if counted[each]]
    return [*found, (words.total, len(lines))]


def _signed(each: Mapping[str, Any], language: str, words: Wording) -> str:
    if not each["signed_on"]:
        return words.waiting
    said = words.paper if each["how"] == PAPER else words.site
    return said.format(day=_day(language, each["signed_on"]))


def _period(said: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(said["period"][end]) for end in ("from", "to"))
    return span(DOCUMENTS.get(said["language"], DOCUMENTS["es"]), first, last)


def _day(language: str, written: str) -> str:
    day = date.fromisoformat(written)
    return span(DOCUMENTS.get(language, DOCUMENTS["es"]), day, day)


@cache
def _layout() -> bytes:
    return LAYOUT.read_bytes()
