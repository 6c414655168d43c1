"""The files of a course: pictures, recordings, downloads; what shows each, and what nobody does."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.files import put_file, put_new, remove_file
from lms.authoring.formats.incoming import Incoming, incoming
from lms.authoring.formats.media import TYPES
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.files import FileForm
from lms.authoring.rules.package import CourseText
from lms.authoring.views.editors import activity_url
from lms.authoring.views.places import Bench, bench, just_done, store
from lms.catalog.rules.pictures import is_small, large_of
from lms.foundation.access.permissions import Permission
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import perform, say, submit

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Line:
    """A file with whatever shows it."""

    name: str
    ending: str
    size: int
    shown_in: list[tuple[str, str]]


@guard(Permission.DRAFT_VIEW, scope=scopes.course)
def show(programme: UUID, course: str) -> ResponseReturnValue:
    """Every file, by name."""
    return _html(bench(programme), course, FileForm(formdata=None))


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def put(programme: UUID, course: str) -> ResponseReturnValue:
    """Add a file, or replace the one of the same name."""
    form = FileForm()
    if not form.sent():
        if wants_json():
            return jsonify(said=_("Choose a file.")), 422
        return _html(bench(programme), course, form), 422
    try:
        taken = incoming(form.file.data.filename or "", form.file.data.stream.read())
    except Invalid as refusal:
        if wants_json():
            raise
        form.file.errors = [*form.file.errors, say(refusal)]
        return _html(bench(programme), course, form), refusal.status
    stored = _stored(taken)
    small = _stored(taken.small) if taken.small is not None else None
    if wants_json():
        name = perform(put_new, programme, course, taken.name, stored, small)
        return jsonify(path=f"media/{name}")
    return submit(
        put_file,
        programme,
        course,
        taken.name,
        stored,
        small,
        form=form,
        then=lambda step: url_for(
            "authoring.files", programme=programme, course=course, hecho=step
        ),
        again=lambda: _html(bench(programme), course, form),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def remove(programme: UUID, course: str) -> ResponseReturnValue:
    """Take one out."""
    here = url_for("authoring.files", programme=programme, course=course)
    try:
        return submit(
            remove_file,
            programme,
            course,
            request.form.get("name", ""),
            form=Act(),
            then=lambda step: f"{here}?hecho={step}",
        )
    except Refused as refusal:
        flash(say(refusal), "bad")
        return redirect(here, 303)


def _stored(file: Incoming) -> Stored:
    kept = keep(store(), file.data)
    return Stored(kept.sha256, kept.size, file.media_type)


def _lines(found: Bench, text: CourseText) -> list[Line]:
    shown: dict[str, list[tuple[str, str]]] = {}
    for each in text.activities():
        for path in dict.fromkeys(r.key for r in text.references[each.path] if r.to == "media"):
            title = each.data.get("title") or each.path
            shown.setdefault(path, []).append((title, activity_url(found.programme.uid, each)))
    return [
        Line(
            path.removeprefix("media/"),
            path.rpartition(".")[2].upper(),
            file.size,
            shown.get(path, []),
        )
        for path, file in sorted(text.media.items())
        if not (is_small(path) and large_of(path) in text.media)
    ]


def _html(found: Bench, course: str, form: FileForm) -> str:
    text = found.checked_course(course).course(course)
    lines = _lines(found, text)
    page = page_of()
    return render_template(
        "authoring/files.html",
        found=found,
        course=course,
        title=found.titles(course)[1],
        crumbs=found.crumbs(course),
        page=Page(lines[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], page, PAGE_SIZE, len(lines)),
        page_url=lambda n: url_for(
            "authoring.files", programme=found.programme.uid, course=course, pagina=n
        ),
        total=sum(each.size for each in text.media.values()),
        writes=found.may_write(course),
        accepts=",".join(f".{each}" for each in TYPES),
        form=form,
        done=just_done(found),
        act=Act(formdata=None),
    )
