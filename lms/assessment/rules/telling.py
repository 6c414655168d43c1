"""Each link of a chain as a sentence that whoever teaches would understand."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.assessment.rules.chain import Kind, Link
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import written


@dataclass(frozen=True)
class Told:
    """A sentence and what goes into it."""

    message: str
    params: Mapping[str, Any]


def told(link: Link, answer: str, when: Callable[[datetime], str], by: str = "") -> Told:
    """What a link tells; ``answer`` is the answer of a save in plain words, empty if taken back;
    ``by`` is who did what the person did not do."""
    what = link.what

    def at(name: str) -> str:
        return when(datetime.fromisoformat(what[name])) if what.get(name) else "—"

    match link.kind:
        case Kind.SHOWN:
            return Told(
                N_("Begun: the questions were shown; until %(until)s"), {"until": at("until")}
            )
        case Kind.SAVED:
            values = {"slot": what["slot"], "sequence": what["sequence"], "answer": answer or "—"}
            if what["late"]:
                return Told(N_("Question %(slot)s, change %(sequence)s, late: %(answer)s"), values)
            return Told(N_("Question %(slot)s, change %(sequence)s: %(answer)s"), values)
        case Kind.CHECKED:
            values = {"slot": what["slot"], "number": what["try"], "answer": answer or "—"}
            if what["part"] >= what["whole"]:
                return Told(
                    N_("Question %(slot)s checked, try %(number)s, right: %(answer)s"), values
                )
            if what["part"] > 0:
                said = N_("Question %(slot)s checked, try %(number)s, right in part: %(answer)s")
                return Told(said, values)
            return Told(N_("Question %(slot)s checked, try %(number)s, wrong: %(answer)s"), values)
        case Kind.LEFT:
            return Told(
                N_("The page was left for good; open from question %(slot)s on"),
                {"slot": what["open_from"]},
            )
        case Kind.EXTENDED:
            return Told(N_("More time was given: until %(until)s"), {"until": at("until")})
        case Kind.HANDED_IN:
            return Told(N_("Handed in, with %(answers)s answers"), {"answers": what["answers"]})
        case Kind.HANDED_IN_FOR:
            return Told(
                N_("Handed in for its person by %(by)s, with %(answers)s answers"),
                {"by": by or "—", "answers": what["answers"]},
            )
        case Kind.REOPENED:
            return Told(
                N_("Reopened by %(by)s: until %(until)s. Its marks were taken back"),
                {"by": by or "—", "until": at("until")},
            )
        case Kind.REGRADED:
            return Told(N_("A question was corrected by %(by)s; marked anew"), {"by": by or "—"})
        case Kind.EXPIRED:
            if what.get("abandoned"):
                return Told(
                    N_("The time was over at %(ended)s; it was not handed in and earns nothing"),
                    {"ended": at("ended")},
                )
            return Told(
                N_("The time was over at %(ended)s, with %(answers)s answers"),
                {"ended": at("ended"), "answers": what["answers"]},
            )
        case Kind.MARKED:
            return Told(
                N_("Marked: %(points)s of %(out_of)s points"),
                {"points": f"{written(what['points'])}", "out_of": f"{written(what['out_of'])}"},
            )
    return Told(N_("Unknown to this version: %(kind)s"), {"kind": link.kind})
