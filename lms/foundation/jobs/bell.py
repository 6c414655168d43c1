"""The bell: huey wakes the worker at once; losing its store loses nothing but haste."""

import logging
from collections.abc import Callable
from pathlib import Path
from typing import Any

from huey import Huey, RedisHuey, SqliteHuey
from huey.serializer import SignedSerializer

log = logging.getLogger("lms.jobs")


def huey_for(address: str, secret: str) -> Huey:
    """The bell's store: ``sqlite:/path/jobs.db`` or ``redis://host:6379/0``."""
    serializer = SignedSerializer(secret=secret, salt="cabildo-jobs")
    if address.startswith("sqlite:"):
        path = Path(address.removeprefix("sqlite:"))
        path.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey("cabildo", filename=str(path), serializer=serializer, results=False)
    return RedisHuey("cabildo", url=address, serializer=serializer, results=False)


class BellOf:
    """Rings for one installation."""

    def __init__(self, huey: Huey, work_due: Callable[[], Any]) -> None:
        self.huey = huey
        self._wake = huey.task(name="wake")(work_due)

    def ring(self) -> None:
        """Ask the worker to look; a bell that fails is only logged, the sweep will look."""
        try:
            self._wake()
        except Exception:
            log.warning("the bell could not be rung", exc_info=True)
