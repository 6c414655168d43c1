"""Handing over a document that shows why something was recorded: to staff alone, kept nowhere."""

from typing import IO

from flask import Response, current_app, send_file

from lms.foundation.files.store import Store


def deliver(digest: str, media_type: str, name: str) -> Response:
    """The stored file under the name that its sender gave it."""
    store: Store = current_app.extensions["cabildo.files"]
    source: IO[bytes] = store.open(digest)
    response = send_file(source, mimetype=media_type, download_name=name or "documento")
    response.headers["Cache-Control"] = "private, no-store"
    return response
