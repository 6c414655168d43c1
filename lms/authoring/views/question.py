"""One question of a quiz by form: a new one of some type, or one that is there."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.assessment.types import TYPES
from lms.assessment.types.interface import QuestionType
from lms.authoring import scopes
from lms.authoring.actions.questions import add_questions, write_question
from lms.authoring.formats.readable import entries
from lms.authoring.formats.yaml_items import revision_of
from lms.authoring.forms.describing import list_of
from lms.authoring.forms.question import QuestionForm, question_form
from lms.authoring.rules.compare import compared
from lms.authoring.rules.questions import place_of
from lms.authoring.views.differences import label_of
from lms.authoring.views.places import just_done
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.catalog.rules.nodes import Map
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit

FIRST_ROWS = ("more", "less")


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def new(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Write another question; it is added when it is saved."""
    quiz = quiz_at(programme, course, key)
    type_ = TYPES.get(request.args.get("tipo", ""))
    if type_ is None:
        raise NotFound()
    form = question_form(type_)()
    _offer(quiz, form)
    if request.method == "GET":
        form.begin()
        return _html(quiz, form, {})
    if _only_rows(form):
        return _html(quiz, form, {})
    if not form.validate():
        return _html(quiz, form, {}), 422
    written = {name: each for name, each in form.values({}).items() if each is not None}
    another = request.form.get("go") == "another"
    return submit(
        add_questions,
        programme,
        quiz.source.path,
        [written],
        form=form,
        then=lambda done: (
            quiz.url("new_question", tipo=type_.name, hecho=done.step)
            if another
            else quiz.url(hecho=done.step) + f"#{done.key}"
        ),
        again=lambda: _html(quiz, form, {}),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def edit(programme: UUID, course: str, key: str, question: str) -> ResponseReturnValue:
    """Say a question otherwise."""
    quiz = quiz_at(programme, course, key)
    place, old, type_ = _question(quiz, question)
    form = question_form(type_)()
    now = revision_of(old)
    if request.method == "GET":
        form.fill(old)
        form.opened.data = now
        _offer(quiz, form)
        return _html(quiz, form, old, place)
    _offer(quiz, form)
    if request.form.get("go") == "mine":  # over the version that the page showed, and no later one
        form.opened.data = request.form.get("seen", "")
    if _only_rows(form):
        return _html(quiz, form, old, place)
    if not form.validate():
        return _html(quiz, form, old, place), 422
    values = form.values(old)
    return submit(
        write_question,
        programme,
        quiz.source.path,
        question,
        form.opened.data,
        values,
        form=form,
        then=lambda done: (
            (quiz.url(hecho=done.step) if done.step is not None else quiz.url()) + f"#{question}"
        ),
        again=lambda: _html(quiz, form, old, place, mine=values),
    )


def _question(quiz: Quiz, key: str) -> tuple[int, Map, QuestionType]:
    try:
        place = place_of(quiz.questions, key)
    except Refused:
        raise NotFound() from None
    old = quiz.questions[place]
    type_ = TYPES.get(str(old.get("type")))
    if type_ is None:
        raise NotFound()
    return place, old, type_


def _only_rows(form: QuestionForm) -> bool:
    """Whether rows were asked for or given back, or brings what a device kept: nothing is saved."""
    if request.form.get("go") == "kept":
        return True
    more, less = (request.form.get(each, "") for each in FIRST_ROWS)
    if more:
        form.add_row(more)
    elif less:
        form.drop_row(*less.split(":", 1)) if ":" in less else None
    return bool(more or less)


def _offer(quiz: Quiz, form: QuestionForm) -> None:
    outcomes = {
        str(each["key"]): str(each.get("text") or each["key"])
        for each in list_of(quiz.course.data, "outcomes")
        if isinstance(each, Mapping) and "key" in each
    }
    facts = {key: fact.text for key, fact in quiz.course.facts.items() if not fact.doubtful}
    cases = {
        str(each["key"]): str(each.get("title") or each["key"])
        for each in list_of(quiz.data, "cases")
        if isinstance(each, Mapping) and "key" in each
    }
    form.offer(outcomes, facts, cases)


def _html(
    quiz: Quiz,
    form: QuestionForm,
    old: Mapping[str, Any],
    place: int | None = None,
    *,
    mine: Mapping[str, Any] | None = None,
) -> str:
    seen = revision_of(old) if place is not None else ""
    overtaken = mine is not None and form.opened.data != seen
    told = quiz.told(quiz.problems_of(place), str(old.get("key"))) if place is not None else []
    return render_template(
        "authoring/question.html",
        quiz=quiz,
        form=form,
        place=place,
        type=form.type_,
        told=told,
        overtaken=overtaken,
        seen=seen,
        blocks=compared(_said({**old, **(mine or {})}), _said(old)) if overtaken else (),
        crumbs=quiz.crumbs(inside=True),
        done=just_done(quiz.found),
    )


def _said(question: Mapping[str, Any]) -> str:
    """A question as text, by which two versions of it are compared."""
    bare = {key: each for key, each in question.items() if each is not None and key != "type"}
    return "\n\n".join(
        f"{label_of(each.labels)}: {_said_value(each.text)}" for each in entries(bare)
    )


def _said_value(text: str) -> str:
    return {"true": _("Yes"), "false": _("No")}.get(text, text)
