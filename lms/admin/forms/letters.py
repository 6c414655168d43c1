"""The form about a letter that came back."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import Length

from lms.foundation.web.forms import Form, WholeLine, clean

LONGEST_REASON = 300


class BounceForm(Form):
    """That a letter came back, and what the answer said."""

    why = StringField(
        _l("What the answer said"),
        filters=[clean],
        validators=[Length(max=LONGEST_REASON), WholeLine()],
    )
