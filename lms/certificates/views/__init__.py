"""Documents: for whoever issues them, for whoever holds them, and for anyone who is shown one."""

from flask import Blueprint

from lms.certificates.views import mine, public, staff

blueprint = Blueprint("certificates", __name__, template_folder="../templates")

_STAFF = "/gestion/promociones/<uuid:cohort>/constancias"

blueprint.add_url_rule(_STAFF, view_func=staff.show, endpoint="staff")
blueprint.add_url_rule(
    f"{_STAFF}/revisar", view_func=staff.review, endpoint="review", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_STAFF}/emitir", view_func=staff.issue, endpoint="issue", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_STAFF}/sellar", view_func=staff.try_again, endpoint="try_again", methods=["POST"]
)
blueprint.add_url_rule(f"{_STAFF}/muestra.pdf", view_func=staff.sample, endpoint="sample")
blueprint.add_url_rule(
    f"{_STAFF}/<uuid:credential>.pdf",
    view_func=staff.download,
    endpoint="staff_download",
)
blueprint.add_url_rule("/constancias", view_func=mine.show, endpoint="mine")
blueprint.add_url_rule(
    "/constancias/<uuid:credential>.pdf", view_func=mine.download, endpoint="download"
)
blueprint.add_url_rule("/verificar", view_func=public.verify, endpoint="verify")
blueprint.add_url_rule("/v/<code>", view_func=public.show, endpoint="public")
blueprint.add_url_rule("/v/<code>", view_func=public.compared, endpoint="compare", methods=["POST"])
blueprint.add_url_rule("/v/<code>.json", view_func=public.data, endpoint="data")
