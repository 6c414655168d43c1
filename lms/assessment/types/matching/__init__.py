"""Matching: put the right thing beside each of several others."""

from collections.abc import Collection
from typing import Any

from lms.assessment.types import choices, pieces
from lms.assessment.types.beside import Beside, Table
from lms.assessment.types.interface import Drawing, Shown, Source
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


class Matching(Beside):
    """Two left sides may share a right side: it is offered once."""

    name = "matching"
    label = N_("Matching")
    WORDING: Collection[str] = ("left", "right")
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

    def table(self, source: Source, shown: Shown) -> Table:
        pairs, rights = source["pairs"], _rights(source)
        return Table(
            lefts=[pair["left"] for pair in pairs],
            rights=rights,
            wanted=[rights.index(pair["right"]) for pair in pairs],
            lefts_shown=shown.get("lefts", ()),
            rights_shown=shown.get("rights", ()),
        )


def _rights(source: Source) -> list[str]:
    """Every right side once, in the author's order, the distractors last."""
    sides = [pair["right"] for pair in source["pairs"]]
    return list(dict.fromkeys([*sides, *(source.get("distractors") or [])]))


TYPE = Matching()
