"""The bell: huey wakes the worker at once; losing its store loses nothing but haste."""

import logging
from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from huey import Huey

log = logging.getLogger("lms.jobs")


def huey_for(address: str, secret: str) -> "Huey":
    """The bell's store: ``sqlite:/path/jobs.db`` or ``redis://host:6379/0``."""
    # Brings drivers of every store along, 13 MB: only a process that rings or listens pays.
    from huey import RedisHuey, SqliteHuey
    from huey.serializer import SignedSerializer

    serializer = SignedSerializer(secret=secret, salt="cabildo-jobs")
    if address.startswith("sqlite:"):
        path = Path(address.removeprefix("sqlite:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("cabildo", filename=str(path), serializer=serializer, results=False)
    return RedisHuey("cabildo", url=address, serializer=serializer, results=False)


class Bell:
    """Rings for one installation; nothing is opened before it is rung or listened to."""

    def __init__(self, address: str, secret: str, work_due: Callable[[], Any]) -> None:
        self._address = address
        self._secret = secret
        self._work_due = work_due

    def ring(self) -> None:
        """Ask the worker to look; a bell that fails is only logged, the sweep will look."""
        try:
            self._store[1]()
        except Exception:
            log.warning("the bell could not be rung", exc_info=True)

    @property
    def huey(self) -> "Huey":
        """The store, for whoever listens."""
        return self._store[0]

    @cached_property
    def _store(self) -> "tuple[Huey, Callable[[], Any]]":
        """The store and its one task: to look at what is due."""
        huey = huey_for(self._address, self._secret)
        return huey, huey.task(name="wake")(self._work_due)
