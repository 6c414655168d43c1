"""The forms of the player and of announcements."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

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
