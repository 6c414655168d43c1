"""Where one learner stands with one assignment: what was handed in, what counts, what is left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from lms.assessment.rules.attempts import attempts_left
from lms.assignments.rules.assignment import MOST_VERSIONS, Settings
from lms.assignments.rules.lateness import Penalty, days_late, penalty, taken_until
from lms.catalog.activity import ActivityState, Progress
from lms.foundation.kernel.errors import N_, Refused


@dataclass(frozen=True)
class Standing:
    """The versions of one person's work, seen at one moment. Versions are rows with the moments
    and points of a submission, in the order of their numbers."""

    settings: Settings
    draft: Any | None
    """What is being written and was not handed in."""
    handed: tuple[Any, ...]
    due: datetime
    """The last moment without cost of what is handed in next."""
    until: datetime
    """The last moment at which it is taken at all."""
    now: datetime

    @property
    def last(self) -> Any | None:
        return self.handed[-1] if self.handed else None

    @property
    def is_returned(self) -> bool:
        """Sent back to be corrected, and neither marked nor handed in again since."""
        return self.last is not None and _returned(self.last)

    @property
    def waits(self) -> bool:
        """Whether somebody has to mark the last version."""
        return self.last is not None and waits(self.last, self.now)

    @property
    def counts(self) -> Any | None:
        """The version that counts: the best of those marked, of equal ones the first."""
        marked = [one for one in self.handed if one.points is not None]
        return max(marked, key=lambda one: (one.points, -one.number)) if marked else None

    @property
    def passed(self) -> bool:
        return self.counts is not None and bool(self.counts.passed)

    @property
    def left(self) -> int | None:
        """How often it may still be handed in; what was sent back takes none away."""
        returned = sum(_returned(one) for one in self.handed)
        if len(self.handed) >= MOST_VERSIONS:
            return 0
        return attempts_left(
            None if self.settings.attempts is None else self.settings.attempts + returned,
            len(self.handed),
        )

    @property
    def is_late(self) -> bool:
        """Whether handing in now would cost something, or be too late."""
        return self.now > self.due

    @property
    def cost(self) -> Penalty:
        """What lateness costs of a version that is handed in now."""
        return penalty(self.days, self.settings.late, self.settings.out_of)

    @property
    def days(self) -> int:
        """The days late of a version that is handed in now: a corrected one keeps those of what
        was sent back."""
        before = self.last.days_late if self.is_returned and self.last is not None else 0
        return max(before, days_late(self.now, self.due, self.settings.late))

    @property
    def is_open(self) -> bool:
        return self.now <= self.until and self.left != 0


def _returned(version: Any) -> bool:
    return version.returned_at is not None and version.points is None


def waits(version: Any, now: datetime) -> bool:
    """Whether a last version is to be marked: it was handed in, and nobody has marked it or sent it
    back; or the day until which it should be corrected has passed."""
    if version.points is not None or version.handed_in_at is None:
        return False
    return version.returned_at is None or (
        version.correct_by_at is not None and now > version.correct_by_at
    )


def standing(
    settings: Settings, versions: Sequence[Any], due: datetime, ends: datetime, now: datetime
) -> Standing:
    """What the versions amount to now. ``due`` is the last day of the assignment for this person,
    ``ends`` that of the cohort; what is sent back has a day of its own."""
    handed = tuple(one for one in versions if one.handed_in_at is not None)
    draft = next((one for one in versions if one.handed_in_at is None), None)
    if handed and _returned(handed[-1]) and handed[-1].correct_by_at is not None:
        due = max(due, min(handed[-1].correct_by_at, ends))
    return Standing(settings, draft, handed, due, taken_until(due, ends, settings.late), now)


def refuse_now(found: Standing) -> None:
    """A work is handed in, and written, while it is taken and as often as it may be."""
    if found.left == 0:
        raise Refused(N_("You have handed it in as often as it may be."))
    if found.now > found.until:
        raise Refused(N_("It is not taken any more: the last day has passed."))


def state_of(found: Standing) -> ActivityState | None:
    """The assignment as the course sees it: done once a version that counts passes; nobody has
    failed while a version is to be marked or corrected. None: not begun."""
    counts, last = found.counts, found.last
    if last is None:
        if found.draft is None or not found.is_open:
            return None
        return ActivityState(
            Progress.STARTED, may_retry=True, at=found.draft.begun_at, left=found.left
        )
    if found.passed:
        progress = Progress.DONE
    elif found.waits:
        progress = Progress.WAITING
    elif found.is_returned or (found.draft is not None and found.is_open):
        progress = Progress.STARTED
    else:
        progress = Progress.FAILED
    return ActivityState(
        progress,
        points=counts.points if counts is not None else None,
        out_of=counts.out_of if counts is not None else None,
        may_retry=found.left != 0,
        at=last.handed_in_at,
        left=found.left,
        until=found.due if found.is_returned else None,
    )
