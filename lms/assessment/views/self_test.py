"""A quiz of an open programme: anybody tries themselves; it is marked, and nothing is kept."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import get_locale

from lms.assessment.queries.attempts import Held
from lms.assessment.queries.quizzes import Quiz, quiz_of
from lms.assessment.rules import marking, saves
from lms.assessment.rules.marking import Slot
from lms.assessment.rules.sitting import Settings
from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.questions import Drawn, marked, points_of, points_text, to_answer
from lms.assessment.views.texts import paragraphs
from lms.catalog.queries.open_reading import OpenCourse, open_course
from lms.catalog.queries.structure import ActivityStructure
from lms.foundation.kernel.errors import Invalid, NotFound
from lms.foundation.web.guard import public
from lms.foundation.web.reading import database, reading_connection

_ADDRESS = "/cursos/<slug>/practicar/<course_key>/<activity_key>"
_SEEDS = 2**32


@dataclass(frozen=True)
class Trial:
    """One try: the questions of a drawing, which its seed finds again when it is sent."""

    found: OpenCourse
    activity: ActivityStructure
    quiz: Quiz
    settings: Settings
    seed: int
    drawn: Drawn

    @property
    def around(self) -> Around:
        return Around(self.found.course.id)

    @property
    def out_of(self) -> int:
        """Points there are to reach; nobody marks here what a person would have to."""
        by_hand = {slot.number for slot in self.slots if TYPES[slot.source["type"]].by_hand}
        return sum(slot.points for slot in self.slots if slot.number not in by_hand)

    @property
    def slots(self) -> list[Slot]:
        """The questions as they were drawn."""
        return self.quiz.slots(self.drawn.slots)


@blueprint.get(_ADDRESS)
@public("whoever reads an open course may try themselves; nothing is kept")
def self_test(slug: str, course_key: str, activity_key: str) -> str:
    trial = _trial(slug, course_key, activity_key, secrets.randbelow(_SEEDS))
    return _questions(trial)


@blueprint.post(_ADDRESS)
@public("what was tried is marked and shown; nothing is kept")
def self_test_marked(slug: str, course_key: str, activity_key: str) -> ResponseReturnValue:
    trial = _trial(slug, course_key, activity_key, _seed())
    slots = trial.slots
    fields = list(request.form.items(multi=True))
    given = {slot.number: Given.from_form(fields, f"q{slot.number}") for slot in slots}
    read = saves.page(slots, given, {}, {}, {})
    if read.unreadable:
        return _questions(trial, read.changed, given, read.unreadable), 422
    found = marking.mark(slots, read.changed)
    points = {one.slot.number: one.points for one in found}
    unmarked = {one.slot.number for one in found if one.waits}
    reached = marking.total(points.values())
    return render_template(
        "assessment/self_test_result.html",
        trial=trial,
        questions=marked(trial.quiz, trial.drawn, read.changed, points, trial.around, unmarked),
        reached=points_of(reached, trial.out_of),
        passed=trial.settings.passed(reached, trial.out_of),
    )


def _trial(slug: str, course_key: str, activity_key: str, seed: int) -> Trial:
    connection = reading_connection()
    found = open_course(connection, slug, course_key)
    activity = found.course.activity(activity_key)
    quiz = quiz_of(connection, activity.id, activity.uid)
    if not quiz.questions:  # a lesson, say: it has no settings of a quiz
        raise NotFound()
    settings = Settings.of(activity.settings)
    if settings.password:
        raise NotFound()
    slots = quiz.drawn(settings, seed, str(get_locale()))
    return Trial(found, activity, quiz, settings, seed, Drawn(found.course.id, slots))


def _seed() -> int:
    sent = request.form.get("seed", "")
    return int(sent) % _SEEDS if sent.isascii() and sent.isdigit() and len(sent) < 11 else 0


def _questions(
    trial: Trial,
    answers: Mapping[int, Any] | None = None,
    given: Mapping[int, Given] | None = None,
    refusals: Mapping[int, Invalid] | None = None,
) -> str:
    now = database().clock()
    held = {number: Held(value, 0, now, 0) for number, value in (answers or {}).items()}
    questions = to_answer(
        trial.quiz, trial.drawn, held, trial.around, given=given or {}, refusals=refusals or {}
    )
    return render_template(
        "assessment/self_test.html",
        trial=trial,
        intro=paragraphs(trial.activity.settings.get("intro") or "", trial.around),
        questions=questions,
        wrong=[question for question in questions if question.error],
        worth=points_text(trial.out_of),
    )
