"""Missing words: a text with gaps, in each of which one of several words is chosen."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from lms.assessment.types import pieces
from lms.assessment.types.beside import NOTHING, Beside, Table
from lms.assessment.types.interface import (
    Answer,
    Drawing,
    Layout,
    Score,
    Shown,
    Source,
)
from lms.assessment.types.passage import PASSAGE, check_gaps, gaps_of
from lms.assessment.types.pieces import Piece
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Field, ListOf, Object, Text, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

WORD = Object(
    (
        need("text", Text(longest=200), "The word or words."),
        may("group", Text(longest=40), "Only words of the same group are offered in its gap."),
    )
)


class MissingWords(Beside):
    """``{{2}}`` is the gap in which the second word is right; a word without a gap is one too many.

    In a gap are offered the words of the group of its right one. The same word may be right in
    several gaps.
    """

    name = "missing_words"
    label = N_("Missing words")
    hint = N_("Choose a word for each gap. Each right one earns an equal share of the points.")
    WORDING: Collection[str] = ()
    FIELDS: tuple[Field, ...] = (
        PASSAGE,
        need(
            "words",
            ListOf(item=WORD, least=2, most=60),
            "The words to choose from; the first is right in `{{1}}`, and so on.",
        ),
    )
    PIECES: tuple[Piece, ...] = (
        pieces.Paragraph(
            name="passage",
            label=N_("Text with gaps"),
            hint=N_("Write {{1}} where the first word is missing, {{2}} for the second."),
            longest=10_000,
            needed=True,
        ),
        pieces.Rows(
            name="words",
            label=N_("Words to choose from"),
            called=N_("Word %(number)s"),
            more=N_("Add a word"),
            row=(
                pieces.Line(name="text", label=N_("Text"), longest=200, needed=True),
                pieces.Line(name="group", label=N_("Group"), longest=40),
            ),
            least=2,
            most=60,
            begun=4,
            hint=N_(
                "A word that no gap names is offered and never right. With groups, a gap offers "
                "only the words of the group of its right one."
            ),
        ),
    )

    def check(self, source: Source) -> list[Problem]:
        words, gaps = source["words"], gaps_of(source)
        problems = check_gaps(source, len(words), "words")
        for n, word in enumerate(words):
            if any(_same(word, other) for other in words[:n]):
                problems.append(
                    problem(
                        word,
                        "text",
                        N_("this word is offered already: “%(text)s”"),
                        N_("change or remove one of them"),
                        text=word["text"][:60],
                    )
                )
        problems += [
            warning(
                words[n],
                "group",
                N_("in its gap nothing else is offered: “%(text)s”"),
                N_("add another word of the same group"),
                text=words[n]["text"][:60],
            )
            for n in dict.fromkeys(gaps)
            if 0 <= n < len(words) and len(_group(words, n)) < 2
        ]
        return problems

    def freeze(self, source: Source, drawing: Drawing) -> dict[str, Any]:
        """Words are always shuffled: in the author's order they would tell."""
        words = list(range(len(source["words"])))
        drawing.dice.shuffle(words)
        return {"words": words}

    def table(self, source: Source, shown: Shown) -> Table:
        words, gaps = source["words"], gaps_of(source)
        return Table(
            lefts=[str(gap + 1) for gap in gaps],
            rights=[word["text"] for word in words],
            wanted=gaps,
            lefts_shown=range(len(gaps)),
            rights_shown=shown.get("words", ()),
            offered=[_group(words, gap) for gap in gaps],
        )

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return replace(super().layout(source, shown, answer), passage=source["passage"])

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        return replace(super().review(source, shown, answer, score), passage=source["passage"])

    def lines(self, table: Table, answer: Sequence[int | None]) -> tuple[str, ...]:
        return tuple(
            f"{n}. {NOTHING if chosen is None else table.rights[chosen]}"
            for n, chosen in enumerate(answer, 1)
        )


def _group(words: Sequence[Any], n: int) -> Collection[int]:
    """The words that are offered where one of them is right."""
    return {at for at, word in enumerate(words) if word.get("group") == words[n].get("group")}


def _same(word: Any, other: Any) -> bool:
    return fold(word["text"]) == fold(other["text"]) and word.get("group") == other.get("group")


TYPE = MissingWords()
