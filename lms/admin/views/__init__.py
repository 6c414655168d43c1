"""What belongs to no feature: the box that finds everything."""

from flask import Blueprint

from lms.admin.views import grants, search

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
