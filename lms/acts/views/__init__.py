"""Grade acts of a cohort: drafts, closed ones, signatures."""

from flask import Blueprint

from lms.acts.views import act, draft, files, index, signing

blueprint = Blueprint("acts", __name__, template_folder="../templates")

_ACTS = "/gestion/promociones/<uuid:cohort>/actas"
_DRAFT = f"{_ACTS}/borrador"
_ACT = f"{_ACTS}/<uuid:act>"
_SLOT = f"{_ACT}/firmas/<int:number>"

blueprint.add_url_rule(_ACTS, view_func=index.show, endpoint="index")
blueprint.add_url_rule(_DRAFT, view_func=draft.show, endpoint="draft")
blueprint.add_url_rule(
    f"{_DRAFT}/cerrar", view_func=draft.close, endpoint="close", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_DRAFT}/revision", view_func=draft.send, endpoint="send", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_DRAFT}/observaciones", view_func=draft.remark, endpoint="remark", methods=["POST"]
)
blueprint.add_url_rule(_ACT, view_func=act.show, endpoint="act")
blueprint.add_url_rule(
    f"{_ACT}/rectificar", view_func=act.amend, endpoint="amend", methods=["GET", "POST"]
)
blueprint.add_url_rule(f"{_ACT}/acta.pdf", view_func=files.sheet, endpoint="pdf")
blueprint.add_url_rule(f"{_ACT}/acta.csv", view_func=files.table, endpoint="csv")
blueprint.add_url_rule(f"{_ACT}/acta.json", view_func=files.data, endpoint="json")
blueprint.add_url_rule(
    f"{_SLOT}/firmar", view_func=signing.sign, endpoint="sign", methods=["GET", "POST"]
)
blueprint.add_url_rule(
    f"{_SLOT}/en-papel", view_func=signing.paper, endpoint="paper", methods=["GET", "POST"]
)
blueprint.add_url_rule(f"{_SLOT}/copia", view_func=signing.scan, endpoint="scan")
