"""What signing in does to a browser: its cookie, its name, how often it may try."""

from collections.abc import Callable

from flask import Response, current_app, make_response, request, url_for

from lms.foundation.kernel.errors import TooMany
from lms.foundation.web.forms import Form
from lms.foundation.web.identity import SESSION_COOKIE
from lms.foundation.web.perform import say
from lms.people.actions.register import Links
from lms.people.actions.sessions import Browser
from lms.people.rules.devices import device

DAY_SECONDS = 24 * 3600


def browser() -> Browser:
    """The browser of this request, as a session remembers it."""
    return Browser(
        device=device(request.user_agent.string),
        days=current_app.config["SESSION_DAYS"],
        token_before=request.cookies.get(SESSION_COOKIE),
    )


def let_in(response: Response, token: str) -> Response:
    """Give the browser its new token; only the server can read it."""
    response.set_cookie(
        SESSION_COOKIE,
        token,
        max_age=current_app.config["SESSION_DAYS"] * DAY_SECONDS,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


def let_out(response: Response) -> Response:
    """Take the token away."""
    response.delete_cookie(
        SESSION_COOKIE,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


def too_often(form: Form, error: TooMany, page: Callable[[], str]) -> Response:
    """The form again, with what was typed and how long to wait."""
    form.held = say(error)
    response = make_response(page(), error.status)
    response.headers["Retry-After"] = str(error.retry_after)
    return response


def links() -> Links:
    """Where letters about accounts lead."""
    return Links(
        confirm=lambda code: url_for("people.confirm", code=code),
        invitation=lambda code: url_for("people.invitation", code=code),
        sign_in=url_for("people.sign_in"),
        help=url_for("people.help_page"),
    )
