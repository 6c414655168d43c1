"""Handing over what somebody sent: only to them and to whoever decides, and kept by nobody."""

import io

from flask import Response, current_app, send_file

from lms.enrollment.models import Paper
from lms.foundation.kernel.errors import N_, NotFound


def deliver(paper: Paper) -> Response:
    """The bytes of a paper, as what they were taken for; no browser keeps them."""
    try:
        with current_app.extensions["cabildo.files"].open(paper.sha256 or "") as stream:
            content = io.BytesIO(stream.read())
    except FileNotFoundError:
        raise NotFound(N_("The file is not there any more. Tell the help desk.")) from None
    response = send_file(
        content, mimetype=paper.media_type, download_name=paper.filename or None, etag=False
    )
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response
