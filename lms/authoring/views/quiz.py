"""One quiz on screen: its questions as a list that is arranged, and its settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request
from flask.typing import ResponseReturnValue

from lms.assessment.rules.right import right_answer
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Word
from lms.authoring import scopes
from lms.authoring.actions import questions as actions
from lms.authoring.formats.yaml_items import revision_of
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.describing import list_of
from lms.authoring.forms.question import DIFFICULTIES
from lms.authoring.forms.quiz import QuizForm
from lms.authoring.rules.questions import called, inventory
from lms.authoring.views.editors import Told
from lms.authoring.views.places import for_script, just_done
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.errors import wants_json
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import say, submit

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """A question in the list."""

    number: int
    key: str
    kind: str
    stem: str
    points: str
    right: Sequence[str]
    outcome: str
    difficulty: str
    facts: Sequence[str]
    told: Sequence[Told]
    url: str


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def show(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Its questions, in order."""
    return _html(quiz_at(programme, course, key))


def _html(quiz: Quiz) -> str:
    page = page_of()
    first = (page - 1) * PAGE_SIZE
    shown = list(enumerate(quiz.questions))[first : first + PAGE_SIZE]
    rows = [_row(quiz, place, each) for place, each in shown]
    return render_template(
        "authoring/quiz.html",
        quiz=quiz,
        page=Page(rows, page, PAGE_SIZE, len(quiz.questions)),
        page_url=lambda n: quiz.url(pagina=n),
        first=first,
        told=quiz.told(quiz.problems_of(None)),
        points=_points(each for each in quiz.questions),
        drawn=_drawn(quiz.data.get("draw")),
        types=TYPES.values(),
        crumbs=quiz.crumbs(),
        done=just_done(quiz.found),
        act=Act(formdata=None),
    )


def _row(quiz: Quiz, place: int, each: Any) -> Row:
    question = each if isinstance(each, Mapping) else {}
    key, type_ = str(question.get("key") or ""), TYPES.get(str(question.get("type")))
    difficulty = question.get("difficulty")
    return Row(
        number=place + 1,
        key=key,
        kind=_(type_.label) if type_ is not None else _("Of no known type"),
        stem=str(question.get("stem") or called(question)),
        points=str(question.get("points", "")),
        right=[_(line) if isinstance(line, Word) else line for line in right_answer(each)],
        outcome=str(question.get("outcome") or ""),
        difficulty=_(DIFFICULTIES[difficulty]) if difficulty in DIFFICULTIES else "",
        facts=[str(fact) for fact in list_of(question, "facts")],
        told=quiz.told(quiz.problems_of(place), key),
        url=quiz.url("question", question=key) if key and type_ is not None else "",
    )


def _drawn(draw: Any) -> int:
    """How many questions an attempt is given, where they are drawn."""
    if isinstance(draw, list):
        counts = [each.get("count") for each in draw if isinstance(each, Mapping)]
        return sum(each for each in counts if isinstance(each, int))
    return draw if isinstance(draw, int) else 0


def _points(questions: Iterable[Any]) -> Any:
    """The points of all of them, as far as they are written."""
    worth = [each.get("points") for each in questions if isinstance(each, Mapping)]
    return sum(each for each in worth if not isinstance(each, str | bool) and each is not None)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def arrange(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Move, duplicate or take out one of its questions."""
    quiz = quiz_at(programme, course, key)
    sent = request.form
    args: tuple[Any, ...]
    if "into" in sent:
        place = int(sent.get("place", "")) if sent.get("place", "").isdigit() else 0
        first = int(sent.get("first", "")) if sent.get("first", "").isdigit() else 0
        deed, args = actions.move_question, (sent["into"], first + place)
    else:
        name = next((each for each in ("up", "down", "duplicate", "delete") if each in sent), None)
        if name is None:
            return redirect(quiz.url(), 303)
        deeds: Mapping[str, Any] = {
            "up": (actions.move_question_by, (sent.get(name), -1)),
            "down": (actions.move_question_by, (sent.get(name), 1)),
            "duplicate": (actions.duplicate_question, (sent.get(name),)),
            "delete": (actions.remove_question, (sent.get(name),)),
        }
        deed, args = deeds[name]
    page = request.args.get("pagina") or None
    try:
        done = submit(
            deed,
            programme,
            quiz.source.path,
            *args,
            form=Act(),
            then=lambda done: quiz.url(hecho=done.step, pagina=page) + f"#{done.key}",
        )
    except (Refused, Invalid) as refusal:
        if wants_json():
            raise
        flash(say(refusal), "bad")
        return redirect(quiz.url(pagina=page), 303)
    return for_script(done)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def settings(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Its title, attempts, time and pass mark."""
    quiz, form = quiz_at(programme, course, key), QuizForm()
    head = actions.head_of(quiz.data)
    now = revision_of(head)

    def page(*, overtaken: bool = False) -> str:
        if overtaken:
            form.stand_against(head)
            form.opened.data = now
        return render_template(
            "authoring/quiz_settings.html",
            quiz=quiz,
            form=form,
            overtaken=overtaken,
            told=quiz.told(quiz.problems_of(None)),
            by_rows=isinstance(quiz.data.get("draw"), list),
            bank=inventory(quiz.questions),
            bank_levels=[_("Without difficulty"), *(_(word) for word in DIFFICULTIES.values())],
            crumbs=quiz.crumbs(inside=True),
            as_text=quiz.url("activity_text"),
        )

    if request.method == "GET":
        form.fill(head)
        form.opened.data = now
        return page()
    if not form.validate():
        return page(), 422
    return submit(
        actions.write_settings,
        programme,
        quiz.source.path,
        form.opened.data,
        form.values(head),
        form=form,
        then=lambda step: quiz.url(hecho=step) if step is not None else quiz.url(),
        again=lambda: page(overtaken=form.opened.data != now),
    )
