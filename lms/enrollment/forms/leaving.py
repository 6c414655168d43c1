"""Forms of leaving a cohort and of coming back."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField, SelectField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.enrollment.actions.withdraw import Why
from lms.enrollment.rules.departures import CAUSES, SHORTEST_REASON, Cause
from lms.enrollment.rules.seats import LONGEST_REASON
from lms.enrollment.rules.transfers import CAUSES_OF_TRANSFER
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.attaching import Attaching
from lms.foundation.web.forms import Form, clean

SAID = [
    InputRequired(_l("Write the reason: the person will read it.")),
    Length(
        SHORTEST_REASON,
        LONGEST_REASON,
        _l("Write the reason in up to 500 characters: the person will read it."),
    ),
]


class WithdrawForm(Attaching):
    """From when, for which cause, in words, and the document that shows it."""

    left_on = DateField(
        _l("From which day"),
        [InputRequired(_l("Say from which day."))],
        invalid_value_message=_l("Write the day, for example 2027-02-01."),
    )
    cause = SelectField(_l("Cause"), [InputRequired(_l("Choose the cause."))])
    reason = TextAreaField(_l("In words"), filters=[clean], validators=SAID)

    causes: Sequence[Cause] = tuple(Cause)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.cause.choices = [
            ("", _("Choose…")),
            *((each.value, _(CAUSES[each])) for each in self.causes),
        ]

    def why(self) -> Why:
        """What was written, of a form that is well filled in."""
        return Why(self.left_on.data, self.cause.data, self.reason.data or "", self.attachment)


class TransferForm(WithdrawForm):
    """The same, and the cohort to go on in."""

    causes = CAUSES_OF_TRANSFER
    to = RadioField(
        _l("Where the person goes on"),
        [InputRequired(_l("Choose the cohort."))],
        validate_choice=True,
    )

    def offer(self, cohorts: Sequence[tuple[str, str]]) -> None:
        """The cohorts that have a seat, with their words."""
        self.to.choices = list(cohorts)


class TakeBackForm(Form):
    """Why it does not hold any more."""

    reason = TextAreaField(_l("Reason"), filters=[clean], validators=SAID)
