"""The public catalogue."""

from flask import Blueprint

from lms.catalog.views import index, programme

blueprint = Blueprint("catalog", __name__, template_folder="../templates")
blueprint.add_url_rule("/cursos", view_func=index.show, endpoint="index")
blueprint.add_url_rule("/cursos/<slug>", view_func=programme.show, endpoint="programme")
