"""When a role may be given and ended: days in order, no longer than one's own, never the last."""

from collections.abc import Iterable
from datetime import datetime

from lms.foundation.kernel.errors import N_, Refused


def check_days(starts_at: datetime, ends_at: datetime | None, now: datetime) -> None:
    """A role ends after it begins, and not in the past."""
    if ends_at is not None and ends_at <= starts_at:
        raise Refused(N_("The role would end before it begins."))
    if ends_at is not None and ends_at <= now:
        raise Refused(N_("The role would be over already: choose a later day."))


def check_own_end(ends_at: datetime | None, own: Iterable[datetime | None]) -> None:
    """Nobody gives for longer than they hold themselves what lets them give it."""
    ends = list(own)
    if any(end is None for end in ends):
        return
    last = max(end for end in ends if end is not None)
    if ends_at is None or ends_at > last:
        raise Refused(
            N_("Your own role ends before that: choose a day up to %(day)s."),
            day=last.date().isoformat(),
        )


def check_not_last(remaining: Iterable[datetime | None]) -> None:
    """Somebody administers always: what remains must be without an end."""
    if not any(end is None for end in remaining):
        raise Refused(
            N_(
                "Nobody would be left to administer this place. First give that role, without a"
                " last day, to somebody else."
            )
        )
