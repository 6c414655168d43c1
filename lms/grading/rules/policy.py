"""By which scale and pass mark a cohort is graded: frozen when it opened."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from lms.foundation.kernel.points import GradeScale, Ratio, scale_of


@dataclass(frozen=True, slots=True)
class Grading:
    """The scale grades are shown on, and what passes."""

    scale: GradeScale
    pass_mark: Ratio


def grading_of(policy: Mapping[str, Any], course_pass_mark: Ratio) -> Grading:
    """The course says what passes it, unless the cohort opened with one mark for all its courses.

    A course that says nothing takes the institution's mark.
    """
    scale = scale_of(policy.get("scale", ""))
    of_cohort: Ratio = policy.get("pass_mark") or 0
    if policy.get("for_all"):
        return Grading(scale, of_cohort)
    return Grading(scale, course_pass_mark or of_cohort)
