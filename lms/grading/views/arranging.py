"""/gestion/promociones/<cohort>/calificaciones/formar: how a grade is put together."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.acted import act_closed
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.grading.actions.arrange import arrange
from lms.grading.forms.arranging import ArrangeForm, arrange_form
from lms.grading.queries.book import Book, book
from lms.grading.queries.preview import Preview, look_over, preview
from lms.grading.rules.marks import CONVERSIONS
from lms.grading.views.book import address, wanted_course
from lms.grading.views.figures import grade


@guard(Permission.COHORT_OPEN, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """The form; what it would change for whom is shown before anything is saved."""
    session = reading()
    of = book(session, cohort, wanted_course())
    form = arrange_form(of)
    if request.method == "GET":
        return _html(of, form)
    valid = form.sent()
    scheme = form.scheme()
    if not valid or form.errors:
        return _html(of, form), 422
    try:
        look_over(session, of, scheme)
    except (Invalid, Refused) as refusal:
        form.refuse(refusal)
        return _html(of, form), refusal.status
    looked = preview(session, of, scheme)
    if request.form.get("go") != "save":
        return _html(of, form, looked)
    return submit(
        arrange,
        cohort,
        of.course.key,
        scheme,
        form.seen.data or "",
        form=form,
        then=address(of),
        said=lambda different: (
            _("Saved. Everybody's grade is being worked out again.")
            if different
            else _("Nothing was different.")
        ),
        again=lambda: _html(of, form, looked),
    )


def _html(of: Book, form: ArrangeForm, looked: Preview | None = None) -> str:
    scale = of.grading.scale
    return render_template(
        "grading/arrange.html",
        of=of,
        form=form,
        groups=list(form.rows("g", form.groups, "title", "weight", "drop", "least", "key")),
        activities=list(
            zip(of.graded, form.rows("i", len(form.items), "group", "weight", "least"), strict=True)
        ),
        columns=list(
            form.rows("c", form.columns, "title", "kind", "top", "group", "weight", "least", "key")
        ),
        conversions=[_(each.said) for each in CONVERSIONS.values()],
        closed=act_closed(reading(), of.cohort_id, of.course.key) or of.closed_at is not None,
        looked=looked,
        changed=[
            (each.name, grade(scale, each.before), grade(scale, each.after))
            for each in (looked.shown if looked else ())
        ],
        here=url_for("grading.arrange", cohort=of.uid, curso=of.course.key),
        back=address(of),
    )
