"""The forms of the cohort desk."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.catalog.queries.structure import CourseStructure
from lms.enrollment.forms.moments import MomentField, closing
from lms.enrollment.rules.allowances import MOST_ATTEMPTS, MOST_MINUTES, WHOLE, Allowed
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form, WholeLine, clean


class AllowanceForm(Form):
    """What the people of a list are allowed beyond the rules, and why; ``seen`` says which list
    its writer had in view."""

    seen = HiddenField()
    about = SelectField(_l("About"))
    closes_at = MomentField(_l("Closes for them on"))
    attempts = IntegerField(
        _l("More attempts"),
        [
            MayBeEmpty(),
            NumberRange(0, MOST_ATTEMPTS, _l("Write a number from 0 to 20.")),
        ],
    )
    minutes = IntegerField(
        _l("More minutes in each attempt"),
        [
            MayBeEmpty(),
            NumberRange(0, MOST_MINUTES, _l("Write a number from 0 to 600.")),
        ],
    )
    expires_at = MomentField(_l("To be used before"))
    reason = StringField(
        _l("Reason"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write the reason in a few words: whoever looks later must know it.")),
            Length(max=300, message=_l("Write at most 300 characters.")),
            WholeLine(),
        ],
    )

    def offer(self, courses: Iterable[CourseStructure]) -> None:
        """What it may be about: the end of the cohort, and everything there is to do."""
        whole = _("The whole cohort")
        options = [SelectChoice(WHOLE, _("The end of the cohort"), optgroup=whole)]
        for course in courses:
            options += [
                SelectChoice(f"{course.key}/{each.key}", each.title, optgroup=course.title)
                for each in course.activities
            ]
        self.about.choices = options

    def given(self, zone: str) -> Allowed:
        """What was written, its hours as the clocks of the institution show them."""
        return Allowed(
            about=self.about.data or WHOLE,
            closes_at=closing(self.closes_at.data, zone) if self.closes_at.data else None,
            attempts=self.attempts.data or 0,
            minutes=self.minutes.data or 0,
            expires_at=closing(self.expires_at.data, zone) if self.expires_at.data else None,
        )
