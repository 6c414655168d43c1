"""The pages of assessment."""

from lms.assessment.views import analysis, answers, attempt, quiz, result, self_test, staff
from lms.assessment.views.blueprint import blueprint

__all__ = [
    "analysis",
    "answers",
    "attempt",
    "blueprint",
    "quiz",
    "result",
    "self_test",
    "staff",
]
