"""The forms of the player and of announcements."""

from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.enrollment.forms.moments import MomentField, opening
from lms.foundation.web.forms import Form, WholeLine, clean

LONGEST_BODY = 20_000


def subject_line(label: Any, missing: Any) -> StringField:
    """What a message is about, on one line: a letter bears it as its subject."""
    return StringField(
        label,
        filters=[clean],
        validators=[
            InputRequired(missing),
            Length(max=120, message=_l("Write at most 120 characters.")),
            WholeLine(),
        ],
    )


def message_text(label: Any, missing: Any, longest: int, too_long: Any) -> TextAreaField:
    """What a message says, in Markdown."""
    return TextAreaField(
        label, validators=[InputRequired(missing), Length(max=longest, message=too_long)]
    )


def _announced() -> tuple[StringField, TextAreaField]:
    """What staff write to many: a title that is the letter's subject, and the text."""
    return (
        subject_line(_l("Title"), _l("Write a title: it is the subject of the letter.")),
        message_text(
            _l("Message"),
            _l("Write the message."),
            LONGEST_BODY,
            _l("Write at most 20,000 characters."),
        ),
    )


class Act(Form):
    """One button: nothing is filled in, something is changed."""


class AnnouncementForm(Form):
    """A message to everybody in a cohort."""

    title, body = _announced()
    at = MomentField(_l("Publish from"))

    def moment(self, zone: str) -> datetime | None:
        """From when on it is to be read; none means at once."""
        return opening(self.at.data, zone) if self.at.data is not None else None


class MessageForm(Form):
    """A message to a list of people; ``seen`` says which list its writer had in view."""

    seen = HiddenField()
    title, body = _announced()


class QuestionForm(Form):
    """What a learner asks their teachers; ``about`` is where they were when they asked."""

    about = HiddenField()
    subject = subject_line(_l("What is it about"), _l("Write what it is about."))
    body = message_text(
        _l("Your question"),
        _l("Write your question."),
        4_000,
        _l("Write at most 4,000 characters."),
    )


class ReplyForm(Form):
    """One more thing to say."""

    body = message_text(
        _l("Message"), _l("Write your message."), 4_000, _l("Write at most 4,000 characters.")
    )
