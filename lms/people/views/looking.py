"""Seeing the site as somebody else: the page that begins it, and the button that ends it."""

from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard, public
from lms.foundation.web.identity import current_identity, signed_in
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import database, reading
from lms.people.actions import looking
from lms.people.forms.help_desk import ReasonForm
from lms.people.landing import landing
from lms.people.models import Person
from lms.people.queries import grants
from lms.people.queries.looking import why_not
from lms.people.scopes import helped, person_for
from lms.people.views.door import blueprint
from lms.people.views.helping import ONE

LOOK = Permission.PERSON_SEE_AS


@blueprint.route(f"{ONE}/ver-como", methods=["GET", "POST"])
@guard(LOOK, person_for(LOOK))
def begin_look(person: UUID) -> ResponseReturnValue:
    """What will be seen and what not, and for what reason; then the site as they see it."""
    found, identity, session = helped(LOOK), signed_in(), reading()
    whose = session.get_one(Person, found.id)
    held = grants.holding(session, whose.id, database().clock())
    theirs = [grants.plain(row) for row in held]
    form = ReasonForm()

    def page() -> str:
        refusal = why_not(session, identity.grants, whose.uid, theirs)
        return render_template(
            "people/begin_look.html", form=form, person=whose, refusal=refusal and _(refusal)
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        looking.begin, identity.session_id, whose.id, form.reason.data, found.institution_id,
        form=form, then=url_for(landing(theirs)), again=page,
    )  # fmt: skip


@blueprint.post("/ver-como/terminar")
@public("whoever looks as somebody else may stop at any moment", ends_look=True)
def end_look() -> ResponseReturnValue:
    """Back to the page of the person who was helped."""
    identity = current_identity()
    if not isinstance(identity, Identity):
        return redirect(url_for("people.sign_in"), 303)
    whom = perform(looking.end, identity.session_id)
    if whom is None:
        return redirect(url_for(landing(identity.grants)), 303)
    return redirect(url_for("desk.help_person", person=whom), 303)
