"""The forms in which an application is read: a verdict for each paper, and a moment."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length
from wtforms.validators import Optional as MayBeEmpty

from lms.enrollment.forms import moments
from lms.enrollment.forms.moments import MomentField
from lms.enrollment.queries.papers import Sheet
from lms.enrollment.rules.applying import PaperState
from lms.enrollment.rules.reviewing import LONGEST_WORDS, USUAL_DAYS, Verdict
from lms.foundation.web.forms import Form, clean

LAST_MINUTE = time(23, 59)


class TimeForm(Form):
    """Until when it is to be corrected."""

    until = MomentField(_l("Correct before"), _l("Say until when it is to be corrected."))

    def moment(self, zone: str) -> datetime | None:
        """The moment that was written, by the institution's clocks."""
        return moments.closing(self.until.data, zone) if self.until.data else None


class ReviewForm(Form):
    """A verdict for each paper; the moment is only needed to send it back."""

    until = MomentField(_l("Correct before"))

    def verdicts(self, sheets: Sequence[Sheet]) -> list[Verdict]:
        """What was said of each paper; one of which nothing was said stays as it is."""
        found = []
        for each in sheets:
            paper = each.paper
            if paper is None:
                continue
            verdict, words = fields_of(self, each)
            if verdict.data in (PaperState.ACCEPTED, PaperState.OBSERVED):
                found.append(Verdict(paper.uid, verdict.data, words.data or "", words.name))
        return found

    def moment(self, zone: str) -> datetime | None:
        """The moment that was written, by the institution's clocks."""
        return moments.closing(self.until.data, zone) if self.until.data else None


def review_form(sheets: Sequence[Sheet], now: datetime, zone: str) -> ReviewForm:
    """The form of these papers, as they stand; a week is what is usual for correcting."""
    fields: dict[str, Any] = {}
    data: dict[str, Any] = {"until": usual(now, zone)}
    for each in sheets:
        if each.paper is None:
            continue
        verdict, words = _names(each)
        fields[verdict] = RadioField(
            _l("%(name)s is", name=each.requirement.name),
            [MayBeEmpty()],
            validate_choice=False,  # of one that has not been read nothing is chosen
            choices=[
                SelectChoice(PaperState.ACCEPTED.value, _l("Accepted")),
                SelectChoice(PaperState.OBSERVED.value, _l("To be corrected")),
            ],
        )
        fields[words] = TextAreaField(
            _l("What is to be corrected in “%(name)s”", name=each.requirement.name),
            [Length(max=LONGEST_WORDS, message=_l("Write at most 500 characters."))],
            filters=[clean],
        )
        data[verdict] = each.paper.state
        data[words] = each.paper.said
    made = type("ReviewForm", (ReviewForm,), fields)
    return cast(ReviewForm, made(data=data))


def usual(now: datetime, zone: str) -> datetime:
    """A week from today, to the end of the day there."""
    day = now.astimezone(ZoneInfo(zone)).date() + timedelta(days=USUAL_DAYS)
    return datetime.combine(day, LAST_MINUTE)


def fields_of(form: ReviewForm, sheet: Sheet) -> tuple[Any, Any]:
    """The verdict and the words of one paper, as fields."""
    verdict, words = _names(sheet)
    return form[verdict], form[words]


def _names(sheet: Sheet) -> tuple[str, str]:
    # With the paper in its name: what was written of one that was replaced stands for no other.
    uid = sheet.paper.uid.hex if sheet.paper else ""
    return f"verdict-{uid}", f"words-{uid}"
