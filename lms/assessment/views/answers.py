"""Saving one answer, for the page's own script: acknowledged only when it is on disk."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from lms.assessment import actions
from lms.assessment.rules.saves import Sent
from lms.assessment.views.blueprint import blueprint
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Conflict, Invalid, Refused
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import perform_small, say
from lms.foundation.web.reading import database


@blueprint.post("/intentos/<uuid:attempt>/respuestas")
@guard(Permission.COURSE_TAKE)
def answer(attempt: UUID) -> ResponseReturnValue:
    received_at = database().clock()
    try:
        sent = Sent.from_json(request.get_json(silent=True))
        saved = perform_small(actions.save_answer, attempt, sent, received_at)
    except Invalid as refusal:
        return jsonify(said=say(refusal)), 422
    except Conflict as refusal:
        return jsonify(state="conflict", said=say(refusal)), 409
    except Refused as refusal:
        return jsonify(state="closed", said=say(refusal)), 409
    body = {"at": saved.at.isoformat().replace("+00:00", "Z"), "shown": clock_time(saved.at)}
    if not saved.late:
        return jsonify(body)
    said = _(
        "It arrived at %(time)s, after the time. It does not count, but it is kept for your "
        "instructor to see.",
        time=body["shown"],
    )
    return jsonify(body | {"state": "late", "said": said}), 409
