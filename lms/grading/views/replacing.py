"""/gestion/promociones/<cohort>/calificaciones/<enrollment>/cambiar: a mark in place of another."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.queries.structure import ActivityStructure
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.grading.actions.replace import replace, restore
from lms.grading.forms.writing import ReplaceForm, RestoreForm
from lms.grading.queries import book as queries
from lms.grading.queries.book import Book
from lms.grading.queries.person import entry_of, person
from lms.grading.rules.marks import read_mark
from lms.grading.views.book import wanted_course
from lms.grading.views.figures import grade, signs


@guard(Permission.GRADE_ENTER, cohort_scope)
def change(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """What counts now, what is to count, and why."""
    of = queries.book(reading(), cohort, wanted_course())
    activity = of.course.activity(request.args.get("nota", ""))
    form = ReplaceForm()
    if not form.is_submitted():
        return _html(of, activity, enrollment, form)
    if not form.sent():
        return _html(of, activity, enrollment, form), 422
    try:
        ratio = read_mark(form.mark.data, "number", of.grading.scale.top, **signs())
    except Invalid as refusal:
        form.refuse(Invalid(refusal.message, fields={"mark": refusal.message}, **refusal.params))
        return _html(of, activity, enrollment, form), 422
    return submit(
        replace,
        cohort,
        of.course.key,
        enrollment,
        activity.key,
        ratio,
        form.reason.data,
        form=form,
        then=_back(of, enrollment, activity.key),
        said=lambda title: _(
            "The mark of “%(title)s” was replaced. The person is being told.", title=title
        ),
        again=lambda: _html(of, activity, enrollment, form),
    )


@guard(Permission.GRADE_ENTER, cohort_scope)
def give_back(cohort: UUID, entry: UUID) -> ResponseReturnValue:
    """What the activity gave counts again."""
    of = queries.book(reading(), cohort, wanted_course())
    found, form = entry_of(reading(), of, entry), RestoreForm()

    def html() -> str:
        return render_template(
            "grading/restore.html", of=of, found=found, form=form,
            activity=of.course.activity(found.key), name=found.name,
            now=grade(of.grading.scale, found.ratio), before=grade(of.grading.scale, found.before),
            back=_back(of, found.enrollment, found.key),
        )  # fmt: skip

    if not form.is_submitted():
        return html()
    if not form.sent():
        return html(), 422
    return submit(
        restore,
        cohort,
        of.course.key,
        entry,
        form.reason.data,
        form=form,
        then=_back(of, found.enrollment, found.key),
        said=lambda title: _(
            "What “%(title)s” gave counts again. The person is being told.", title=title
        ),
        again=html,
    )


def _back(of: Book, enrollment: UUID, key: str) -> str:
    return url_for("desk.person", cohort=of.uid, enrollment=enrollment) + f"#n-{key}"


def _html(of: Book, activity: ActivityStructure, enrollment: UUID, form: ReplaceForm) -> str:
    found = person(reading(), of, enrollment)
    cell = queries.cells(reading(), of, [found.id])[found.id].get(activity.key)
    return render_template(
        "grading/replace.html",
        of=of,
        activity=activity,
        name=found.name,
        form=form,
        now=grade(of.grading.scale, cell.ratio if cell else None),
        back=_back(of, enrollment, activity.key),
    )
