"""Forms of the course's tree: what is added, and what each thing is called."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from lms.authoring.actions.arrange import LONGEST_TITLE
from lms.foundation.web.forms import Form, WholeLine, clean

MODULE = "module"
"""Stands for a module among the kinds of what can be added."""


class Act(Form):
    """Buttons: nothing to write."""


class TitleForm(Form):
    """A title."""

    title = StringField(
        _l("Title"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write a title.")),
            Length(max=LONGEST_TITLE, message=_l("Write at most 200 characters.")),
            WholeLine(),
        ],
    )


class AddForm(TitleForm):
    """What is added, where, and how it is called."""

    what = RadioField(_l("What"), validators=[InputRequired(_l("Choose what to add."))])
    where = SelectField(_l("In which module"), validate_choice=False)
