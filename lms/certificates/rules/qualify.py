"""Who receives the document of a course, and what the others still lack."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from lms.enrollment.rules.states import SEATED
from lms.foundation.kernel.errors import N_
from lms.grading.rules.completion import Lack as Missing


class Standing(StrEnum):
    """How somebody stands to the document of a course."""

    QUALIFIES = "qualifies"
    LACKS = "lacks"
    ISSUED = "issued"


class Lack(StrEnum):
    """What stands between somebody and their document."""

    SEAT = "seat"
    COURSE = "course"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One person in one course of a cohort."""

    state: str
    completed: bool
    name_confirmed: bool
    issued: bool


SAID = {
    Lack.SEAT: N_("Holds no seat in the cohort."),
    Lack.COURSE: N_("Has not completed the course."),
    Lack.NAME: N_("Has not confirmed how the name must be printed."),
}


def lacks(candidate: Candidate) -> tuple[Lack, ...]:
    """What is missing: a seat in the cohort, the course completed, the name confirmed."""
    held = {
        Lack.SEAT: candidate.state in SEATED,
        Lack.COURSE: candidate.completed,
        Lack.NAME: candidate.name_confirmed,
    }
    return tuple(lack for lack, has in held.items() if not has)


def standing(candidate: Candidate) -> Standing:
    """A document is issued once to each person for each course, when nothing is missing."""
    if candidate.issued:
        return Standing.ISSUED
    return Standing.LACKS if lacks(candidate) else Standing.QUALIFIES


def missing(explanation: Mapping[str, Any] | None) -> Mapping[Missing, int]:
    """How many things of each sort the course still asks of somebody who has begun it."""
    if not explanation:
        return {}
    counted = Counter(Missing(each["lack"]) for each in explanation.get("lacks", ()))
    return {sort: counted[sort] for sort in Missing if counted[sort]}
