"""Forms at the door: signing in, codes, forgotten passwords."""

from collections.abc import Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, PasswordField
from wtforms.validators import InputRequired, Length

from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form
from lms.people.formats.typed import LONGEST
from lms.people.forms import parts
from lms.people.rules import passwords


class SignInForm(Form):
    """Who somebody is, by anything they are known by, and the password."""

    identifier = parts.line(
        _l("E-mail, phone or document number"),
        _l("Write your e-mail, phone or document number."),
        longest=LONGEST,
    )
    password = PasswordField(
        _l("Password"), [InputRequired(_l("Write your password.")), Length(max=1000)]
    )
    next = HiddenField()
    resume = HiddenField()


class RecoverForm(Form):
    """Which account's password was forgotten."""

    identifier = parts.line(
        _l("E-mail, phone or document number"),
        _l("Write your e-mail, phone or document number."),
        longest=LONGEST,
    )


class NewPasswordForm(Form):
    """A password to be used from now on."""

    password = parts.new_password(_l("New password"))

    own: Sequence[str] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """The password follows the rules, knowing whose it will be."""
        valid = bool(super().validate(extra_validators))
        if valid:
            problem = passwords.problem(self.password.data, self.own)
            if problem:
                parts.refuse_field(self.password, gettext(problem))
        return valid and not self.errors


class CodeForm(NewPasswordForm):
    """A code from the help desk and the password to use from now on."""

    code = parts.line(_l("Code from the help desk"), _l("Write the code."), longest=40)
    password = parts.new_password(_l("New password"))  # below the code, as on the page


class KeyForm(Form):
    """An invitation key, for whoever waits to be confirmed; ``pending`` says who."""

    pending = HiddenField()
    key = parts.line(_l("Invitation key"), _l("Write the invitation key."), longest=40)
