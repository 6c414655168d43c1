"""What was done to a draft, the latest first, each with the button that takes it back."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.drafts import undo as undo_step
from lms.authoring.forms.arranging import Act
from lms.authoring.queries.drafts import last_steps, step_at
from lms.authoring.rules.publication import parts_of
from lms.authoring.views.places import bench, said, shown
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.foundation.web.views import safe_next
from lms.people.queries.people import names


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID) -> ResponseReturnValue:
    found = bench(programme)
    steps = last_steps(reading(), found.programme.id)
    people = names(reading(), {each.person_id for each in steps if each.person_id is not None})
    return render_template(
        "authoring/steps.html",
        found=found,
        crumbs=found.crumbs(),
        steps=[shown(found, each) for each in steps],
        people=people,
        writes=found.may_write(),
        act=Act(formdata=None),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.step)
def undo(programme: UUID, step: UUID) -> ResponseReturnValue:
    """Take back one step."""
    found = bench(programme)
    deed = step_at(reading(), found.programme.id, step)
    if deed is None:
        raise NotFound()
    parts = parts_of(each["path"] for each in deed.changes)
    then = url_for("authoring.programme", programme=programme)
    if request.form.get("from") == "steps":
        then = url_for("authoring.steps", programme=programme)
    elif len(parts) == 1 and parts[0]:
        then = url_for("authoring.course", programme=programme, course=parts[0])
        then = safe_next(request.form.get("back"), then)
    return submit(
        undo_step,
        programme,
        step,
        form=Act(),
        then=then,
        said=_("Undone: %(deed)s", deed=said(deed)),
    )
