"""One assignment on screen: what is asked, how it is handed in, by what it is marked."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions import questions as actions
from lms.authoring.formats.yaml_items import revision_of
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.assignment import AssignmentForm
from lms.authoring.views.editors import Places
from lms.authoring.views.places import just_done
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit

EDITOR = "authoring.assignment"


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def write(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """All that its file says, in one form."""
    bench, form = quiz_at(programme, course, key, EDITOR), AssignmentForm()
    now = revision_of(bench.data)
    places = Places(programme, [bench.course])
    others = _others(bench)

    def page(*, overtaken: bool = False) -> str:
        if overtaken:
            form.stand_against(bench.data)
            form.opened.data = now
        return render_template(
            "authoring/assignment.html",
            bench=bench,
            form=form,
            overtaken=overtaken,
            told=places.tell(e for e in bench.read.problems if e.path == bench.source.path),
            crumbs=bench.crumbs(),
            as_text=bench.url("activity_text"),
            back=bench.url("activity"),
            done=just_done(bench.found),
            act=Act(formdata=None),
            others=[
                (each.data.get("title") or k, bench.url("assignment", de=k)) for k, each in others
            ],
        )

    if request.method == "GET":
        form.fill(bench.data)
        like = next((each for k, each in others if k == request.args.get("de")), None)
        if like is not None:
            form.take_criteria(like.data)
        form.opened.data = now
        return page()
    if not form.validate():
        return page(), 422
    return submit(
        actions.write_settings,
        programme,
        bench.source.path,
        form.opened.data,
        form.values(bench.data),
        N_("Assignment changed: %(name)s"),
        form=form,
        then=lambda step: bench.url("assignment", hecho=step) if step else bench.url("assignment"),
        again=lambda: page(overtaken=form.opened.data != now),
    )


def _others(bench: Quiz) -> list[tuple[str, ActivitySource]]:
    """The other assignments of the course that have criteria, by their keys."""
    return [
        (str(each.data["key"]), each)
        for each in bench.course.activities()
        if each.kind == bench.source.kind
        and "key" in each.data
        and each.data["key"] != bench.key
        and each.data.get("criteria")
    ]
