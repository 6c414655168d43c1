"""The pages of assessment."""

from lms.assessment.views import answers, attempt, quiz, result, staff
from lms.assessment.views.blueprint import blueprint

__all__ = ["answers", "attempt", "blueprint", "quiz", "result", "staff"]
