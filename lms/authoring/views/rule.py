"""Whether one person publishes courses, or two together: the institution's own rule."""

from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring.actions.rule import set_two_persons
from lms.authoring.forms.publishing import RuleForm
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for, place_of
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import current_identity
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.models import Institution


def own_institution(**_values: Any) -> Scope:
    """The institution that the reader manages."""
    return place_of(grants_for(current_identity(), Permission.INSTITUTION_MANAGE))


@guard(Permission.INSTITUTION_MANAGE, scope=own_institution)
def show() -> ResponseReturnValue:
    """The rule, explained, and a form to change it."""
    found = own_institution()
    if found.institution_id is None:
        raise NotFound()
    owner = reading().get_one(Institution, found.institution_id)
    form = RuleForm()
    form.persons.choices = [("one", _("One person")), ("two", _("Two persons"))]

    def page() -> str:
        return render_template("authoring/rule.html", form=form, owner=owner)

    if request.method == "GET":
        form.persons.data = "two" if owner.two_person_publishing else "one"
        return page()
    if not form.validate():
        return page(), 422
    return submit(
        set_two_persons,
        owner.id,
        form.persons.data == "two",
        form=form,
        then=url_for("authoring.rule"),
        said=_("The rule is saved."),
        again=page,
    )
