"""Studying as a learner of the demo would: lessons seen, quizzes answered and handed in."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.assessment.actions.finish import hand_in
from lms.assessment.actions.save import save_page
from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.types.given import Given
from lms.catalog.queries.structure import CourseStructure
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.kernel.actor import Actor
from lms.learning.actions.lessons import mark_seen

Json = Mapping[str, Any]
Parts = dict[str, tuple[str, ...]]


def _options(question: Json, shown: Json) -> Parts:
    right = {n for n, option in enumerate(question["options"]) if option.get("correct")}
    return {"": tuple(str(at) for at, n in enumerate(shown["options"]) if n in right)}


def _pairs(question: Json, shown: Json) -> Parts:
    rights = list(dict.fromkeys(pair["right"] for pair in question["pairs"]))
    places = {n: at for at, n in enumerate(shown["rights"])}
    return {
        str(at): (str(places[rights.index(question["pairs"][n]["right"])]),)
        for at, n in enumerate(shown["lefts"])
    }


# How somebody who has studied answers each type of question: values are places on the page.
RIGHT: dict[str, Callable[[Json, Json], Parts]] = {
    "single_choice": _options,
    "multiple_choice": _options,
    "true_false": lambda question, _shown: {"": ("true" if question["answer"] else "false",)},
    "matching": _pairs,
    "numerical": lambda question, _shown: {"": (str(question["answer"]),)},
    "short_answer": lambda question, _shown: {"": (str(question["accept"][0]),)},
}


def study(
    database: Database,
    person: int,
    enrollment: UUID,
    course: CourseStructure,
    *,
    upto: int,
    right: int = 100,
) -> None:
    """Go through the first ``upto`` activities, answering ``right`` of a hundred questions well."""
    for activity in course.activities[:upto]:
        if activity.kind == "lesson":
            database.perform(mark_seen, Actor(person), enrollment, course.key, activity.key)
        else:
            database.perform(take, Actor(person), enrollment, activity.uid, right)


def take(work: Work, enrollment: UUID, activity: UUID, right: int) -> None:
    """One attempt from beginning to receipt."""
    uid = start(work, enrollment, activity)
    attempt = work.session.scalars(select(Attempt).where(Attempt.uid == uid)).one()
    quiz = quiz_of(work.session.connection(), attempt.activity_id, activity)
    given = {}
    for slot in quiz.slots(attempt.slots):
        knows = (slot.number * 37) % 100 < right
        parts = RIGHT[slot.source["type"]](slot.source, slot.shown) if knows else {}
        given[slot.number] = Given(parts)
    save_page(work, uid, given, {}, work.now)
    hand_in(work, uid)
