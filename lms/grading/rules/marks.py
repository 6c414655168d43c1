"""A mark as it is typed, and the part of the whole that it stands for: conversions by name."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lms.assessment.types.numerical.figures import read_number, write_number
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.points import SCALE, Ratio, divide, points
from lms.foundation.kernel.text import fold

CENT = Decimal("0.01")


class Kind(StrEnum):
    """How the marks of a column are written."""

    NUMBER = "number"
    LETTERS = "letters"
    VERDICT = "verdict"


@dataclass(frozen=True, slots=True)
class Conversion:
    """A rule that says which part of the whole each word stands for, the best first."""

    name: str
    said: str
    """The rule in words, as it is shown where it is used."""
    words: Mapping[str, Ratio]

    def word(self, ratio: Ratio) -> str:
        """The best word whose part is reached."""
        return next((word for word, least in self.words.items() if ratio >= least), "")


CONVERSIONS = {
    Kind.LETTERS: Conversion(
        "letters_a_e",
        N_("A is 100 %, B is 85 %, C is 70 %, D is 50 %, E is 0 %."),
        {"A": SCALE, "B": 850_000, "C": 700_000, "D": 500_000, "E": 0},
    ),
    Kind.VERDICT: Conversion(
        "approved_or_not",
        N_("Approved is 100 %, not approved is 0 %."),
        {N_("Approved"): SCALE, N_("Not approved"): 0},
    ),
}
_YES = frozenset({"a", "si", "aprobado", "aprobada", "aprobo", "approved", "passed", "1"})
_NO = frozenset(
    {"no", "na", "n/a", "no aprobado", "no aprobada", "no aprobo", "not approved", "0", "reprobado"}
)
SAID = {
    Kind.NUMBER: N_("Numbers"),
    Kind.LETTERS: N_("Letters, A to E"),
    Kind.VERDICT: N_("Approved or not"),
}


def read_mark(
    text: str, kind: str, top: int, *, decimal: str = ".", group: str = ","
) -> Ratio | None:
    """The part of the whole that a written mark stands for; nothing written is no mark, not zero.

    Raises Invalid with a sentence that says what to write.
    """
    bare = text.strip()
    if not bare:
        return None
    match kind:
        case Kind.LETTERS:
            found = CONVERSIONS[Kind.LETTERS].words.get(bare.upper())
            if found is None:
                raise Invalid(N_("Write a letter from A to E."))
            return found
        case Kind.VERDICT:
            said = " ".join(fold(bare).replace(".", "").split())
            if said not in _YES | _NO:
                raise Invalid(N_("Write “approved” or “not approved”."))
            return SCALE if said in _YES else 0
    number = read_number(bare.removesuffix("%"), decimal=decimal, group=group)
    if not 0 <= number <= top:
        raise Invalid(N_("Write a mark from 0 to %(top)s."), top=top)
    if number != number.quantize(CENT):
        raise Invalid(N_("Write at most two decimals."))
    return divide(points(number), points(top))


def written_mark(
    ratio: Ratio | None, kind: str, top: int, *, decimal: str = ".", group: str = ","
) -> str:
    """A mark as it is written: what was typed comes out again as it went in."""
    if ratio is None:
        return ""
    if kind in CONVERSIONS:
        return CONVERSIONS[Kind(kind)].word(ratio)
    return write_number(number_of(ratio, top), decimal=decimal, group=group)


def number_of(ratio: Ratio, top: int) -> Decimal:
    """The number out of ``top`` that a ratio stands for, to the hundredth."""
    return (Decimal(ratio) * top / SCALE).quantize(CENT, ROUND_HALF_UP)
