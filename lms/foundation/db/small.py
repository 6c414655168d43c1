"""Group commit: many small writes, one durable commit, each caller waiting for its own."""

import threading
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from lms.foundation.db.turn import Turn

R = TypeVar("R")
LARGEST_GROUP = 64
PATIENCE_SECONDS = 60


class SmallWrites:
    """One writer thread per process that takes all waiting small writes into one transaction.

    Each runs in a savepoint, so one that fails leaves the others alone; all of them are
    acknowledged after the commit and none before. A crash loses only what nobody was told of.
    """

    def __init__(self, engine: Engine, turn: Turn) -> None:
        self._engine = engine
        self._turn = turn
        self._wake = threading.Condition()
        self._waiting: deque[tuple[Callable[[Session], Any], Future[Any]]] = deque()
        self._thread: threading.Thread | None = None
        self._closing = False

    def submit(self, write: Callable[[Session], R]) -> R:
        """Run one write in the next group and return once it is on disk."""
        future: Future[R] = Future()
        with self._wake:
            if self._thread is None or not self._thread.is_alive():
                self._closing = False
                self._thread = threading.Thread(target=self._serve, name="small", daemon=True)
                self._thread.start()
            self._waiting.append((write, future))
            self._wake.notify()
        return future.result(timeout=PATIENCE_SECONDS)

    def close(self) -> None:
        """Finish what is waiting and end the thread."""
        with self._wake:
            thread, self._closing = self._thread, True
            self._wake.notify()
        if thread is not None:
            thread.join()
        self._thread = None

    def _serve(self) -> None:
        while True:
            with self._wake:
                while not self._waiting and not self._closing:
                    self._wake.wait()
                if not self._waiting:
                    return
                group = [
                    self._waiting.popleft() for _ in range(min(LARGEST_GROUP, len(self._waiting)))
                ]
            self._commit(group)

    def _commit(self, group: list[tuple[Callable[[Session], Any], Future[Any]]]) -> None:
        done: list[tuple[Future[Any], Any]] = []
        try:
            with self._turn.held(), self._engine.connect() as connection, connection.begin():
                for write, future in group:
                    try:
                        done.append((future, _in_savepoint(connection, write)))
                    except Exception as error:
                        future.set_exception(error)
        except BaseException as error:
            for _, future in group:
                if not future.done():
                    future.set_exception(error)
            return
        for future, result in done:
            future.set_result(result)


def _in_savepoint(connection: Connection, write: Callable[[Session], R]) -> R:
    with (
        Session(
            connection, join_transaction_mode="create_savepoint", expire_on_commit=False
        ) as session,
        session.begin(),
    ):
        return write(session)
