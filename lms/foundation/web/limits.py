"""How often one may ask: counted in rows, so that all processes count together."""

from collections.abc import Sequence
from datetime import UTC, datetime

from flask import request
from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

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
        statement = select(Count.times).where(self._of(now, places))
        if any(times >= self.times for times in reading().scalars(statement)):
            raise self.refusal(now)

    def closed_until(self, session: Session, now: datetime, *places: str) -> datetime | None:
        """Until when one of these places has used up its misses; none when it may try."""
        return session.scalar(
            select(Count.ends_at)
            .where(self._of(now, places), Count.times >= self.times)
            .order_by(Count.ends_at.desc())
            .limit(1)
        )

    def forgive(self, work: Work, *places: str) -> bool:
        """Let these places try again at once; says whether any of them had missed."""
        gone = delete(Count).where(self._of(work.now, places)).returning(Count.key)
        return bool(work.session.execute(gone).all())

    def miss(self, *places: str) -> None:
        """Remember a miss, in a transaction of its own whatever the answer is."""
        perform(_count, [(self, place) for place in places])

    def _of(self, now: datetime, places: Sequence[str]) -> ColumnElement[bool]:
        keys = [self.key(place) for place in places]
        return and_(Count.key.in_(keys), Count.window == self.window(now))

    def key(self, place: str) -> str:
        """What is counted under."""
        return f"{self.name}:{place}"[:160]

    def window(self, now: datetime) -> int:
        """The stretch of time that a moment belongs to."""
        return int(now.timestamp()) // self.seconds

    def ends_at(self, now: datetime) -> datetime:
        """When the stretch that a moment belongs to is over."""
        return datetime.fromtimestamp((self.window(now) + 1) * self.seconds, UTC)

    def refusal(self, now: datetime) -> TooMany:
        """What is said to whoever has no try left."""
        wait = int((self.ends_at(now) - now).total_seconds()) + 1
        return TooMany(
            N_("Too many tries. Wait %(minutes)s minutes and try again."),
            retry_after=wait,
            minutes=max(1, -(-wait // 60)),
        )


Try = tuple[Limit, str]


def take(*tries: Try) -> None:
    """Count a try before it is judged; refuse with 429 whoever has none left.

    Judging a password takes a while. Counted only afterwards, any number of tries at the same
    moment would all be judged. Whoever was right gets it back with `give_back`.
    """
    for limit, place in tries:
        limit.check(place)
    for (limit, _place), times in perform(_count, tries):
        if times > limit.times:
            raise limit.refusal(database().clock())


def give_back(work: Work, *tries: Try) -> None:
    """The try was no miss after all."""
    for limit, place in _in_order(tries):
        work.session.execute(
            update(Count)
            .where(
                Count.key == limit.key(place),
                Count.window == limit.window(work.now),
                Count.times > 0,
            )
            .values(times=Count.times - 1)
        )


def _count(work: Work, tries: Sequence[Try]) -> list[tuple[Try, int]]:
    """One more for each place; says how many it is now."""
    found = []
    # One statement for each: two first misses at the same moment are two misses.
    for limit, place in _in_order(tries):
        first = inserting(work.session, Count).values(
            key=limit.key(place),
            window=limit.window(work.now),
            times=1,
            ends_at=limit.ends_at(work.now),
        )
        counting = first.on_conflict_do_update(
            index_elements=[Count.key, Count.window], set_={"times": Count.times + 1}
        ).returning(Count.times)
        found.append(((limit, place), work.session.scalars(counting).one()))
    return found


def _in_order(tries: Sequence[Try]) -> list[Try]:
    """Always in the same order, so that nobody waits for somebody who waits for them."""
    return sorted(set(tries), key=lambda each: each[0].key(each[1]))


def client_address() -> str:
    """The address of whoever asks, as the trusted proxies tell it."""
    return request.remote_addr or "unknown"
