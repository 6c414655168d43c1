"""One person of a gradebook, and one mark that was written for them."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.enrollment.models import HAS_SEAT, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.points import Ratio
from lms.grading.models import Entry
from lms.grading.queries.book import Book
from lms.people.models import Person
from lms.people.rules.names import name_of


@dataclass(frozen=True, slots=True)
class Whose:
    """Somebody who holds a seat in the cohort."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """A mark by hand, and whose it is."""

    key: str
    ratio: Ratio
    before: Ratio | None
    enrollment: UUID
    name: str


def person(session: Session, of: Book, enrollment: UUID) -> Whose:
    """Somebody of this very cohort."""
    row = session.execute(
        select(Enrollment.id, Person)
        .join(Person, Person.id == Enrollment.person_id)
        .where(Enrollment.uid == enrollment, Enrollment.cohort_id == of.cohort_id, HAS_SEAT)
    ).first()
    if row is None:
        raise NotFound()
    return Whose(row[0], name_of(row[1]).full)


def entry_of(session: Session, of: Book, entry: UUID) -> Found:
    """A mark by hand in this course of this very cohort."""
    row = session.execute(
        select(Entry, Enrollment.uid, Person)
        .join(Enrollment, Enrollment.id == Entry.enrollment_id)
        .join(Person, Person.id == Enrollment.person_id)
        .where(
            Entry.uid == entry,
            Entry.course_id == of.course.course_id,
            Enrollment.cohort_id == of.cohort_id,
        )
    ).first()
    if row is None:
        raise NotFound()
    found, uid, whose = row
    return Found(found.item_key, found.ratio, found.before, uid, name_of(whose).full)
