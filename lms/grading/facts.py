"""What grading tells the floors above."""

from dataclasses import dataclass

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class CourseCompleted(Fact):
    """A learner has completed a course: recorded when it becomes so, not again while it lasts."""

    enrollment_id: int
    course_version_id: int
