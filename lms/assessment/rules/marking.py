"""Drawing an attempt's questions and marking what was answered. Both can be replayed for ever."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from random import Random
from typing import Any

from lms.assessment.rules import cases, composition
from lms.assessment.rules.composition import Lot, Row
from lms.assessment.rules.tries import NOT_TRIED, Counted, Tried, counted
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Answer, Drawing, Score, Shown, Source
from lms.foundation.kernel.points import Points, Ratio, points

NO_TRIES: Mapping[int, Tried] = {}


@dataclass(frozen=True)
class Slot:
    """One question in its place in an attempt: what was asked and how it was shown."""

    number: int
    source: Source
    shown: Shown
    points: Points
    heading: str = ""
    """What stands above the part of the quiz that it was drawn for."""


@dataclass(frozen=True)
class Marked:
    """A question, its answer and what it earned; nothing yet while it ``waits`` for somebody.

    ``score`` is what the answer earns by itself, ``ratio`` with what failed tries took away.
    """

    slot: Slot
    answer: Answer
    score: Score
    points: Points
    ratio: Ratio
    waits: bool = False
    tried: Tried = NOT_TRIED


def worth(source: Source) -> Points:
    """The points of a question as its author wrote them."""
    return points(Decimal(str(source["points"])))


def draw(
    sources: Sequence[Source],
    seed: int,
    *,
    shuffle_questions: bool,
    shuffle_options: bool,
    drawn: int | None = None,
    rows: Sequence[Row] = (),
    decimal: str = ".",
    group: str = ",",
) -> tuple[list[int], list[dict[str, Any]], list[str]]:
    """The order of the questions, how each is shown, and its heading. One seed, one drawing.

    With ``drawn`` only so many of them are asked, with ``rows`` so many of each kind; in the
    author's order, unless it is shuffled. Questions of one case are drawn together and stay in the
    author's order.
    """
    dice = Random(seed)
    placed = _placed(sources, dice, dice.shuffle if shuffle_questions else _as_is, drawn, rows)
    order = [n for lot, _heading in placed for n in lot]
    headings = [heading for lot, heading in placed for _n in lot]
    drawing = Drawing(dice, shuffle_options, decimal, group)
    shown = [TYPES[sources[n]["type"]].freeze(sources[n], drawing) for n in order]
    return order, shown, headings


def _as_is(lots: list[Any]) -> None:
    """Nothing is shuffled."""


def _placed(
    sources: Sequence[Source],
    dice: Random,
    shuffle: Callable[[list[Any]], None],
    drawn: int | None,
    rows: Sequence[Row],
) -> list[tuple[Lot, str]]:
    if rows:
        return composition.laid(rows, composition.composed(rows, sources, dice), shuffle)
    lots = cases.together(sources)
    if drawn is not None and len(lots) == len(sources):
        lots = sorted(dice.sample(lots, min(drawn, len(lots))))
    elif drawn is not None:
        lots = cases.drawn(lots, drawn, dice)
    shuffle(lots)
    return [(lot, "") for lot in lots]


def score(source: Source, shown: Shown, answer: Answer) -> Score:
    """What an answer is worth; no answer is worth nothing."""
    return Score(0) if answer is None else TYPES[source["type"]].score(source, shown, answer)


def count(slot: Slot, held: Answer, tried: Tried) -> Counted:
    """The answer to a question that counts, and what it earns after what failed."""
    return counted(partial(score, slot.source, slot.shown), held, tried)


def mark(
    slots: Sequence[Slot], answers: Mapping[int, Answer], tried: Mapping[int, Tried] = NO_TRIES
) -> list[Marked]:
    """Every question with what it earned, rounded once, to the millionth of a point."""
    marked = []
    for slot in slots:
        answer = answers.get(slot.number)
        tries = tried.get(slot.number, NOT_TRIED)
        found = count(slot, answer, tries)
        marked.append(
            Marked(
                slot,
                answer,
                found.score,
                found.earns.of(slot.points),
                found.earns.ratio,
                waits_for_person(slot, answer),
                tries,
            )
        )
    return marked


def earning_nothing(marked: Iterable[Marked]) -> list[Marked]:
    """The same where nothing was handed in: what was answered is kept, nobody has to mark it, and
    it earns nothing."""
    return [replace(one, points=0, waits=False) for one in marked]


def waits_for_person(slot: Slot, answer: Answer) -> bool:
    """Somebody has to mark what was written and may earn points; nothing written waits for
    nobody."""
    by_hand = TYPES[slot.source["type"]].by_hand
    return by_hand and answer is not None and slot.points > 0


def total(points: Iterable[Points]) -> Points:
    """What all questions together reach: what wrong answers take away never makes less than
    nothing of an attempt."""
    return max(0, sum(points))


def open_slots(slots: Sequence[Slot], answers: Mapping[int, Answer]) -> tuple[list[int], list[int]]:
    """The questions without an answer, and those answered only in part."""
    empty, partly = [], []
    for slot in slots:
        answer = answers.get(slot.number)
        if answer is None:
            empty.append(slot.number)
        elif not TYPES[slot.source["type"]].complete(slot.source, answer):
            partly.append(slot.number)
    return empty, partly
