"""An assignment of an open programme: anybody reads what is asked; handing in needs a seat."""

from flask import render_template, url_for

from lms.assessment.views.around import Around
from lms.assessment.views.questions import points_text
from lms.assessment.views.texts import paragraphs
from lms.assignments.queries.works import KIND
from lms.assignments.rules.assignment import Settings
from lms.assignments.views import words as said
from lms.assignments.views.blueprint import blueprint
from lms.catalog.queries.open_reading import open_course
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.guard import public
from lms.foundation.web.reading import reading_connection


@blueprint.get("/cursos/<slug>/trabajos/<course_key>/<activity_key>")
@public("whoever reads an open course may read what its assignments ask for")
def seen(slug: str, course_key: str, activity_key: str) -> str:
    found = open_course(reading_connection(), slug, course_key)
    activity = found.course.activity(activity_key)
    if activity.kind != KIND:
        raise NotFound()
    settings = Settings.of(activity.settings)
    before, after = found.around(activity)
    return render_template(
        "assignments/seen.html",
        activity=activity,
        course=found.course,
        settings=settings,
        instructions=paragraphs(
            activity.settings.get("instructions") or "", Around(found.course.id)
        ),
        points_text=points_text,
        needed=said.needed(settings),
        percent=said.percent(settings.pass_ratio),
        programme_url=url_for("catalog.programme", slug=slug),
        before=found.address_of(before) if before is not None else "",
        after=found.address_of(after) if after is not None else "",
    )
