"""Handing over a document's bytes, or saying that they are on their way."""

import io
from typing import IO

from flask import Response, current_app, make_response, render_template, request, send_file
from flask.typing import ResponseReturnValue

from lms.certificates.formats import credential, pdf
from lms.certificates.queries.documents import Document
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import NotFound

SOON_SECONDS = 60


def deliver(document: Document, again: str) -> ResponseReturnValue:
    """The sealed PDF, known to browsers by its hash; a page that says to come back until then."""
    if document.sealed_sha256 is None:
        page = render_template("certificates/soon.html", document=document, again=again)
        response = make_response(page, 202)
        response.headers["Retry-After"] = str(SOON_SECONDS)
        return response
    response = _unchanged(document) or _sent(document)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def deliver_credential(document: Document, sha256: str | None) -> ResponseReturnValue:
    """The signed credential as it was made; nothing while it is not."""
    if sha256 is None:
        raise NotFound()
    response = _file(sha256, credential.MEDIA_TYPE, f"constancia-{document.record.number}.jwt")
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _unchanged(document: Document) -> Response | None:
    if request.if_none_match.contains(document.sealed_sha256 or ""):
        response = make_response(b"", 304)
        response.set_etag(document.sealed_sha256 or "")
        return response
    return None


def _sent(document: Document) -> Response:
    name = f"constancia-{document.record.number}.pdf"
    return _file(document.sealed_sha256 or "", pdf.MEDIA_TYPE, name)


def _file(sha256: str, kind: str, name: str) -> Response:
    store: Store = current_app.extensions["cabildo.files"]
    stream: IO[bytes]
    with store.open(sha256) as stream:
        content = io.BytesIO(stream.read())
    return send_file(content, mimetype=kind, download_name=name, conditional=True, etag=sha256)
