"""So will my name stand on the diploma: look, correct, confirm."""

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.foundation.web.views import safe_next
from lms.people.actions import profile
from lms.people.forms.account import NameForm
from lms.people.issued import has_document
from lms.people.models import Person
from lms.people.views.door import blueprint


@blueprint.route("/cuenta/nombre", methods=["GET", "POST"])
@guard(Permission.PROFILE_MANAGE)
def name() -> ResponseReturnValue:
    person = reading().get_one(Person, signed_in().person_id)
    form = NameForm(obj=person)
    onward = request.args.get("next")

    def page() -> str:
        return render_template(
            "people/name.html",
            form=form,
            confirming=Form(formdata=None),
            person=person,
            is_fixed=has_document(reading(), person.id),
            onward=onward,
        )

    if not form.is_submitted():
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        profile.correct_name,
        person.id,
        form.name(),
        form=form,
        then=url_for("people.name", next=onward),
        said=_("Your name is corrected. Look at it once more and confirm it."),
        again=page,
    )


@blueprint.post("/cuenta/nombre/confirmar")
@guard(Permission.PROFILE_MANAGE)
def confirm_name() -> ResponseReturnValue:
    return submit(
        profile.confirm_name,
        signed_in().person_id,
        form=Form(),
        then=safe_next(request.args.get("next"), url_for("people.account")),
        said=_("Thank you. Your name will appear so on your documents."),
    )
