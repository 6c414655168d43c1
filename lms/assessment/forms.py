"""Forms of assessment; answers are read by the question types."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty
from wtforms.widgets import HiddenInput

from lms.assessment.rules.adjusting import Change
from lms.assessment.rules.by_hand import LONGEST_COMMENT, LONGEST_REASON
from lms.assessment.rules.sitting import LONGEST_PASSWORD
from lms.assessment.rules.watching import MOST_MINUTES, REASON
from lms.foundation.kernel.text import nfc
from lms.foundation.web.forms import Form, WholeLine, clean

_TOO_LONG = _l("Use at most %(max)d characters.")


class Act(Form):
    """One button: begin, hand in."""


class BeginForm(Form):
    """The button that begins an attempt, with the password where the quiz has one."""

    # Not hidden while typed: it is told aloud in the room, and no account's.
    password = StringField(
        _l("Password of the quiz"),
        filters=[clean],
        validators=[Length(max=LONGEST_PASSWORD, message=_TOO_LONG)],
    )


def _lines(value: Any) -> Any:
    """What a text of several lines keeps of what was typed."""
    if not isinstance(value, str):
        return value
    return nfc(value.replace("\r\n", "\n").replace("\x00", "")).strip()


class MarkForm(Form):
    """What somebody gives an answer; ``seen`` is how often it was marked when the page was made."""

    points = StringField(_l("Points"), filters=[clean])
    comment = TextAreaField(
        _l("Comment"), filters=[_lines], validators=[Length(max=LONGEST_COMMENT, message=_TOO_LONG)]
    )
    reason = StringField(
        _l("Why it changes"),
        filters=[clean],
        validators=[Length(max=LONGEST_REASON, message=_TOO_LONG)],
    )
    seen = IntegerField(widget=HiddenInput(), validators=[MayBeEmpty()])


class DeedForm(Form):
    """What is done for people in the middle of a quiz: minutes where it needs them, and why."""

    minutes = IntegerField(
        _l("Minutes"),
        [
            InputRequired(_l("Write how many minutes, from 1 to 600.")),
            NumberRange(1, MOST_MINUTES, _l("Write how many minutes, from 1 to 600.")),
        ],
    )
    reason = StringField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l(REASON)),
            Length(max=300, message=_l("Write at most 300 characters.")),
            WholeLine(),
        ],
    )

    def __init__(self, *args: Any, needs_minutes: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not needs_minutes:
            self.minutes.validators = [MayBeEmpty()]


class CorrectForm(Form):
    """What is done about a question, and why; ``seen`` says what was looked over."""

    seen = HiddenField()
    change = RadioField(
        _l("What to do"),
        validators=[InputRequired(_l("Choose what to do."))],
        choices=[
            SelectChoice(Change.KEY.value, _l("Change the right answer")),
            SelectChoice(Change.ACCEPT.value, _l("Accept other answers too")),
            SelectChoice(Change.CREDIT.value, _l("Give everybody its points")),
            SelectChoice(Change.DROP.value, _l("Leave the question out of the count")),
        ],
    )
    losses = BooleanField(_l("Let people lose points by it"))
    reason = StringField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l(REASON)),
            Length(max=300, message=_l("Write at most 300 characters.")),
            WholeLine(),
        ],
    )


class TakeBackForm(Form):
    """Why a correction is taken back."""

    reason = StringField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l(REASON)),
            Length(max=300, message=_l("Write at most 300 characters.")),
            WholeLine(),
        ],
    )
