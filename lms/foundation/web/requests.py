"""Every request has a number; people are given it with an error, and it stands in the log."""

import logging
import secrets
import time
from collections.abc import Mapping

from flask import Flask, Response, g, has_app_context, has_request_context, request

from lms.foundation.access.identity import Identity
from lms.foundation.web.identity import identity_known

log = logging.getLogger("lms.requests")
# Asked every few seconds by machines; only what is wrong is worth a line.
_PROBES = frozenset({"web.health", "web.ready"})


def install(app: Flask) -> None:
    """Number each request before anything else, and write what became of it after all else.

    Whatever shows its number to somebody is a warning, so that it is found at nearly every level.
    """

    @app.before_request
    def number() -> None:
        g.request_id = secrets.token_hex(6)
        g.request_began = time.perf_counter()

    @app.after_request
    def write_down(response: Response) -> Response:
        level = _level(response.status_code)
        if log.isEnabledFor(level):
            took = round((time.perf_counter() - g.request_began) * 1000)
            fields: dict[str, str | int] = {
                **about(),
                "method": request.method,
                "status": response.status_code,
                "ms": took,
            }
            identity = identity_known()
            if isinstance(identity, Identity):
                fields["person"] = identity.person_uid
            log.log(
                level,
                "%s %s %d in %d ms%s",
                request.method,
                fields["path"],
                response.status_code,
                took,
                f" for {fields['person']}" if "person" in fields else "",
                extra={"about": fields},
            )
        return response


def about() -> Mapping[str, str | int]:
    """What every line written within a request says of it."""
    if not has_app_context() or not has_request_context() or "request_id" not in g:
        return {}
    return {"request": g.request_id, "path": path()}


def path() -> str:
    """The pattern of the address: what stands in it may be a code that opens something."""
    if request.url_rule is not None:
        return request.url_rule.rule
    first, slash, _rest = request.path.removeprefix("/").partition("/")
    shown = "".join(letter if letter.isprintable() else "�" for letter in first[:80])
    return f"/{shown}{slash and '/…'}"


def _level(status: int) -> int:
    if status >= 400:
        return logging.WARNING
    return logging.DEBUG if request.endpoint in _PROBES else logging.INFO
