"""The gradebook of a cohort for its staff; and the templates of its letters."""

from flask import Blueprint

from lms.grading.views import arranging, book, column, lists, replacing, sheet

blueprint = Blueprint("grading", __name__, template_folder="../templates")
_BOOK = "/gestion/promociones/<uuid:cohort>/calificaciones"
_BOTH = ["GET", "POST"]

blueprint.add_url_rule(_BOOK, view_func=book.show, endpoint="book")
blueprint.add_url_rule(
    f"{_BOOK}/formar", view_func=arranging.show, endpoint="arrange", methods=_BOTH
)
blueprint.add_url_rule(f"{_BOOK}/columna", view_func=column.write, endpoint="column", methods=_BOTH)
blueprint.add_url_rule(
    f"{_BOOK}/<uuid:enrollment>/cambiar",
    view_func=replacing.change,
    endpoint="replace",
    methods=_BOTH,
)
blueprint.add_url_rule(
    f"{_BOOK}/devolver/<uuid:entry>",
    view_func=replacing.give_back,
    endpoint="restore",
    methods=_BOTH,
)
blueprint.add_url_rule(f"{_BOOK}/pegar", view_func=lists.paste, endpoint="paste", methods=_BOTH)
blueprint.add_url_rule(f"{_BOOK}/traer", view_func=lists.bring, endpoint="bring", methods=_BOTH)
blueprint.add_url_rule(f"{_BOOK}/guardar", view_func=lists.keep, endpoint="keep", methods=["POST"])
blueprint.add_url_rule(f"{_BOOK}.xlsx", view_func=sheet.send_workbook, endpoint="workbook")
blueprint.add_url_rule(f"{_BOOK}.csv", view_func=sheet.send, endpoint="sheet")
