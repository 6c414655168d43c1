"""Pages that gather what the features know: home, what is missing, the staff's rooms."""

from flask import Blueprint

from lms.desk.views import cohort, helped, home, missing, person, sheet, staff

blueprint = Blueprint("desk", __name__, template_folder="../templates")
_COHORT = "/gestion/promociones/<uuid:cohort>"

blueprint.add_url_rule("/", view_func=home.root, endpoint="root")
blueprint.add_url_rule("/inicio", view_func=home.show, endpoint="home")
blueprint.add_url_rule(
    "/aula/<uuid:enrollment>/que-me-falta", view_func=missing.show, endpoint="missing"
)
blueprint.add_url_rule("/gestion", view_func=staff.show, endpoint="staff")
blueprint.add_url_rule(_COHORT, view_func=cohort.show, endpoint="cohort")
blueprint.add_url_rule(
    f"{_COHORT}/personas/<uuid:enrollment>", view_func=person.show, endpoint="person"
)
blueprint.add_url_rule(f"{_COHORT}/notas.csv", view_func=sheet.send, endpoint="sheet")
blueprint.add_url_rule("/gestion/personas", view_func=helped.find, endpoint="help_desk")
blueprint.add_url_rule(
    "/gestion/personas/<uuid:person>", view_func=helped.show, endpoint="help_person"
)
