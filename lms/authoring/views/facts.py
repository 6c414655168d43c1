"""Facts of law on one page, across the courses of a programme; each with what cites it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.facts import add_fact, change_fact
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.facts import FactForm, NewFactForm
from lms.authoring.queries import facts as queries
from lms.authoring.queries.checked import Checked
from lms.authoring.queries.facts import Fact
from lms.authoring.rules.facts import ORDER, Standing, is_same, standing
from lms.authoring.views.editors import activity_url
from lms.authoring.views.places import Bench, bench, just_done, today
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, NotFound
from lms.foundation.kernel.text import fold
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading

PAGE_SIZE = 50
WORDS = {
    Standing.HOLDS: (N_("Holds"), "good"),
    Standing.SOON: (N_("To be checked soon"), "warn"),
    Standing.EXPIRED: (N_("Expired"), "bad"),
    Standing.DOUBTFUL: (N_("Doubtful"), "warn"),
    Standing.UNVERIFIED: (N_("Not verified"), "warn"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact in the list."""

    fact: Fact
    url: str
    state: Standing


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def index(programme: UUID) -> ResponseReturnValue:
    """All of them; what asks for attention first."""
    found = bench(programme)
    return _index_html(found, found.checked(), NewFactForm(formdata=None))


@guard(Permission.COURSE_WRITE, scope=scopes.programme_seen)
def add(programme: UUID) -> ResponseReturnValue:
    """A new fact for the texts of one course."""
    found, form = bench(programme), NewFactForm()
    read = found.checked()
    _courses(found, read, form)
    if not form.validate():
        return _index_html(found, read, form), 422
    course = form.course.data
    return submit(
        add_fact,
        programme,
        course,
        form.values(),
        form=form,
        then=lambda key: url_for("authoring.fact", programme=programme, course=course, key=key),
        said=lambda key: _("Written down. Texts of the course cite it as [[%(key)s]].", key=key),
        again=lambda: _index_html(bench(programme), read, form),
    )


def _courses(found: Bench, read: Checked, form: NewFactForm) -> None:
    form.course.choices = [
        (each.folder, each.data.get("title") or each.folder)
        for each in read.package.courses.values()
        if found.may_write(each.folder)
    ]
    form.also.choices = []


def _index_html(found: Bench, read: Checked, form: NewFactForm) -> str:
    _courses(found, read, form)
    uid, words = found.programme.uid, fold(request.args.get("q", ""))
    rows = [
        Row(
            each,
            url_for("authoring.fact", programme=uid, course=each.course.folder, key=each.fact.key),
            standing(each.fact, today()),
        )
        for each in queries.facts_of(read)
        if words in fold(f"{each.fact.text} {each.fact.source} {each.fact.article or ''}")
    ]
    rows.sort(key=lambda row: ORDER.index(row.state))
    page = page_of()
    return render_template(
        "authoring/facts.html",
        found=found,
        crumbs=found.crumbs(),
        title=found.titles()[0],
        page=Page(rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE], page, PAGE_SIZE, len(rows)),
        page_url=lambda n: url_for(
            "authoring.facts", programme=uid, q=request.args.get("q") or None, pagina=n
        ),
        text=request.args.get("q", ""),
        words=WORDS,
        writes=bool(form.course.choices),
        reviews=_reviews(found, read),
        form=form,
    )


def _reviews(found: Bench, read: Checked) -> list[tuple[str, Mapping[str, Any], str | None]]:
    """Of each course its title, who accepted it if anybody has, and where to accept it."""
    uid = found.programme.uid
    return [
        (
            each.data.get("title") or each.folder,
            each.data.get("legal_review") or {},
            url_for("authoring.accept_law", programme=uid, course=each.folder)
            if found.may_write(each.folder)
            else None,
        )
        for each in read.package.courses.values()
    ]


@guard(Permission.DRAFT_VIEW, scope=scopes.course)
def show(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """One fact: what it says, and every lesson and question that it touches."""
    found = bench(programme)
    read = found.checked()
    fact, same = _fact(read, course, key)
    form = FactForm(formdata=None)
    form.fill(fact.fact)
    return _html(found, read, fact, same, form)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def change(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Say it otherwise, here and in the other courses that were ticked."""
    found, form = bench(programme), FactForm()
    read = found.checked()
    fact, same = _fact(read, course, key)
    _also(found, same, form)
    if not form.validate():
        return _html(found, read, fact, same, form), 422
    keys = {course: key} | {
        each.course.folder: each.fact.key
        for each in same
        if each.course.folder in (form.also.data or ())
    }
    here = url_for("authoring.fact", programme=programme, course=course, key=key)
    return submit(
        change_fact,
        programme,
        keys,
        {each: request.form.get(f"opened:{each}", "") for each in keys},
        form.values(),
        form=form,
        then=lambda step: f"{here}?hecho={step}" if step is not None else here,
        again=lambda: _html(bench(programme), read, fact, same, form),
    )


def _fact(read: Checked, course: str, key: str) -> tuple[Fact, Sequence[Fact]]:
    """The fact, and the same one in other courses of the programme. Raises NotFound."""
    every = queries.facts_of(read)
    for fact in every:
        if (fact.course.folder, fact.fact.key) == (course, key):
            same = [
                each
                for each in every
                if each.course.folder != course and is_same(each.fact, fact.fact)
            ]
            return fact, list({each.course.folder: each for each in same}.values())
    raise NotFound()


def _also(found: Bench, same: Sequence[Fact], form: FactForm) -> None:
    form.also.choices = [
        (each.course.folder, each.course.data.get("title") or each.course.folder)
        for each in same
        if found.may_write(each.course.folder)
    ]


def _html(found: Bench, read: Checked, fact: Fact, same: Sequence[Fact], form: FactForm) -> str:
    _also(found, same, form)
    uid, files = found.programme.uid, read.standing.files
    paths = {each.course.folder: f"{each.course.folder}/facts.yaml" for each in (fact, *same)}
    touched = queries.touched(reading(), read, [fact, *same])
    return render_template(
        "authoring/fact.html",
        found=found,
        fact=fact,
        same=same,
        form=form,
        crumbs=[
            *found.crumbs(),
            (_("Facts of law"), url_for("authoring.facts", programme=uid)),
        ],
        opened={course: files[path].sha256 for course, path in paths.items() if path in files},
        state=WORDS[standing(fact.fact, today())],
        touched=[(each, activity_url(uid, each.activity)) for each in touched],
        elsewhere=queries.elsewhere(reading(), found.programme, fact.fact),
        writes=found.may_write(fact.course.folder),
        whole=found.may_write(),
        done=just_done(found),
        act=Act(formdata=None),
    )
