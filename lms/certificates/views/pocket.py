"""What a telephone keeps to verify documents without a network: the keys, the list of states."""

import json

from flask import Response

from lms.certificates.queries import acts, register
from lms.certificates.rules.status import Status
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.pairs import jwk
from lms.foundation.keys.queries import published
from lms.foundation.locale.formats import clock_time, day
from lms.foundation.web.assets import read_asset
from lms.foundation.web.guard import public
from lms.foundation.web.reading import database, reading_connection

ENDED = (Status.SUPERSEDED, Status.ANNULLED, Status.REVOKED)


@public("who verifies without a network keeps the keys and the list of states; nobody is named")
def book() -> Response:
    """Keys by name, and the places of the register whose documents do not hold any more."""
    reader = reading_connection()
    keys = published(reader, Purpose.CREDENTIAL)
    size = register.size(reader)
    held = acts.not_valid(reader, 0, size)
    now = database().clock()
    told = {
        "at": now.isoformat(timespec="seconds"),
        # With the year: it may be read much later.
        "shown": f"{day(now, 'short')}, {clock_time(now)}",
        "size": size,
        "keys": {each.kid: jwk(each.public)["x"] for each in keys if each.leaked_at is None},
        "leaked": [each.kid for each in keys if each.leaked_at],
        "ended": {
            status.value: [place for place, was in held if was == status] for status in ENDED
        },
    }
    response = Response(json.dumps(told, ensure_ascii=False), content_type="application/json")
    response.headers["X-Robots-Tag"] = "noindex"
    return response


@public("the script that keeps the page which verifies, so that it opens without a network")
def worker() -> Response:
    response = Response(read_asset("pocketworker"), content_type="text/javascript; charset=utf-8")
    # It lies below the page that it answers for.
    response.headers["Service-Worker-Allowed"] = "/verificar"
    return response
