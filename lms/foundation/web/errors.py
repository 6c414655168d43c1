"""Error pages in the reader's language that keep what was typed."""

import logging
from typing import Any

from flask import (
    Flask,
    Response,
    current_app,
    g,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import DBAPIError
from werkzeug.exceptions import BadRequest, HTTPException, RequestEntityTooLarge

from lms.foundation.kernel.errors import N_, DomainError, TooMany, Unavailable
from lms.foundation.locale.words import gettext as _
from lms.foundation.web import typed
from lms.foundation.web.bodies import too_large
from lms.foundation.web.csrf import FIELD, ForeignForm, is_for
from lms.foundation.web.guard import SignInNeeded
from lms.foundation.web.perform import say

log = logging.getLogger("lms.web")
LARGEST_KEPT = typed.LONGEST

_HEADINGS = {
    400: N_("We could not use what was sent"),
    403: N_("You do not have permission for this"),
    404: N_("We could not find that page"),
    405: N_("That cannot be done from here"),
    409: N_("That is not possible now"),
    413: N_("The file is too large"),
    422: N_("Something needs to be corrected"),
    429: N_("Too many tries"),
    500: N_("Something failed on our side"),
    503: N_("We are not available right now"),
}
_SENTENCES = {
    400: N_("Go back, check the form and send it again."),
    404: N_(
        "Check that the address is complete. Or look for it among the courses, or from the start."
    ),
    405: N_("Go back and use the buttons of the page."),
    413: N_("Choose a smaller file. The largest this site takes is %(megabytes)s MB."),
    500: N_("What had been saved is safe. Try again; if it fails again, tell the help desk."),
    503: N_("Nothing you saved was lost. Try again in a minute."),
}


def install(app: Flask) -> None:
    """Every failure becomes a page (or JSON for the page's own scripts) that says what to do."""

    @app.before_request
    def refuse_large() -> None:
        if too_large(request.environ):
            raise RequestEntityTooLarge()
        if _has_nul():
            raise BadRequest()

    @app.errorhandler(SignInNeeded)
    def sign_in(error: SignInNeeded) -> ResponseReturnValue:
        if wants_json():
            return jsonify(said=say(error)), 401
        if request.method in {"GET", "HEAD"}:
            return redirect(url_for("people.sign_in", next=request.full_path.rstrip("?")))
        return render_template("foundation/session_ended.html", resume=kept_request()), 401

    @app.errorhandler(ForeignForm)
    def foreign(error: ForeignForm) -> ResponseReturnValue:
        if wants_json():
            return jsonify(said=say(error)), 400
        if request.headers.get("Sec-Fetch-Site") == "cross-site":
            return _page(400)
        return render_template(
            "foundation/send_again.html", **typed_fields(), sentence=say(error)
        ), 400

    @app.errorhandler(DomainError)
    def domain(error: DomainError) -> ResponseReturnValue:
        answer = _page(error.status, None if _says_nothing_more(error) else say(error))
        if isinstance(error, TooMany):
            answer.headers["Retry-After"] = str(error.retry_after)
        return answer

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> ResponseReturnValue:
        if error.code is None or error.code < 400:
            return error
        return _page(error.code)

    @app.errorhandler(DBAPIError)
    @app.errorhandler(OSError)
    def outside(error: Exception) -> ResponseReturnValue:
        log.exception("the world outside failed", exc_info=error)
        return _page(Unavailable.status)

    @app.errorhandler(Exception)
    def ours(error: Exception) -> ResponseReturnValue:
        if current_app.testing or current_app.config["PROPAGATE_EXCEPTIONS"]:
            raise error
        log.exception("failed on our side", exc_info=error)
        return _page(500)


def _says_nothing_more(error: DomainError) -> bool:
    """Whether its sentence is the heading once more: what to do next says more."""
    return error.message.rstrip(".") == _HEADINGS.get(error.status)


def _has_nul() -> bool:
    """The one character that no database keeps in a text; nobody types it."""
    if "\x00" in request.path or b"%00" in request.query_string:
        return True
    if request.is_json:
        return b"\\u0000" in request.get_data(cache=True)
    return any("\x00" in text for text in request.form.values())


def wants_json() -> bool:
    """Whether a script of the page asks rather than a person."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def kept_request() -> str:
    """The form that was sent when its session had ended, to be sent again after signing in."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != FIELD]
    if sum(len(name) + len(value) for name, value in fields) > LARGEST_KEPT:
        fields = []
    kept = {"to": request.full_path.rstrip("?"), "fields": fields, "whose": _first_token()}
    return _serializer().dumps(kept)


def read_kept(text: str, person_uid: str) -> dict[str, Any] | None:
    """What `kept_request` kept, or nothing if it was tampered with.

    What somebody else had written is neither shown nor sent: ``strange`` says so.
    """
    try:
        kept: dict[str, Any] = _serializer().loads(text)
    except BadSignature:
        return None
    strange = bool(kept["fields"]) and not is_for(kept.get("whose", ""), person_uid)
    fields = [] if strange else kept["fields"]
    return {
        "to": kept["to"],
        "fields": fields,
        "written": typed.written(fields),
        "strange": strange,
    }


def _first_token() -> str:
    """The token of the page on which a form was filled in, however often it was sent since."""
    return request.form.get(typed.WHOSE) or request.form.get(FIELD, "")


def typed_fields() -> dict[str, Any]:
    """Where a form was going and what it said, for the page that lets it be sent again."""
    fields = [(name, value) for name, value in request.form.items(multi=True) if name != FIELD]
    if typed.WHOSE not in request.form:
        fields.append((typed.WHOSE, _first_token()))
    return {
        "to": request.full_path.rstrip("?"),
        "fields": fields,
        "written": typed.written(fields),
        "lost_files": bool(request.files),
    }


def _page(status: int, sentence: str | None = None) -> Response:
    try:
        return _whole_page(status, sentence)
    except Exception:  # the page itself may need what has failed, a database that is gone
        log.exception("the error page failed")
        bare = current_app.jinja_env.get_template("foundation/bare.html")
        return current_app.make_response((bare.render(status=status), status))


def _whole_page(status: int, sentence: str | None) -> Response:
    if sentence is None:
        sentence = _(_SENTENCES.get(status, _SENTENCES[400])) % {
            "megabytes": current_app.config["UPLOAD_MEGABYTES"]
        }
    if wants_json():
        response = jsonify(said=sentence)
        response.status_code = status
        return response
    body = render_template(
        "foundation/error.html",
        status=status,
        heading=_(_HEADINGS.get(status, _HEADINGS[400])),
        sentence=sentence,
        kept=[] if request.method == "GET" else typed.shown(),
        resend=_again(status),
        again=request.path if request.method == "GET" and status >= 500 else None,
        reference=g.get("request_id", ""),
    )
    return current_app.make_response((body, status))


def _again(status: int) -> dict[str, Any] | None:
    """The same form once more, where only the moment was bad; its key makes it count once."""
    if status < 500 or request.method != "POST" or request.files:
        return None
    typed = typed_fields()
    size = sum(len(name) + len(value) for name, value in typed["fields"])
    return typed if size <= LARGEST_KEPT else None


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="kept-request")
