"""Scale: how far somebody agrees, or how often something happens; nothing is right or wrong."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import choices, pieces
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Answer, Drawing, Layout, Row, Score, Shown, Source
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, ListOf, Text, need
from lms.foundation.kernel.errors import N_


class Scale:
    """The answer is the place of the chosen step. Steps are never shuffled: their order says
    something.
    """

    name = "scale"
    label = N_("Scale, without points")
    graded = False
    by_hand = False
    WORDING: Collection[str] = ("steps",)
    FIELDS: tuple[Field, ...] = (
        need(
            "steps",
            ListOf(item=Text(longest=200), least=2, most=11, unique=""),
            "The steps, from one end to the other.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Rows(
            name="steps",
            label=N_("Steps of the scale"),
            called=N_("Step %(number)s"),
            more=N_("Add a step"),
            row=(pieces.Line(name="", label=N_("Text"), longest=200, needed=True),),
            least=2,
            most=11,
            begun=5,
            hint=N_("From one end to the other, for example from “Never” to “Always”."),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        problems = choices.repeated(source["steps"], str)
        if source.get("points"):
            problems.append(
                problem(
                    source,
                    "points",
                    N_("a scale has no right answer and earns no points"),
                    N_("write `points: 0`"),
                )
            )
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        value = given.one()
        return choices.place(value, range(len(source["steps"]))) if value else None

    def known(self, source: Source, shown: Shown) -> Given:
        """Nobody can know; the middle is as good as any."""
        return Given({"": (str(len(source["steps"]) // 2),)})

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        return Score(0)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(
            tuple(Row("", str(n), step, n == answer) for n, step in enumerate(source["steps"])),
            hint=N_("There is no right or wrong here, and it earns no points."),
        )

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        return self.layout(source, shown, answer)

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return (source["steps"][answer],)


TYPE = Scale()
