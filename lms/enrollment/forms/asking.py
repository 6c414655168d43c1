"""The form that asks for a seat."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from lms.foundation.web.forms import Form, clean


class AskForm(Form):
    """Nothing to fill in: the cohort is in the address."""


class AskByAgreementForm(AskForm):
    """Where seats are kept for agreements: whoever was given a key types it, others leave it."""

    key = StringField(
        _l("Key of an agreement"),
        filters=[clean],
        validators=[
            Length(max=40, message=_l("The key has three groups of four letters and figures.")),
        ],
    )


class AskWithKeyForm(AskForm):
    """Where the cohort is entered with an invitation key."""

    key = StringField(
        _l("Invitation key"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write the key that you were given.")),
            Length(max=40, message=_l("The key has three groups of four letters and figures.")),
        ],
    )
