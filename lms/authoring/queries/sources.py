"""The source texts of what was published, and which of them an import laid down."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.rules.difference import later
from lms.catalog.models import (
    Course,
    CourseVersion,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
    SourceFile,
    SourceText,
)

PACKAGE = "package"
"""The word in a version's detail that says it came from a package."""
EDITOR = "editor"
"""The same of a version written in the authoring room."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One file of a published version, by its path in the whole package."""

    path: str
    sha256: str
    size: int
    is_text: bool


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands published of a programme, and what its last import brought."""

    programme_id: int | None = None
    version_id: int | None = None
    files: Mapping[str, StoredFile] = field(default_factory=dict)
    imported: Mapping[str, str] | None = None
    """Hashes by path of the last package imported; None when there never was one."""

    @property
    def hashes(self) -> dict[str, str]:
        return {path: each.sha256 for path, each in self.files.items()}


def programme(
    session: Session, institution_id: int, key: str, *, lock: bool = False
) -> Programme | None:
    """An institution's programme by its key; locked when it is about to change."""
    statement = select(Programme).where(
        Programme.institution_id == institution_id, Programme.key == key
    )
    return session.scalar(statement.with_for_update() if lock else statement)


def version_of(
    session: Session, programme_id: int, number: int | None = None
) -> ProgrammeVersion | None:
    """A version of a programme by its number; without one, the latest."""
    statement = (
        select(ProgrammeVersion)
        .where(ProgrammeVersion.programme_id == programme_id)
        .order_by(ProgrammeVersion.number.desc())
        .limit(1)
    )
    if number is not None:
        statement = statement.where(ProgrammeVersion.number == number)
    return session.scalar(statement)


def last_imported(session: Session, programme_id: int) -> ProgrammeVersion | None:
    """The latest version that came from a package."""
    return session.scalar(
        select(ProgrammeVersion)
        .where(
            ProgrammeVersion.programme_id == programme_id,
            ProgrammeVersion.detail["origin"].as_string() == PACKAGE,
        )
        .order_by(ProgrammeVersion.number.desc())
        .limit(1)
    )


def latest_course_version(
    session: Session, institution_id: int, key: str
) -> tuple[Course | None, CourseVersion | None]:
    """A course by its full key, and its latest version."""
    course = session.scalar(
        select(Course).where(Course.institution_id == institution_id, Course.key == key)
    )
    if course is None:
        return None, None
    version = session.scalar(
        select(CourseVersion)
        .where(CourseVersion.course_id == course.id)
        .order_by(CourseVersion.number.desc())
        .limit(1)
    )
    return course, version


def standing(session: Session, institution_id: int, key: str) -> Standing:
    """What stands published under a programme's key, and what its last import brought."""
    found = programme(session, institution_id, key)
    current = version_of(session, found.id) if found is not None else None
    if found is None or current is None:
        return Standing(programme_id=found.id if found is not None else None)
    files = package_files(session, current.id)
    imported: dict[str, str] | None = None
    base = last_imported(session, found.id)
    if base is not None:
        laid = files if base.id == current.id else package_files(session, base.id)
        hashes = {path: each.sha256 for path, each in laid.items()}
        imported = later(hashes, base.detail.get("brought", {}))
    for arrived in _arrived_since(session, found.id, base.number if base is not None else 0):
        imported = later(imported or {}, arrived)
    return Standing(found.id, current.id, files, imported)


def _arrived_since(session: Session, programme_id: int, number: int) -> list[dict[str, str | None]]:
    """What packages brought by the browser, in the versions after one of these numbers."""
    rows = session.scalars(
        select(ProgrammeVersion.detail)
        .where(
            ProgrammeVersion.programme_id == programme_id,
            ProgrammeVersion.number > number,
            ProgrammeVersion.detail["origin"].as_string() == EDITOR,
        )
        .order_by(ProgrammeVersion.number)
    )
    return [detail["arrived"] for detail in rows if "arrived" in detail]


def package_files(session: Session, version_id: int) -> dict[str, StoredFile]:
    """Every file of a programme version, in the order of its paths."""
    own = select(SourceFile.path, SourceFile.sha256, SourceFile.size, SourceFile.is_text).where(
        SourceFile.programme_version_id == version_id
    )
    of_courses = (
        select(
            CourseVersion.key,
            SourceFile.path,
            SourceFile.sha256,
            SourceFile.size,
            SourceFile.is_text,
        )
        .join(CourseVersion, CourseVersion.id == SourceFile.course_version_id)
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .where(ProgrammeCourse.programme_version_id == version_id)
    )
    files = [StoredFile(*row) for row in session.execute(own)]
    files += [
        StoredFile(f"{folder}/{path}", sha256, size, is_text)
        for folder, path, sha256, size, is_text in session.execute(of_courses)
    ]
    return {each.path: each for each in sorted(files, key=lambda each: each.path)}


def texts(session: Session, hashes: set[str]) -> dict[str, str]:
    """Source texts by their hashes."""
    found: dict[str, str] = {}
    wanted = sorted(hashes)
    for start in range(0, len(wanted), 500):
        rows = session.execute(
            select(SourceText.sha256, SourceText.text).where(
                SourceText.sha256.in_(wanted[start : start + 500])
            )
        )
        found.update((sha256, text) for sha256, text in rows)
    return found
