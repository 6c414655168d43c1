"""The form that makes an invitation key."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.enrollment.rules.keys import LONGEST_NOTE, MOST_USES
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean


class KeyForm(Form):
    """For how many people, until which day, for whom."""

    uses = IntegerField(
        _l("For how many people"),
        [
            InputRequired(_l("Write for how many people the key is.")),
            NumberRange(1, MOST_USES, _l("A key is for at least one person.")),
        ],
    )
    until = DateField(
        _l("Last day"),
        [InputRequired(_l("Say until which day the key is good."))],
        invalid_value_message=_l("Write the day, for example 2027-02-01."),
    )
    note = StringField(
        _l("For whom"), [MayBeEmpty(), WholeLine(), Length(max=LONGEST_NOTE)], filters=[clean]
    )


class AgreementKeyForm(KeyForm):
    """Where seats are kept for agreements: for which of them, if any."""

    quota = SelectField(_l("Seats that its bearers may take"), [MayBeEmpty()])


def key_form(kept: Sequence[tuple[str, str]]) -> KeyForm:
    """The form of a new key; it asks for the seats only where some are kept."""
    if not kept:
        return KeyForm()
    form = AgreementKeyForm()
    everybody = SelectChoice("", gettext("Everybody's"))
    form.quota.choices = [everybody, *(SelectChoice(uid, name) for uid, name in kept)]
    return form


class RevokeForm(Form):
    """Nothing to fill in: the key is in the address."""
