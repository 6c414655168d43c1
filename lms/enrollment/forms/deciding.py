"""Forms of the applications page. The people chosen travel as a list of uids."""

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.enrollment.rules.seats import LONGEST_REASON
from lms.foundation.web.forms import Form, clean

MOST = 50


class DecideForm(Form):
    """Admitting: nothing to write."""


class DeclineForm(Form):
    """Declining: the reason that the person will read."""

    reason = TextAreaField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write a reason: the person will read it.")),
            Length(max=LONGEST_REASON, message=_l("Write at most 500 characters.")),
        ],
    )


def chosen(name: str = "who") -> list[UUID]:
    """The uids that came with this request; what is not one is left out."""
    uids: list[UUID] = []
    for text in request.form.getlist(name)[:MOST]:
        try:
            uids.append(UUID(text))
        except ValueError:
            continue
    return list(dict.fromkeys(uids))
