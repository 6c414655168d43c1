"""Forms are ours: a token bound to the session of the browser, without a time limit.

A cached page keeps working for as long as its session does, and a fresh token is always to be had
from an address that is never cached. The token is masked anew on every page, so that compression
gives nothing away about it (BREACH). It also tells of one person whether the page was theirs:
what was on its way when a session ended is shown to nobody else.
"""

import hmac
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from hashlib import sha256

from flask import Flask, Response, current_app, g, request

from lms.foundation.kernel.errors import N_, DomainError
from lms.foundation.web.identity import known_uid, session_token

VISIT_COOKIE = "cabildo_visit"
FIELD = "csrf_token"
HEADER = "X-CSRFToken"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
_VISIT_SECONDS = 90 * 24 * 3600
_LENGTH = 32
_WHOSE = 6


class ForeignForm(DomainError):
    """The form was not made for this browser session; nothing was done."""

    status = 400


def csrf_token() -> str:
    """The token that this page's forms carry."""
    mask = secrets.token_bytes(_LENGTH)
    masked = bytes(a ^ b for a, b in zip(mask, _expected(), strict=True))
    return urlsafe_b64encode(mask + masked + _whose(mask, known_uid())).decode().rstrip("=")


def is_genuine(token: str) -> bool:
    """Whether a token was made for this browser session."""
    raw = _raw(token)
    plain = bytes(a ^ b for a, b in zip(raw[:_LENGTH], raw[_LENGTH : 2 * _LENGTH], strict=False))
    return len(raw) == 2 * _LENGTH + _WHOSE and hmac.compare_digest(plain, _expected())


def is_for(token: str, person_uid: str) -> bool:
    """Whether what came with a token may be shown to a person: it is of a page of theirs, or of one
    that was nobody's."""
    raw = _raw(token)
    return any(
        hmac.compare_digest(raw[2 * _LENGTH :], _whose(raw[:_LENGTH], uid))
        for uid in (person_uid, "")
    )


def install(app: Flask) -> None:
    """Check every writing request, and remember the visit of whoever was given a form."""

    @app.before_request
    def check() -> None:
        if request.method in _SAFE or request.endpoint is None:
            return
        token = request.headers.get(HEADER) or request.form.get(FIELD, "")
        foreign = request.headers.get("Sec-Fetch-Site") == "cross-site"
        if foreign or not is_genuine(token):
            raise ForeignForm(
                N_("This page had been open since before you signed in or out. Send it again.")
            )

    @app.after_request
    def remember(response: Response) -> Response:
        if "cabildo_visit" in g and VISIT_COOKIE not in request.cookies:
            response.set_cookie(
                VISIT_COOKIE,
                g.cabildo_visit,
                max_age=_VISIT_SECONDS,
                httponly=True,
                secure=current_app.config["SESSION_COOKIE_SECURE"],
                samesite="Lax",
            )
        return response


def _raw(token: str) -> bytes:
    try:
        return urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except ValueError:
        return b""


def _whose(mask: bytes, person_uid: str) -> bytes:
    """A mark that only says whether a page was this person's; it differs from page to page."""
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"whose:" + mask + person_uid.encode(), sha256).digest()[:_WHOSE]


def _expected() -> bytes:
    secret = str(current_app.secret_key).encode()
    return hmac.new(secret, b"csrf:" + _binding().encode(), sha256).digest()


def _binding() -> str:
    token = session_token()
    if token:
        return "session:" + token
    visit = request.cookies.get(VISIT_COOKIE) or g.get("cabildo_visit")
    if not visit:
        visit = g.cabildo_visit = secrets.token_urlsafe(24)
    return "visit:" + str(visit)
