"""What the marks of a quiz say about its questions: how hard, how telling, how reliable.

Classical test theory, in figures that can be worked out again by hand. Everything is computed from
entries, one for each question of each attempt; attempts may have been given different questions.
Sources: Crocker & Algina, *Introduction to Classical and Modern Test Theory*, 1986 (facility,
item–rest correlation, alpha); Kelley, *J. Educ. Psych.* 30, 1939 (groups of 27 %); Kuder &
Richardson, *Psychometrika* 2, 1937 (formula 20).
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from statistics import fmean, median, pstdev, pvariance
from typing import NamedTuple

SMALL = 30
"""With fewer attempts every figure is a hint and no more."""
GROUP = 0.27
FEWEST_GROUPED = 8
TOO_HARD, TOO_EASY, TELLS_LITTLE = 0.2, 0.95, 0.2


class Entry(NamedTuple):
    """What one attempt earned at one question, in points; ``seconds`` until it was answered."""

    attempt: int
    question: int
    earned: int
    out_of: int
    seconds: float | None = None


class Advice(StrEnum):
    """What an author should look at."""

    KEY = "key"
    HARD = "hard"
    EASY = "easy"
    WEAK = "weak"


@dataclass(frozen=True)
class QuestionFigures:
    """One question: what all who were given it made of it.

    ``facility`` is the mean part of its points that was earned. ``discrimination`` is the
    correlation of what it earned with what the rest of the attempt earned (for a question that is
    right or wrong: point-biserial). ``upper`` and ``lower`` are its facility among the best and the
    weakest 27 %. ``None`` where there is nothing to compare.
    """

    question: int
    given: int
    facility: float
    discrimination: float | None
    upper: float | None
    lower: float | None
    seconds: float | None

    @property
    def spread(self) -> float | None:
        """How much better the best do than the weakest."""
        return None if self.upper is None or self.lower is None else self.upper - self.lower

    @property
    def advice(self) -> Advice | None:
        """The first thing to look at; nothing is advised on the word of a few."""
        if self.given < SMALL:
            return None
        if self.discrimination is not None and self.discrimination < 0:
            return Advice.KEY
        if self.facility < TOO_HARD:
            return Advice.HARD
        if self.facility > TOO_EASY:
            return Advice.EASY
        if self.discrimination is not None and self.discrimination < TELLS_LITTLE:
            return Advice.WEAK
        return None


@dataclass(frozen=True)
class Reliability:
    """How far the same people would come out alike in another quiz like it.

    ``alpha`` is Cronbach's; with questions that are right or wrong and weigh alike it is the same
    as KR-20, and ``is_kr20`` says so. ``error`` is the standard error of measurement, as a part of
    the whole mark.
    """

    alpha: float
    error: float | None
    is_kr20: bool


@dataclass(frozen=True)
class Analysis:
    """A quiz as a whole and each of its questions, in the order they were first met.

    ``reliability`` is ``None`` unless every attempt had the same questions, at least two, and the
    marks differ: of other quizzes these formulas say nothing.
    """

    attempts: int
    mean: float
    deviation: float
    median: float
    reliability: Reliability | None
    same_for_all: bool
    questions: Sequence[QuestionFigures]

    @property
    def is_small(self) -> bool:
        return self.attempts < SMALL


def analyse(entries: Sequence[Entry]) -> Analysis | None:
    """The figures of a quiz; nothing of no attempts."""
    if not entries:
        return None
    earned, whole = defaultdict[int, int](int), defaultdict[int, int](int)
    by_question = defaultdict[int, list[Entry]](list)
    for entry in entries:
        earned[entry.attempt] += entry.earned
        whole[entry.attempt] += entry.out_of
        by_question[entry.question].append(entry)
    totals = {attempt: _part(earned[attempt], whole[attempt]) for attempt in earned}
    same = all(len(found) == len(totals) for found in by_question.values())
    return Analysis(
        attempts=len(totals),
        mean=fmean(totals.values()),
        deviation=pstdev(totals.values()),
        median=median(totals.values()),
        reliability=_reliability(by_question, earned, totals) if same else None,
        same_for_all=same,
        questions=[
            _figures(question, found, earned, whole, totals)
            for question, found in by_question.items()
        ],
    )


def correlation(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Pearson's; ``None`` where one of the two never varies."""
    mean_x, mean_y = fmean(xs), fmean(ys)
    across = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    of_x = sum((x - mean_x) ** 2 for x in xs)
    of_y = sum((y - mean_y) ** 2 for y in ys)
    if of_x < 1e-12 or of_y < 1e-12:
        return None
    return float(across / sqrt(of_x * of_y))


def extremes(totals: Mapping[int, float]) -> tuple[frozenset[int], frozenset[int]]:
    """The attempts of the best and of the weakest 27 %; of equal ones the earlier comes first.

    Both empty while there are too few for groups to mean anything.
    """
    if len(totals) < FEWEST_GROUPED:
        return frozenset(), frozenset()
    size = max(1, round(GROUP * len(totals)))
    ranked = sorted(totals, key=lambda attempt: (-totals[attempt], attempt))
    return frozenset(ranked[:size]), frozenset(ranked[-size:])


def _figures(
    question: int,
    found: Sequence[Entry],
    earned: Mapping[int, int],
    whole: Mapping[int, int],
    totals: Mapping[int, float],
) -> QuestionFigures:
    parts = {entry.attempt: _part(entry.earned, entry.out_of) for entry in found}
    rests = [
        _part(earned[entry.attempt] - entry.earned, whole[entry.attempt] - entry.out_of)
        for entry in found
    ]
    upper, lower = extremes({attempt: totals[attempt] for attempt in parts})
    times = [entry.seconds for entry in found if entry.seconds is not None]
    return QuestionFigures(
        question=question,
        given=len(found),
        facility=fmean(parts.values()),
        discrimination=correlation(list(parts.values()), rests),
        upper=fmean(parts[attempt] for attempt in upper) if upper else None,
        lower=fmean(parts[attempt] for attempt in lower) if lower else None,
        seconds=median(times) if times else None,
    )


def _reliability(
    by_question: Mapping[int, Sequence[Entry]],
    earned: Mapping[int, int],
    totals: Mapping[int, float],
) -> Reliability | None:
    count = len(by_question)
    varies = pvariance(earned.values())
    if count < 2 or varies == 0:
        return None
    each = sum(pvariance([entry.earned for entry in found]) for found in by_question.values())
    alpha = float(count / (count - 1) * (1 - each / varies))
    entries = [entry for found in by_question.values() for entry in found]
    return Reliability(
        alpha=alpha,
        error=pstdev(totals.values()) * sqrt(1 - alpha) if 0 <= alpha <= 1 else None,
        is_kr20=len({entry.out_of for entry in entries}) == 1
        and all(entry.earned in (0, entry.out_of) for entry in entries),
    )


def _part(of: int, whole: int) -> float:
    return of / whole if whole else 0.0
