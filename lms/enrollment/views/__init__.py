"""Asking for a seat, and the registrar's answers."""

from flask import Blueprint

from lms.enrollment.views import applications, ask, cohorts, opening

blueprint = Blueprint("enrollment", __name__, template_folder="../templates")

_COHORT = "/gestion/promociones/<uuid:cohort>"
_REQUESTS = f"{_COHORT}/solicitudes"

blueprint.add_url_rule(
    "/promociones/<uuid:cohort>/solicitar",
    view_func=ask.ask_for_seat,
    endpoint="apply",
    methods=["GET", "POST"],
)
blueprint.add_url_rule("/gestion/promociones", view_func=cohorts.show, endpoint="staff_index")
blueprint.add_url_rule(_REQUESTS, view_func=applications.show, endpoint="applications")
blueprint.add_url_rule(
    f"{_REQUESTS}/revisar", view_func=applications.preview, endpoint="preview", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_REQUESTS}/admitir", view_func=applications.admit, endpoint="admit", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_REQUESTS}/no-admitir", view_func=applications.decline, endpoint="decline", methods=["POST"]
)
blueprint.add_url_rule("/gestion/promociones/abrir", view_func=opening.choose, endpoint="choose")
blueprint.add_url_rule(
    "/gestion/promociones/abrir/<slug>",
    view_func=opening.fill,
    endpoint="open",
    methods=["GET", "POST"],
)
