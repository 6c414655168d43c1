"""What never changes is read once: a small memory for published things."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Pool
from sqlalchemy.orm import Session

T = TypeVar("T")


class Memory(Generic[T]):
    """The last things read of one immutable kind, by their key, apart for each database.

    Never ask inside the transaction that creates a thing: if it is rolled back, its id may come
    again with other content.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._lock = Lock()
        # By pool: two databases in one process must never answer for each other.
        self._shelves: WeakKeyDictionary[Pool, OrderedDict[Hashable, T]] = WeakKeyDictionary()

    def get(self, reader: Session | Connection, key: Hashable, read: Callable[[], T]) -> T:
        """The thing of this key, read only if it is not remembered."""
        pool = _pool_of(reader)
        with self._lock:
            shelf = self._shelves.setdefault(pool, OrderedDict())
            if key in shelf:
                shelf.move_to_end(key)
                return shelf[key]
        found = read()
        with self._lock:
            shelf[key] = found
            while len(shelf) > self._size:
                shelf.popitem(last=False)
        return found

    def forget(self) -> None:
        """Empty the memory: for whoever empties a database under a running process."""
        with self._lock:
            self._shelves.clear()


def _pool_of(reader: Session | Connection) -> Pool:
    engine = reader.engine if isinstance(reader, Connection) else reader.get_bind().engine
    return engine.pool
