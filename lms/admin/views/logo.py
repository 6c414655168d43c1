"""/logo/<digest>.png: an institution's logo, which every page may show."""

import io

from flask import Response, current_app, send_file

from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.guard import public
from lms.foundation.web.reading import reading
from lms.people.queries.institution import shows

YEAR_SECONDS = 365 * 24 * 3600


@public("a logo is there to be seen by everybody")
def show(digest: str) -> Response:
    """The picture itself, kept by browsers for ever: other bytes have another address."""
    if not shows(reading(), digest):
        raise NotFound()
    with current_app.extensions["cabildo.files"].open(digest) as stream:
        content = io.BytesIO(stream.read())
    response = send_file(content, mimetype="image/png", etag=digest)
    response.headers["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    return response
