"""What a learner sees of an attempt that ended: the one place where that is decided.

An author may say it for each of four moments. Whatever they say, the sum and whether it passed are
always told, and nothing that helps is shown while another attempt of the same person runs. Where
nothing is said of a graded quiz, right answers wait until nobody of the cohort may sit it any more:
whoever has finished would otherwise tell those who have not begun.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from lms.catalog.rules.problems import Problem, warning
from lms.catalog.rules.shapes import Choice, ListOf, Object, may
from lms.foundation.kernel.errors import N_

JUST_AFTER = timedelta(minutes=10)
"""How long an attempt has just been handed in."""


class Moment(StrEnum):
    """When somebody looks at their attempt."""

    DURING = "during"
    """While they answer, once they checked an answer."""
    AFTER = "after"
    OPEN = "open"
    """Later, and somebody of the cohort may still sit it."""
    CLOSED = "closed"
    """Nobody of the cohort may sit it any more."""


class Item(StrEnum):
    """What can be shown of each question."""

    ANSWER = "answer"
    MARKS = "marks"
    RIGHT = "right"
    FEEDBACK = "feedback"


class Explained(StrEnum):
    """Which explanations are shown."""

    NONE = "none"
    EARNED = "earned"
    """Of what was chosen, and to whoever was right."""
    ALL = "all"


@dataclass(frozen=True)
class Shown:
    """What a learner sees of each question now."""

    answer: bool = True
    marks: bool = True
    right: bool = False
    feedback: Explained = Explained.EARNED


Matrix = Mapping[Moment, Collection[Item]]
_ITEMS = ListOf(item=Choice(tuple(Item)), most=len(Item), unique="")
REVIEW = may(
    "review",
    Object(
        (
            may("during", _ITEMS, "While answering, once an answer was checked."),
            may("after", _ITEMS, "In the ten minutes after handing in."),
            may("open", _ITEMS, "Later, while somebody of the cohort may still take it."),
            may("closed", _ITEMS, "When it has closed for the whole cohort."),
        )
    ),
    "What learners see of each question, by moment: `answer`, `marks`, `right`, `feedback`. Where "
    "nothing is said, their answer, marks and what explains it at once; right answers and the "
    "other explanations when it has closed for the whole cohort, in practice at once.",
)


def matrix_of(written: Mapping[str, Any] | None) -> Matrix:
    """What an author said, by moment."""
    return {
        Moment(moment): frozenset(Item(item) for item in items)
        for moment, items in (written or {}).items()
    }


def moment_of(ended: datetime, closes: datetime, now: datetime) -> Moment:
    """Which moment it is for an attempt that ended."""
    if now >= closes:
        return Moment.CLOSED
    return Moment.AFTER if now < ended + JUST_AFTER else Moment.OPEN


def shown(matrix: Matrix, moment: Moment, *, spent: bool, running: bool = False) -> Shown:
    """What is shown at a moment. ``spent`` says that right answers can help nobody any more (it
    has closed, or is practice), ``running`` that another attempt is open."""
    items = matrix.get(moment)
    if items is None:
        helps = not spent or running
        return Shown(right=not helps, feedback=Explained.EARNED if helps else Explained.ALL)
    explained = Item.FEEDBACK in items
    everything = Explained.EARNED if running else Explained.ALL
    return Shown(
        answer=Item.ANSWER in items,
        marks=Item.MARKS in items,
        right=Item.RIGHT in items and not running,
        feedback=everything if explained else Explained.NONE,
    )


def shown_during(matrix: Matrix, *, settled: bool, practice: bool) -> Shown:
    """What is shown of a question that was checked while its attempt runs: whether it was right is
    always told; the right answer and the other explanations never before the answer stands."""
    items = matrix.get(Moment.DURING)
    if items is None:
        open_ = settled and practice
        return Shown(right=open_, feedback=Explained.ALL if open_ else Explained.EARNED)
    right = settled and Item.RIGHT in items
    explained = Explained.ALL if right else Explained.EARNED
    return Shown(
        marks=Item.MARKS in items,
        right=right,
        feedback=explained if Item.FEEDBACK in items else Explained.NONE,
    )


def check(source: Mapping[str, Any]) -> list[Problem]:
    """Right answers that are shown while attempts are left help whoever tries again, and with a
    single attempt whoever has not begun. Any number of attempts is as good as practice."""
    written, attempts = source.get("review") or {}, source.get("attempts", 1)
    early = [
        m
        for m in (Moment.DURING, Moment.AFTER, Moment.OPEN)
        if Item.RIGHT in (written.get(m) or ())
    ]
    if not early or attempts is None or source.get("purpose", "graded") != "graded":
        return []
    if attempts == 1:
        said = N_("right answers are shown while others may still take the quiz")
        return [warning(written, early[0], said, N_("show them when it has closed"))]
    return [
        warning(
            written,
            early[0],
            N_("right answers are shown while attempts are left"),
            N_("show them when it has closed, or allow a single attempt"),
        )
    ]
