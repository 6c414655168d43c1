"""The words for how a cohort is entered and where somebody stands in it."""

from enum import StrEnum


class Door(StrEnum):
    """How one gets in."""

    OPEN = "open"
    APPROVAL = "approval"
    KEY = "key"


class EnrollmentState(StrEnum):
    """Where somebody stands in a cohort."""

    APPLIED = "applied"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    ENROLLED = "enrolled"
    WITHDRAWN = "withdrawn"
    TRANSFERRED = "transferred"
    COMPLETED = "completed"
    FAILED = "failed"
    SET_ASIDE = "set_aside"


SEATED = (EnrollmentState.ENROLLED, EnrollmentState.COMPLETED, EnrollmentState.FAILED)
"""Those who hold a seat, whether they are still studying or have finished."""
