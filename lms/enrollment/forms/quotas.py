"""The form of seats that are kept for an agreement."""

from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, StringField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.enrollment.forms import moments
from lms.enrollment.forms.moments import MomentField
from lms.enrollment.queries.quotas import Line
from lms.enrollment.rules.opening import LARGEST_COHORT
from lms.enrollment.rules.quotas import LONGEST_NAME, Plan
from lms.foundation.web.forms import Form, WholeLine, clean


class QuotaForm(Form):
    """For whom, how many, until when."""

    name = StringField(
        _l("For whom"),
        [
            InputRequired(_l("Write for whom, in up to 80 characters.")),
            WholeLine(),
            Length(max=LONGEST_NAME),
        ],
        filters=[clean],
    )
    seats = IntegerField(
        _l("Seats"),
        [
            InputRequired(_l("Keep at least one seat.")),
            NumberRange(1, LARGEST_COHORT, _l("Keep at least one seat.")),
        ],
    )
    until = MomentField(_l("Kept until"))

    def plan(self, zone: str) -> Plan:
        """The seats as they are to be kept, by the institution's clocks."""
        until = moments.closing(self.until.data, zone) if self.until.data else None
        return Plan(self.name.data or "", self.seats.data, until)


def quota_form(line: Line | None, zone: str) -> QuotaForm:
    """The form of new seats, or of some that are kept already."""
    if line is None:
        return QuotaForm()
    return QuotaForm(
        data={
            "name": line.name,
            "seats": line.seats,
            "until": moments.shown(line.until_at, zone),
        }
    )
