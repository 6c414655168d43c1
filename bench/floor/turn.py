"""One writer at a time, in the order of arrival.

SQLite's own waiting sleeps and retries; it would give the floor a tail that it need not have.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

PATH = os.environ.get("FLOOR_DB", "floor.db")
_here = threading.Lock()
_file = os.open(f"{PATH}.lock", os.O_CREAT | os.O_RDWR, 0o600)


@contextmanager
def turn() -> Iterator[None]:
    with _here:
        fcntl.flock(_file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(_file, fcntl.LOCK_UN)
