"""Where one learner stands with one quiz: what was tried, what counts, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.assessment.rules.attempts import (
    Result,
    State,
    Times,
    attempts_left,
    counting,
    shows_right_answers,
    state,
)
from lms.assessment.rules.quiz import Settings


@dataclass(frozen=True)
class Standing:
    """The attempts of one person at one quiz, seen at one moment."""

    settings: Settings
    states: tuple[State, ...]
    counts: Result | None
    """What the marked attempts amount to; None while none is marked."""

    @property
    def used(self) -> int:
        return len(self.states)

    @property
    def left(self) -> int | None:
        return attempts_left(self.settings.attempts, self.used)

    @property
    def is_open(self) -> bool:
        return State.OPEN in self.states

    @property
    def passed(self) -> bool:
        counts = self.counts
        return counts is not None and self.settings.passed(counts.points, counts.out_of)

    @property
    def shows_right_answers(self) -> bool:
        return not self.is_open and shows_right_answers(self.settings.attempts, self.used)


def times(attempt: Any) -> Times:
    """The moments of an attempt that decide its state."""
    return Times(attempt.started_at, attempt.deadline, attempt.handed_in_at)


def standing(source: Mapping[str, Any], attempts: Sequence[Any], now: datetime) -> Standing:
    """What the attempts amount to now; an attempt counts once it is marked."""
    settings = Settings.of(source)
    marked = [
        Result(one.number, one.points, one.out_of) for one in attempts if one.points is not None
    ]
    return Standing(
        settings=settings,
        states=tuple(state(times(attempt), now) for attempt in attempts),
        counts=counting(marked, settings.counts),
    )
