"""/gestion/promociones/<cohort>/actas/borrador: an act before it is closed."""

from uuid import UUID

from flask import redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.acts.actions.close import close as close_act
from lms.acts.actions.review import remark as say_remark
from lms.acts.actions.review import send_for_review
from lms.acts.forms import CloseForm, RemarkForm, SendForm
from lms.acts.queries.closed import PAGE_SIZE, acts_in, closed_act, remarks
from lms.acts.queries.drawing import drawn
from lms.acts.views.texts import draft_url, figures, outcome, tasks
from lms.certificates.queries.desk import head
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.ACT_VIEW, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """How everybody would end, what keeps the act open, and what those who teach say of it."""
    closed = closed_act(reading(), cohort, _subject())
    if closed is not None:
        return redirect(url_for("acts.act", cohort=cohort, act=closed), 303)
    return _page(cohort)


@guard(Permission.ACT_CLOSE, cohort_scope)
def close(cohort: UUID) -> ResponseReturnValue:
    """Numbered and frozen, when nothing keeps it open and the number of people is right."""
    form = CloseForm()
    if not form.sent():
        return _page(cohort, closing=form), 422
    return submit(
        close_act,
        cohort,
        _subject(),
        form.confirmed.data,
        form=form,
        then=lambda closed: url_for("acts.act", cohort=cohort, act=closed.uid),
        said=lambda closed: _(
            "The act was closed under number %(number)s. Now it has to be signed.",
            number=closed.number,
        ),
        again=lambda: _page(cohort, closing=form),
    )


@guard(Permission.ACT_CLOSE, cohort_scope)
def send(cohort: UUID) -> ResponseReturnValue:
    """Those who teach are asked to look the draft over."""
    return submit(
        send_for_review,
        cohort,
        _subject(),
        form=SendForm(),
        then=draft_url(cohort, _subject()),
        said=lambda many: ngettext(
            "%(num)s person who teaches was asked to look the draft over.",
            "%(num)s people who teach were asked to look the draft over.",
            many,
        ),
    )


@guard(Permission.ACT_REVIEW, cohort_scope)
def remark(cohort: UUID) -> ResponseReturnValue:
    """What somebody who teaches sees in the draft."""
    form = RemarkForm()
    if not form.sent():
        return _page(cohort, remarking=form), 422
    return submit(
        say_remark,
        cohort,
        _subject(),
        form.text.data,
        form=form,
        then=draft_url(cohort, _subject()),
        said=_("Your remark stands with the draft; the registrar reads it there."),
        again=lambda: _page(cohort, remarking=form),
    )


def _subject() -> str:
    return request.args.get("curso", "")


def _page(cohort: UUID, closing: Form | None = None, remarking: Form | None = None) -> str:
    session, subject, number = reading(), _subject(), page_of()
    found = drawn(session, cohort, subject, database().clock())
    acts = [each for each in acts_in(session, found.office.cohort_id) if each.subject == subject]
    by_the_clocks_of(found.office.policy["zone"])
    scope, identity = cohort_scope(cohort), signed_in()
    start = (number - 1) * PAGE_SIZE
    return render_template(
        "acts/draft.html",
        head=head(session, cohort),
        found=found,
        subject=subject,
        least=found.scale.grade(found.pass_mark),
        sent_at=acts[0].sent_at if acts else None,
        figures=figures(len(found.entries), found.totals),
        tasks=tasks(cohort, subject, list(found.blockers)),
        page=Page(found.entries[start : start + PAGE_SIZE], number, PAGE_SIZE, len(found.entries)),
        page_url=lambda n: draft_url(cohort, subject, pagina=n),
        outcome=outcome,
        remarks=remarks(session, found.office.cohort_id, subject),
        may_close=allows(identity, Permission.ACT_CLOSE, scope),
        may_remark=allows(identity, Permission.ACT_REVIEW, scope),
        closing=closing or CloseForm(formdata=None),
        remarking=remarking or RemarkForm(formdata=None),
        sending=SendForm(formdata=None),
        draft_url=draft_url,
    )
