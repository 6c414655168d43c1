"""Numerical: a number, right within a tolerance."""

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.given import Given
from lms.assessment.types.interface import (
    Answer,
    Drawing,
    Layout,
    Part,
    PartResult,
    Score,
    Shown,
    Source,
)
from lms.assessment.types.numerical.figures import read_number, write_number
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Field, ListOf, Number, Object, Text, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold, one_line

MOST_FIGURES = 100

UNIT = Object(
    (
        need("unit", Text(longest=60), "How it is written: km, miles de quetzales."),
        need("factor", Number(), "How many of `unit` one of it is: 1000 metres are a kilometre."),
    )
)


class Numerical:
    """The answer keeps both what was typed and the number it was read as.

    The country's signs are frozen with the attempt, so that a number is read alike for ever.
    The unit may be typed along; it is shown beside the field. What was typed in another unit that
    the author takes is kept as a number of the question's own unit.
    """

    name = "numerical"
    label = N_("Number")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ()
    FIELDS: tuple[Field, ...] = (
        need("answer", Number(), "The right number."),
        may("tolerance", Number(least=0), "How far off an answer may be and still be right; 0."),
        may(
            "tolerance_percent",
            Number(least=0, most=100),
            "The same in per cent of the right number; where both stand, the wider one holds.",
        ),
        may("unit", Text(longest=60), "What is counted, shown beside the field."),
        may(
            "units",
            ListOf(item=UNIT, most=20),
            "Other units in which it may be answered, each with what one of it is in `unit`.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Figure(name="answer", label=N_("The right number"), needed=True),
        pieces.Figure(
            name="tolerance",
            label=N_("Tolerance"),
            least=0,
            hint=N_("How far off an answer may be and still be right, in the same unit."),
        ),
        pieces.Figure(
            name="tolerance_percent",
            label=N_("Tolerance in per cent"),
            least=0,
            hint=N_("Of the right number. Where both stand, the wider one holds."),
        ),
        pieces.Line(
            name="unit",
            label=N_("Unit"),
            longest=60,
            hint=N_("What is counted: quetzales, days. It is shown beside the field."),
        ),
        pieces.Rows(
            name="units",
            label=N_("Other units in which it may be answered"),
            called=N_("Unit %(number)s"),
            more=N_("Add a unit"),
            row=(
                pieces.Line(name="unit", label=N_("Unit"), longest=60, needed=True),
                pieces.Figure(
                    name="factor", label=N_("What one of it is in the unit above"), needed=True
                ),
            ),
            begun=0,
            hint=N_("Whoever writes 42 thousand quetzales has written 42,000 quetzales."),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        answer, tolerance = _right(source)
        problems = []
        if answer and tolerance >= abs(answer):
            problems.append(
                warning(
                    source,
                    "tolerance",
                    N_("the tolerance is as large as the answer itself: zero would be right"),
                    N_("write a narrower one"),
                )
            )
        names = [fold(str(source.get("unit") or ""))]
        for unit in source.get("units") or ():
            if fold(unit["unit"]) in names:
                problems.append(
                    problem(
                        unit,
                        "unit",
                        N_("this unit stands twice: “%(text)s”"),
                        N_("remove one of them"),
                        text=unit["unit"],
                    )
                )
            if not unit.get("factor"):
                problems.append(
                    problem(
                        unit,
                        "factor",
                        N_("one of this unit is nothing"),
                        N_("write how many of `unit` it is"),
                    )
                )
            names.append(fold(unit["unit"]))
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {"decimal": drawing.decimal, "group": drawing.group}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        text = one_line(given.one())
        if not text:
            return None
        bare, factor = _in_unit(text, source)
        number = read_number(bare, **_signs(shown))
        return {"text": text, "number": str(number if factor == 1 else _times(number, factor))}

    def known(self, source: Source, shown: Shown) -> Given:
        return Given({"": (write_number(_right(source)[0], **_signs(shown)),)})

    def with_key(self, source: Source, answer: Answer) -> Source:
        return {**source, "answer": answer["number"]}

    def alike(self, source: Source, one: Answer, other: Answer) -> bool:
        return Decimal(one["number"]) == Decimal(other["number"])

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        wanted, tolerance = _right(source)
        right = abs(Decimal(answer["number"]) - wanted) <= tolerance
        part = Part("", PartResult.RIGHT if right else PartResult.WRONG)
        return Score(int(right), 1, (part,))

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        unit = source.get("unit") or ""
        example = write_number(Decimal("1234.5"), **_signs(shown))
        if answer is None:
            return Layout(unit=unit, example=example)
        understood = write_number(Decimal(answer["number"]), **_signs(shown))
        return Layout(
            value=answer["text"],
            understood=understood,
            surprising=_plain(answer["text"], source, shown) != _plain(understood, source, shown),
            unit=unit,
            example=example,
        )

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        wanted, tolerance = _right(source)
        right = write_number(wanted, **_signs(shown))
        if tolerance:
            right = f"{right} ± {write_number(tolerance, **_signs(shown))}"
        filled = self.layout(source, shown, answer)
        return replace(filled, right=(right,))

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        filled = self.layout(source, shown, answer)
        return (f"{filled.understood} {filled.unit}".strip(),)


def _right(source: Source) -> tuple[Decimal, Decimal]:
    """The right number, and how far off it an answer may be."""
    wanted = Decimal(str(source["answer"]))
    share = abs(wanted) * Decimal(str(source.get("tolerance_percent") or 0)) / 100
    return wanted, max(Decimal(str(source.get("tolerance") or 0)), share)


def _signs(shown: Shown) -> dict[str, str]:
    return {"decimal": shown["decimal"], "group": shown["group"]}


def _in_unit(text: str, source: Source) -> tuple[str, Decimal]:
    """The text without the unit that was typed along, before or after the number, and what one of
    that unit is; the longest unit first, for "km" ends as "m" does."""
    units = {str(source.get("unit") or ""): Decimal(1)}
    units |= {each["unit"]: Decimal(str(each["factor"])) for each in source.get("units") or ()}
    for unit in sorted(units, key=len, reverse=True):
        bare = _bare(text, unit)
        if bare != text:
            return bare, units[unit]
    return text, Decimal(1)


def _bare(text: str, unit: str) -> str:
    folded = fold(unit)
    rest = len(text) - len(folded)
    if not folded or rest <= 0:
        return text
    if fold(text[rest:]) == folded:
        return text[:rest].strip()
    return text[len(folded) :].strip() if fold(text[: len(folded)]) == folded else text


def _times(number: Decimal, factor: Decimal) -> Decimal:
    """Exactly, however many figures both have."""
    with localcontext(prec=MOST_FIGURES):
        return Decimal(f"{number * factor:f}")


def _plain(text: str, source: Source, shown: Shown) -> str:
    """A number as typed, without what only groups its figures."""
    return _bare(text, str(source.get("unit") or "")).replace(shown["group"], "").replace(" ", "")


TYPE = Numerical()
