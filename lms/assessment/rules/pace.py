"""How long each question took, as far as the moments of the answers tell."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Arrived(Protocol):
    """A question of an attempt and when the answer that counts arrived."""

    @property
    def attempt(self) -> int: ...
    @property
    def started_at(self) -> datetime: ...
    @property
    def received_at(self) -> datetime | None: ...


def seconds_each(arrived: Sequence[Arrived]) -> list[float | None]:
    """The seconds from the answer before it in time, or from the beginning, in the same order.

    ``None`` for what was not answered. Whoever goes back to a question takes as long as it took
    until the last change.
    """
    by_attempt = defaultdict[int, list[int]](list)
    for place, one in enumerate(arrived):
        if one.received_at is not None:
            by_attempt[one.attempt].append(place)
    found: list[float | None] = [None] * len(arrived)
    for places in by_attempt.values():
        before = arrived[places[0]].started_at
        for place in sorted(places, key=lambda at: (arrived[at].received_at, at)):
            moment = arrived[place].received_at or before
            found[place] = (moment - before).total_seconds()
            before = moment
    return found
