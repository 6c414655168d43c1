"""One quiz on screen: its questions as a list that is arranged, and its settings."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.rules.right import right_answer
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Word
from lms.authoring import scopes
from lms.authoring.actions import questions as actions
from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.yaml_items import revision_of
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.describing import list_of
from lms.authoring.forms.question import DIFFICULTIES
from lms.authoring.forms.quiz import QuizForm
from lms.authoring.queries.checked import Checked, activity_at
from lms.authoring.queries.drafts import text_at
from lms.authoring.rules.package import CourseText
from lms.authoring.rules.questions import called
from lms.authoring.views.editors import EDITORS, Places, Told
from lms.authoring.views.places import Bench, bench, just_done
from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import reading

PAGE_SIZE = 100
EDITOR = "authoring.quiz"


@dataclass(frozen=True)
class Quiz:
    """A quiz as it lies on its author's bench."""

    found: Bench
    read: Checked
    course: CourseText
    source: ActivitySource
    text: str
    data: Map

    @property
    def key(self) -> str:
        return str(self.source.data["key"])

    @property
    def title(self) -> str:
        return str(self.data.get("title") or self.key)

    @property
    def questions(self) -> list[Any]:
        return list_of(self.data, actions.QUESTIONS)

    def url(self, endpoint: str = "quiz", **values: Any) -> str:
        """A page of this quiz."""
        return url_for(
            f"authoring.{endpoint}",
            programme=self.found.programme.uid,
            course=self.course.folder,
            key=self.key,
            **values,
        )

    def crumbs(self, *, inside: bool = False) -> list[tuple[str, str]]:
        """The pages above it; from inside, itself too."""
        above = self.found.crumbs(self.course.folder)
        return [*above, (self.title, self.url())] if inside else above

    def told(self, problems: Iterable[Problem], question: str | None = None) -> list[Told]:
        """What is wrong, leading to where it is put right."""
        told = Places(self.found.programme.uid, [self.course]).tell(problems)
        here = self.url("question", question=question) if question else self.url("quiz_settings")
        return [Told(e.what, e.todo, here, e.name, e.line, e.is_error) for e in told]

    def problems_of(self, place: int | None) -> list[Problem]:
        """What is wrong with one question, or (None) with the quiz around its questions."""
        starts = self._starts()
        found = [each for each in self.read.problems if each.path == self.source.path]
        if place is None:
            first = min(starts, default=None)
            last = self._end()
            return [e for e in found if first is None or e.line < first or e.line >= last]
        if place >= len(starts):
            return []
        end = starts[place + 1] if place + 1 < len(starts) else self._end()
        return [each for each in found if starts[place] <= each.line < end]

    def _starts(self) -> list[int]:
        items = self.data.get(actions.QUESTIONS)
        return list(items.lines) if isinstance(items, Seq) else []

    def _end(self) -> int:
        """The line behind the last question."""
        begun = self.data.line_of(actions.QUESTIONS)
        later = [line for line in self.data.lines.values() if line > begun]
        return min(later, default=self.text.count("\n") + 2)


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


def quiz_at(programme: UUID, course: str, key: str) -> Quiz:
    """The quiz that the address names. Raises NotFound; Unreadable when only text can mend it."""
    found = bench(programme)
    read = found.checked_course(course)
    text = read.course(course)
    source = activity_at(text, key)
    if EDITORS.get(source.kind) != EDITOR:
        raise NotFound()
    written = text_at(reading(), found.standing, source.path)
    if written is None:
        raise NotFound()
    return Quiz(found, read, text, source, written, keys_of(source.path, written))


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
        return submit(
            deed,
            programme,
            quiz.source.path,
            *args,
            form=Act(),
            then=lambda done: quiz.url(hecho=done.step, pagina=page) + f"#{done.key}",
        )
    except (Refused, Invalid) as refusal:
        flash(say(refusal), "bad")
        return redirect(quiz.url(pagina=page), 303)


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
