"""What enrollment tells the floors above."""

from dataclasses import dataclass
from datetime import datetime

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


@dataclass(frozen=True)
class EnrollmentTransferred(Fact):
    """Somebody goes on in another cohort: what both teach is carried over from one place to the
    other."""

    from_id: int
    to_id: int


@dataclass(frozen=True)
class TransferUndone(Fact):
    """They are where they were before; whoever knows of something done since refuses here."""

    from_id: int
    to_id: int
    moved_at: datetime
