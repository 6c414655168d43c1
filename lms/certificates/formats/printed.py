"""A record as the words that stand on its page, ready for the layout."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from lms.certificates.formats.record import Record
from lms.certificates.formats.wording import dated, deed, facts, on_folio, place, wording
from lms.foundation.kernel.hues import HUES

GROUP = 4


def title(record: Record) -> str:
    """The document's title as a reader's window shows it."""
    return f"{record.title}: {record.holder.full_name}"


def page(record: Record) -> dict[str, Any]:
    """What the layout prints, in the order of the page."""
    words = wording(record)
    return {
        "paper": record.paper,
        "language": record.language,
        "region": record.institution.country if len(record.institution.country) == 2 else None,
        "window_title": title(record),
        "subject": f"{record.course} · {record.programme}",
        "date": _moment(record.issued_on),
        "hue": HUES[record.institution.hue],
        "sample": [words.sample, words.sample_note] if record.demo else None,
        "institution": record.institution.name,
        "place": place(record),
        "title": record.title,
        "certifies": words.certifies,
        "given_names": record.holder.given_names,
        "surnames": record.holder.surnames,
        "passed": deed(record, words),
        "course": record.course,
        "of_programme": words.of_programme if record.programme != record.course else None,
        "programme": record.programme,
        "facts": facts(record, words),
        "dated": dated(record, words),
        "signers": [(signer.name, signer.position) for signer in record.signers],
        "number": (words.number, record.number),
        "folio": on_folio(record, words) or None,
        "code": (words.code, grouped(record.code)),
        "verify": words.verify,
        "address": record.verify_url.partition("://")[2],
        "url": record.verify_url,
        "edition": words.edition.format(edition=record.edition) if record.edition > 1 else None,
        "qr": words.qr.format(url=record.verify_url),
        "attached": words.attached,
        "back": None,
    }


def back(record: Record, address: str, dots: int) -> dict[str, Any]:
    """What stands on the back, beside the signed code: the same that the code holds.

    ``address`` is that of the page which reads it, ``dots`` how many the code has on a side.
    """
    words = wording(record)
    great = [
        (words.holder, record.holder.full_name),
        (words.document, record.title),
        (words.course, record.course),
    ]
    if record.programme != record.course:
        great.append((words.programme, record.programme))
    small = [
        *facts(record, words),
        (words.issued, dated(record, words)),
        (words.number, record.number),
        *([(words.register, folio)] if (folio := on_folio(record, words)) else []),
        (words.code, grouped(record.code)),
    ]
    return {
        "title": words.back,
        "great": great,
        "small": small,
        "says": words.pocket_says,
        "steps": [each.format(address=address) for each in words.pocket_steps],
        "note": words.pocket_note,
        "address": address,
        "room": words.pocket_room,
        "qr": words.pocket_qr,
        "dots": dots,
    }


def attachments(record: Record, names: Iterable[str]) -> list[dict[str, str]]:
    """What is attached beside the record, each with its kind and what it is, in words."""
    words = wording(record)
    told = {".jwt": ("application/vc+jwt", words.credential), "": ("text/plain", words.proof)}
    found = []
    for name in names:
        kind, about = told[".jwt" if name.endswith(".jwt") else ""]
        found.append({"name": name, "type": kind, "about": about})
    return found


def grouped(code: str) -> str:
    """A code in groups that can be read aloud; one that has its own stays as it is."""
    if "-" in code:
        return code
    return "-".join(code[i : i + GROUP] for i in range(0, len(code), GROUP))


def _moment(day: date) -> dict[str, int]:
    """Noon UTC: the day of issue anywhere in America."""
    return {
        "year": day.year, "month": day.month, "day": day.day, "hour": 12, "minute": 0, "second": 0,
    }  # fmt: skip
