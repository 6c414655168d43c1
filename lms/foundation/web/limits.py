"""How often one may ask: counted in rows, so that all processes count together."""

from datetime import UTC, datetime

from flask import request
from sqlalchemy import select

from lms.foundation.db.upsert import inserting
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, TooMany
from lms.foundation.web.models import Count
from lms.foundation.web.perform import perform
from lms.foundation.web.reading import database, reading


class Limit:
    """At most ``times`` misses of one kind from one place in ``seconds``."""

    def __init__(self, name: str, times: int, seconds: int) -> None:
        self.name = name
        self.times = times
        self.seconds = seconds

    def check(self, *places: str) -> None:
        """Refuse with 429 whoever has used up their misses."""
        now = database().clock()
        statement = select(Count.times, Count.ends_at).where(
            Count.key.in_([self._key(place) for place in places]),
            Count.window == self._window(now),
        )
        for times, ends_at in reading().execute(statement):
            if times >= self.times:
                wait = int((ends_at - now).total_seconds()) + 1
                raise TooMany(
                    N_("Too many tries. Wait %(minutes)s minutes and try again."),
                    retry_after=wait,
                    minutes=max(1, -(-wait // 60)),
                )

    def miss(self, *places: str) -> None:
        """Remember a miss, in a transaction of its own whatever the answer is."""
        perform(self._count, places)

    def _count(self, work: Work, places: tuple[str, ...]) -> None:
        window = self._window(work.now)
        ends_at = datetime.fromtimestamp((window + 1) * self.seconds, UTC)
        # One statement for each place: two first misses at the same moment are two misses.
        for key in sorted({self._key(place) for place in places}):
            first = inserting(work.session, Count).values(
                key=key, window=window, times=1, ends_at=ends_at
            )
            work.session.execute(
                first.on_conflict_do_update(
                    index_elements=[Count.key, Count.window], set_={"times": Count.times + 1}
                )
            )

    def _key(self, place: str) -> str:
        return f"{self.name}:{place}"[:160]

    def _window(self, now: datetime) -> int:
        return int(now.timestamp()) // self.seconds


def client_address() -> str:
    """The address of whoever asks, as the trusted proxies tell it."""
    return request.remote_addr or "unknown"
