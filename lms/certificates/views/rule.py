"""/gestion/institucion/<institution>/emision: whether one person issues documents, or two."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.actions.checklists import set_two_persons
from lms.certificates.forms import RuleForm
from lms.certificates.scopes import institution_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.queries.institution import institution_of


@guard(Permission.INSTITUTION_MANAGE, institution_scope)
def show(institution: UUID) -> ResponseReturnValue:
    """The rule, explained, and a form to change it."""
    owner = institution_of(reading(), institution)
    form = RuleForm()

    def page() -> str:
        return render_template("certificates/rule.html", form=form, owner=owner)

    if request.method == "GET":
        form.persons.data = "two" if owner.two_person_issuing else "one"
        return page()
    if not form.validate():
        return page(), 422
    return submit(
        set_two_persons,
        owner.id,
        form.persons.data == "two",
        form=form,
        then=url_for("certificates.rule", institution=institution),
        said=_("The rule is saved."),
        again=page,
    )
