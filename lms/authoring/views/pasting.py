"""Questions pasted into a quiz: looked at first, one by one, then added."""

from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue

from lms.assessment.rules.right import right_answer
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Word
from lms.authoring import scopes
from lms.authoring.actions.questions import add_questions
from lms.authoring.formats.pasted_questions import Pasted, read_questions
from lms.authoring.forms.quiz import PastingForm
from lms.authoring.forms.text import hash_of
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def paste(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """What is added is what was looked at: another text is shown again first."""
    quiz, form = quiz_at(programme, course, key), PastingForm()
    if request.method == "GET":
        return _html(quiz, form, [])
    if not form.validate():
        return _html(quiz, form, []), 422
    found = read_questions(form.text.data or "")
    if request.form.get("seen") != hash_of(form.text.data or "") or "add" not in request.form:
        return _html(quiz, form, found)
    if not all(each.is_sound for each in found):
        return _html(quiz, form, found), 422
    return submit(
        add_questions,
        programme,
        quiz.source.path,
        [each.source for each in found],
        form=form,
        then=lambda done: quiz.url(hecho=done.step) + f"#{done.key}",
        again=lambda: _html(quiz, form, found),
    )


def _html(quiz: Quiz, form: PastingForm, found: list[Pasted]) -> str:
    return render_template(
        "authoring/paste_questions.html",
        quiz=quiz,
        form=form,
        found=found,
        wrong=[each for each in found if not each.is_sound],
        seen=hash_of(form.text.data or ""),
        kind=_kind,
        right=lambda each: [
            _(line) if isinstance(line, Word) else line
            for line in right_answer({"key": "x", **each.source})
        ],
        said=lambda problem: _(problem.message) % problem.params,
        todo=lambda problem: _(problem.remedy) % problem.params,
        crumbs=quiz.crumbs(inside=True),
    )


def _kind(found: Pasted) -> str:
    type_ = TYPES.get(found.source["type"])
    return _(type_.label) if type_ is not None else ""
