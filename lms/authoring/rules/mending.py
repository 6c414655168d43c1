"""What is wrong in a course, said to somebody who writes it by form and has seen no file of it."""

from collections.abc import Mapping
from dataclasses import replace

from lms.catalog.rules.problems import Problem
from lms.foundation.kernel.errors import N_

_WRITE = N_("write it")
SAID: Mapping[str, tuple[str, str]] = {
    "`%(key)s` is empty": (N_("“%(key)s” is empty"), _WRITE),
    "`%(key)s` is missing": (N_("“%(key)s” is missing"), _WRITE),
    "`%(key)s` has %(count)s items and needs at least %(least)s": (
        N_("“%(key)s”: there are %(count)s, and at least %(least)s is needed"),
        N_("add what is missing"),
    ),
    "a written course needs `grading`": (
        N_("it does not say how the grade is made up"),
        N_("write how much each quiz counts, and the pass mark, in the data of the course"),
    ),
    "the course has no modules": (N_("the course has no modules"), N_("add the first one")),
    "the module has no lessons": (
        N_("the module has no lessons"),
        N_("add a lesson or a quiz to it"),
    ),
    "the lesson has no text": (N_("the lesson has no text"), _WRITE),
}
"""By the message of the check: what is wrong and what to do, in the words of the forms."""


def by_form(found: Problem) -> Problem:
    """The same problem in the words of the forms, where the check speaks of files and keys."""
    message, remedy = SAID.get(found.message, (found.message, found.remedy))
    return replace(found, message=message, remedy=remedy)
