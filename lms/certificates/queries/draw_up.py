"""Drawing up a record: everything a document will say, from what stands on the day of issue."""

from dataclasses import dataclass, replace
from datetime import datetime

from lms.certificates.formats.record import (
    LANGUAGES,
    Grade,
    Holder,
    Institution,
    Record,
    Signer,
)
from lms.certificates.queries.candidates import KIND, Candidate
from lms.certificates.queries.office import Office
from lms.certificates.rules import links, numbers
from lms.certificates.rules import paper as rules
from lms.certificates.rules.books import Place as Line
from lms.grading.rules.policy import grading_of

RECOGNISED = "course_recognition"

# No code has a zero in it, so the address on a sample never leads to a document.
SAMPLE_CODE = "0000-0000-0000"


@dataclass(frozen=True, slots=True)
class Place:
    """A document's place in the register, and the address it is verified at."""

    series: str
    number: str
    code: str
    public_url: str
    line: Line


def series_key(office: Office, now: datetime, *, yearly: bool | None = None) -> str:
    """The series that numbers the documents which this office issues today.

    ``yearly`` is how the book is kept, where it is known better: it is locked.
    """
    each_year = office.yearly if yearly is None else yearly
    year = office.day(now).year if each_year else None
    return numbers.book(office.institution_key, KIND, year, demo=office.demo)


def draw_up(office: Office, candidate: Candidate, place: Place, now: datetime) -> Record:
    """The record of a candidate who qualifies. Refused when nobody is named to sign."""
    today = office.day(now)
    assert candidate.completed_at is not None
    starts_on, ends_on = rules.taught(
        office.day(office.starts_at),
        office.day(office.ends_at),
        office.day(candidate.completed_at),
        today,
    )
    grading = grading_of(office.policy, candidate.pass_mark)
    language = office.language if office.language in LANGUAGES else LANGUAGES[0]
    return Record(
        kind=RECOGNISED if candidate.recognised else KIND,
        title=rules.title(
            office.detail.get("certificate") or {}, language, recognised=candidate.recognised
        ),
        language=language,
        paper=rules.paper(office.country),
        holder=holder(candidate),
        institution=Institution(office.institution, office.place, office.country, office.hue),
        programme=office.programme,
        course=candidate.course,
        hours=candidate.hours,
        hour_minutes=office.hour_minutes,
        starts_on=starts_on,
        ends_on=ends_on,
        mode=office.mode,
        grade=None
        if candidate.ratio is None
        else Grade(str(grading.scale.grade(candidate.ratio)), str(grading.scale.top)),
        pass_mark=str(grading.scale.grade(grading.pass_mark)),
        issued_on=today,
        issued_place=office.policy.get("place") or office.place,
        signers=tuple(Signer(name, position) for name, position in rules.signers(office.policy)),
        number=place.number,
        series=place.series,
        code=place.code,
        verify_url=links.public(place.public_url, place.code),
        book=place.line.book,
        folio=place.line.folio,
        demo=office.demo,
    )


def holder(candidate: Candidate) -> Holder:
    """The name as its bearer confirmed it."""
    return Holder(candidate.given_names, candidate.first_surname, candidate.second_surname or "")


def sample(office: Office, candidate: Candidate, public_url: str, now: datetime) -> Record:
    """The same document as a sample: marked as one, without a place in the register."""
    series = series_key(office, now)
    place = Place(series, numbers.printed(series, 0), SAMPLE_CODE, public_url, Line())
    return replace(draw_up(office, candidate, place, now), demo=True)
