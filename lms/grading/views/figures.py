"""Grades as they are written on pages: on the scale of the institution, by its country's signs."""

from decimal import ROUND_HALF_UP, Decimal

from babel.numbers import get_decimal_symbol, get_group_symbol
from flask_babel import get_locale

from lms.foundation.kernel.points import SCALE, GradeScale, Ratio
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.grading.rules.marks import CONVERSIONS, Kind, written_mark
from lms.grading.rules.scheme import Column

CENT = Decimal("0.01")


def grade(scale: GradeScale, ratio: Ratio | None) -> str:
    """A grade as it is shown and closed: on the scale, rounded by its rule."""
    return "—" if ratio is None else number(scale.grade(ratio), scale.rounding.decimals)


def exact(scale: GradeScale, ratio: Ratio) -> str:
    """A part of a grade before rounding, to the hundredth."""
    value = (Decimal(ratio) * scale.top / SCALE).quantize(CENT, ROUND_HALF_UP)
    return number(value.quantize(Decimal(1)) if value == value.to_integral() else value)


def percent(ratio: Ratio) -> str:
    """A part of the whole in per cent."""
    value = (Decimal(ratio) * 100 / SCALE).quantize(CENT, ROUND_HALF_UP).normalize()
    return f"{number(value)} %"


def signs() -> dict[str, str]:
    """How the country of this page writes decimals and thousands."""
    locale = get_locale()
    return {"decimal": get_decimal_symbol(locale), "group": get_group_symbol(locale)}


def mark(column: Column, ratio: Ratio | None) -> str:
    """The mark of a column as it is typed; nothing where there is none."""
    text = written_mark(ratio, column.kind, column.top, **signs())
    return _(text) if column.kind == Kind.VERDICT and text else text


def out_of(column: Column) -> str:
    """What the marks of a column are: out of how much, or by which rule words are counted."""
    if column.kind in CONVERSIONS:
        return _(CONVERSIONS[Kind(column.kind)].said)
    return _("Out of %(top)s.", top=number(column.top))
