"""What the floors above hear of people."""

from dataclasses import dataclass

from lms.foundation.kernel.facts import Fact


@dataclass(frozen=True)
class PersonRenamed(Fact):
    """Somebody's name is written otherwise now; lists that keep a copy of it are mended."""

    person_id: int
