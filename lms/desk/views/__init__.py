"""Pages that gather what the features know: home, what is missing, the staff's rooms."""

from flask import Blueprint

from lms.desk.views import (
    allow,
    ask,
    cohort,
    helped,
    home,
    inbox,
    left,
    merge,
    message,
    missing,
    person,
    recognise,
    returning,
    sheet,
    staff,
    transfer,
    what_if,
    withdraw,
)

blueprint = Blueprint("desk", __name__, template_folder="../templates")
_COHORT = "/gestion/promociones/<uuid:cohort>"

blueprint.add_url_rule("/", view_func=home.root, endpoint="root")
blueprint.add_url_rule("/inicio", view_func=home.show, endpoint="home")
blueprint.add_url_rule(
    "/aula/<uuid:enrollment>/que-me-falta", view_func=missing.show, endpoint="missing"
)
blueprint.add_url_rule(
    "/aula/<uuid:enrollment>/que-me-falta/<course>", view_func=what_if.show, endpoint="what_if"
)
blueprint.add_url_rule("/gestion", view_func=staff.show, endpoint="staff")
blueprint.add_url_rule(_COHORT, view_func=cohort.show, endpoint="cohort")
blueprint.add_url_rule(
    f"{_COHORT}/personas/<uuid:enrollment>", view_func=person.show, endpoint="person"
)
blueprint.add_url_rule(f"{_COHORT}/notas.csv", view_func=sheet.send, endpoint="sheet")
blueprint.add_url_rule(f"{_COHORT}/notas.xlsx", view_func=sheet.send_workbook, endpoint="workbook")
blueprint.add_url_rule(
    f"{_COHORT}/recordar", view_func=cohort.keep, endpoint="keep_list", methods=["POST"]
)
blueprint.add_url_rule("/gestion/personas", view_func=helped.find, endpoint="help_desk")
blueprint.add_url_rule(
    "/gestion/personas/<uuid:person>", view_func=helped.show, endpoint="help_person"
)
_JOIN = "/gestion/personas/<uuid:person>/unir"
blueprint.add_url_rule(_JOIN, view_func=merge.choose, endpoint="choose_merge")
blueprint.add_url_rule(
    f"{_JOIN}/<uuid:other>", view_func=merge.join, endpoint="merge", methods=["GET", "POST"]
)
blueprint.add_url_rule(
    "/gestion/personas/<uuid:person>/separar/<uuid:merge_uid>",
    view_func=merge.separate,
    endpoint="part",
    methods=["GET", "POST"],
)
blueprint.add_url_rule(f"{_COHORT}/mensaje", view_func=message.show, endpoint="message")
blueprint.add_url_rule(
    f"{_COHORT}/mensaje", view_func=message.write, endpoint="send_message", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_COHORT}/mensaje/vista-previa",
    view_func=message.preview,
    endpoint="preview_message",
    methods=["POST"],
)
_ALLOWANCES = f"{_COHORT}/excepciones"
blueprint.add_url_rule(_ALLOWANCES, view_func=allow.show, endpoint="allowances")
blueprint.add_url_rule(
    _ALLOWANCES, view_func=allow.give, endpoint="give_allowance", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_ALLOWANCES}/revisar",
    view_func=allow.preview,
    endpoint="preview_allowance",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_ALLOWANCES}/<uuid:allowance>/retirar",
    view_func=allow.take_back,
    endpoint="take_back",
    methods=["POST"],
)
_LEFT = f"{_COHORT}/retiros"
blueprint.add_url_rule(_LEFT, view_func=withdraw.show, endpoint="withdrawals")
blueprint.add_url_rule(_LEFT, view_func=withdraw.do, endpoint="withdraw", methods=["POST"])
blueprint.add_url_rule(
    f"{_LEFT}/revisar",
    view_func=withdraw.look_over,
    endpoint="look_over_withdrawal",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_LEFT}/<uuid:departure>/documento", view_func=returning.document, endpoint="left_document"
)
blueprint.add_url_rule(
    f"{_COHORT}/personas/<uuid:enrollment>/reincorporar",
    view_func=returning.take_back,
    endpoint="readmit",
    methods=["GET", "POST"],
)
_TRANSFER = f"{_COHORT}/personas/<uuid:enrollment>/traslado"
blueprint.add_url_rule(_TRANSFER, view_func=transfer.show, endpoint="transfer")
blueprint.add_url_rule(_TRANSFER, view_func=transfer.do, endpoint="do_transfer", methods=["POST"])
blueprint.add_url_rule(
    f"{_TRANSFER}/revisar",
    view_func=transfer.look_over,
    endpoint="look_over_transfer",
    methods=["POST"],
)
blueprint.add_url_rule(
    f"{_COHORT}/personas/<uuid:enrollment>/convalidar",
    view_func=recognise.recognise,
    endpoint="recognise",
    methods=["GET", "POST"],
)
_RECOGNISED = f"{_COHORT}/convalidaciones/<uuid:recognition>"
blueprint.add_url_rule(
    f"{_RECOGNISED}/retirar",
    view_func=recognise.take_back,
    endpoint="unrecognise",
    methods=["GET", "POST"],
)
blueprint.add_url_rule(
    f"{_RECOGNISED}/documento", view_func=recognise.document, endpoint="recognition_document"
)
blueprint.add_url_rule("/aula/<uuid:enrollment>/retiro", view_func=left.show, endpoint="left")
_ASKED = "/aula/<uuid:enrollment>/preguntas"
blueprint.add_url_rule(_ASKED, view_func=ask.show, endpoint="questions")
blueprint.add_url_rule(_ASKED, view_func=ask.ask, endpoint="ask", methods=["POST"])
blueprint.add_url_rule(f"{_ASKED}/<uuid:inquiry>", view_func=ask.one, endpoint="question")
blueprint.add_url_rule(
    f"{_ASKED}/<uuid:inquiry>", view_func=ask.more, endpoint="ask_on", methods=["POST"]
)
_INBOX = f"{_COHORT}/preguntas"
blueprint.add_url_rule(_INBOX, view_func=inbox.show, endpoint="inbox")
blueprint.add_url_rule(f"{_INBOX}/<uuid:inquiry>", view_func=inbox.one, endpoint="inbox_one")
blueprint.add_url_rule(
    f"{_INBOX}/<uuid:inquiry>", view_func=inbox.answer, endpoint="answer", methods=["POST"]
)
blueprint.add_url_rule(
    f"{_INBOX}/<uuid:inquiry>/resuelta",
    view_func=inbox.settle,
    endpoint="settle",
    methods=["POST"],
)
