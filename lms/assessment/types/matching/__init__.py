"""Matching: put the right thing beside each of several others."""

from collections.abc import Sequence
from typing import Any

from lms.assessment.types import choices, pieces
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
)
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Field, ListOf, Object, Text, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

PAIR = Object(
    (
        need("left", Text(longest=400), "What is given."),
        need("right", Text(longest=400), "What belongs beside it."),
    )
)

HINT = N_("Each right pair earns an equal share of the points.")


class Matching:
    """The answer holds, for each left side in the author's order, the place of the right side
    chosen for it, or nothing. Two left sides may share a right side: it is offered once.
    """

    name = "matching"
    label = N_("Matching")
    FIELDS: tuple[Field, ...] = (
        need("pairs", ListOf(item=PAIR, least=2, most=20), "What belongs together."),
        may(
            "distractors",
            ListOf(item=Text(longest=400), most=20),
            "Further right sides that belong to nothing.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Rows(
            name="pairs",
            label=N_("Pairs"),
            called=N_("Pair %(number)s"),
            more=N_("Add a pair"),
            row=(
                pieces.Line(name="left", label=N_("What is given"), needed=True),
                pieces.Line(name="right", label=N_("What belongs beside it"), needed=True),
            ),
            least=2,
            begun=3,
            hint=N_("Right sides are always shuffled. Pairs left empty are not kept."),
        ),
        pieces.Rows(
            name="distractors",
            label=N_("Right sides that belong to nothing"),
            called=N_("Right side too many %(number)s"),
            more=N_("Add one that belongs to nothing"),
            row=(pieces.Line(name="", label=N_("Text")),),
            begun=1,
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        pairs, distractors = source["pairs"], source.get("distractors") or []
        problems = []
        for n, pair in enumerate(pairs):
            if any(fold(pair["left"]) == fold(other["left"]) for other in pairs[:n]):
                problems.append(
                    problem(
                        pair,
                        "left",
                        N_("this left side repeats another: “%(text)s”"),
                        N_("change or remove one of them"),
                        text=pair["left"][:60],
                    )
                )
        rights = {fold(pair["right"]) for pair in pairs}
        for n, distractor in enumerate(distractors):
            if fold(distractor) in rights:
                problems.append(
                    problem(
                        distractors,
                        n,
                        N_("this distractor is the right side of a pair: “%(text)s”"),
                        N_("change or remove it"),
                        text=distractor[:60],
                    )
                )
        return problems + choices.repeated(distractors, str)

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        """Right sides are always shuffled, for in the author's order they would tell."""
        rights = list(range(len(_rights(source))))
        drawing.dice.shuffle(rights)
        return {"lefts": choices.order(len(source["pairs"]), drawing), "rights": rights}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        answer: list[int | None] = [None] * len(source["pairs"])
        for part, values in given.parts.items():
            if any(values):
                left = choices.place(part, shown["lefts"])
                answer[left] = choices.place(given.one(part), shown["rights"])
        return None if answer == [None] * len(answer) else answer

    def known(self, source: Source, shown: Shown) -> Given:
        rights = _rights(source)
        return Given(
            {
                str(at): (str(shown["rights"].index(rights.index(source["pairs"][n]["right"]))),)
                for at, n in enumerate(shown["lefts"])
            }
        )

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None and None not in answer

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        rights = _rights(source)
        parts = tuple(
            Part(str(n), _result(pair["right"], chosen, rights))
            for n, (pair, chosen) in enumerate(zip(source["pairs"], answer, strict=True))
        )
        hits = sum(part.result is PartResult.RIGHT for part in parts)
        return Score(hits, len(parts), parts)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(_rows(source, shown, answer), hint=HINT)

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        results = {part.key: part.result for part in score.parts}
        right = tuple(f"{pair['left']}: {pair['right']}" for pair in source["pairs"])
        return Layout(_rows(source, shown, answer, results), right=right, hint=HINT)

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        rights = _rights(source)
        return tuple(
            f"{pair['left']}: {'—' if chosen is None else rights[chosen]}"
            for pair, chosen in zip(source["pairs"], answer, strict=True)
        )


def _rights(source: Source) -> list[str]:
    """Every right side once, in the author's order, the distractors last."""
    sides = [pair["right"] for pair in source["pairs"]]
    return list(dict.fromkeys([*sides, *(source.get("distractors") or [])]))


def _result(right: str, chosen: int | None, rights: Sequence[str]) -> PartResult:
    if chosen is None:
        return PartResult.MISSING
    return PartResult.RIGHT if rights[chosen] == right else PartResult.WRONG


def _rows(
    source: Source, shown: Shown, answer: Answer, results: dict[str, PartResult] | None = None
) -> tuple[Row, ...]:
    rights, pairs = _rights(source), source["pairs"]
    chosen = answer or [None] * len(pairs)
    return tuple(
        Row(
            name=str(position),
            value="",
            text=pairs[left]["left"],
            chosen=chosen[left] is not None,
            picked="" if chosen[left] is None else rights[chosen[left]],
            choices=tuple(
                Row("", str(place), rights[n], chosen[left] == n)
                for place, n in enumerate(shown["rights"])
            ),
            result=(results or {}).get(str(left)),
            right=pairs[left]["right"],
        )
        for position, left in enumerate(shown["lefts"])
    )


TYPE = Matching()
