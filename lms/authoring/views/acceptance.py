"""The page on which a jurist reads all facts of a course and accepts them by name."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.accept import accept_law
from lms.authoring.forms.acceptance import AcceptForm
from lms.authoring.forms.describing import map_of
from lms.authoring.queries import facts as queries
from lms.authoring.queries.checked import Checked
from lms.authoring.rules.facts import ORDER, Standing, standing
from lms.authoring.views.facts import WORDS
from lms.authoring.views.places import Bench, bench, today
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.queries.people import names


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def accept(programme: UUID, course: str) -> ResponseReturnValue:
    """Read what the course says of the law, and accept it by name."""
    found, form = bench(programme), AcceptForm()
    read = found.checked_course(course)
    read.course(course)
    if request.method == "GET":
        person = signed_in().person_id
        form.by.data, form.on.data = names(reading(), [person])[person].full, today()
        return _html(found, read, course, form)
    if not form.validate():
        return _html(found, read, course, form), 422
    paths = (f"{course}/course.yaml", f"{course}/facts.yaml")
    return submit(
        accept_law,
        programme,
        course,
        {each: request.form.get(f"opened:{each}", "") for each in paths},
        form.by.data,
        form.on.data,
        today(),
        form=form,
        then=lambda step: url_for(
            "authoring.course", programme=programme, course=course, hecho=step
        ),
        said=_("Accepted. Learners are told once it is published."),
        again=lambda: _html(bench(programme), read, course, form),
    )


def _html(found: Bench, read: Checked, course: str, form: AcceptForm) -> str:
    text, uid, files = read.course(course), found.programme.uid, found.standing.files
    rows = [
        (each, standing(each.fact, today()))
        for each in queries.facts_of(read)
        if each.course.folder == course
    ]
    rows.sort(key=lambda row: ORDER.index(row[1]))
    review = map_of(text.data, "legal_review")
    return render_template(
        "authoring/accept.html",
        title=text.data.get("title") or course,
        crumbs=found.crumbs(course),
        rows=[
            (
                each.fact,
                WORDS[state],
                url_for("authoring.fact", programme=uid, course=course, key=each.fact.key),
            )
            for each, state in rows
        ],
        expired=sum(state is Standing.EXPIRED for _each, state in rows),
        doubtful=sum(state is Standing.DOUBTFUL for _each, state in rows),
        review=review if review.get("state") == "accepted" else None,
        opened={
            path: files[path].sha256
            for path in (f"{course}/course.yaml", f"{course}/facts.yaml")
            if path in files
        },
        form=form,
    )
