"""/gestion/promociones/<cohort>/convocatoria: what applicants are told and asked for."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import call as actions
from lms.enrollment.forms.applying import Act
from lms.enrollment.forms.calls import RequirementForm, WordsForm, requirement_form
from lms.enrollment.forms.waiting import ListForm, list_form
from lms.enrollment.queries import calls as queries
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The whole call, and the form of what applicants read first."""
    page = queries.call_page(reading(), cohort, database().clock())
    form = WordsForm(data={"words": page.words})
    if request.method == "GET":
        return page_of_call(page, form)
    if not form.sent():
        return page_of_call(page, form), 422
    return submit(
        actions.set_words,
        cohort,
        (form.words.data or "").strip(),
        form=form,
        then=_here(cohort),
        said=_("Saved."),
        again=lambda: page_of_call(page, form),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def ask_for(cohort: UUID) -> ResponseReturnValue:
    """One thing more that applicants send."""
    return _requirement(
        cohort,
        requirement_form(),
        lambda form: (actions.ask_for, (cohort, form.asked())),
        lambda name: _("The call now asks for “%(name)s”.", name=name),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def ask_otherwise(cohort: UUID, requirement: UUID) -> ResponseReturnValue:
    """Another name, reason, format or size of what applicants send."""
    page = queries.call_page(reading(), cohort, database().clock())
    before = queries.requirement_of(reading(), page.cohort.id, requirement)
    return _requirement(
        cohort,
        requirement_form(queries.plain(before)),
        lambda form: (actions.ask_otherwise, (cohort, requirement, form.asked())),
        lambda name: _("“%(name)s” was changed.", name=name),
        name=before.name,
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def ask_no_more(cohort: UUID, requirement: UUID) -> ResponseReturnValue:
    """One thing less that applicants send."""
    return submit(
        actions.ask_no_more,
        cohort,
        requirement,
        form=Act(),
        then=_here(cohort),
        said=lambda name: _(
            "“%(name)s” is asked for no more. It stands below if you want it back.", name=name
        ),
    )


@guard(Permission.COHORT_OPEN, scope=cohort_scope)
def ask_again(cohort: UUID, requirement: UUID) -> ResponseReturnValue:
    """What had been taken out is asked for again."""
    return submit(
        actions.ask_again,
        cohort,
        requirement,
        form=Act(),
        then=_here(cohort),
        said=lambda name: _("The call now asks for “%(name)s”.", name=name),
    )


def _requirement(
    cohort: UUID,
    form: RequirementForm,
    deed: Callable[[RequirementForm], tuple[Any, tuple[Any, ...]]],
    said: Callable[[str], str],
    name: str = "",
) -> ResponseReturnValue:
    page = queries.call_page(reading(), cohort, database().clock())

    def html() -> str:
        return render_template(
            "enrollment/requirement.html", cohort=page.cohort, page=page, form=form, name=name
        )

    if request.method == "GET":
        return html()
    if not form.sent():
        return html(), 422
    action, given = deed(form)
    return submit(action, *given, form=form, then=_here(cohort), said=said, again=html)


def page_of_call(
    page: queries.CallPage, form: WordsForm | None = None, lists: ListForm | None = None
) -> str:
    """The whole call; a form that was refused stands on it as it was sent."""
    by_the_clocks_of(page.cohort.policy["zone"])
    return render_template(
        "enrollment/call.html",
        page=page,
        cohort=page.cohort,
        form=form or WordsForm(formdata=None, data={"words": page.words}),
        lists=lists or list_form(page.kept, fresh=True),
        act=Act(formdata=None),
    )


def _here(cohort: UUID) -> str:
    return url_for("enrollment.call", cohort=cohort)
