"""Forms of acts."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, PasswordField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.acts.actions.review import LONGEST as LONGEST_REMARK
from lms.acts.rules.amending import LONGEST
from lms.foundation.web.attaching import Attaching
from lms.foundation.web.forms import Form, clean


class SendForm(Form):
    """The draft goes to those who teach: nothing to write."""


class RemarkForm(Form):
    """What somebody who teaches sees in the draft."""

    text = TextAreaField(
        _l("Your remark"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write your remark.")),
            Length(max=LONGEST_REMARK, message=_l("Write your remark in up to 500 characters.")),
        ],
    )


class CloseForm(Form):
    """How many people the act has, written by whoever closes it."""

    confirmed = IntegerField(
        _l("Number of people"), [InputRequired(_l("Write the number of people of the act."))]
    )


class SignForm(Form):
    """The password of whoever signs."""

    password = PasswordField(_l("Your password"), [InputRequired(_l("Write your password."))])


class PaperForm(Attaching):
    """On which day the paper was signed, and its scan."""

    needs_document = True

    signed_on = DateField(
        _l("Signed on"),
        [InputRequired(_l("Say on which day."))],
        invalid_value_message=_l("Write the day, for example 2027-02-01."),
    )


class AmendForm(CloseForm):
    """Why an act is amended, by whose decision, and how many lines change."""

    reason = TextAreaField(
        _l("Why"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write why the act is amended, in up to 500 characters.")),
            Length(max=LONGEST, message=_l("Write at most 500 characters.")),
        ],
    )
    authority = TextAreaField(
        _l("By whose decision"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write by whose decision, for example the resolution.")),
            Length(max=LONGEST, message=_l("Write at most 500 characters.")),
        ],
    )
