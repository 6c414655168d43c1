"""The right answer of a question and what it offers, for lists of questions."""

from random import Random
from typing import Any

from lms.assessment.rules.quiz import QUESTIONS
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Drawing, Shown, Source
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.shape_check import read
from lms.catalog.rules.shapes import Object
from lms.foundation.kernel.errors import Invalid


def right_answer(written: Any) -> tuple[str, ...]:
    """The right answer in plain words, a line for each part; nothing while it is not written yet.

    Takes a question as it stands in a file, whatever is wrong with it.
    """
    found = read(Map({"questions": [written]}), Object((QUESTIONS,))).data.get("questions")
    return right_lines(found[0]) if found else ()


def right_lines(source: Source) -> tuple[str, ...]:
    """The right answer of a checked question in plain words, a line for each part."""
    type_, shown = TYPES[source["type"]], as_written(source)
    if not type_.graded:
        return ()
    try:
        answer = type_.read(source, shown, type_.known(source, shown))
    except Invalid:
        return ()
    return type_.describe(source, shown, answer) if answer is not None else ()


def offered_lines(source: Source) -> tuple[str, ...]:
    """What may be chosen as a whole answer or a part of one, in the author's order."""
    rows = TYPES[source["type"]].layout(source, as_written(source), None).rows
    return tuple(row.text for row in rows if not row.choices)


def as_written(source: Source) -> Shown:
    """How a question is shown when nothing is shuffled."""
    return TYPES[source["type"]].freeze(source, Drawing(Random(0)))
