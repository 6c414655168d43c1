from lms.assessment.models.adjustment import Adjustment
from lms.assessment.models.attempt import Answer, Attempt, Mark
from lms.assessment.models.event import AttemptEvent
from lms.assessment.models.hand_mark import HandMark, MarkingPhrase
from lms.assessment.models.intervention import Intervention
from lms.assessment.models.question import Question, QuestionVersion, QuizQuestion

__all__ = [
    "Adjustment",
    "Answer",
    "Attempt",
    "AttemptEvent",
    "HandMark",
    "Intervention",
    "Mark",
    "MarkingPhrase",
    "Question",
    "QuestionVersion",
    "QuizQuestion",
]
