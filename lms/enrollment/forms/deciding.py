"""Forms of the applications page. The people chosen travel as a list of uids."""

from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.enrollment.rules.seats import LONGEST_REASON, WHY, Why
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, clean

MOST = 50


class DecideForm(Form):
    """Admitting: nothing to write."""


class ReasonForm(Form):
    """What is taken back: the reason that the person will read."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write a reason: the person will read it.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 500 characters.")),
        ],
    )


class DeclineForm(Form):
    """Declining: one of the reasons that institutes count, in words where it is another."""

    why = RadioField(
        _l("Why"),
        default=Why.OTHER.value,
        choices=[
            *(SelectChoice(each.value, _l(said)) for each, said in WHY.items()),
            SelectChoice(Why.OTHER.value, _l("Another reason, in the words below")),
        ],
    )
    reason = TextAreaField(
        _l("Reason"),
        filters=[clean],
        validators=[Length(max=LONGEST_REASON, message=_l("Write at most 500 characters."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field; another reason is said in words."""
        well = bool(super().validate(extra_validators))
        if self.why.data == Why.OTHER and not self.reason.data:
            said = gettext("Write a reason: the person will read it.")
            self.reason.errors = [*self.reason.errors, said]
        return well and not self.errors

    def said(self) -> str:
        """The reason as the person reads it."""
        chosen = WHY.get(Why(self.why.data))
        words = [gettext(chosen) if chosen else "", self.reason.data or ""]
        return " ".join(each for each in words if each)


def chosen(name: str = "who") -> list[UUID]:
    """The uids that came with this request; what is not one is left out."""
    uids: list[UUID] = []
    for text in request.form.getlist(name)[:MOST]:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(uids))
