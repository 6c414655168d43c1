"""Single choice: one of several options is right."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import choices, pieces
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
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field
from lms.foundation.kernel.errors import N_


class SingleChoice:
    """The chosen option earns all the points or none. The answer is the option's place."""

    name = "single_choice"
    label = N_("Single choice")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ("text",)
    FIELDS: tuple[Field, ...] = (choices.OPTIONS,)
    PIECES: tuple[Piece, ...] = (
        pieces.options(pieces.Mark(name="correct", label=N_("This one is right"), only_one=True)),
    )

    def check(self, source: Source) -> list[Problem]:
        problems = choices.check_options(source)
        right = choices.right_places(source)
        if not right:
            problems.append(
                problem(
                    source,
                    "options",
                    N_("no option is right"),
                    N_("write `correct: true` at the right one"),
                )
            )
        for extra in right[1:]:
            problems.append(
                problem(
                    source["options"][extra],
                    "correct",
                    N_("a second option is right"),
                    N_("leave one, or use `type: multiple_choice`"),
                )
            )
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {"options": choices.order(len(source["options"]), drawing)}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        value = given.one()
        return choices.place(value, shown["options"]) if value else None

    def known(self, source: Source, shown: Shown) -> Given:
        return choices.known(source, shown)

    def with_key(self, source: Source, answer: Answer) -> Source:
        return choices.with_key(source, [answer])

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        right = bool(source["options"][answer].get("correct", False))
        result = PartResult.RIGHT if right else PartResult.WRONG
        return Score(
            int(right),
            1,
            (Part(str(answer), result),),
            choices.option_feedback(source, [answer]),
        )

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        chosen = [] if answer is None else [answer]
        return Layout(choices.rows(source, shown, chosen))

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        results = {part.key: part.result for part in score.parts}
        chosen = [] if answer is None else [answer]
        right = tuple(source["options"][n]["text"] for n in choices.right_places(source))
        rows = choices.rows(source, shown, chosen, lambda n: results.get(str(n)), feedback=True)
        return Layout(rows, right=right)

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return (source["options"][answer]["text"],)


TYPE = SingleChoice()
