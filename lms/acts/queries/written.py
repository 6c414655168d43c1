"""The record of an act: everything it says, frozen when it was closed."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from lms.acts.formats.record import VERSION, parsed
from lms.acts.models import ActSignature, GradeAct
from lms.acts.queries.drawing import Drawn
from lms.acts.rules.amending import Difference, Entry


def record(
    found: Drawn,
    number: str,
    cohort: str,
    now: datetime,
    lines: Sequence[Difference],
    *,
    amends: str = "",
    reason: str = "",
    authority: str = "",
) -> dict[str, Any]:
    """Everything an act says. ``lines`` carry how it was before only where the act amends."""
    office = found.office
    return {
        "v": VERSION,
        "kind": "amending_act" if amends else "grade_act",
        "subject": "course" if found.subject else "programme",
        "number": number,
        "institution": {"name": office.institution, "place": office.place},
        "programme": office.programme,
        "course": found.title if found.subject else "",
        "cohort": cohort,
        "hours": found.hours,
        "language": office.language,
        "period": {
            "from": office.day(office.starts_at).isoformat(),
            "to": office.day(office.ends_at).isoformat(),
        },
        "scale": {
            "top": str(found.scale.top),
            "pass_mark": str(found.scale.grade(found.pass_mark)),
            "rounding": found.scale.rounding.value,
        },
        "closed_on": office.day(now).isoformat(),
        "demo": office.demo,
        "amends": amends,
        "reason": reason,
        "authority": authority,
        "lines": [_line(place, each, amending=bool(amends)) for place, each in enumerate(lines, 1)],
        "signers": [{"name": each.name, "position": each.position} for each in found.signers],
    }


def document(act: GradeAct, signatures: Sequence[ActSignature]) -> dict[str, Any]:
    """An act as data for others: its record, the hash of it, and who has signed."""
    return {
        "record": parsed(act.record),
        "sha256": act.sha256,
        "signatures": [
            {
                "name": each.name,
                "position": each.position,
                "how": each.how,
                "signed_on": each.signed_on.isoformat() if each.signed_on else None,
            }
            for each in signatures
        ],
    }


def _line(place: int, each: Difference, *, amending: bool) -> dict[str, Any]:
    said = {"n": place, **_said(each.now), "document": each.now.document}
    if amending:
        said["before"] = _said(each.before) if each.before else None
    return said


def _said(entry: Entry) -> dict[str, str]:
    return {
        "name": entry.name,
        "outcome": entry.ended.outcome.value,
        "grade": entry.ended.grade,
    }
