"""Who answered what: a table of the answers to one question, the wrong ones above all.

A wrong option that nobody takes does no work; one that the best take more than the weakest is
perhaps not wrong.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from lms.assessment.rules.analysis import extremes

MOST_RESPONSES = 50


@dataclass(frozen=True)
class Given:
    """One attempt's answer in words, a line for each part; no line where nothing was answered."""

    attempt: int
    lines: tuple[str, ...]
    is_right: bool
    total: float


@dataclass(frozen=True)
class Response:
    """One answer and those who gave it. ``text`` is empty for no answer.

    ``total`` is the mean mark of those who gave it; ``upper`` and ``lower`` are how many of the
    best and of the weakest 27 % did.
    """

    text: str
    is_right: bool
    count: int
    share: float
    total: float | None
    upper: int
    lower: int

    @property
    def misleads(self) -> bool:
        """A wrong answer that the best give more often than the weakest."""
        return not self.is_right and bool(self.text) and self.upper > self.lower


@dataclass
class _Tally:
    is_right: bool = False
    totals: list[float] = field(default_factory=list)
    upper: int = 0
    lower: int = 0


def responses(
    given: Sequence[Given], known: Iterable[str], right: Iterable[str]
) -> Sequence[Response]:
    """Each answer that was offered or given: those offered as they stand, the others by number.

    ``known`` are the lines that were offered (also those nobody took), ``right`` the right ones.
    An answer of one line that earned everything is right however it was written.
    """
    upper, lower = extremes({one.attempt: one.total for one in given})
    rightful = set(right)
    tallies: dict[str, _Tally] = {line: _Tally(line in rightful) for line in known}
    offered = len(tallies)
    for one in given:
        for line in one.lines or ("",):
            tally = tallies.setdefault(line, _Tally(line in rightful))
            tally.is_right |= one.is_right and len(one.lines) == 1
            tally.totals.append(one.total)
            tally.upper += one.attempt in upper
            tally.lower += one.attempt in lower
    ordered = _ordered(tallies, offered)
    return [
        Response(
            text=text,
            is_right=tally.is_right,
            count=len(tally.totals),
            share=len(tally.totals) / len(given) if given else 0.0,
            total=fmean(tally.totals) if tally.totals else None,
            upper=tally.upper,
            lower=tally.lower,
        )
        for text, tally in ordered[:MOST_RESPONSES]
    ]


def _ordered(tallies: Mapping[str, _Tally], offered: int) -> list[tuple[str, _Tally]]:
    """Those offered in their order, what else was written by number, no answer last."""
    listed = list(tallies.items())
    others = [pair for pair in listed[offered:] if pair[0]]
    others.sort(key=lambda pair: (-len(pair[1].totals), pair[0]))
    return [*listed[:offered], *others, *(pair for pair in listed[offered:] if not pair[0])]
