"""Handing over a file of a work: only to its person and to whoever marks it."""

import io

from flask import Response, send_file

from lms.assessment.queries.attempts import Found
from lms.assignments.views.work import store
from lms.foundation.kernel.errors import N_, NotFound


def deliver(file: Found) -> Response:
    """The bytes of a file, as what they were taken for; no browser keeps them."""
    try:
        with store().open(file.sha256) as stream:
            content = io.BytesIO(stream.read())
    except FileNotFoundError:
        raise NotFound(N_("The file is not there any more. Tell the help desk.")) from None
    response = send_file(
        content,
        mimetype=file.media_type,
        download_name=file.filename,
        as_attachment=not file.media_type.startswith(("image/", "application/pdf")),
        etag=False,
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
