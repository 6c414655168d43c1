"""What belongs to no feature: the box that finds everything."""

from flask import Blueprint

from lms.admin.views import search

blueprint = Blueprint("admin", __name__, template_folder="../templates")

blueprint.add_url_rule("/gestion/buscar", view_func=search.show, endpoint="search")
