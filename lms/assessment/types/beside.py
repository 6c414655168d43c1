"""What the types share that put something beside each of several things, out of one list.

Their answer holds, for each thing in the author's order, the number of what was chosen for it, or
nothing. A type says what is given, what may be chosen and what belongs where; it is read, marked
and shown here.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from lms.assessment.types import choices
from lms.assessment.types.given import Given
from lms.assessment.types.interface import (
    Answer,
    Layout,
    Part,
    PartResult,
    Row,
    Score,
    Shown,
    Source,
)
from lms.foundation.kernel.errors import N_

HINT = N_("Each right pair earns an equal share of the points.")
NOTHING = "—"


@dataclass(frozen=True)
class Table:
    """What is given, what may be chosen for it, and what belongs where, in the author's order.

    ``lefts_shown`` and ``rights_shown`` are the order in which one attempt sees them. ``offered``
    says which of the rights each left has to choose from, where it is not all of them.
    """

    lefts: Sequence[str]
    rights: Sequence[str]
    wanted: Sequence[int]
    lefts_shown: Sequence[int] = ()
    rights_shown: Sequence[int] = ()
    offered: Sequence[Collection[int]] = ()

    def offers(self, left: int, right: int) -> bool:
        """Whether something may be chosen there."""
        return not self.offered or right in self.offered[left]

    def parts(self, answer: Answer) -> tuple[Part, ...]:
        """What became of each."""
        return tuple(
            Part(str(n), _result(wanted, chosen))
            for n, (wanted, chosen) in enumerate(zip(self.wanted, answer, strict=True))
        )

    def rows(
        self, answer: Answer, results: Mapping[str, PartResult] | None = None
    ) -> tuple[Row, ...]:
        """Each with its list, in the order this attempt sees them."""
        chosen = answer or [None] * len(self.lefts)
        return tuple(
            Row(
                name=str(position),
                value="",
                text=self.lefts[left],
                chosen=chosen[left] is not None,
                picked="" if chosen[left] is None else self.rights[chosen[left]],
                choices=tuple(
                    Row("", str(place), self.rights[n], chosen[left] == n)
                    for place, n in enumerate(self.rights_shown)
                    if self.offers(left, n)
                ),
                result=(results or {}).get(str(left)),
                right=self.rights[self.wanted[left]],
            )
            for position, left in enumerate(self.lefts_shown)
        )


class Beside(ABC):
    """A way of asking whose answer is a table. Each part of it earns an equal share."""

    graded = True
    by_hand = False
    hint = HINT

    @abstractmethod
    def table(self, source: Source, shown: Shown) -> Table:
        """The question as a table."""

    def read(self, source: Source, shown: Shown, given: Given) -> Answer:
        table = self.table(source, shown)
        answer: list[int | None] = [None] * len(table.lefts)
        for part, values in given.parts.items():
            if any(values):
                left = choices.place(part, table.lefts_shown)
                answer[left] = choices.place(given.one(part), table.rights_shown)
                if not table.offers(left, answer[left] or 0):
                    raise choices.not_offered()
        return None if answer == [None] * len(answer) else answer

    def known(self, source: Source, shown: Shown) -> Given:
        table = self.table(source, shown)
        return Given(
            {
                str(at): (str(table.rights_shown.index(table.wanted[left])),)
                for at, left in enumerate(table.lefts_shown)
            }
        )

    def complete(self, source: Source, answer: Answer) -> bool:
        return answer is not None and None not in answer

    def score(self, source: Source, shown: Shown, answer: Answer) -> Score:
        parts = self.table(source, shown).parts(answer)
        return Score(sum(part.result is PartResult.RIGHT for part in parts), len(parts), parts)

    def layout(self, source: Source, shown: Shown, answer: Answer) -> Layout:
        return Layout(self.table(source, shown).rows(answer), hint=self.hint)

    def review(self, source: Source, shown: Shown, answer: Answer, score: Score) -> Layout:
        table, results = self.table(source, shown), {part.key: part.result for part in score.parts}
        return Layout(
            table.rows(answer, results), right=self.lines(table, table.wanted), hint=self.hint
        )

    def describe(self, source: Source, shown: Shown, answer: Answer) -> tuple[str, ...]:
        return self.lines(self.table(source, shown), answer)

    def lines(self, table: Table, answer: Sequence[int | None]) -> tuple[str, ...]:
        """An answer in plain words, a line for each part."""
        return tuple(
            f"{left}: {NOTHING if chosen is None else table.rights[chosen]}"
            for left, chosen in zip(table.lefts, answer, strict=True)
        )


def _result(wanted: int, chosen: int | None) -> PartResult:
    if chosen is None:
        return PartResult.MISSING
    return PartResult.RIGHT if chosen == wanted else PartResult.WRONG
