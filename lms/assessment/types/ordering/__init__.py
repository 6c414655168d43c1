"""Ordering: put several things in their order."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from lms.assessment.types import choices, pieces
from lms.assessment.types.beside import NOTHING, Beside, Table
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
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shapes import Choice, Field, ListOf, Text, may, need
from lms.foundation.kernel.errors import N_

ALL_OR_NOTHING = "all_or_nothing"
PLACES = "places"
NEIGHBOURS = "neighbours"

HINTS = {
    ALL_OR_NOTHING: N_(
        "Give each its place; 1 comes first. It earns its points only with all of them in order."
    ),
    PLACES: N_(
        "Give each its place; 1 comes first. Each one in its own place earns an equal share of "
        "the points."
    ),
    NEIGHBOURS: N_(
        "Give each its place; 1 comes first. Each one that comes right after the one before it "
        "earns an equal share of the points."
    ),
}


class Ordering(Beside):
    """The answer holds, for each thing in its right order, the place it was given.

    ``neighbours`` forgives a beginning that is wrong: whatever follows in the right order earns
    its share. Two in the same place are kept as they are and earn what they earn.
    """

    name = "ordering"
    label = N_("Ordering")
    WORDING: Collection[str] = ()
    FIELDS: tuple[Field, ...] = (
        need(
            "items",
            ListOf(item=Text(longest=400), least=2, most=20, unique=""),
            "What is put in order, in its right order.",
        ),
        may(
            "scoring",
            Choice((ALL_OR_NOTHING, PLACES, NEIGHBOURS)),
            "What earns points: only the whole order, each in its place, or each right after the "
            "one before; all_or_nothing if left out.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Rows(
            name="items",
            label=N_("What is put in order"),
            called=N_("In place %(number)s"),
            more=N_("Add one more to order"),
            row=(pieces.Line(name="", label=N_("Text"), needed=True),),
            least=2,
            begun=4,
            hint=N_("Write them in their right order: they are always shuffled."),
        ),
        pieces.OneOf(
            name="scoring",
            label=N_("Scoring"),
            options={
                ALL_OR_NOTHING: N_("All or nothing: the whole order"),
                PLACES: N_("In part: each one in its own place"),
                NEIGHBOURS: N_("In part: each one right after the one before it"),
            },
            otherwise=ALL_OR_NOTHING,
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        return choices.repeated(source["items"], str)

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        """Always shuffled, and never by chance in the right order."""
        places = list(range(len(source["items"])))
        drawing.dice.shuffle(places)
        if places == sorted(places):
            places = [*places[1:], places[0]]
        return {"lefts": places}

    def table(self, source: Source, shown: Shown) -> Table:
        places = range(len(source["items"]))
        return Table(
            lefts=source["items"],
            rights=[str(place + 1) for place in places],
            wanted=places,
            lefts_shown=shown.get("lefts", ()),
            rights_shown=places,
        )

    def complete(self, source: Source, answer: Answer) -> bool:
        return super().complete(source, answer) and len(set(answer)) == len(answer)

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        parts = self.table(source, shown).parts(answer)
        if _scoring(source) == NEIGHBOURS:
            parts = tuple(
                Part(str(n), _follows(answer[n - 1], answer[n])) for n in range(1, len(answer))
            )
        hits = sum(part.result is PartResult.RIGHT for part in parts)
        if _scoring(source) == ALL_OR_NOTHING:
            return Score(int(hits == len(parts)), 1, parts)
        return Score(hits, len(parts), parts)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return replace(super().layout(source, shown, answer), hint=HINTS[_scoring(source)])

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        """In the order that was given, what has no place last."""
        found = super().review(source, shown, answer, score)
        rows = sorted(found.rows, key=lambda row: int(row.picked or len(found.rows) + 1))
        return replace(found, rows=tuple(rows), hint=HINTS[_scoring(source)])

    def lines(self, table: Table, answer: Sequence[int | None]) -> tuple[str, ...]:
        placed = sorted(
            zip(answer, table.lefts, strict=True),
            key=lambda each: len(table.lefts) if each[0] is None else each[0],
        )
        return tuple(f"{NOTHING if place is None else place + 1}. {text}" for place, text in placed)


def _scoring(source: Source) -> str:
    return str(source.get("scoring") or ALL_OR_NOTHING)


def _follows(before: int | None, place: int | None) -> PartResult:
    if before is None or place is None:
        return PartResult.MISSING
    return PartResult.RIGHT if place == before + 1 else PartResult.WRONG


TYPE = Ordering()
