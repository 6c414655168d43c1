"""The pages of assessment."""

from lms.assessment.views import (
    analysis,
    answers,
    attempt,
    correcting,
    explanation,
    intervening,
    marking,
    quiz,
    receipt,
    result,
    self_test,
    staff,
    watching,
)
from lms.assessment.views.blueprint import blueprint

__all__ = [
    "analysis",
    "answers",
    "attempt",
    "blueprint",
    "correcting",
    "explanation",
    "intervening",
    "marking",
    "quiz",
    "receipt",
    "result",
    "self_test",
    "staff",
    "watching",
]
