"""The form by which somebody accepts, by name, what a course says of the law."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField
from wtforms.validators import InputRequired

from lms.authoring.forms.describing import needed_line
from lms.foundation.web.forms import Form


class AcceptForm(Form):
    """Who accepts it, on which day, and that they read the facts in their sources."""

    by = needed_line(
        _l("Who accepts it"), _l("Write the name and the position of who accepts it."), 200
    )
    on = DateField(_l("Accepted on"), [InputRequired(_l("Write the day."))])
    read = BooleanField(
        _l("I have read each of these facts in its source"),
        [InputRequired(_l("Tick it once you have read them: your name vouches for them."))],
    )
