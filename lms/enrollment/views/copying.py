"""/gestion/promociones/<cohort>/copiar: an earlier cohort with its dates moved to a new start."""

from uuid import UUID

from flask import render_template, url_for

from lms.enrollment.actions.edit import kept
from lms.enrollment.forms.copying import CopyForm, copy_form
from lms.enrollment.queries.editing import Editing, editing
from lms.enrollment.rules.calendar import SINGLE, WHOLE, Calendar, doubts
from lms.enrollment.rules.changes import Change
from lms.enrollment.scopes import cohort_scope
from lms.enrollment.views import dates
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import database, reading


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def show(cohort: UUID) -> tuple[str, int] | str:
    """Every date as it was and as it would be; then the plan of the new cohort."""
    found = editing(reading(), cohort, database().clock())
    by_the_clocks_of(found.zone)
    form = copy_form()
    if form.inicio.raw_data is None:
        return _page(found, form, None)
    if not form.validate():
        return _page(found, form, None), 422
    return _page(found, form, form.moved(found.standing.calendar, found.zone))


def _page(found: Editing, form: CopyForm, moved: Calendar | None) -> str:
    cohort = found.cohort
    return render_template(
        "enrollment/copy.html",
        cohort=cohort,
        form=form,
        rows=dates.differences([kept(each) for each in _every(found.standing.calendar, moved)])
        if moved
        else [],
        doubts=dates.said(doubts(moved, database().clock())) if moved else [],
        onward=url_for(
            "enrollment.open",
            slug=cohort.programme_version.programme.slug,
            copia=cohort.uid,
            inicio=form.inicio.data.isoformat(),
            regla=form.regla.data,
        )
        if moved
        else None,
    )


def _every(before: Calendar, after: Calendar) -> list[Change]:
    """Every date that there is, whether it has moved or not."""
    found = [Change(what, getattr(before, what), getattr(after, what)) for what in WHOLE]
    for was, each in zip(before.windows, after.windows, strict=True):
        found += [
            Change(what, getattr(was, what), getattr(each, what), each.title)
            for what in SINGLE
            if getattr(each, what) is not None
        ]
    return found
