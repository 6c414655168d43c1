"""Numerical: a number, right within a tolerance."""

from dataclasses import replace
from decimal import Decimal
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
from lms.catalog.rules.problems import Problem, warning
from lms.catalog.rules.shapes import Field, Number, Text, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold, one_line


class Numerical:
    """The answer keeps both what was typed and the number it was read as.

    The country's signs are frozen with the attempt, so that a number is read alike for ever.
    The unit may be typed along; it is shown beside the field.
    """

    name = "numerical"
    label = N_("Number")
    FIELDS: tuple[Field, ...] = (
        need("answer", Number(), "The right number."),
        may("tolerance", Number(least=0), "How far off an answer may be and still be right; 0."),
        may("unit", Text(longest=60), "What is counted, shown beside the field."),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Figure(name="answer", label=N_("The right number"), needed=True),
        pieces.Figure(
            name="tolerance",
            label=N_("Tolerance"),
            least=0,
            hint=N_("How far off an answer may be and still be right, in the same unit."),
        ),
        pieces.Line(
            name="unit",
            label=N_("Unit"),
            longest=60,
            hint=N_("What is counted: quetzales, days. It is shown beside the field."),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        answer, tolerance = _right(source)
        if answer and tolerance >= abs(answer):
            return [
                warning(
                    source,
                    "tolerance",
                    N_("the tolerance is as large as the answer itself: zero would be right"),
                    N_("write it in the unit of the answer, not in per cent"),
                )
            ]
        return []

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {"decimal": drawing.decimal, "group": drawing.group}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        text = one_line(given.one())
        if not text:
            return None
        return {"text": text, "number": str(read_number(_bare(text, source), **_signs(shown)))}

    def known(self, source: Source, shown: Shown) -> Given:
        return Given({"": (write_number(_right(source)[0], **_signs(shown)),)})

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
    return Decimal(str(source["answer"])), Decimal(str(source.get("tolerance") or 0))


def _signs(shown: Shown) -> dict[str, str]:
    return {"decimal": shown["decimal"], "group": shown["group"]}


def _bare(text: str, source: Source) -> str:
    """The text without the unit, if it was typed along, before or after the number."""
    unit = fold(source.get("unit") or "")
    rest = len(text) - len(unit)
    if not unit or rest <= 0:
        return text
    if fold(text[rest:]) == unit:
        return text[:rest].strip()
    return text[len(unit) :].strip() if fold(text[: len(unit)]) == unit else text


def _plain(text: str, source: Source, shown: Shown) -> str:
    """A number as typed, without what only groups its figures."""
    return _bare(text, source).replace(shown["group"], "").replace(" ", "")


TYPE = Numerical()
