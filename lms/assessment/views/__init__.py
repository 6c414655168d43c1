"""The pages of assessment."""

from lms.assessment.views import analysis, answers, attempt, marking, quiz, result, self_test, staff
from lms.assessment.views.blueprint import blueprint

__all__ = [
    "analysis",
    "answers",
    "attempt",
    "blueprint",
    "marking",
    "quiz",
    "result",
    "self_test",
    "staff",
]
