"""One box over everything staff look for: people, programmes and courses, cohorts, documents.

Each kind in a fixed number of statements, a few hits of each, and only what the reader's grants
reach.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from lms.catalog.models import CourseVersion, Programme, ProgrammeCourse, ProgrammeVersion
from lms.certificates.models import Credential, Transcribed
from lms.enrollment.models import Cohort, Enrollment
from lms.enrollment.queries.cohorts import CohortLine, lines, named
from lms.enrollment.queries.visible import visible
from lms.foundation.access.scopes import Grant
from lms.foundation.kernel.ids import read_code
from lms.foundation.kernel.text import fold, like
from lms.people.models import Institution
from lms.people.queries.reach import Reach

MOST = 8
MOST_COURSES = 200
MOST_PLACES = 500
SHORTEST_CODE = 8
_NUMBER = re.compile(r"^(.+)-0*(\d{1,9})$")


@dataclass(frozen=True, slots=True)
class ProgrammeHit:
    """A programme, with those of its courses whose titles the words mean."""

    slug: str
    title: str
    kind: str
    courses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DocumentHit:
    """An issued document, found by its code or its number."""

    code: str
    series: str
    number: int
    record: str
    status: str


@dataclass(frozen=True, slots=True)
class TranscribedHit:
    """A diploma of before, found by who holds it or by its code."""

    uid: UUID
    institution: UUID
    book: int
    folio: int
    number: str
    record: str
    status: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody studies, for staff who know them from there."""

    cohort: UUID
    cohort_title: str
    enrollment: UUID


def programmes(session: Session, text: str, reach: Reach) -> Sequence[ProgrammeHit]:
    """Programmes whose title, courses or lessons have all these words, by title."""
    words = fold(text).split()
    if not words:
        return []
    rows = session.execute(
        select(ProgrammeVersion.id, Programme.slug, ProgrammeVersion.title, ProgrammeVersion.kind)
        .join(Programme, Programme.current_version_id == ProgrammeVersion.id)
        .where(
            reach.of(Programme.institution_id),
            *(ProgrammeVersion.search.like(like(word), escape="\\") for word in words),
        )
        .order_by(ProgrammeVersion.title_folded, ProgrammeVersion.id)
        .limit(MOST)
    ).all()
    courses = _courses(session, [row.id for row in rows], words) if rows else {}
    return [ProgrammeHit(r.slug, r.title, r.kind, tuple(courses.get(r.id, ()))) for r in rows]


def _courses(
    session: Session, versions: Sequence[int], words: Sequence[str]
) -> dict[int, list[str]]:
    """Titles of courses that have all the words, by programme version."""
    found: dict[int, list[str]] = {}
    rows = session.execute(
        select(ProgrammeCourse.programme_version_id, CourseVersion.title)
        .join(CourseVersion, CourseVersion.id == ProgrammeCourse.course_version_id)
        .where(ProgrammeCourse.programme_version_id.in_(versions))
        .order_by(ProgrammeCourse.programme_version_id, ProgrammeCourse.position)
        .limit(MOST_COURSES)
    )
    for version, title in rows:
        if all(word in fold(title) for word in words):
            found.setdefault(version, []).append(title)
    return found


def cohorts(session: Session, text: str, grants: Sequence[Grant]) -> Sequence[CohortLine]:
    """Cohorts that the grants reach, by title, key or programme; the latest first."""
    words = fold(text).split()
    if not words or not grants:
        return []
    rows = session.execute(
        lines()
        .where(visible(list(grants)), *(named(word) for word in words))
        .order_by(Cohort.starts_at.desc(), Cohort.id.desc())
        .limit(MOST)
    )
    return [CohortLine(**row) for row in rows.mappings()]


def documents(session: Session, text: str, reach: Reach) -> Sequence[DocumentHit]:
    """Documents of the reader's institutions by code, or by number as it is printed."""
    known = [Credential.code == code] if len(code := read_code(text)) >= SHORTEST_CODE else []
    if numbered := _NUMBER.match(text.strip().upper()):
        series, number = numbered.groups()
        known.append((Credential.series == series) & (Credential.number == int(number)))
    if not known:
        return []
    rows = session.execute(
        select(
            Credential.code,
            Credential.series,
            Credential.number,
            Credential.record,
            Credential.status,
        )
        .where(Credential.institution_id.in_(_houses(reach)), or_(*known))
        .order_by(Credential.id.desc())
        .limit(MOST)
    )
    return [DocumentHit(*row) for row in rows]


def transcribed(session: Session, text: str, reach: Reach) -> Sequence[TranscribedHit]:
    """Diplomas transcribed from the books: by code, or by name, identity document or programme."""
    words = fold(text).split()
    if not words:
        return []
    found = [Transcribed.search.like(like(word), escape="\\") for word in words]
    rows = session.execute(
        select(
            Transcribed.uid,
            Institution.uid,
            Transcribed.book,
            Transcribed.folio,
            Transcribed.number,
            Transcribed.record,
            Transcribed.status,
        )
        .join(Institution, Institution.id == Transcribed.institution_id)
        .where(
            Transcribed.institution_id.in_(_houses(reach)),
            or_(Transcribed.code == read_code(text), and_(*found)),
        )
        .order_by(Transcribed.holder_sort, Transcribed.id)
        .limit(MOST)
    )
    return [TranscribedHit(*row) for row in rows]


def _houses(reach: Reach) -> Select[int]:
    """The institutions by name, for the index of numbers begins with them."""
    return select(Institution.id).where(reach.of(Institution.id))


def studying(grants: Sequence[Grant], person: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition on people to have a place in a cohort that the grants reach."""
    if not grants:
        return false()
    return (
        exists()
        .where(
            Enrollment.person_id == person,
            Cohort.id == Enrollment.cohort_id,
            visible(list(grants)),
        )
        .correlate(person.class_)
    )


def places(session: Session, people: Sequence[int], grants: Sequence[Grant]) -> dict[int, Place]:
    """The latest place of each of a few people in a cohort that the grants reach."""
    rows = session.execute(
        select(Enrollment.person_id, Cohort.uid, Cohort.title, Enrollment.uid)
        .join(Cohort, Cohort.id == Enrollment.cohort_id)
        .where(Enrollment.person_id.in_(people), visible(list(grants)))
        .order_by(Cohort.starts_at, Enrollment.id)
        .limit(MOST_PLACES)
    )
    return {row[0]: Place(row[1], row[2], row[3]) for row in rows}
