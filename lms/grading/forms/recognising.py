"""The form that recognises a course."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import DateField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange

from lms.enrollment.forms.leaving import SAID
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.attaching import Attaching
from lms.foundation.web.forms import WholeLine, clean
from lms.grading.actions.recognise import Passed
from lms.grading.rules.recognition import LONGEST, MOST_HOURS


class RecognitionForm(Attaching):
    """Which course, and what was passed where, as its document says."""

    needs_document = True

    course = SelectField(_l("Course of this cohort"), [InputRequired(_l("Choose the course."))])
    where_passed = StringField(
        _l("Where it was passed"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write the institution.")),
            Length(2, LONGEST, _l("Write it in up to 200 characters.")),
            WholeLine(),
        ],
    )
    title = StringField(
        _l("As what"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write what the course is called there.")),
            Length(2, LONGEST, _l("Write it in up to 200 characters.")),
            WholeLine(),
        ],
    )
    hours = IntegerField(
        _l("Hours"),
        [
            InputRequired(_l("Write the hours of the course, at least 1.")),
            NumberRange(1, MOST_HOURS, _l("Write the hours of the course, at least 1.")),
        ],
    )
    grade = StringField(
        _l("Grade there"),
        filters=[clean],
        validators=[Length(max=40, message=_l("Write at most 40 characters.")), WholeLine()],
    )
    passed_on = DateField(
        _l("Passed on"),
        [InputRequired(_l("Say on which day."))],
        invalid_value_message=_l("Write the day, for example 2027-02-01."),
    )
    reason = TextAreaField(_l("Why it counts here"), filters=[clean], validators=SAID)

    def offer(self, courses: Sequence[tuple[str, str]]) -> None:
        """The courses that can be recognised; the only one is chosen already."""
        self.course.choices = [("", _("Choose…")), *courses]
        if len(courses) == 1 and not self.course.data:
            self.course.data = courses[0][0]

    def passed(self) -> Passed:
        """What was written, of a form that is well filled in."""
        assert self.attachment is not None
        return Passed(
            self.where_passed.data or "",
            self.title.data or "",
            self.hours.data or 0,
            self.grade.data or "",
            self.passed_on.data,
            self.reason.data or "",
            self.attachment,
        )
