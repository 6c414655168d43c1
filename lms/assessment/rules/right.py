"""The right answer of a question, for lists of questions."""

from random import Random
from typing import Any

from lms.assessment.rules.quiz import QUESTIONS
from lms.assessment.types import TYPES
from lms.assessment.types.interface import Drawing
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.shape_check import read
from lms.catalog.rules.shapes import Object
from lms.foundation.kernel.errors import Invalid


def right_answer(written: Any) -> tuple[str, ...]:
    """The right answer in plain words, a line for each part; nothing while it is not written yet.

    Takes a question as it stands in a file, whatever is wrong with it.
    """
    found = read(Map({"questions": [written]}), Object((QUESTIONS,))).data.get("questions")
    if not found:
        return ()
    source = found[0]
    type_ = TYPES[source["type"]]
    if not type_.graded:
        return ()
    shown = type_.freeze(source, Drawing(Random(0)))
    try:
        answer = type_.read(source, shown, type_.known(source, shown))
    except Invalid:
        return ()
    return type_.describe(source, shown, answer) if answer is not None else ()
