"""/gestion/promociones/<cohort>/invitadas: who was enrolled and has not come in yet."""

from uuid import UUID

from flask import make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import invited as actions
from lms.enrollment.forms.adding import StepForm
from lms.enrollment.forms.deciding import chosen
from lms.enrollment.queries import invited as queries
from lms.enrollment.queries.keys import cohort_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import reading


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def show(cohort: UUID) -> str:
    """Who is waited for, and by which address they were invited."""
    return _page(cohort, StepForm(formdata=None))


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def send(cohort: UUID) -> ResponseReturnValue:
    """The invitation once more, to those ticked."""
    form = StepForm()
    return submit(
        actions.send_again,
        cohort,
        chosen(),
        form=form,
        then=url_for("enrollment.invited", cohort=cohort),
        said=lambda many: ngettext(
            "%(num)s invitation was sent again.", "%(num)s invitations were sent again.", many
        ),
        again=lambda: _page(cohort, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def codes(cohort: UUID) -> ResponseReturnValue:
    """Codes for those ticked, on a page to be printed: it is the only time they are seen."""
    form = StepForm()
    try:
        slips = perform(actions.hand_over, cohort, chosen())
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(cohort, form), refusal.status
    response = make_response(
        render_template(
            "enrollment/codes.html",
            cohort=cohort_of(reading(), cohort),
            slips=slips,
            door=url_for("people.invited", _external=True),
        )
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _page(uid: UUID, form: StepForm) -> str:
    cohort = cohort_of(reading(), uid)
    lines, total = queries.page(reading(), cohort.id, page_of())
    return render_template(
        "enrollment/invited.html",
        cohort=cohort,
        form=form,
        page=Page(lines, page_of(), queries.PAGE_SIZE, total),
        page_url=lambda n: url_for("enrollment.invited", cohort=uid, pagina=n),
    )
