"""Where one learner stands with one quiz: what was tried, what counts, what is left."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from lms.assessment.rules.attempts import (
    Result,
    State,
    Times,
    again_at,
    attempts_left,
    counting,
    over_since,
    state,
)
from lms.assessment.rules.review import Moment, Shown, moment_of, shown
from lms.assessment.rules.sitting import Counts, Settings


@dataclass(frozen=True)
class Standing:
    """The attempts of one person at one quiz, seen at one moment."""

    settings: Settings
    states: tuple[State, ...]
    counts: Result | None
    """What the marked attempts amount to; None while none is marked."""
    waits: bool = False
    """Whether an attempt that was handed in is still to be marked by a person."""
    ended_at: datetime | None = None
    """When the last attempt ended; None while it runs, or while there is none."""

    @property
    def again_at(self) -> datetime | None:
        """From when another attempt may be begun, where one has to wait."""
        return again_at(self.settings, self.ended_at)

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

    def shown(self, ended: datetime, closes: datetime, now: datetime) -> Shown:
        """What is shown now of an attempt that ended then, of a quiz that ``closes`` then to the
        last of those who may sit it."""
        moment = moment_of(ended, closes, now)
        return shown(
            self.settings.review,
            moment,
            spent=self.settings.is_practice or moment is Moment.CLOSED,
            running=self.is_open,
        )


def times(attempt: Any) -> Times:
    """The moments of an attempt that decide its state."""
    grace = timedelta(seconds=attempt.grace)
    return Times(attempt.started_at, attempt.deadline, attempt.handed_in_at, grace)


def _first_waits(settings: Settings, unmarked: Sequence[Any]) -> bool:
    return settings.counts is Counts.FIRST and any(one.number == 1 for one in unmarked)


def standing(source: Mapping[str, Any], attempts: Sequence[Any], now: datetime) -> Standing:
    """What the attempts amount to now; an attempt counts once it is marked."""
    settings = Settings.of(source)
    unmarked = [one for one in attempts if one.handed_in_at is not None and one.points is None]
    marked = [
        Result(one.number, one.points, one.out_of) for one in attempts if one.points is not None
    ]
    return Standing(
        settings=settings,
        states=tuple(state(times(attempt), now) for attempt in attempts),
        # Where the first one counts and waits, what came after it counts no more than before.
        counts=None if _first_waits(settings, unmarked) else counting(marked, settings.counts),
        waits=bool(unmarked),
        ended_at=over_since(times(attempts[-1]), now) if attempts else None,
    )
