"""/gestion/promociones/<cohort>/actas/<act>: a closed act, who signs it, what amends it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.acts.actions.close import amend as amend_act
from lms.acts.actions.close import number_of
from lms.acts.forms import AmendForm
from lms.acts.models import ActSignature, GradeAct
from lms.acts.queries import closed as queries
from lms.acts.queries.drawing import drawn
from lms.acts.rules.amending import Difference, differences
from lms.acts.rules.signing import who_signs_for
from lms.acts.views.texts import figures, outcome, standing
from lms.certificates.queries.desk import head
from lms.certificates.queries.office import office
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.queries.institution import signers

MOST_SHOWN = 50


@guard(Permission.ACT_VIEW, cohort_scope)
def show(cohort: UUID, act: UUID) -> str:
    """What the act says, the places to sign, the acts that amend it, and what is different now."""
    session, number = reading(), page_of()
    found = queries.act_of(session, cohort, act)
    house = office(session, cohort)
    by_the_clocks_of(house.policy["zone"])
    places = queries.signatures(session, found.id)
    family = [
        each
        for each in queries.acts_in(session, found.cohort_id)
        if each.subject == found.subject and each.closed_at is not None
    ]
    signed = sum(each.signed_at is not None for each in places)
    scope, identity = cohort_scope(cohort), signed_in()
    return render_template(
        "acts/act.html",
        head=head(session, cohort),
        act=found,
        number=number_of(found),
        tag=standing(signed, len(places)),
        figures=figures(found.people, queries.totals(session, found.id)),
        places=places,
        turn=next((each.order for each in places if each.signed_at is None), None),
        mine=_mine(found, places, house.day(database().clock())),
        page=Page(
            queries.lines(session, found.id, number), number, queries.PAGE_SIZE, found.people
        ),
        page_url=lambda n: url_for("acts.act", cohort=cohort, act=act, pagina=n),
        outcome=outcome,
        family=[(number_of(each), each) for each in family if each.id != found.id],
        changed=() if found.edition else _changed(cohort, found),
        most=MOST_SHOWN,
        may_close=allows(identity, Permission.ACT_CLOSE, scope),
        remarks=queries.remarks(session, found.cohort_id, found.subject),
    )


@guard(Permission.ACT_CLOSE, cohort_scope)
def amend(cohort: UUID, act: UUID) -> ResponseReturnValue:
    """What became different is taken up by an act that says why and by whose decision."""
    session, form = reading(), AmendForm()
    found = queries.act_of(session, cohort, act)
    if found.edition:
        raise NotFound()
    changed = _changed(cohort, found)

    def page() -> str:
        return render_template(
            "acts/amend.html",
            head=head(session, cohort),
            act=found,
            number=number_of(found),
            form=form,
            changed=changed,
            most=MOST_SHOWN,
            outcome=outcome,
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        amend_act,
        cohort,
        act,
        form.reason.data,
        form.authority.data,
        form.confirmed.data,
        form=form,
        then=lambda made: url_for("acts.act", cohort=cohort, act=made.uid),
        said=lambda made: _(
            "The amending act has number %(number)s. Now it has to be signed.", number=made.number
        ),
        again=page,
    )


def _changed(cohort: UUID, found: GradeAct) -> Sequence[Difference]:
    session = reading()
    now = drawn(session, cohort, found.subject, database().clock())
    return differences(queries.acted(session, found.cohort_id, found.subject), now.entries)


def _mine(found: GradeAct, places: Sequence[ActSignature], today: date) -> int | None:
    """The place in which the reader may sign now."""
    place = next((each for each in places if each.signed_at is None), None)
    if place is None:
        return None
    who = who_signs_for(place.signer_uid, signers(reading(), found.institution_id), today)
    return place.order if who is not None and who.account_id == signed_in().person_id else None
