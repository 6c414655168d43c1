"""Slow phones must not hold up fast ones: bodies are taken in first, then a place to work.

With a few blocking threads two slow uploads froze the whole site until they ended; here many
threads receive, and only a few at a time work.
"""

import tempfile
import threading
from collections.abc import Callable, Iterable
from typing import Any

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
IN_MEMORY = 256 * 1024
PIECE = 64 * 1024
_TOO_LARGE = "cabildo.too_large"


class SpoolBodies:
    """Receive the whole request before it takes one of the few places to work."""

    def __init__(self, app: Application, *, places: int, largest: int) -> None:
        self._app = app
        self._places = threading.Semaphore(places)
        self._largest = largest

    def __call__(self, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
        length = _length(environ)
        body = None
        if length > self._largest:
            # Told before it is received: the phone is spared sending 300 MB for nothing.
            environ[_TOO_LARGE] = True
            environ["CONTENT_LENGTH"] = "0"
            environ["wsgi.input"] = body = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115
        elif length:
            body = _spooled(environ["wsgi.input"], length)
            environ["wsgi.input"] = body
        try:
            with self._places:
                return self._app(environ, start)
        finally:
            if body is not None:
                body.close()


def too_large(environ: dict[str, Any]) -> bool:
    """Whether the body of this request was refused for its size."""
    return bool(environ.get(_TOO_LARGE))


def _length(environ: dict[str, Any]) -> int:
    text = environ.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isdigit() else 0


def _spooled(source: Any, length: int) -> Any:
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 (closed by the caller)
    left = length
    while left > 0:
        piece = source.read(min(PIECE, left))
        if not piece:
            break
        target.write(piece)
        left -= len(piece)
    target.seek(0)
    return target
