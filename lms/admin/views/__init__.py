"""What belongs to no feature: the box that finds everything, roles, institutions."""

from flask import Blueprint

from lms.admin.views import first_run, grants, institution, logo, search, signers

blueprint = Blueprint("admin", __name__, template_folder="../templates")

blueprint.add_url_rule("/gestion/buscar", view_func=search.show, endpoint="search")
blueprint.add_url_rule("/gestion/funciones", view_func=grants.show, endpoint="grants")
blueprint.add_url_rule(
    "/gestion/funciones/dar", view_func=grants.give, endpoint="give", methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/gestion/funciones/<uuid:grant>/terminar",
    view_func=grants.end,
    endpoint="end_grant",
    methods=["GET", "POST"],
)
blueprint.add_url_rule(
    "/gestion/personas/<uuid:person>/funciones", view_func=grants.person, endpoint="person_grants"
)

BOTH = ["GET", "POST"]
_ONE = "/gestion/institucion/<uuid:institution>"
blueprint.before_app_request(first_run.lead_here)
for rule, endpoint, view, methods in (
    ("/instalar", "first_run", first_run.show, BOTH),
    ("/logo/<digest>.png", "logo_file", logo.show, ["GET"]),
    ("/gestion/institucion", "institutions", institution.index, ["GET"]),
    ("/gestion/institucion/nueva", "open_institution", institution.open_one, BOTH),
    (_ONE, "institution", institution.show, ["GET"]),
    (f"{_ONE}/datos", "edit_institution", institution.edit, BOTH),
    (f"{_ONE}/logo", "logo", institution.logo, BOTH),
    (f"{_ONE}/privacidad", "privacy", institution.privacy, BOTH),
    (f"{_ONE}/firmas", "signers", signers.index, ["GET"]),
    (f"{_ONE}/firmas/nueva", "add_signer", signers.add, BOTH),
    (f"{_ONE}/firmas/<uuid:uid>", "signer", signers.change, BOTH),
    (f"{_ONE}/firmas/<uuid:uid>/quitar", "take_off_signer", signers.take_off, ["POST"]),
):
    blueprint.add_url_rule(rule, view_func=view, endpoint=endpoint, methods=methods)
