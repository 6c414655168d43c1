"""The page on which a lesson is written, with how learners will see it beside it."""

from collections.abc import Iterable
from textwrap import shorten
from uuid import UUID

from flask import jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.media import TYPES
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.forms.lesson import LessonForm
from lms.authoring.forms.text import TextForm
from lms.authoring.rules.package import CourseText
from lms.authoring.views.glance import Glance, glance
from lms.authoring.views.places import bench
from lms.authoring.views.saving import answer, first_error, text_page
from lms.authoring.views.writing import Writing, place_of
from lms.catalog.activity import activity_kinds
from lms.catalog.rules.pictures import is_small, large_of
from lms.catalog.rules.sources import FactSource
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.guard import guard
from lms.foundation.web.markdown import PICTURES, RECORDINGS, ending

MOST_OF_A_FACT = 90


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def write(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """A lesson, wherever it stands in its course by now; one that cannot be read, as text."""
    writing = _writing(programme, course, key)
    if request.method == "GET" and not _is_readable(writing):
        as_text = url_for("authoring.activity_text", programme=programme, course=course, key=key)
        return redirect(as_text)
    return answer(writing, _form(), _page)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def look(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """How what is typed would look, what it weighs, what is wrong in it. Nothing is kept."""
    writing = _writing(programme, course, key)
    form = _form()
    if not form.validate():
        return jsonify(said=first_error(form)), 422
    typed = form.whole(writing.path, writing.text)
    return jsonify(html=render_template("authoring/glance.html", glance=glance(writing, typed)))


def _writing(programme: UUID, course: str, key: str) -> Writing:
    found = bench(programme)
    path, title = place_of(found, course, key)
    if not path.endswith(activity_kinds()["lesson"].suffix):
        raise NotFound()
    here = url_for("authoring.lesson", programme=programme, course=course, key=key)
    back = url_for("authoring.course", programme=programme, course=course)
    return Writing(found, path, title, here, f"{back}#{path}", key, in_parts=True)


def _is_readable(writing: Writing) -> bool:
    try:
        keys_of(writing.path, writing.text)
    except Unreadable:
        return False
    return True


def _form() -> TextForm:
    """The lesson's own form; where two versions stood side by side, the file as one text."""
    return TextForm() if request.form.get("whole") else LessonForm()


def _page(writing: Writing, form: TextForm) -> str:
    if not isinstance(form, LessonForm):
        return text_page(writing, form)
    folder = writing.path.partition("/")[0]
    course = writing.found.checked_course(folder).course(folder)
    form.offer(course)
    seen: Glance | None = None
    if not form.errors:
        seen = glance(writing, form.whole(writing.path, writing.text))
    uid = writing.found.programme.uid
    media = [path for path in sorted(course.media) if not _is_beside(path, course)]
    return render_template(
        "authoring/lesson.html",
        form=form,
        writing=writing,
        others=writing.told_of(form.page.name),
        glance=seen,
        looked=request.form.get("go") == "look",
        lessons=[
            (each.data["key"], each.data.get("title") or each.data["key"])
            for each in course.activities()
            if "key" in each.data and each.path != writing.path
        ],
        facts=[(key, _fact(fact)) for key, fact in course.facts.items()],
        pictures=_named(path for path in media if ending(path) in PICTURES),
        recordings=_named(path for path in media if ending(path) in RECORDINGS),
        media=_named(media),
        accepts={
            "pictures": _endings(PICTURES),
            "recordings": _endings(RECORDINGS),
            "media": _endings(TYPES),
        },
        urls={
            "look": url_for("authoring.look", programme=uid, course=folder, key=writing.key or ""),
            "paste": url_for("authoring.paste", programme=uid, course=folder),
            "put": url_for("authoring.put_file", programme=uid, course=folder),
            "text": url_for(
                "authoring.activity_text", programme=uid, course=folder, key=writing.key or ""
            ),
            "activity": url_for(
                "authoring.activity", programme=uid, course=folder, key=writing.key or ""
            ),
            "facts": url_for("authoring.facts", programme=uid),
        },
        crumbs=writing.crumbs,
    )


def _is_beside(path: str, course: CourseText) -> bool:
    """Whether a file is only the small size of another, which brings it along."""
    return is_small(path) and large_of(path) in course.media


def _named(paths: Iterable[str]) -> list[tuple[str, str]]:
    return [(path, path.removeprefix("media/")) for path in paths]


def _fact(fact: FactSource) -> str:
    """A fact as one chooses it from a list: the article, then the beginning of what it says."""
    where = f"{fact.source}, {fact.article}" if fact.article else fact.source
    return f"{where}: {shorten(fact.text, MOST_OF_A_FACT, placeholder='…')}"


def _endings(known: Iterable[str]) -> str:
    return ",".join(f".{each}" for each in sorted(known))
