"""Beginning a programme, and the courses in it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions import begin as actions
from lms.authoring.actions.begin import Beginning
from lms.authoring.forms.arranging import Act, TitleForm
from lms.authoring.forms.programme import BeginForm
from lms.authoring.views.places import bench
from lms.authoring.views.programme import page
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import reading
from lms.people.models import Institution


@guard(Permission.COURSE_WRITE, scope=scopes.beginning)
def begin(**_values: str) -> ResponseReturnValue:
    """A programme from nothing: a short form, and a draft that nobody sees."""
    owner = _owner()
    form = BeginForm()
    if request.method == "GET":
        form.begin()
        return _html(form)
    if not form.validate():
        return _html(form), 422
    return submit(
        actions.begin_programme,
        owner.id,
        Beginning(form.title.data, form.kind.data, form.hours.data, form.first_course.data),
        form=form,
        then=lambda uid: url_for("authoring.programme", programme=uid),
        said=_("The programme is begun as a draft. Nobody sees it until it is published."),
        again=lambda: _html(form),
    )


def _html(form: BeginForm) -> str:
    return render_template("authoring/begin.html", form=form)


def _owner() -> Institution:
    scope = scopes.beginning()
    if scope.institution_id is None:
        raise NotFound()
    return reading().get_one(Institution, scope.institution_id)


@guard(Permission.COURSE_WRITE, scope=scopes.programme_whole)
def add_course(programme: UUID) -> ResponseReturnValue:
    """A course at the end of the programme."""
    form = TitleForm()
    if not form.validate():
        return page(bench(programme), form), 422
    return submit(
        actions.add_course,
        programme,
        form.title.data,
        form=form,
        then=lambda course: url_for("authoring.course", programme=programme, course=course),
        said=_("The course is begun. Add its modules, and fill in what it is about."),
        again=lambda: page(bench(programme), form),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.programme_whole)
def arrange(programme: UUID) -> ResponseReturnValue:
    """Another order of the courses, one of them twice, or one taken out."""
    action, args = _deed()
    here = url_for("authoring.programme", programme=programme)
    try:
        return submit(
            action, programme, *args, form=Act(), then=lambda step: f"{here}?hecho={step}"
        )
    except Refused as refusal:
        flash(say(refusal), "bad")
        return redirect(here, 303)


def _deed() -> tuple[Callable[..., UUID], tuple[Any, ...]]:
    """What the pressed button says, of the course that it names. Raises NotFound."""
    sent = request.form
    if "up" in sent or "down" in sent:
        places = -1 if "up" in sent else 1
        return actions.move_course, (sent.get("up") or sent.get("down"), places)
    if "duplicate" in sent:
        called = _("%(title)s (copy)", title="{}")
        return actions.duplicate_course, (sent["duplicate"], called)
    if "delete" in sent:
        return actions.remove_course, (sent["delete"],)
    raise NotFound()
