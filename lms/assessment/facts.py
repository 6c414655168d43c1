"""What assessment tells the floors above."""

from dataclasses import dataclass
from uuid import UUID

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class AttemptGraded(Fact):
    """An attempt has its marks. Which attempt counts is for the quiz kind's ``state`` to say."""

    enrollment_id: int
    course_id: int
    activity_id: int
    activity_key: str
    attempt_uid: UUID
    points: int
    out_of: int
    passed: bool
    by_staff: bool = False
    """Somebody marked it by hand: it is no entry of the learner's."""


@dataclass(frozen=True)
class AttemptWaits(Fact):
    """An attempt was handed in, and a person has to mark part of it: its mark is not known yet."""

    enrollment_id: int


@dataclass(frozen=True)
class AttemptReopened(Fact):
    """An attempt that had ended goes on: what it earned is not known any more."""

    enrollment_id: int


@dataclass(frozen=True)
class MarkGiven(Fact):
    """A person gave or changed a mark in a course of a cohort; who closed its act may forbid it."""

    cohort_id: int
    course_key: str
