"""Forms of whoever was invited: the code of a paper, and the password they will use."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField
from wtforms.validators import InputRequired

from lms.foundation.web.forms import Form
from lms.people.forms import parts
from lms.people.forms.sign_in import NewPasswordForm


class InvitationForm(Form):
    """The code that was handed over."""

    code = parts.line(_l("Invitation code"), _l("Write the code."), longest=60)


class AcceptForm(NewPasswordForm):
    """A password of one's own, and what is agreed to."""

    consent = BooleanField(
        _l("I have read the privacy notice and agree that my data are used for my studies"),
        [InputRequired(_l("To come in, you need to agree to the privacy notice."))],
    )
