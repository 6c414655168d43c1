"""The ways of asking. A new one is a new folder and one line here."""

from collections.abc import Mapping

from lms.assessment.types import (
    classification,
    cloze,
    essay,
    matching,
    missing_words,
    multiple_choice,
    numerical,
    ordering,
    scale,
    short_answer,
    single_choice,
    true_false,
)
from lms.assessment.types.interface import QuestionType

TYPES: Mapping[str, QuestionType] = {
    type_.name: type_
    for type_ in (
        single_choice.TYPE,
        multiple_choice.TYPE,
        true_false.TYPE,
        matching.TYPE,
        ordering.TYPE,
        classification.TYPE,
        missing_words.TYPE,
        cloze.TYPE,
        numerical.TYPE,
        short_answer.TYPE,
        essay.TYPE,
        scale.TYPE,
    )
}
