"""The site is closed while everything in it is being replaced; then nobody remembers what was."""

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, current_app, jsonify, request

from lms.foundation.web.errors import wants_json

RETRY_SECONDS = 30


class Closing:
    """A file in the data folder: locked while the site is closed, its time new each time.

    A lock ends with its process, so that a site whose restoring was killed is open again. Asking
    costs one look at the file's time.
    """

    def __init__(self, folder: Path, forget: Callable[[], None]) -> None:
        self._path = folder / "closing"
        self._forget = forget
        self._seen = self._time()

    def is_closed(self) -> bool:
        """Whether everything is being replaced now; forgets what was remembered when it was."""
        time = self._time()
        if time == self._seen:
            return False
        if self._is_locked():
            return True
        self._forget()
        self._seen = time
        return False

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Nobody reads or writes meanwhile; whoever closes second waits."""
        descriptor = os.open(self._path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            os.utime(self._path)
            try:
                yield
            finally:
                os.utime(self._path)
        finally:
            os.close(descriptor)

    def _time(self) -> int:
        try:
            return self._path.stat().st_mtime_ns
        except FileNotFoundError:
            return 0

    def _is_locked(self) -> bool:
        descriptor = os.open(self._path, os.O_RDONLY | os.O_CLOEXEC)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        finally:
            os.close(descriptor)
        return False


def install(app: Flask) -> None:
    """While the site is closed every page says so, and asks for nothing to say it."""

    @app.before_request
    def closed() -> Response | None:
        door: Closing = current_app.extensions["cabildo.closing"]
        if not door.is_closed():
            return None
        if wants_json():
            answer = jsonify(said="")
            answer.status_code = 503
        else:
            page = current_app.jinja_env.get_template("foundation/closed.html")
            answer = current_app.make_response((page.render(), 503))
        if request.endpoint == "web.health":
            answer = Response("ok\n", mimetype="text/plain")  # the process lives
        answer.headers["Retry-After"] = str(RETRY_SECONDS)
        answer.headers["Cache-Control"] = "no-store"
        return answer
