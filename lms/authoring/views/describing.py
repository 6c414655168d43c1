"""Programme, course and module by form: what their files say, without a line of YAML."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.describe import describe
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.forms.course import ModuleForm, course_form
from lms.authoring.forms.describing import DescribingForm, str_of
from lms.authoring.forms.programme import ProgrammeForm
from lms.authoring.forms.text import hash_of
from lms.authoring.queries.drafts import text_at
from lms.authoring.views.editors import Places, Told
from lms.authoring.views.places import Bench, bench
from lms.catalog.activity import activity_kinds, gives_grade
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading


@guard(Permission.COURSE_WRITE, scope=scopes.programme_whole)
def programme(programme: UUID) -> ResponseReturnValue:
    """What the catalogue says of a programme."""
    found = bench(programme)
    told = Places(programme, ()).tell(
        each for each in found.checked().problems if each.path == "programme.yaml"
    )
    return _answer(
        found,
        "programme.yaml",
        ProgrammeForm,
        template="authoring/programme_data.html",
        back=url_for("authoring.programme", programme=programme),
        crumbs=found.crumbs(),
        told=told,
    )


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def course(programme: UUID, course: str) -> ResponseReturnValue:
    """What a course says of itself, and the weights of its grade."""
    found = bench(programme)
    read = found.checked_course(course)
    text = read.course(course)
    kinds = activity_kinds()
    graded = [
        e for e in text.activities() if gives_grade(kinds[e.kind], e.data) and "key" in e.data
    ]
    titles = {e.data["key"]: e.data.get("title") or e.data["key"] for e in graded}
    hidden = {each.data["key"] for each in graded if each.is_hidden}
    shown = {key: title for key, title in titles.items() if key not in hidden}
    return _answer(
        found,
        text.path,
        course_form(shown, hidden),
        template="authoring/course_data.html",
        back=url_for("authoring.course", programme=programme, course=course),
        crumbs=found.crumbs(course),
        told=_told(found, [text], read.problems, text.path),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def module(programme: UUID, course: str, module: str) -> ResponseReturnValue:
    """What a module says of itself, its practice and its forum."""
    found = bench(programme)
    read = found.checked_course(course)
    text = read.course(course)
    path = f"{course}/{module}/module.yaml"
    return _answer(
        found,
        path,
        ModuleForm,
        template="authoring/module_data.html",
        back=url_for("authoring.course", programme=programme, course=course)
        + f"#{course}/{module}",
        crumbs=found.crumbs(course),
        told=_told(found, [text], read.problems, path),
        is_outline=text.data.get("state") == "outline",
    )


def _told(found: Bench, courses: Any, problems: Any, path: str) -> list[Told]:
    return Places(found.programme.uid, courses).tell(each for each in problems if each.path == path)


def _answer(
    found: Bench,
    path: str,
    form_of: Callable[[], DescribingForm],
    *,
    template: str,
    back: str,
    **shown: Any,
) -> ResponseReturnValue:
    text = text_at(reading(), found.standing, path)
    if text is None:
        raise NotFound()
    try:
        data: Mapping[str, Any] = keys_of(path, text)
    except Unreadable:
        # There is no form over what cannot be read: as text it can be mended.
        url = url_for("authoring.text", programme=found.programme.uid, path=path)
        return render_template("authoring/unreadable.html", url=url, path=path, back=back, **shown)
    form = form_of()

    def page(*, overtaken: bool = False) -> str:
        if overtaken:
            form.stand_against(data)
            form.opened.data = hash_of(text)
        return render_template(
            template,
            form=form,
            back=back,
            path=path,
            as_text=url_for("authoring.text", programme=found.programme.uid, path=path),
            overtaken=overtaken,
            **shown,
        )

    if request.method == "GET":
        form.fill(data)
        form.opened.data = hash_of(text)
        return page()
    if not form.validate():
        return page(), 422
    return submit(
        describe,
        found.programme.uid,
        path,
        form.opened.data,
        form.values(data),
        str_of(data, "title") or path,
        form=form,
        then=lambda step: back if step is None else _with_step(back, step),
        said=_("Draft saved. Nothing is published yet."),
        again=lambda: page(overtaken=form.opened.data != hash_of(text)),
    )


def _with_step(url: str, step: UUID) -> str:
    path, mark, anchor = url.partition("#")
    return f"{path}?hecho={step}{mark}{anchor}"
