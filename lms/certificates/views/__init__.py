"""Documents: for whoever issues them, for whoever holds them, and for anyone who is shown one."""

from flask import Blueprint

from lms.certificates.views import (
    acts,
    book,
    checklists,
    delivery,
    keeping,
    mine,
    pocket,
    printing,
    public,
    receipt,
    register,
    rule,
    staff,
    transcripts,
)

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
_LISTS = f"{_STAFF}/listas"
_LIST = f"{_LISTS}/<uuid:checklist>"
_BOTH = ["GET", "POST"]
blueprint.add_url_rule(_LISTS, view_func=checklists.index, endpoint="checklists")
blueprint.add_url_rule(_LISTS, view_func=checklists.lay, endpoint="lay_checklist", methods=["POST"])
blueprint.add_url_rule(_LIST, view_func=checklists.show, endpoint="checklist")
blueprint.add_url_rule(f"{_LIST}/imprimir", view_func=checklists.sheet, endpoint="checklist_sheet")
blueprint.add_url_rule(
    f"{_LIST}/muestra.png", view_func=checklists.sample, endpoint="checklist_sample"
)
blueprint.add_url_rule(
    f"{_LIST}/aprobar",
    view_func=checklists.approve,
    endpoint="approve_checklist",
    methods=_BOTH,
)
blueprint.add_url_rule(
    f"{_LIST}/devolver",
    view_func=checklists.give_back,
    endpoint="give_back_checklist",
    methods=_BOTH,
)
blueprint.add_url_rule(
    f"{_LIST}/retirar",
    view_func=checklists.take_back,
    endpoint="take_back_checklist",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_LIST}/emitir", view_func=checklists.issue, endpoint="issue_checklist", methods=_BOTH
)
blueprint.add_url_rule(
    "/gestion/institucion/<uuid:institution>/emision",
    view_func=rule.show,
    endpoint="rule",
    methods=_BOTH,
)
blueprint.add_url_rule(
    f"{_STAFF}/impresion", view_func=printing.show, endpoint="printing", methods=_BOTH
)
blueprint.add_url_rule(
    f"{_STAFF}/impresion/<uuid:file>/<any(pdf, zip):ending>",
    view_func=printing.download,
    endpoint="print_file",
)
_DELIVERY = f"{_STAFF}/entrega"
blueprint.add_url_rule(_DELIVERY, view_func=delivery.show, endpoint="delivery")
blueprint.add_url_rule(_DELIVERY, view_func=delivery.do, endpoint="do_delivery", methods=["POST"])
blueprint.add_url_rule(
    f"{_DELIVERY}/revisar",
    view_func=delivery.look_over,
    endpoint="look_over_delivery",
    methods=["POST"],
)
blueprint.add_url_rule(f"{_DELIVERY}/imprimir", view_func=delivery.sheet, endpoint="delivery_sheet")
blueprint.add_url_rule(f"{_DELIVERY}.csv", view_func=delivery.table, endpoint="delivery_table")
_ONE = f"{_STAFF}/<uuid:credential>"
blueprint.add_url_rule(
    f"{_ONE}/entrega",
    view_func=delivery.take_back,
    endpoint="undo_delivery",
    methods=_BOTH,
)
_ACT = f"{_ONE}/<any(rectificar, anular, revocar):act>"
blueprint.add_url_rule(_ONE, view_func=acts.show, endpoint="document")
blueprint.add_url_rule(_ACT, view_func=acts.write, endpoint="act")
blueprint.add_url_rule(
    f"{_ACT}/revisar", view_func=acts.look_over, endpoint="look_over_act", methods=["POST"]
)
blueprint.add_url_rule(_ACT, view_func=acts.do, endpoint="do_act", methods=["POST"])
blueprint.add_url_rule("/constancias", view_func=mine.show, endpoint="mine")
blueprint.add_url_rule(
    "/constancias/<uuid:credential>.pdf", view_func=mine.download, endpoint="download"
)
blueprint.add_url_rule(
    "/constancias/<uuid:credential>.jwt", view_func=mine.credential, endpoint="credential"
)
blueprint.add_url_rule("/verificar", view_func=public.verify, endpoint="verify")
blueprint.add_url_rule("/verificar", view_func=public.brought, endpoint="brought", methods=["POST"])
blueprint.add_url_rule("/verificar/libreta.json", view_func=pocket.book, endpoint="pocket_book")
blueprint.add_url_rule("/verificar/sin-red.js", view_func=pocket.worker, endpoint="worker")
blueprint.add_url_rule("/v/<code>", view_func=public.show, endpoint="public")
blueprint.add_url_rule("/v/<code>", view_func=public.compared, endpoint="compare", methods=["POST"])
blueprint.add_url_rule("/v/<code>/constancia.pdf", view_func=receipt.show, endpoint="receipt")
blueprint.add_url_rule("/v/<code>.json", view_func=public.data, endpoint="data")

blueprint.add_url_rule("/registro-publico", view_func=register.show, endpoint="register")
blueprint.add_url_rule("/registro/checkpoint", view_func=register.checkpoint, endpoint="checkpoint")
blueprint.add_url_rule("/registro/tile/<path:rest>", view_func=register.tile, endpoint="tile")
blueprint.add_url_rule("/registro/llave", view_func=register.key, endpoint="register_key")
blueprint.add_url_rule(
    "/registro/certificados.pem", view_func=register.certificates, endpoint="certificates"
)
blueprint.add_url_rule(
    "/registro/estados/<int:number>/<any(revocation, message):purpose>",
    view_func=register.states,
    endpoint="states",
)
blueprint.add_url_rule(
    "/.well-known/jwks.json", view_func=register.keys_of_site, endpoint="keys_of_site"
)
blueprint.add_url_rule(
    "/.well-known/did.json", view_func=register.did_of_site, endpoint="did_of_site"
)
blueprint.add_url_rule("/emisor/<institution>", view_func=register.issuer, endpoint="issuer")
blueprint.add_url_rule("/emisor/<institution>/did.json", view_func=register.did, endpoint="did")

_BOOK = "/gestion/registro/<uuid:institution>"
blueprint.add_url_rule("/gestion/registro", view_func=book.index, endpoint="books")
blueprint.add_url_rule(_BOOK, view_func=book.show, endpoint="book")
blueprint.add_url_rule(f"{_BOOK}/libro.csv", view_func=book.table, endpoint="book_table")
blueprint.add_url_rule(
    f"{_BOOK}/ajustes",
    view_func=keeping.settle,
    endpoint="book_settings",
    methods=["GET", "POST"],
)
blueprint.add_url_rule(f"{_BOOK}/inutilizar", view_func=keeping.write, endpoint="spoil")
blueprint.add_url_rule(
    f"{_BOOK}/inutilizar/revisar",
    view_func=keeping.look_over,
    endpoint="look_over_spoiling",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_BOOK}/inutilizar", view_func=keeping.do, endpoint="do_spoil", methods=["POST"]
)

_EARLIER = f"{_BOOK}/anteriores"
_SHEET = f"{_EARLIER}/<uuid:sheet>"
_COPIED = f"{_BOOK}/transcritos/<uuid:transcribed>"
blueprint.add_url_rule(
    _EARLIER, view_func=transcripts.bring, endpoint="transcripts", methods=["GET", "POST"]
)
blueprint.add_url_rule(
    f"{_EARLIER}/plantilla/<any(xlsx, csv):ending>",
    view_func=transcripts.template,
    endpoint="transcripts_template",
)
blueprint.add_url_rule(_SHEET, view_func=transcripts.show, endpoint="transcript_sheet")
blueprint.add_url_rule(
    f"{_SHEET}/registrar",
    view_func=transcripts.confirm,
    endpoint="register_transcripts",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_SHEET}/descartar",
    view_func=transcripts.discard,
    endpoint="discard_transcripts",
    methods=["POST"],
)
blueprint.add_url_rule(_COPIED, view_func=transcripts.one, endpoint="transcribed")
blueprint.add_url_rule(
    f"{_COPIED}/anular",
    view_func=transcripts.annul,
    endpoint="annul_transcribed",
    methods=["GET", "POST"],
)
