"""/gestion/promociones/<cohort>/preguntas: what the learners of a cohort ask its teachers."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries import cohort as cohorts
from lms.desk.views.allowed import titles
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.learning.actions import inquiries as actions
from lms.learning.forms import Act, ReplyForm
from lms.learning.queries.inquiries import Shown, counts, in_cohort, of_cohort, posts
from lms.learning.views.texts import note_text

_WORDS = {Shown.WAITING: N_("Waiting for an answer"), Shown.ANSWERED: N_("Answered")}


@guard(Permission.INQUIRY_ANSWER, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """Those that wait, the oldest first; or those that have their answer."""
    session = reading()
    head = cohorts.head(session, cohort)
    named = request.args.get("ver", "")
    shown = Shown(named) if named in set(Shown) else Shown.WAITING
    many = counts(session, head.id)
    return render_template(
        "desk/inbox.html",
        head=head,
        shown=shown,
        about=titles(head.courses),
        filters=[
            (
                f"{_(_WORDS[each])} ({many[each]})",
                url_for("desk.inbox", cohort=cohort, ver=each.value),
                each is shown,
            )
            for each in Shown
        ],
        page=of_cohort(session, head.id, shown, page_of()),
        page_url=lambda n: url_for("desk.inbox", cohort=cohort, ver=shown.value, pagina=n),
    )


@guard(Permission.INQUIRY_ANSWER, cohort_scope)
def one(cohort: UUID, inquiry: UUID) -> ResponseReturnValue:
    """One question with all that was said, and the form to answer."""
    return _thread(cohort, inquiry, ReplyForm(formdata=None))


@guard(Permission.INQUIRY_ANSWER, cohort_scope)
def answer(cohort: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Answer: the learner is told on the site and by mail."""
    form = ReplyForm()
    if not form.sent():
        return _thread(cohort, inquiry, form), 422
    return submit(
        actions.answer,
        cohort,
        inquiry,
        form.body.data,
        form=form,
        then=url_for("desk.inbox", cohort=cohort),
        said=_("Answered. The person is being told on the site and by mail."),
        again=lambda: _thread(cohort, inquiry, form),
    )


@guard(Permission.INQUIRY_ANSWER, cohort_scope)
def settle(cohort: UUID, inquiry: UUID) -> ResponseReturnValue:
    """It needs no answer in writing."""
    return submit(
        actions.settle,
        cohort,
        inquiry,
        form=Act(),
        then=url_for("desk.inbox", cohort=cohort),
        said=_("It waits no more."),
    )


def _thread(cohort: UUID, inquiry: UUID, form: ReplyForm) -> str:
    session = reading()
    head = cohorts.head(session, cohort)
    asked = in_cohort(session, cohort, inquiry)
    said = posts(session, inquiry)
    return render_template(
        "desk/inbox_one.html",
        head=head,
        form=form,
        act_form=Act(formdata=None),
        asked=asked,
        about=titles(head.courses).get(asked.about or "-", ""),
        posts=[(each, note_text(each.body, n).html) for n, each in enumerate(said, 1)],
    )
