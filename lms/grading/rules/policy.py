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
    """The scale the cohort was opened with. The course says what passes it; a course that says
    nothing takes the institution's mark."""
    return Grading(
        scale_of(policy.get("scale", "")), course_pass_mark or policy.get("pass_mark") or 0
    )
