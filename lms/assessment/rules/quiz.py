"""What a quiz is: the keys of its file, what must be so beyond their shape, and its settings."""

from collections.abc import Mapping
from typing import Any

from lms.assessment.rules import cases, composition, sitting
from lms.assessment.rules.cases import CASE, CASES
from lms.assessment.rules.sitting import Counts, Settings, with_extra
from lms.assessment.types import TYPES
from lms.catalog.rules.problems import Problem, problem, warning
from lms.catalog.rules.shapes import (
    Flag,
    Key,
    ListOf,
    Markdown,
    Number,
    Object,
    Ref,
    Tagged,
    Text,
    Whole,
    may,
    need,
)
from lms.catalog.rules.sources import HIDDEN
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

__all__ = ["QUESTIONS", "SHAPE", "Counts", "Settings", "begin", "check", "with_extra"]

QUESTION = (
    need("key", Key(), "The question's name, unique in the quiz, the same for ever."),
    need("points", Number(least=0, most=1_000), "What a right answer is worth."),
    need("stem", Markdown(longest=10_000), "The question itself."),
    may("outcome", Ref("outcome"), "The outcome of the course that it measures."),
    may("difficulty", Whole(least=1, most=3), "1 easy, 2 medium, 3 hard."),
    CASE,
    may("facts", ListOf(item=Ref("fact"), most=20, unique=""), "The facts of law it rests on."),
    may("category", Text(longest=400), "Where it is filed: names parted by `/`."),
    may("tags", ListOf(item=Text(longest=80), most=20, unique=""), "Words by which it is found."),
    may(
        "feedback",
        Markdown(longest=4_000),
        "Shown after handing in: at once to whoever was right, to all with the right answers.",
    ),
)

QUESTIONS = need(
    "questions",
    ListOf(
        item=Tagged("type", QUESTION, {name: type_.FIELDS for name, type_ in TYPES.items()}),
        least=1,
        most=200,
        unique="key",
    ),
    "The questions, in order.",
)

SHAPE = Object(
    (
        need("key", Key(), "The quiz's name, unique in the course, the same for ever."),
        need("title", Text(longest=200), "What learners read in the outline."),
        may("intro", Markdown(longest=10_000), "What to know before beginning."),
        need(
            "minutes",
            Object((need("assessment", Whole(least=1, most=600), "Minutes it takes."),)),
            "The minutes credited.",
        ),
        *sitting.FIELDS,
        may("blind", Flag(), "Whether whoever marks by hand sees no names."),
        HIDDEN,
        CASES,
        QUESTIONS,
    )
)


def check(source: Mapping[str, Any]) -> list[Problem]:
    """Everything that the shape of the file cannot say. A question may lack what all have in
    common, if that was faulty: it was told."""
    questions = source["questions"]
    problems = sitting.check(source)
    if not any(question.get("points", 1) for question in questions):
        problems.append(
            problem(
                source,
                "questions",
                N_("no question is worth any points"),
                N_("write `points: 1`"),
            )
        )
    problems += _drawn_alike(source) + composition.check(source) + cases.check(source)
    stems = set[str]()
    for question in questions:
        stem = fold(question.get("stem", ""))
        if stem and stem in stems:
            problems.append(
                warning(
                    question,
                    "stem",
                    N_("another question of this quiz asks the same"),
                    N_("change or remove one of them"),
                )
            )
        stems.add(stem)
        problems += TYPES[question["type"]].check(question)
    return problems


def _drawn_alike(source: Mapping[str, Any]) -> list[Problem]:
    """Where questions are drawn there are enough of them, and whoever draws which is out of the
    same points."""
    drawn, questions = source.get("draw"), source["questions"]
    if not isinstance(drawn, int):
        return []
    if drawn > len(questions):
        return [
            problem(
                source,
                "draw",
                N_("%(drawn)s questions are drawn, and there are only %(count)s"),
                N_("write more questions, or draw fewer"),
                drawn=drawn,
                count=len(questions),
            )
        ]
    if len({question.get("points", 1) for question in questions}) > 1:
        return [
            problem(
                source,
                "draw",
                N_("questions are drawn that are not worth the same"),
                N_("give all of them the same points"),
            )
        ]
    return []


def begin(key: str, title: str) -> dict[str, Any]:
    """The keys of a new quiz; its questions are still to be written."""
    return {
        "key": key,
        "title": title,
        "minutes": {"assessment": 10},
        "attempts": 3,
        "pass": 61,
        "questions": [],
    }
