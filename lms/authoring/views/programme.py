"""One programme: its courses, what waits to be published, and the ways to its pages."""

from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.forms.arranging import Act, TitleForm
from lms.authoring.queries.checked import Checked
from lms.authoring.queries.drafts import last_steps
from lms.authoring.rules.package import CourseText
from lms.authoring.rules.publication import PROGRAMME, part_of
from lms.authoring.views.editors import Places, Told
from lms.authoring.views.places import Bench, bench, just_done, shown
from lms.catalog.rules import words
from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import reading

FEW_STEPS = 5


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID) -> ResponseReturnValue:
    return page(bench(programme), TitleForm(formdata=None))


def page(found: Bench, add: TitleForm) -> str:
    """The programme, with what was typed as the title of another course."""
    read = found.checked()
    return render_template(
        "authoring/programme.html",
        found=found,
        title=found.titles()[0],
        crumbs=found.crumbs(inside=False),
        data=read.package.data or {},
        courses=[_card(found, read, each) for each in _in_order(read)],
        told=_told(found, read),
        changed=found.standing.count(),
        conflicts=found.standing.conflicts,
        writes=found.may_write(),
        done=just_done(found),
        steps=[shown(found, each) for each in last_steps(reading(), found.programme.id, FEW_STEPS)],
        act=Act(formdata=None),
        add=add,
        words=words,
    )


def _in_order(read: Checked) -> list[CourseText]:
    """The courses as the programme names them, then those that it does not name."""
    data = read.package.data
    named = list(data.get("courses", ())) if data is not None else []
    found = dict(read.package.courses)
    return [found.pop(key) for key in named if key in found] + list(found.values())


def _told(found: Bench, read: Checked) -> list[Told]:
    places = Places(found.programme.uid, read.package.courses.values())
    return places.tell(each for each in read.problems if part_of(each.path) == PROGRAMME)


def _card(found: Bench, read: Checked, course: CourseText) -> dict[str, object]:
    mine = [each for each in read.problems if part_of(each.path) == course.folder]
    errors = sum(each.is_error for each in mine)
    return {
        "folder": course.folder,
        "title": course.data.get("title") or course.folder,
        "url": url_for("authoring.course", programme=found.programme.uid, course=course.folder),
        "hours": course.data.get("hours", 0),
        "modules": len(course.modules),
        "activities": sum(len(module.shown) for module in course.modules),
        "errors": errors,
        "warnings": len(mine) - errors,
        "changed": found.standing.count(course.folder),
        "outline": course.data.get("state") == "outline",
    }
