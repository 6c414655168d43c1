"""Small addresses of the house itself: token, language, health, the page of components."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, current_app, jsonify, redirect, render_template, request
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from lms.foundation.access.identity import Identity
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.csrf import csrf_token
from lms.foundation.web.guard import public
from lms.foundation.web.identity import current_identity
from lms.foundation.web.locale import LANGUAGE_COOKIE, LANGUAGES
from lms.foundation.web.reading import reading
from lms.foundation.web.receipts import arrived_forms
from lms.foundation.web.style import sample

blueprint = Blueprint("web", __name__, template_folder="templates")
MOST_FORMS = 20
YEAR = 365 * 24 * 3600


def safe_next(target: str | None, otherwise: str) -> str:
    """A path of this site to go on to; never another site."""
    if not target:
        return otherwise
    parts = urlsplit(target.replace("\\", "/"))
    plain = not parts.scheme and not parts.netloc and target.isprintable()
    return target if plain and target.startswith("/") and target[1:2] not in "/\\" else otherwise


@blueprint.get("/token")
@public("a fresh token for a page that was kept; says nothing but who this browser is")
def token() -> Response:
    identity = current_identity()
    person = identity.person_uid if isinstance(identity, Identity) else None
    response = jsonify(token=csrf_token(), person=person)
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/formularios/llegados")
@public("tells a page which of its own forms the server has; of somebody else's it knows nothing")
def arrived() -> Response:
    identity = current_identity()
    person_id = identity.person_id if isinstance(identity, Identity) else None
    keys = request.args.getlist("key")[:MOST_FORMS]
    response = jsonify(arrived=arrived_forms(reading(), person_id, keys))
    response.headers["Cache-Control"] = "no-store"
    return response


@blueprint.get("/idioma/<code>")
@public("visitors choose their language too; only a cookie changes")
def set_language(code: str) -> ResponseReturnValue:
    if code not in LANGUAGES:
        raise NotFound()
    response = redirect(safe_next(request.args.get("next"), "/"))
    response.set_cookie(
        LANGUAGE_COOKIE,
        code,
        max_age=YEAR,
        httponly=True,
        secure=current_app.config["SESSION_COOKIE_SECURE"],
        samesite="Lax",
    )
    return response


@blueprint.get("/healthz")
@public("a supervisor asks whether the process answers")
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")


@blueprint.get("/readyz")
@public("a balancer asks whether the database and the files can be reached")
def ready() -> ResponseReturnValue:
    problems = []
    try:
        reading().execute(text("SELECT 1 FROM installation LIMIT 1"))
    except Exception:
        current_app.logger.exception("not ready: database")
        problems.append("database")
    try:
        current_app.extensions["cabildo.files"].exists("0" * 64)
    except Exception:
        current_app.logger.exception("not ready: files")
        problems.append("files")
    body = "ok\n" if not problems else "not ready: " + ", ".join(problems) + "\n"
    return Response(body, status=503 if problems else 200, mimetype="text/plain")


@blueprint.get("/estilo")
@public("the living list of components, for those who build and translate")
def style() -> str:
    return render_template("foundation/style.html", **sample())
