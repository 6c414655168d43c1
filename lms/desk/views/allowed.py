"""What somebody is allowed, in words, for staff and for themselves."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from lms.catalog.queries.structure import CourseStructure
from lms.enrollment.queries.allowances import Given, of_person
from lms.enrollment.rules.allowances import WHOLE, Allowed
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext


@dataclass(frozen=True, slots=True)
class Held:
    """One exception of a person: about what, what it gives, why."""

    title: str
    gives: list[str]
    reason: str


def titles(courses: Iterable[CourseStructure]) -> Mapping[str, str]:
    """What allowances may be about, by the name that they keep of it."""
    found = {WHOLE: _("The end of the cohort")}
    for course in courses:
        for each in course.activities:
            found[f"{course.key}/{each.key}"] = each.title
    return found


def gives(given: Allowed | Given) -> list[str]:
    """What an allowance gives, a sentence for each thing."""
    said = []
    if given.closes_at is not None:
        said.append(_("Closes on %(moment)s.", moment=moment(given.closes_at, zone=True)))
    if given.attempts:
        said.append(ngettext("%(num)s more attempt.", "%(num)s more attempts.", given.attempts))
    if given.minutes:
        said.append(
            ngettext(
                "%(num)s more minute in each attempt.",
                "%(num)s more minutes in each attempt.",
                given.minutes,
            )
        )
    if given.expires_at is not None and (given.attempts or given.minutes):
        said.append(_("To be used before %(moment)s.", moment=moment(given.expires_at, zone=True)))
    return said


def exceptions(
    session: Session,
    enrollment_id: int,
    courses: Iterable[CourseStructure],
    now: datetime,
) -> Sequence[Held]:
    """What holds now for one person, the latest first."""
    named = titles(courses)
    return [
        Held(named.get(each.about, each.about), gives(each), each.reason)
        for each in of_person(session, enrollment_id)
        if each.applied_at is not None and each.holds(now)
    ]
