"""What learning tells the floors above."""

from dataclasses import dataclass

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class LessonSeen(Fact):
    """A learner has marked something as seen."""

    enrollment_id: int
    activity_id: int


@dataclass(frozen=True)
class LessonUnseen(Fact):
    """A learner takes that back; whoever has built on it refuses here."""

    enrollment_id: int
    activity_id: int
