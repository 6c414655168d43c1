"""True or false."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.choices import NOT_OFFERED
from lms.assessment.types.given import Given
from lms.assessment.types.interface import (
    Answer,
    Drawing,
    Layout,
    Part,
    PartResult,
    Row,
    Score,
    Shown,
    Source,
    Word,
)
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Field, Flag, Markdown, may, need
from lms.foundation.kernel.errors import N_, Invalid

WORDS = {True: Word(N_("True")), False: Word(N_("False"))}
VALUES = {"true": True, "false": False}


class TrueFalse:
    """A statement that is either true or false, always offered in that order."""

    name = "true_false"
    label = N_("True or false")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ("feedback_true", "feedback_false")
    FIELDS: tuple[Field, ...] = (
        need("answer", Flag(), "Whether the statement is true."),
        may(
            "feedback_true",
            Markdown(longest=4_000),
            "Shown to whoever answered true, and to all without attempts left.",
        ),
        may(
            "feedback_false",
            Markdown(longest=4_000),
            "Shown to whoever answered false, and to all without attempts left.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.OneOf(name="answer", label=N_("The statement is"), options=WORDS),
        pieces.Paragraph(name="feedback_true", label=N_("Explanation to whoever answered true")),
        pieces.Paragraph(name="feedback_false", label=N_("Explanation to whoever answered false")),
    )

    def check(self, source: Source) -> list[Problem]:
        return []

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        value = given.one()
        if not value:
            return None
        if value not in VALUES:
            raise Invalid(NOT_OFFERED)
        return VALUES[value]

    def known(self, source: Source, shown: Shown) -> Given:
        return Given({"": ("true" if source["answer"] else "false",)})

    def with_key(self, source: Source, answer: Answer) -> Source:
        return {**source, "answer": answer}

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        right = answer is bool(source["answer"])
        word = "true" if answer else "false"
        feedback = (f"feedback_{word}",) if source.get(f"feedback_{word}") else ()
        part = Part(word, PartResult.RIGHT if right else PartResult.WRONG)
        return Score(int(right), 1, (part,), feedback)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(tuple(_row(value, answer) for value in VALUES))

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        results = {part.key: part.result for part in score.parts}
        rows = tuple(
            _row(value, answer, results.get(value), str(source.get(f"feedback_{value}") or ""))
            for value in VALUES
        )
        return Layout(rows, right=(WORDS[bool(source["answer"])],))

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return (WORDS[answer],)


def _row(value: str, answer: Answer, result: PartResult | None = None, feedback: str = "") -> Row:
    chosen = answer is VALUES[value]
    return Row("", value, WORDS[VALUES[value]], chosen, result=result, feedback=feedback)


TYPE = TrueFalse()
