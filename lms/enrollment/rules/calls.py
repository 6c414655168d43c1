"""What a call asks of applicants, and what of it can still be changed."""

from dataclasses import dataclass
from enum import StrEnum

from lms.enrollment.rules.states import Door
from lms.foundation.kernel.errors import N_, Invalid, Refused

LONGEST_WORDS = 3000
LONGEST_NAME = 120
LONGEST_WHY = 300
LONGEST_ANSWER = 2000
MOST_REQUIREMENTS = 15
MOST_MEGABYTES = 10


class Sort(StrEnum):
    """What is sent for a requirement."""

    DOCUMENT = "document"
    ANSWER = "answer"


FORMATS = {"pdf": "application/pdf", "jpg": "image/jpeg", "png": "image/png"}
"""In what a document can be sent: told by its content, never by its name."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One thing that a call asks for."""

    sort: str
    name: str
    why: str
    is_obligatory: bool
    formats: tuple[str, ...] = tuple(FORMATS)
    megabytes: int = 5


def check_words(words: str) -> None:
    """What applicants are told fits on one page of a phone or two."""
    if len(words) > LONGEST_WORDS:
        said = N_("Write at most 3,000 characters.")
        raise Invalid(said, fields={"words": said})


def check(asked: Asked) -> None:
    """A requirement has a name; a document also has formats, and a size that a phone can send."""
    wrong: dict[str, str] = {}
    if asked.sort not in set(Sort):
        wrong["sort"] = N_("Choose what is sent: a document or an answer.")
    if not asked.name or len(asked.name) > LONGEST_NAME:
        wrong["name"] = N_("Write the name, in up to 120 characters.")
    if len(asked.why) > LONGEST_WHY:
        wrong["why"] = N_("Write at most 300 characters.")
    if asked.sort == Sort.DOCUMENT:
        if not asked.formats or not set(asked.formats) <= set(FORMATS):
            wrong["formats"] = N_("Choose at least one format.")
        if not 1 <= asked.megabytes <= MOST_MEGABYTES:
            wrong["megabytes"] = N_("A document has between 1 and 10 MB.")
    if wrong:
        raise Invalid(next(iter(wrong.values())), fields=wrong)


def add(asked: Asked, *, there: int, handed_in: int) -> None:
    """Ask for something more; nothing obligatory once somebody has handed in without it."""
    check(asked)
    if there >= MOST_REQUIREMENTS:
        raise Refused(N_("A call asks for fifteen things at most: nobody would finish it."))
    if asked.is_obligatory and handed_in:
        said = N_("People have handed in without it: it can only be optional now.")
        raise Invalid(said, fields={"is_obligatory": said})


def change(before: Asked, after: Asked, *, handed_in: int) -> None:
    """Put something otherwise; what people have handed in by is not made stricter afterwards."""
    check(after)
    if after.sort != before.sort:
        said = N_("A document stays a document, and an answer an answer: take it out instead.")
        raise Invalid(said, fields={"sort": said})
    if handed_in and after.is_obligatory and not before.is_obligatory:
        said = N_("People have handed in without it: it can only be optional now.")
        raise Invalid(said, fields={"is_obligatory": said})


def refuse_closed(cohort: str, *, is_over: bool) -> None:
    """The call of a cohort that has ended stays as it is."""
    if is_over:
        raise Refused(N_("%(cohort)s has ended: its call stays as it is."), cohort=cohort)


def asks_documents(door: str, requirements: int) -> bool:
    """Something is asked for where each request is answered, and nowhere else."""
    return door == Door.APPROVAL and requirements > 0
