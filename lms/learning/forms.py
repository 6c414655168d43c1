"""The forms of the player and of announcements."""

from datetime import datetime

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from lms.enrollment.forms.moments import MomentField, opening
from lms.foundation.web.forms import Form, WholeLine, clean

LONGEST_BODY = 20_000


class Act(Form):
    """One button: nothing is filled in, something is changed."""


class AnnouncementForm(Form):
    """A message to everybody in a cohort."""

    title = StringField(
        _l("Title"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write a title: it is the subject of the letter.")),
            Length(max=120, message=_l("Write at most 120 characters.")),
            WholeLine(),
        ],
    )
    body = TextAreaField(
        _l("Message"),
        validators=[
            InputRequired(_l("Write the message.")),
            Length(max=LONGEST_BODY, message=_l("Write at most 20,000 characters.")),
        ],
    )
    at = MomentField(_l("Publish from"))

    def moment(self, zone: str) -> datetime | None:
        """From when on it is to be read; none means at once."""
        return opening(self.at.data, zone) if self.at.data is not None else None


class MessageForm(Form):
    """A message to a list of people; ``seen`` says which list its writer had in view."""

    seen = HiddenField()
    title = StringField(
        _l("Title"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write a title: it is the subject of the letter.")),
            Length(max=120, message=_l("Write at most 120 characters.")),
            WholeLine(),
        ],
    )
    body = TextAreaField(
        _l("Message"),
        validators=[
            InputRequired(_l("Write the message.")),
            Length(max=LONGEST_BODY, message=_l("Write at most 20,000 characters.")),
        ],
    )


class QuestionForm(Form):
    """What a learner asks their teachers; ``about`` is where they were when they asked."""

    about = HiddenField()
    subject = StringField(
        _l("What is it about"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write what it is about.")),
            Length(max=120, message=_l("Write at most 120 characters.")),
            WholeLine(),
        ],
    )
    body = TextAreaField(
        _l("Your question"),
        validators=[
            InputRequired(_l("Write your question.")),
            Length(max=4_000, message=_l("Write at most 4,000 characters.")),
        ],
    )


class ReplyForm(Form):
    """One more thing to say."""

    body = TextAreaField(
        _l("Message"),
        validators=[
            InputRequired(_l("Write your message.")),
            Length(max=4_000, message=_l("Write at most 4,000 characters.")),
        ],
    )
