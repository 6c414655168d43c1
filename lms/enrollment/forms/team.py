"""The form that names somebody teacher or tutor of a cohort."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired
from wtforms.validators import Optional as MayBeEmpty

from lms.enrollment.queries.team import Teacher
from lms.foundation.access.roles import Role
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form
from lms.people.formats.typed import LONGEST
from lms.people.forms import parts


class AppointForm(Form):
    """Somebody of the institution's teachers, or anybody it knows by what identifies them.

    ``seen`` is whom the registrar was shown and has agreed to.
    """

    seen = HiddenField()
    person = SelectField(_l("Somebody who teaches here"), [MayBeEmpty()])
    other = parts.line(_l("Or another person: e-mail, phone or document"), longest=LONGEST)
    role = RadioField(
        _l("As"),
        [InputRequired(_l("Choose teacher or tutor."))],
        choices=[
            SelectChoice(Role.INSTRUCTOR.value, _l("Teacher")),
            SelectChoice(Role.TUTOR.value, _l("Tutor")),
        ],
    )


class LetGoForm(Form):
    """Nothing to fill in: the part is in the address."""


def appoint_form(teachers: Sequence[Teacher]) -> AppointForm:
    """The form with the institution's teachers to choose from."""
    form = AppointForm()
    form.person.choices = [
        SelectChoice("", gettext("Choose…")),
        *(SelectChoice(str(each.uid), each.name) for each in teachers),
    ]
    return form
