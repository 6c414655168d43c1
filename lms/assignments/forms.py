"""The forms of works: what a learner writes, and what somebody gives it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, MultipleFileField
from wtforms import HiddenField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty
from wtforms.widgets import HiddenInput

from lms.assessment.rules.by_hand import read_points
from lms.assignments.rules.assignment import LONGEST_TEXT
from lms.assignments.rules.marking import (
    LONGEST_COMMENT,
    LONGEST_OF_CRITERION,
    LONGEST_REASON,
    Given,
    judge,
)
from lms.assignments.rules.rubric import Criterion, Judged
from lms.enrollment.forms import moments
from lms.enrollment.forms.moments import MomentField
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import Points, written
from lms.foundation.kernel.text import nfc, one_line
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form, clean

LONGEST_FILENAME = 120
_TOO_LONG = _l("Use at most %(max)d characters.")


def lines(value: Any) -> Any:
    """What a text of several lines keeps of what was typed."""
    if not isinstance(value, str):
        return value
    return nfc(value.replace("\r\n", "\n").replace("\x00", "")).rstrip()


def filename_of(sent: str | None) -> str:
    """What a file was called, for whoever looks for it again."""
    name = one_line((sent or "").replace("\\", "/").rpartition("/")[2])
    return name[-LONGEST_FILENAME:] or "archivo"


class Act(Form):
    """One button."""


class DraftForm(Form):
    """A work while it is written; ``seen`` names the text that it was written over."""

    text = TextAreaField(
        _l("Your text"), filters=[lines], validators=[Length(max=LONGEST_TEXT, message=_TOO_LONG)]
    )
    file = FileField(_l("Add a file or a photograph"))
    seen = HiddenField()


class HandInForm(Form):
    """Handing in the draft that was looked over."""

    draft = HiddenField()


class WorkForm(Form):
    """What somebody gives a work; ``seen`` is how often it was marked when the page was made."""

    points = StringField(_l("Points"), filters=[clean])
    comment = TextAreaField(
        _l("Comment"), filters=[lines], validators=[Length(max=LONGEST_COMMENT, message=_TOO_LONG)]
    )
    reason = StringField(
        _l("Why it changes"),
        filters=[clean],
        validators=[Length(max=LONGEST_REASON, message=_TOO_LONG)],
    )
    correct_by = MomentField(_l("To be corrected before"))
    notes = MultipleFileField(_l("Files with your notes"))
    seen = IntegerField(widget=HiddenInput(), validators=[MayBeEmpty()])

    criteria: Sequence[Criterion] = ()
    out_of: Points = 0

    def moment(self, zone: str) -> datetime | None:
        """The moment that was written, by the institution's clocks."""
        return moments.closing(self.correct_by.data, zone) if self.correct_by.data else None

    def rows(self) -> list[tuple[Criterion, Any, Any]]:
        """Each criterion with its field of levels or points, and that of its comment."""
        return [
            (each, self[f"c{place}"], self[f"c{place}_comment"])
            for place, each in enumerate(self.criteria)
        ]

    def show(self, judged: Mapping[str, Judged]) -> None:
        """What the criteria were given before."""
        for criterion, field, comment in self.rows():
            given = judged.get(criterion.key)
            if given is None:
                continue
            comment.data = given.comment
            field.data = str(given.level) if criterion.levels else str(written(given.points))

    def given(self, correct_by: datetime | None) -> Given:
        """What was filled in. Raises Invalid, with the field that it is about."""
        judged: dict[str, Judged] = {}
        for criterion, field, comment in self.rows():
            said, remark = field.data or "", comment.data or ""
            try:
                found = judge(criterion, said, said, remark)
            except Invalid as unread:
                raise Invalid(
                    unread.message, fields={field.name: unread.message}, **unread.params
                ) from None
            if found is not None:
                judged[criterion.key] = found
        points = None
        if not self.criteria and correct_by is None:
            points = read_points(self.points.data or "", self.out_of)
        return Given(judged, points, self.comment.data or "", self.reason.data or "", correct_by)


def work_form(criteria: Sequence[Criterion], out_of: Points, **given: Any) -> WorkForm:
    """The form of an assignment, with a field for each of its criteria."""
    fields: dict[str, Any] = {"criteria": criteria, "out_of": out_of}
    for place, each in enumerate(criteria):
        name = f"c{place}"
        if each.levels:
            fields[name] = RadioField(
                each.title,
                choices=[
                    SelectChoice(str(at), f"{one.title} ({_points(one.points)})")
                    for at, one in enumerate(each.levels)
                ],
                validators=[MayBeEmpty()],
                validate_choice=False,
            )
        else:
            fields[name] = StringField(each.title, filters=[clean])
        fields[f"{name}_comment"] = TextAreaField(
            _("Comment on “%(title)s”", title=each.title),
            filters=[lines],
            validators=[Length(max=LONGEST_OF_CRITERION, message=_TOO_LONG)],
        )
    form: WorkForm = type("WorkFormOf", (WorkForm,), fields)(**given)
    return form


def _points(points: Points) -> str:
    return f"{written(points):f}"
