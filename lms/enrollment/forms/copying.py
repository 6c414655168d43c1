"""A new cohort filled in from an earlier one: everything of it that still holds, dates moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import DateField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.enrollment.forms import moments
from lms.enrollment.forms.editing import as_it_is
from lms.enrollment.queries.editing import Editing
from lms.enrollment.queries.planning import Setting
from lms.enrollment.queries.team import Member
from lms.enrollment.rules.calendar import SINGLE, WHOLE, Calendar, named
from lms.enrollment.rules.opening import Term
from lms.enrollment.rules.shifting import Shift, shifted
from lms.foundation.access.roles import Role
from lms.foundation.web.forms import Form


class CopyForm(Form):
    """The first day of the new cohort, and how its other dates follow. Sent by its address."""

    inicio = DateField(
        _l("First day of the new cohort"),
        [InputRequired(_l("Say on which day the new cohort starts."))],
        invalid_value_message=_l("Write the day, for example 2027-02-01."),
    )
    regla = RadioField(
        _l("How the other dates follow"),
        default=Shift.WEEKS.value,
        choices=[
            SelectChoice(Shift.WEEKS.value, _l("By whole weeks: each keeps its day of the week")),
            SelectChoice(Shift.DAYS.value, _l("By as many days as the start")),
        ],
    )

    def moved(self, before: Calendar, zone: str) -> Calendar:
        """The earlier calendar, moved."""
        return shifted(before, self.inicio.data, Shift(self.regla.data), zone)


def copy_form() -> CopyForm:
    """The form as the address fills it in."""
    return CopyForm(formdata=request.args if "inicio" in request.args else None)


@dataclass(frozen=True)
class Copied:
    """What a new cohort begins with, and what of the earlier one could not be taken along."""

    data: dict[str, Any]
    lost: Sequence[str]


def copied(
    earlier: Editing, setting: Setting, team: Sequence[Member], start: date, shift: Shift
) -> Copied:
    """The form of a new cohort, begun from an earlier one.

    Signers whose term is over by the new end, people who no longer teach, and dates of activities
    that the version does not have are left out. Title and key are written anew.
    """
    zone = earlier.zone
    calendar = shifted(earlier.standing.calendar, start, shift, zone)
    data = as_it_is(earlier) | {"title": "", "key": "", "version": str(setting.version.number)}
    data["call_of"] = str(earlier.cohort.uid)
    taught = {course.key for course in earlier.courses}
    kept = [course.key for course in setting.written if course.key in taught]
    data["courses"] = kept or [course.key for course in setting.written]
    data["signers"] = _in_office(earlier, setting, calendar)
    ready = {each.uid for each in setting.teachers}
    for name, role in (("teachers", Role.INSTRUCTOR), ("tutors", Role.TUTOR)):
        data[name] = [
            str(each.person) for each in team if each.role == role and each.person in ready
        ]
    data |= {what: moments.shown(getattr(calendar, what), zone) for what in WHOLE}
    there = {f"{c.key}/{a.key}" for c in setting.courses for a in c.activities}
    lost = []
    for window in calendar.windows:
        for which in SINGLE:
            data[named(which, window.key)] = moments.shown(getattr(window, which), zone)
        if window.key not in there and (window.opens_at or window.closes_at):
            lost.append(window.title)
    return Copied(data, lost)


def _in_office(earlier: Editing, setting: Setting, calendar: Calendar) -> list[str]:
    day = calendar.ends_at.astimezone(ZoneInfo(earlier.zone)).date()
    before = {each.get("uid") for each in earlier.cohort.policy.get("signers") or ()}
    return [
        str(each.uid)
        for each in setting.signers
        if str(each.uid) in before and Term(each.name, each.starts_on, each.ends_on).holds(day)
    ]
