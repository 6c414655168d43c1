"""What was read of files before, so that a course of sixty items is not read anew for one edit."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 1_000

Known = tuple[str, str]
"""A file by its path and the hash of what it says: as long as both are the same, so is the rest."""


class Memory:
    """Files as they were read, the least lately asked for forgotten first.

    Losing it costs time and nothing else. What it gives is shared by many readers: nobody may
    change it.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._kept: OrderedDict[Known, Any] = OrderedDict()
        self._lock = Lock()

    def of(self, known: Known, read: Callable[[], T]) -> T:
        """What stands in a file, read only if it was not read before."""
        with self._lock:
            if known in self._kept:
                self._kept.move_to_end(known)
                found: T = self._kept[known]
                return found
        found = read()
        if known[1] and self._most:
            with self._lock:
                self._kept[known] = found
                while len(self._kept) > self._most:
                    self._kept.popitem(last=False)
        return found
