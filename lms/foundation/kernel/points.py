"""Points are whole numbers of millionths: no sum of grades is ever off by a float.

A *ratio* is a part of a whole in the same millionths (``SCALE`` is 100 %). A country's scale and
its rounding come in only when a grade is shown or closed, by a named rule.
"""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from lms.foundation.kernel.errors import N_, Refused

SCALE = 1_000_000
Points = int
Ratio = int


def points(value: int | str | Decimal) -> Points:
    """Points from a written number: ``points("1.5")`` is 1 500 000."""
    return int((Decimal(value) * SCALE).to_integral_value(ROUND_HALF_UP))


def written(value: Points) -> Decimal:
    """The number of points as it is written, without trailing zeros."""
    number = Decimal(value) / SCALE
    return number.quantize(Decimal(1)) if number == number.to_integral() else number.normalize()


def divide(part: int, whole: int) -> Ratio:
    """Part of whole as a ratio, half up; nothing of nothing is nothing."""
    if whole == 0:
        return 0
    return (2 * part * SCALE + whole) // (2 * whole)


class Rounding(StrEnum):
    """How a final grade is rounded on its scale; each institution's rule has a name."""

    INTEGER_HALF_UP = "integer_half_up"
    ONE_DECIMAL_HALF_UP = "one_decimal_half_up"

    @property
    def decimals(self) -> int:
        return {Rounding.INTEGER_HALF_UP: 0, Rounding.ONE_DECIMAL_HALF_UP: 1}[self]


@dataclass(frozen=True)
class GradeScale:
    """An institution's scale: its top mark and how the last figure is rounded."""

    key: str
    top: int
    rounding: Rounding

    def grade(self, ratio: Ratio) -> Decimal:
        """A ratio as a grade of this scale, rounded by the scale's rule."""
        exact = Decimal(ratio) * self.top / SCALE
        return exact.quantize(Decimal(1).scaleb(-self.rounding.decimals), ROUND_HALF_UP)

    def passed(self, ratio: Ratio, pass_mark: Ratio) -> bool:
        """Passing is decided on the grade as it is shown, never on hidden decimals."""
        return self.grade(ratio) >= self.grade(pass_mark)

    def least(self, pass_mark: Ratio) -> Ratio:
        """The least ratio that passes, as it is shown: for whoever asks in the database."""
        low, high = 0, pass_mark
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if self.passed(middle, pass_mark) else (middle + 1, high)
        return low


SCALES = {
    scale.key: scale
    for scale in (
        GradeScale("0-100", 100, Rounding.INTEGER_HALF_UP),
        GradeScale("0-20", 20, Rounding.INTEGER_HALF_UP),
        GradeScale("0-10", 10, Rounding.ONE_DECIMAL_HALF_UP),
    )
}


def scale_of(key: str) -> GradeScale:
    """The scale of this name. One that nobody knows is an error, never taken for another: 15 of 20
    passes where 15 of 100 does not."""
    found = SCALES.get(key)
    if found is None:
        raise Refused(
            N_("The scale of grades “%(scale)s” is not known here. Tell whoever runs this site."),
            scale=key,
        )
    return found
