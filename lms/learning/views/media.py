"""/medios/<hash>/<name>: a course's files, kept for ever by whoever has them."""

import re
from typing import IO

from flask import Response, current_app, request
from flask.typing import ResponseReturnValue
from werkzeug.wsgi import wrap_file

from lms.foundation.files.store import PIECE, RANGE, Store
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.guard import public
from lms.foundation.web.reading import reading_connection
from lms.learning.queries.media import MediaFile, media_file

FOR_EVER = f"public, max-age={365 * 24 * 3600}, immutable"
LARGEST_WHOLE = 256 * 1024
SHOWN = ("image/", "audio/", "application/pdf")
# A drawing opened by itself: no scripts, nothing from elsewhere, apart from everything of ours.
DRAWING_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; sandbox"

_DIGEST = re.compile(r"[0-9a-f]{64}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,150}")


@public("a published course's file, for whoever was given its unguessable address")
def send(digest: str, name: str) -> ResponseReturnValue:
    """The file by its hash; the name is only what it will be called when it is saved."""
    if not _DIGEST.fullmatch(digest):
        raise NotFound()
    return deliver(digest, name, media_file(reading_connection(), digest), FOR_EVER)


def deliver(digest: str, name: str, file: MediaFile, kept: str) -> Response:
    """A course's file, whole or by the ranges asked for; ``kept`` says who may keep it how long.

    Raises NotFound for a name that no file of ours has, and for one that is not in the store.
    """
    if not _NAME.fullmatch(name):
        raise NotFound()
    if request.if_none_match.contains(digest):
        return _headed(Response(status=304), digest, name, file, kept)
    try:
        source = _store().open(digest)
    except FileNotFoundError:
        raise NotFound() from None
    return _headed(_body(source, digest, file), digest, name, file, kept)


def _body(source: IO[bytes], digest: str, file: MediaFile) -> Response:
    """Small texts whole, so that they leave compressed; the rest in pieces or by ranges."""
    whole = file.size <= LARGEST_WHOLE and not file.media_type.startswith("audio/")
    if whole and "Range" not in request.headers:
        with source:
            return Response(source.read(), mimetype=file.media_type)
    response = Response(
        wrap_file(request.environ, source, PIECE),
        mimetype=file.media_type,
        direct_passthrough=True,
    )
    response.content_length = file.size
    response.set_etag(digest)
    _bound_range(file.size)
    return response.make_conditional(  # type: ignore[return-value]
        request.environ, accept_ranges=True, complete_length=file.size
    )


def _bound_range(size: int) -> None:
    """An open-ended range is answered a piece at a time: a player asks for the rest when it
    needs it, and a lost signal loses little."""
    asked = request.range
    if asked is None or asked.units != "bytes" or len(asked.ranges) != 1:
        return
    first, end = asked.ranges[0]
    if end is None and first is not None and 0 <= first < size:
        request.environ["HTTP_RANGE"] = f"bytes={first}-{min(first + RANGE, size) - 1}"


def _headed(response: Response, digest: str, name: str, file: MediaFile, kept: str) -> Response:
    response.set_etag(digest)
    response.headers["Cache-Control"] = kept
    response.headers["X-Content-Type-Options"] = "nosniff"
    how = "inline" if file.media_type.startswith(SHOWN) else "attachment"
    response.headers["Content-Disposition"] = f'{how}; filename="{name}"'
    if file.media_type == "image/svg+xml":
        response.headers["Content-Security-Policy"] = DRAWING_POLICY
    return response


def _store() -> Store:
    found: Store = current_app.extensions["cabildo.files"]
    return found
