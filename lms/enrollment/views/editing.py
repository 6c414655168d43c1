"""/gestion/promociones/<cohort>/editar: what may still be changed; its people are told of dates."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.rules import words
from lms.enrollment.actions.edit import edit_cohort, kept, refuse
from lms.enrollment.forms.editing import EditForm, as_it_is, edit_form
from lms.enrollment.forms.opening import scale_words
from lms.enrollment.models import CalendarChange
from lms.enrollment.queries import editing as queries
from lms.enrollment.queries.editing import Editing
from lms.enrollment.rules import editing as rules
from lms.enrollment.rules.calendar import Calendar, Doubt, doubts
from lms.enrollment.rules.changes import changes
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views import dates
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.kernel.points import scale_of
from lms.foundation.locale.formats import by_the_clocks_of, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.csrf import FIELD
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading

_STEPS = {FIELD, "form_key", "go"}
_WORDS = ("title", "mode", "door", "capacity", "scale", "mark_of", "pass_mark", "signers")


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def edit(cohort: UUID) -> ResponseReturnValue:
    """Write, look over what is different and who is told of it, save."""
    found = queries.editing(reading(), cohort, database().clock())
    by_the_clocks_of(found.zone)
    form = edit_form(found)
    step = request.form.get("go", "")
    if request.method == "GET" or step == "edit":
        return _page(found, form)
    if not form.sent():
        return _page(found, form), 422
    asked = form.edit(found)
    if step == "save":
        return submit(
            edit_cohort,
            cohort,
            asked,
            form=form,
            then=url_for("desk.cohort", cohort=cohort),
            said=_said,
            again=lambda: _page(found, form),
        )
    try:
        calendar = refuse(found, asked)
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _page(found, form), refusal.status
    return _look_over(found, form, calendar)


def _page(found: Editing, form: EditForm) -> str:
    reasons = {name: _(reason) for name, reason in rules.fixed(found.standing).items()}
    openings = {key: _(why) for key, why in rules.fixed_openings(found.standing).items()}
    return render_template(
        "enrollment/edit.html",
        found=found,
        form=form,
        fixed=reasons,
        mode=_(words.MODES.get(found.cohort.mode, found.cohort.mode)),
        grading=_grading(found),
        signers="; ".join(each["name"] for each in found.cohort.policy.get("signers") or ()),
        always={name: _(reason) for name, reason in rules.ALWAYS.items()},
        groups=dates.groups(form, found.courses, openings),
        past=[(each.at, dates.differences(each.changes)) for each in _past(found)],
    )


def _grading(found: Editing) -> str:
    policy = found.cohort.policy
    said = scale_words(policy["scale"])
    if not policy.get("for_all"):
        return said
    scale = scale_of(policy["scale"])
    mark = number(scale.grade(policy["pass_mark"]), scale.rounding.decimals)
    return f"{said}; " + _("%(mark)s in all courses", mark=mark)


def _past(found: Editing) -> Sequence[CalendarChange]:
    return queries.last_changes(reading(), found.cohort.id)


def _look_over(found: Editing, form: EditForm, calendar: Calendar) -> str:
    moved = changes(found.standing.calendar, calendar)
    seated = any(rules.concerns_seated(each.what) for each in moved)
    return render_template(
        "enrollment/edit_look_over.html",
        found=found,
        form=form,
        kept=[pair for pair in request.form.items(multi=True) if pair[0] not in _STEPS],
        moved=dates.differences([kept(each) for each in moved]),
        others=_others(found, form),
        doubts=dates.said(_new_doubts(found, calendar)),
        told=queries.to_be_told(reading(), found.cohort.id, seated=seated) if moved else 0,
    )


def _new_doubts(found: Editing, calendar: Calendar) -> list[Doubt]:
    """What is doubtful about the new dates and was not about the old ones."""
    before = doubts(found.standing.calendar, found.standing.now)
    return [each for each in doubts(calendar, found.standing.now) if each not in before]


def _others(found: Editing, form: EditForm) -> list[dates.Difference]:
    """What is different besides dates."""
    before = as_it_is(found)
    rows = []
    for name in _WORDS:
        if name in form and form[name].data != before[name]:
            now = form[name].data
            said = str(form[name].label.text)
            was = _shown(form, name, before[name])
            rows.append(dates.Difference(said, was, _shown(form, name, now)))
    return rows


def _shown(form: EditForm, name: str, value: Any) -> str:
    """What a field says, in the words of its choices."""
    if isinstance(value, list):
        return ", ".join(_shown(form, name, each) for each in value) or _("None yet")
    if name == "capacity" and value is None:
        return _("Without limit")
    choices = {each.value: each.label for each in getattr(form[name], "choices", None) or ()}
    return str(choices.get(value, value)) or "—"


def _said(moved: int) -> str:
    if not moved:
        return str(_("The cohort was saved."))
    return str(
        ngettext(
            "The cohort was saved. Its people are told of %(num)s new date.",
            "The cohort was saved. Its people are told of %(num)s new dates.",
            moved,
        )
    )
