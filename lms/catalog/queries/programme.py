"""A programme's page: everything a visitor reads of it before asking for a seat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, select
from sqlalchemy.orm import Session

from lms.catalog.models import (
    Activity,
    CourseVersion,
    Module,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
)
from lms.catalog.queries.memory import Memory
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution

MOST_COURSES = 60
MOST_ROWS = 5_000
OPEN = "open"


@dataclass(frozen=True, slots=True)
class LessonLine:
    """A title in the outline; an outline course has no minutes yet."""

    title: str
    minutes: int | None = None
    key: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class ModuleOutline:
    """A module as a visitor reads it."""

    title: str
    hours: int
    outcome: str
    lessons: tuple[LessonLine, ...]


@dataclass(frozen=True, slots=True)
class CourseOutline:
    """A course as a visitor reads it."""

    version_id: int
    key: str
    title: str
    summary: str
    hours: int
    kilobytes: int
    is_outline: bool
    awaits_legal_review: bool
    accepted_by: str
    """Who answers for what it says of the law, once somebody of the institution does."""
    accepted_on: date | None
    modules: tuple[ModuleOutline, ...]


@dataclass(frozen=True, slots=True)
class FinalWork:
    """The work that closes a programme; the description is Markdown."""

    title: str
    hours: int
    description: str


@dataclass(frozen=True)
class ProgrammeOutline:
    """A programme version, whole, as its page shows it."""

    version_id: int
    title: str
    kind: str
    language: str
    hours: int
    academic_hour_minutes: int
    summary: str
    audience: tuple[str, ...]
    topics: tuple[str, ...]
    modes: tuple[str, ...]
    kilobytes: int
    hue: str
    icon: str
    outcomes: tuple[str, ...]
    entry: tuple[str, ...]
    certificate: str
    final_work: FinalWork | None
    courses: tuple[CourseOutline, ...]

    @property
    def is_open(self) -> bool:
        """Whether anybody reads it without an account."""
        return self.kind == OPEN

    @property
    def awaits_legal_review(self) -> bool:
        """Whether a jurist has still to accept what some course says of the law."""
        return any(course.awaits_legal_review for course in self.courses)

    @property
    def acceptances(self) -> list[tuple[str, date]]:
        """Who accepted what its courses say of the law, and when; each once."""
        found = {(each.accepted_by, each.accepted_on): None for each in self.courses}
        return [(by, on) for by, on in found if by and on is not None]

    @property
    def has_outlines(self) -> bool:
        """Whether some course is still being prepared."""
        return any(course.is_outline for course in self.courses)

    @property
    def modules(self) -> int:
        return sum(len(course.modules) for course in self.courses)


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme by its address: its outline and whose it is."""

    programme_id: int
    slug: str
    institution: str
    contact: str
    outline: ProgrammeOutline


_memory: Memory[ProgrammeOutline] = Memory(64)


def programme_page(reader: Session | Connection, slug: str) -> ProgrammePage:
    """The programme at this address as it is published now."""
    if not slug.isprintable():
        raise NotFound()
    row = reader.execute(
        select(
            Programme.id,
            Programme.slug,
            Programme.current_version_id,
            Institution.name,
            Institution.contact,
        )
        .join(Institution, Institution.id == Programme.institution_id)
        .where(
            Programme.slug == slug,
            Programme.withdrawn_at.is_(None),
            Programme.current_version_id.is_not(None),
        )
    ).first()
    if row is None or row.current_version_id is None:
        raise NotFound()
    version_id: int = row.current_version_id
    outline = _memory.get(reader, version_id, lambda: _read(reader, version_id))
    return ProgrammePage(row.id, row.slug, row.name, row.contact, outline)


def _read(reader: Session | Connection, version_id: int) -> ProgrammeOutline:
    version = reader.execute(
        select(ProgrammeVersion.__table__).where(ProgrammeVersion.id == version_id)
    ).one()
    detail: Mapping[str, Any] = version.detail
    final = detail.get("final_work")
    return ProgrammeOutline(
        version_id=version_id,
        title=version.title,
        kind=version.kind,
        language=version.language,
        hours=version.hours,
        academic_hour_minutes=version.academic_hour_minutes,
        summary=version.summary,
        audience=tuple(version.audience.split()),
        topics=tuple(version.topics.split()),
        modes=tuple(version.modes.split()),
        kilobytes=version.kilobytes,
        hue=version.hue,
        icon=version.icon,
        outcomes=tuple(each["text"] for each in detail.get("outcomes") or ()),
        entry=tuple(detail.get("entry") or ()),
        certificate=(detail.get("certificate") or {}).get("title", ""),
        final_work=FinalWork(final["title"], final["hours"], final["description"])
        if final
        else None,
        courses=_courses(reader, version_id),
    )


def _courses(reader: Session | Connection, version_id: int) -> tuple[CourseOutline, ...]:
    modules = _modules(reader, version_id)
    rows = reader.execute(
        select(
            CourseVersion.id,
            CourseVersion.key,
            CourseVersion.title,
            CourseVersion.summary,
            CourseVersion.hours,
            CourseVersion.kilobytes,
            CourseVersion.state,
            CourseVersion.detail,
        )
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .where(ProgrammeCourse.programme_version_id == version_id)
        .order_by(ProgrammeCourse.position)
        .limit(MOST_COURSES)
    )
    return tuple(_course(row, tuple(modules.get(row.id, ()))) for row in rows)


def _course(row: Row[*tuple[Any, ...]], modules: tuple[ModuleOutline, ...]) -> CourseOutline:
    review: Mapping[str, str] = row.detail.get("legal_review") or {}
    accepted = review if review.get("state") == "accepted" else {}
    return CourseOutline(
        version_id=row.id,
        key=row.key,
        title=row.title,
        summary=row.summary,
        hours=row.hours,
        kilobytes=row.kilobytes,
        is_outline=row.state == "outline",
        awaits_legal_review=review.get("state") == "pending",
        accepted_by=accepted.get("by", ""),
        accepted_on=date.fromisoformat(accepted["on"]) if "on" in accepted else None,
        modules=modules,
    )


def _modules(reader: Session | Connection, version_id: int) -> Mapping[int, list[ModuleOutline]]:
    lessons = _lessons(reader, version_id)
    modules: dict[int, list[ModuleOutline]] = {}
    for row in reader.execute(
        select(
            Module.id,
            Module.course_version_id,
            Module.title,
            Module.hours,
            Module.outcome,
            Module.detail,
        )
        .where(Module.course_version_id.in_(_versions(version_id)))
        .order_by(Module.course_version_id, Module.position)
        .limit(MOST_ROWS)
    ):
        promised: Sequence[str] = row.detail.get("lessons") or ()
        found = lessons.get(row.id) or [LessonLine(title) for title in promised]
        outline = ModuleOutline(row.title, row.hours, row.outcome, tuple(found))
        modules.setdefault(row.course_version_id, []).append(outline)
    return modules


def _lessons(reader: Session | Connection, version_id: int) -> Mapping[int, list[LessonLine]]:
    lessons: dict[int, list[LessonLine]] = {}
    for row in reader.execute(
        select(Activity.module_id, Activity.title, Activity.minutes, Activity.key, Activity.kind)
        .where(Activity.course_version_id.in_(_versions(version_id)))
        .order_by(Activity.module_id, Activity.position)
        .limit(MOST_ROWS)
    ):
        lessons.setdefault(row.module_id, []).append(
            LessonLine(row.title, row.minutes, row.key, row.kind)
        )
    return lessons


def _versions(programme_version_id: int) -> Select[int]:
    return select(ProgrammeCourse.course_version_id).where(
        ProgrammeCourse.programme_version_id == programme_version_id
    )
