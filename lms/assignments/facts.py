"""What assignments tell the floors above."""

from dataclasses import dataclass

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class WorkHandedIn(Fact):
    """A work was handed in, and a person has to mark it: its mark is not known yet."""

    enrollment_id: int


@dataclass(frozen=True)
class WorkJudged(Fact):
    """A work was marked or sent back. What counts is for the kind's ``state`` to say."""

    enrollment_id: int
