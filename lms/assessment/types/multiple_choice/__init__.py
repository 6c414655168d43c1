"""Multiple choice: several options may be right."""

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
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Choice, Field, may
from lms.foundation.kernel.errors import N_

PARTIAL = "partial"
ALL_OR_NOTHING = "all_or_nothing"
RIGHT_ONLY = "right_only"
BELOW_ZERO = "below_zero"

HINTS = {
    PARTIAL: N_(
        "Mark all that apply. Each right option adds an equal share of the points; "
        "each wrong one takes the same share away, never below zero."
    ),
    ALL_OR_NOTHING: N_(
        "Mark all that apply. It earns its points only with all the right options and no other."
    ),
    RIGHT_ONLY: N_(
        "Mark all that apply. Each right option adds an equal share of the points; wrong ones take "
        "nothing away, but whoever marks more options than are right earns nothing."
    ),
    BELOW_ZERO: N_(
        "Mark all that apply. Each right option adds an equal share of the points; each wrong one "
        "takes the same share away, below zero too. Leaving it empty takes nothing away."
    ),
}


class MultipleChoice:
    """The answer is the places of the marked options.

    With ``partial`` scoring each right option marked is worth one share of as many as there are
    right options, and each wrong one takes a share away: marking everything earns nothing more
    than guessing would. It ends at zero; with ``below_zero`` a question may take away as much as
    it gives. With ``right_only`` wrong ones cost nothing, until more are marked than are right.
    With ``all_or_nothing`` only the exact set earns the points.
    """

    name = "multiple_choice"
    label = N_("Multiple choice")
    graded = True
    by_hand = False
    WORDING: Collection[str] = ("text",)
    FIELDS: tuple[Field, ...] = (
        choices.OPTIONS,
        may(
            "scoring",
            Choice((ALL_OR_NOTHING, PARTIAL, RIGHT_ONLY, BELOW_ZERO)),
            "Whether some of the right options earn some points, and whether wrong ones take some "
            "away; all_or_nothing if left out.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.options(pieces.Mark(name="correct", label=N_("Right"), only_one=False)),
        pieces.OneOf(
            name="scoring",
            label=N_("Scoring"),
            options={
                ALL_OR_NOTHING: N_("All or nothing: the right ones and no other"),
                PARTIAL: N_("In part: each right one adds its share, each wrong one takes it away"),
                RIGHT_ONLY: N_("In part: each right one adds its share, wrong ones cost nothing"),
                BELOW_ZERO: N_("In part, with penalty: wrong ones take away, below zero too"),
            },
            otherwise=ALL_OR_NOTHING,
        ),
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
                    N_("write `correct: true` at each right one"),
                )
            )
        elif len(right) == len(source["options"]):
            problems.append(
                warning(
                    source,
                    "options",
                    N_("every option is right"),
                    N_("add one that is not, or ask in another way"),
                )
            )
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        return {"options": choices.order(len(source["options"]), drawing)}

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        return choices.chosen_places(given, shown) or None

    def known(self, source: Source, shown: Shown) -> Given:
        return choices.known(source, shown)

    def with_key(self, source: Source, answer: Answer) -> Source:
        return choices.with_key(source, answer)

    def complete(self, source: Source, answer: Answer) -> bool:
        return bool(answer)

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        right, chosen = set(choices.right_places(source)), set(answer)
        parts = tuple(
            Part(str(n), _result(n in right, n in chosen)) for n in sorted(right | chosen)
        )
        part, whole = _share(right, chosen, _scoring(source))
        return Score(part, whole, parts, choices.option_feedback(source, chosen))

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(choices.rows(source, shown, answer or ()), hint=HINTS[_scoring(source)])

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        results = {part.key: part.result for part in score.parts}
        rows = choices.rows(
            source, shown, answer or (), lambda n: results.get(str(n)), feedback=True
        )
        right = tuple(source["options"][n]["text"] for n in choices.right_places(source))
        return Layout(rows, right=right, hint=HINTS[_scoring(source)])

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return tuple(source["options"][n]["text"] for n in answer)


def _scoring(source: Source) -> str:
    return str(source.get("scoring") or ALL_OR_NOTHING)


def _share(right: set[int], chosen: set[int], scoring: str) -> tuple[int, int]:
    """What a choice earns, as a part of a whole."""
    hits, misses = len(chosen & right), len(chosen - right)
    match scoring:
        case "partial":
            return max(0, hits - misses), len(right)
        case "below_zero":
            return max(-len(right), hits - misses), len(right)
        case "right_only":
            return hits if len(chosen) <= len(right) else 0, len(right)
    return int(chosen == right), 1


def _result(right: bool, chosen: bool) -> PartResult:
    if not chosen:
        return PartResult.MISSING
    return PartResult.RIGHT if right else PartResult.WRONG


TYPE = MultipleChoice()
