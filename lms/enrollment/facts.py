"""What enrollment tells the floors above."""

from dataclasses import dataclass

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class EnrollmentAdmitted(Fact):
    """Somebody has a seat: by an open door, with a key, or admitted by the registrar."""

    enrollment_id: int


@dataclass(frozen=True)
class AllowanceChanged(Fact):
    """Somebody is allowed more than before, or less: what rests on it is worked out anew."""

    enrollment_id: int


@dataclass(frozen=True)
class EnrollmentReturned(Fact):
    """Somebody who had left is back: what they had done counts again, and whatever came since."""

    enrollment_id: int
