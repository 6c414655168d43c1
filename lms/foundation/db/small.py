"""Group commit: many small writes, one durable commit, each caller waiting for its own."""

import threading
from collections import deque
from collections.abc import Callable
from typing import Any, TypeVar, cast

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from lms.foundation.db.turn import Turn

R = TypeVar("R")
LARGEST_GROUP = 64


class Waiting:
    """A small write and who waits for it: until it is on disk, or until it is theirs to lead."""

    def __init__(self, write: Callable[[Session], Any]) -> None:
        self.write = write
        self.result: Any = None
        self.error: BaseException | None = None
        self.is_over = False
        self._bell = threading.Lock()
        self._bell.acquire()

    def wait(self) -> None:
        self._bell.acquire()

    def wake(self) -> None:
        self._bell.release()


class SmallWrites:
    """Whoever comes while nobody writes, writes: for themselves and all who came meanwhile.

    Each write of a group runs in a savepoint, so one that fails leaves the others alone; all of
    them are acknowledged after the commit and none before. A crash loses only what nobody was
    told of. No thread of its own: a write that is alone pays for no hand-over.
    """

    def __init__(self, engine: Engine, turn: Turn) -> None:
        self._engine = engine
        self._turn = turn
        self._guard = threading.Lock()
        self._waiting: deque[Waiting] = deque()
        self._is_led = False

    def submit(self, write: Callable[[Session], R]) -> R:
        """Run one write in the next group and return once it is on disk."""
        mine = Waiting(write)
        with self._guard:
            self._waiting.append(mine)
            follows, self._is_led = self._is_led, True
        if follows:
            mine.wait()
        if not mine.is_over:
            self._lead(mine)
        if mine.error is not None:
            raise mine.error
        return cast(R, mine.result)

    def _lead(self, mine: Waiting) -> None:
        """Write for all who wait, oneself first of them; the first who came too late leads next."""
        group: list[Waiting] = []
        try:
            with self._turn.held():
                group = self._taken()
                self._commit(group)
        except BaseException as error:
            group = group or self._taken()
            for one in group:
                one.error = one.error or error
        for one in group:
            one.is_over = True
        with self._guard:
            following = self._waiting[0] if self._waiting else None
            self._is_led = following is not None
        for one in group:
            if one is not mine:
                one.wake()
        if following is not None:
            following.wake()

    def _taken(self) -> list[Waiting]:
        """The next group: whoever leads it is its first, for the queue is in order of arrival."""
        with self._guard:
            many = min(LARGEST_GROUP, len(self._waiting))
            return [self._waiting.popleft() for _ in range(many)]

    def _commit(self, group: list[Waiting]) -> None:
        with self._engine.connect() as connection, connection.begin():
            if len(group) == 1:
                group[0].result = _written(connection, group[0].write)
                return
            for one in group:
                try:
                    one.result = _in_savepoint(connection, one.write)
                except Exception as error:
                    one.error = error


def _written(connection: Connection, write: Callable[[Session], R]) -> R:
    with Session(
        connection, join_transaction_mode="rollback_only", expire_on_commit=False
    ) as session:
        result = write(session)
        session.flush()
    return result


def _in_savepoint(connection: Connection, write: Callable[[Session], R]) -> R:
    # Said to the driver: SQLAlchemy's own savepoint is compiled anew each time.
    connection.exec_driver_sql("SAVEPOINT one")
    try:
        result = _written(connection, write)
    except BaseException:
        connection.exec_driver_sql("ROLLBACK TO one")
        raise
    finally:
        connection.exec_driver_sql("RELEASE one")
    return result
