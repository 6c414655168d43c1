"""What an attempt is composed of: so many questions of each kind, and never one of them twice.

A quiz that draws by rows says of each how many questions it takes and which: by category, tags and
difficulty. A question may suit several rows; it is given to one where it is needed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from lms.assessment.rules import cases
from lms.assessment.types.interface import Source
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import Either, ListOf, Object, Text, Whole, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

MOST_ROWS = 40
MOST_DRAWN = 200

_ROW = Object(
    (
        need("count", Whole(least=1, most=MOST_DRAWN), "How many questions."),
        may("title", Text(longest=200), "The heading above them."),
        may("category", Text(longest=400), "Of this category, or of one below it."),
        may("tags", ListOf(item=Text(longest=80), most=20, unique=""), "With all these tags."),
        may("difficulty", Whole(least=1, most=3), "Of this difficulty."),
    )
)
DRAW = may(
    "draw",
    Either(Whole(least=1, most=MOST_DRAWN), ListOf(item=_ROW, least=1, most=MOST_ROWS)),
    "How many questions each attempt is given, drawn from all of them; or rows, each with how many "
    "of which. All if left out.",
)

Lot = list[int]
"""The places of questions that stay together: those of a case, or one alone."""


@dataclass(frozen=True)
class Row:
    """So many questions of a kind, under a heading or none."""

    count: int
    title: str = ""
    category: tuple[str, ...] = ()
    tags: frozenset[str] = frozenset()
    difficulty: int | None = None

    @classmethod
    def of(cls, written: Mapping[str, Any]) -> "Row":
        return cls(
            count=written["count"],
            title=written.get("title") or "",
            category=levels(written.get("category")),
            tags=frozenset(fold(tag) for tag in written.get("tags") or ()),
            difficulty=written.get("difficulty"),
        )

    def takes(self, question: Source) -> bool:
        """Whether a question is of this kind; capitals and accents make no other kind."""
        return (
            levels(question.get("category"))[: len(self.category)] == self.category
            and self.tags <= {fold(tag) for tag in question.get("tags") or ()}
            and self.difficulty in (None, question.get("difficulty"))
        )


def levels(category: str | None) -> tuple[str, ...]:
    """The names that a category is made of, the widest first."""
    return tuple(name for each in (category or "").split("/") if (name := fold(each).strip()))


def rows_of(draw: Any) -> tuple[Row, ...]:
    """The rows of a quiz that draws by rows; none where it draws otherwise."""
    return tuple(Row.of(each) for each in draw) if isinstance(draw, list | tuple) else ()


def fitting(rows: Sequence[Row], questions: Sequence[Source]) -> list[list[Lot]]:
    """What may be drawn for each row. A case that suits several is drawn for the first of them."""
    lots = cases.together(questions)
    found: list[list[Lot]] = [[] for _row in rows]
    for lot in lots:
        for row, own in zip(rows, found, strict=True):
            if all(row.takes(questions[n]) for n in lot):
                own.append(lot)
                if len(lot) > 1:
                    break
    return found


def composed(rows: Sequence[Row], questions: Sequence[Source], dice: Random) -> list[list[Lot]]:
    """The questions drawn for each row, in the author's order. As many as there are, where a row
    cannot be filled."""
    found = fitting(rows, questions)
    orders = [dice.sample(own, len(own)) for own in found]
    taken = [cases.drawn(own, row.count, dice) for row, own in zip(rows, found, strict=True)]
    shared = sum(map(len, found)) > len({lot[0] for own in found for lot in own})
    if not shared:
        return taken
    chosen = _filled(rows, orders, [_told(own) for own in taken])
    if _reach(chosen) < sum(row.count for row in rows):
        # As few single questions as can be: cases suit one row only, single ones are shared.
        told = [
            cases.drawn(_told(own), row.count, dice) for row, own in zip(rows, found, strict=True)
        ]
        chosen = max(chosen, _filled(rows, orders, told), key=_reach)
    return [sorted(own) for own in chosen]


def short(rows: Sequence[Row], questions: Sequence[Source]) -> int:
    """How many questions the rows together want for, even where each alone could be filled."""
    return sum(row.count for row in rows) - _reach(composed(rows, questions, Random(0)))


def _told(lots: Sequence[Lot]) -> list[Lot]:
    return [lot for lot in lots if len(lot) > 1]


def _reach(chosen: Sequence[Sequence[Lot]]) -> int:
    return sum(len(lot) for own in chosen for lot in own)


def _filled(
    rows: Sequence[Row], orders: Sequence[Sequence[Lot]], told: Sequence[Sequence[Lot]]
) -> list[list[Lot]]:
    """Cases as given, and single questions beside them until every row is full if that can be."""
    open_to = [[lot[0] for lot in order if len(lot) == 1] for order in orders]
    holder: dict[int, int] = {}
    for n, row in enumerate(rows):
        for _seat in range(row.count - sum(map(len, told[n]))):
            if not _seat_for(n, open_to, holder, set()):
                break
    chosen = [list(own) for own in told]
    for single, n in holder.items():
        chosen[n].append([single])
    return chosen


def _seat_for(
    n: int, open_to: Sequence[Sequence[int]], holder: dict[int, int], tried: set[int]
) -> bool:
    """One more question for a row; another row that holds it may have a different one instead."""
    for single in open_to[n]:
        if single not in holder:
            holder[single] = n
            return True
    for single in open_to[n]:
        other = holder[single]
        if other != n and single not in tried:
            tried.add(single)
            if _seat_for(other, open_to, holder, tried):
                holder[single] = n
                return True
    return False


def laid(
    rows: Sequence[Row], chosen: Sequence[Sequence[Lot]], shuffle: Callable[[list[Any]], None]
) -> list[tuple[Lot, str]]:
    """The lots in the order of an attempt, each with its heading. Headings keep their rows
    together, in the author's order; without any, rows are seen nowhere."""
    if any(row.title for row in rows):
        placed = []
        for row, own in zip(rows, chosen, strict=True):
            order = list(own)
            shuffle(order)
            placed += [(lot, row.title) for lot in order]
        return placed
    lots = sorted(lot for own in chosen for lot in own)
    shuffle(lots)
    return [(lot, "") for lot in lots]


def check(source: Mapping[str, Any]) -> list[Problem]:
    """Every row can be filled, also all of them at once, and whoever draws which question is out of
    the same points."""
    written, questions = source.get("draw"), source["questions"]
    rows = rows_of(written)
    if not rows:
        return []
    found = fitting(rows, questions)
    problems = [
        told
        for each, row, own in zip(written or (), rows, found, strict=True)
        if (told := _row_told(each, row, own, questions)) is not None
    ]
    if not problems and (missing := short(rows, questions)):
        problems.append(
            problem(
                source,
                "draw",
                N_("rows draw the same questions: %(missing)s are missing to fill them all"),
                N_("write more questions, or draw fewer"),
                missing=missing,
            )
        )
    drawn = {n for own in found for lot in own for n in lot}
    if len(drawn) < len(questions):
        problems.append(
            warning(
                source,
                "draw",
                N_("no row draws these questions: %(keys)s"),
                N_("give them the category, tags or difficulty of a row, or add a row"),
                keys=", ".join(
                    str(each.get("key")) for n, each in enumerate(questions) if n not in drawn
                ),
            )
        )
    return problems


def _row_told(
    written: Mapping[str, Any], row: Row, own: Sequence[Lot], questions: Sequence[Source]
) -> Problem | None:
    """What keeps one row from being filled."""
    there = sum(map(len, own))
    if there < row.count:
        return problem(
            written,
            "count",
            N_("this row draws %(drawn)s questions, and only %(count)s are of its kind"),
            N_("write more questions, or draw fewer"),
            drawn=row.count,
            count=there,
        )
    if sum(map(len, cases.drawn(own, row.count, Random(0)))) < row.count:
        return problem(
            written,
            "count",
            N_("%(drawn)s questions cannot be drawn without tearing a case apart"),
            N_("draw as many as some cases and single questions make up together"),
            drawn=row.count,
        )
    if len({questions[n].get("points", 1) for lot in own for n in lot}) > 1:
        return problem(
            written,
            "count",
            N_("this row draws from questions that are not worth the same"),
            N_("give all of them the same points"),
        )
    return None
