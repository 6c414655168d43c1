"""One lesson or quiz: what it is called, where it is used, and what may be done with it."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.arrange import retitle
from lms.authoring.forms.arranging import Act, TitleForm
from lms.authoring.queries.checked import activity_at
from lms.authoring.queries.usage import usage
from lms.authoring.views.editors import Places, activity_url
from lms.authoring.views.places import bench, just_done
from lms.catalog.activity import activity_kinds
from lms.enrollment.queries.visible import visible
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import current_identity
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@guard(Permission.DRAFT_VIEW, scope=scopes.course)
def show(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    return _html(programme, course, key, TitleForm(formdata=None))


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def rename(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Another title; its key stays, and with it links, progress and grades."""
    form = TitleForm()
    if not form.validate():
        return _html(programme, course, key, form), 422
    read = bench(programme).checked_course(course)
    source = activity_at(read.course(course), key)
    here = url_for("authoring.activity", programme=programme, course=course, key=key)
    return submit(
        retitle,
        programme,
        source.path,
        form.title.data,
        form=form,
        then=lambda done: f"{here}?hecho={done.step}",
        again=lambda: _html(programme, course, key, form),
    )


def _html(programme: UUID, course: str, key: str, form: TitleForm) -> str:
    found = bench(programme)
    read = found.checked_course(course)
    text = read.course(course)
    source = activity_at(text, key)
    places = Places(programme, [text])
    if form.title.data is None:
        form.title.data = source.data.get("title")
    seen = visible(grants_for(current_identity(), Permission.COHORT_VIEW))
    return render_template(
        "authoring/activity.html",
        found=found,
        course=course,
        source=source,
        kind=activity_kinds()[source.kind],
        url=activity_url(programme, source),
        usage=usage(reading(), found.programme, text, source, seen),
        told=places.tell(each for each in read.problems if each.path == source.path),
        name_of=lambda each: each.data.get("title") or each.path.rpartition("/")[2],
        noun_of=lambda each: _(activity_kinds()[each.kind].noun),
        url_of=lambda each: url_for(
            "authoring.activity", programme=programme, course=course, key=each.data.get("key")
        ),
        crumbs=found.crumbs(course),
        writes=found.may_write(course),
        done=just_done(found),
        now=database().clock(),
        form=form,
        act=Act(formdata=None),
    )
