"""What coming late costs, worked out so that anybody can do the sum again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from lms.assignments.rules.assignment import Late
from lms.foundation.kernel.points import SCALE, Points, Ratio

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Penalty:
    """A sum as it is shown: so many days at so much each, of all points, never more than a most."""

    days: int
    per_day: Ratio
    most: Ratio
    out_of: Points

    @property
    def ratio(self) -> Ratio:
        """What part of all the points is taken off."""
        return min(self.days * self.per_day, self.most)

    @property
    def points(self) -> Points:
        """The points taken off, half a millionth up."""
        return (2 * self.out_of * self.ratio + SCALE) // (2 * SCALE)

    @property
    def is_capped(self) -> bool:
        return self.days * self.per_day > self.most


def days_late(handed_in: datetime, due: datetime, late: Late | None) -> int:
    """The begun days after the last moment; within the hours of grace there are none."""
    if late is None or handed_in <= due + late.grace:
        return 0
    return -((due - handed_in) // DAY)


def penalty(days: int, late: Late | None, out_of: Points) -> Penalty:
    """What so many days late cost of all the points."""
    if late is None:
        return Penalty(0, 0, 0, out_of)
    return Penalty(days, late.per_day, late.most, out_of)


def after(earned: Points, taken: Penalty) -> Points:
    """What is left of what was earned; never less than nothing."""
    return max(0, earned - taken.points)


def taken_until(due: datetime, ends: datetime, late: Late | None) -> datetime:
    """The last moment at which a work is taken: late works too, but never after the cohort."""
    if late is None:
        return due
    return max(due, min(due + max(late.last, late.grace), ends))
