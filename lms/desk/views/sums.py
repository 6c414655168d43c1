"""The arithmetic of a grade as lines to be shown, on the institution's scale."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import SCALE, GradeScale, Ratio
from lms.foundation.locale.formats import number
from lms.foundation.locale.words import gettext as _
from lms.grading.queries.decisions import Decided
from lms.grading.rules.completion import Lack, Reason

CENT = Decimal("0.01")
_TOO_LATE = {
    Lack.SEE: N_("“%(title)s” was not seen."),
    Lack.TAKE: N_("“%(title)s” was not taken."),
    Lack.RETRY: N_("“%(title)s” was not passed."),
    Lack.LEAST: N_("The minimum of “%(title)s” was not reached."),
    Lack.GRADE: N_("The pass mark was not reached."),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One graded activity: its part of the grade, the result, and what that adds."""

    title: str
    weight: str
    result: str
    adds: str
    could_add: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Sums:
    """The grade added up."""

    rows: tuple[Row, ...]
    grade: str
    top: str
    pass_mark: str
    is_reached: bool
    needed: str
    """What is still needed on average in what is missing; empty when nothing is."""


def sums(found: Decided, *, is_over: bool) -> Sums | None:
    """The sum of a course's grade; nothing where nothing is graded.

    When the cohort is over nothing can be added any more, and nothing is promised.
    """
    whole, grading = found.decision.arithmetic, found.grading
    if whole.ratio is None:
        return None
    scale = grading.scale
    needed = None if is_over else whole.needed(grading.pass_mark)
    return Sums(
        rows=tuple(
            Row(
                title=line.component.title,
                weight=percent(line.part),
                result="—" if line.component.ratio is None else grade(scale, line.component.ratio),
                adds=exact(scale, line.adds),
                could_add=exact(scale, line.could_add),
                is_open=line.component.ratio is None and not is_over,
            )
            for line in whole.lines
        ),
        grade=grade(scale, whole.ratio),
        top=number(scale.top),
        pass_mark=grade(scale, grading.pass_mark),
        is_reached=scale.passed(whole.ratio, grading.pass_mark),
        needed="" if needed is None or needed > SCALE else exact(scale, needed),
    )


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


def sentence(found: Decided, reason: Reason, *, is_over: bool) -> str:
    """What is missing, in the reader's language, with the figures that belong to it.

    When the cohort is over, what was not done is said; nobody is told to do it.
    """
    message = reason.message
    if is_over:
        message = _TOO_LATE.get(reason.lack, message)
    said: str = _(message) % reason.params if reason.params else _(message)
    if reason.lack is Lack.GRADE:
        arithmetic, grading = found.decision.arithmetic, found.grading
        said += " " + _(
            "You have %(grade)s; it is %(mark)s.",
            grade=grade(grading.scale, arithmetic.ratio),
            mark=grade(grading.scale, grading.pass_mark),
        )
    return said
