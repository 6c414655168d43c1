"""Everything that the form of a new cohort offers: versions, courses, signers, teachers."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion, Programme, ProgrammeVersion
from lms.catalog.queries.structure import CourseStructure, structure
from lms.enrollment.queries import opening, team
from lms.enrollment.queries.team import Teacher
from lms.foundation.kernel.text import fold, like
from lms.people.models import Institution, Signer

PAGE_SIZE = 20


@dataclass(frozen=True)
class Setting:
    """A programme as a cohort of it can be planned today."""

    slug: str
    version: ProgrammeVersion
    versions: Sequence[ProgrammeVersion]
    institution: Institution
    offered: Sequence[CourseVersion]
    courses: tuple[CourseStructure, ...]
    signers: Sequence[Signer]
    teachers: Sequence[Teacher]

    @property
    def zone(self) -> str:
        return self.institution.zone

    @property
    def written(self) -> list[CourseVersion]:
        """The courses that can be taught: an outline has no lessons."""
        return [course for course in self.offered if course.state != "outline"]


def setting(
    session: Session, slug: str, number: int | None, wanted: Collection[str], now: datetime
) -> Setting:
    """A programme in one of its versions, with the courses that are wanted of it, or all written.

    A fixed number of statements, and four for each course that was not read before.
    """
    version, institution = opening.programme_and_institution(session, slug, number)
    offered = opening.courses_of(session, version.id)
    chosen = [
        course.id
        for course in offered
        if course.state != "outline" and (not wanted or course.key in wanted)
    ]
    today = now.astimezone(ZoneInfo(institution.zone)).date()
    return Setting(
        slug=slug,
        version=version,
        versions=opening.versions_of(session, version.programme_id),
        institution=institution,
        offered=offered,
        courses=tuple(structure(session, each) for each in chosen),
        signers=opening.signers_since(session, institution.id, today),
        teachers=team.teachers(session, institution.id, now),
    )


@dataclass(frozen=True, slots=True)
class Line:
    """A programme of which a cohort can be opened."""

    slug: str
    title: str
    kind: str
    hours: int
    number: int
    institution: str


def programmes(
    session: Session, seen: ColumnElement[bool], text: str, number: int
) -> tuple[Sequence[Line], int]:
    """One page of the published programmes that somebody may open cohorts of, and how many."""
    statement = (
        select(
            Programme.slug,
            ProgrammeVersion.title,
            ProgrammeVersion.kind,
            ProgrammeVersion.hours,
            ProgrammeVersion.number,
            Institution.short_name.label("institution"),
        )
        .join(ProgrammeVersion, ProgrammeVersion.id == Programme.current_version_id)
        .join(Institution, Institution.id == Programme.institution_id)
        .where(seen, Programme.withdrawn_at.is_(None))
    )
    for word in fold(text).split():
        pattern = like(word)
        statement = statement.where(
            or_(
                ProgrammeVersion.title_folded.like(pattern, escape="\\"),
                Programme.key.like(pattern, escape="\\"),
            )
        )
    total = session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = session.execute(
        statement.order_by(ProgrammeVersion.title_folded, Programme.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return [Line(**row) for row in rows.mappings()], total
