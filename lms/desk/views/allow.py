"""/gestion/promociones/<cohort>/excepciones: what single people are allowed, why, until when."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.desk.forms import AllowanceForm
from lms.desk.queries.people import ids
from lms.desk.queries.reached import reach_of_allowance
from lms.desk.rules.seen import fingerprint, refuse_another
from lms.desk.views.allowed import gives, titles
from lms.desk.views.listing import Listing, listing, words_of
from lms.enrollment.actions.allow import allow, revoke
from lms.enrollment.queries.allowances import of_cohort
from lms.enrollment.rules.allowances import Allowed
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Refused
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.learning.forms import Act


@guard(Permission.ALLOWANCE_GIVE, cohort_scope)
def show(cohort: UUID) -> ResponseReturnValue:
    """Who would get it, the form, and what was given before."""
    return _html(listing(cohort), AllowanceForm(formdata=None))


@guard(Permission.ALLOWANCE_GIVE, cohort_scope)
def preview(cohort: UUID) -> ResponseReturnValue:
    """What it would change for whom; nothing is written."""
    found, form = listing(cohort), AllowanceForm()
    form.offer(found.head.courses)
    valid = form.sent()
    given = form.given(found.head.zone) if valid else None
    return _html(found, form, given), 200 if valid else 422


@guard(Permission.ALLOWANCE_GIVE, cohort_scope)
def give(cohort: UUID) -> ResponseReturnValue:
    """Give it to the people that were in view; if they are others now, look again."""
    found, form = listing(cohort), AllowanceForm()
    form.offer(found.head.courses)
    if not form.sent():
        return _html(found, form), 422
    people = ids(reading(), found.wanted)
    try:
        refuse_another(form.seen.data or "", people)
    except Refused as refusal:
        form.refuse(refusal)
        return _html(found, form), refusal.status
    return submit(
        allow,
        cohort,
        people,
        form.given(found.head.zone),
        form.reason.data,
        form=form,
        then=url_for("desk.allowances", cohort=cohort, **found.parts()),
        said=lambda many: ngettext(
            "Given to %(num)s person, who is being told.",
            "Given to %(num)s people, who are being told.",
            many,
        ),
        again=lambda: _html(found, form),
    )


@guard(Permission.ALLOWANCE_GIVE, cohort_scope)
def take_back(cohort: UUID, allowance: UUID) -> ResponseReturnValue:
    """It does not hold any more; what was begun with it goes on to its end."""
    return submit(
        revoke,
        cohort,
        allowance,
        form=Act(),
        then=url_for("desk.allowances", cohort=cohort, ver="todas"),
        said=_("Taken back. The person is being told."),
    )


def _html(found: Listing, form: AllowanceForm, given: Allowed | None = None) -> str:
    session, head = reading(), found.head
    by_the_clocks_of(head.zone)
    form.offer(head.courses)
    form.seen.data = fingerprint(ids(session, found.wanted))
    before = of_cohort(session, head.id, page_of())
    named = titles(head.courses)
    return render_template(
        "desk/allowances.html",
        form=form,
        act_form=Act(formdata=None),
        found=found,
        narrowed=words_of(found),
        reach=reach_of_allowance(session, found.wanted),
        preview=gives(given) if given is not None else None,
        preview_about=named.get(given.about, "") if given is not None else "",
        before=before,
        lines=[(each, named.get(each.about, each.about), gives(each)) for each in before.items],
        page_url=lambda n: url_for("desk.allowances", cohort=head.uid, pagina=n, **found.parts()),
    )
