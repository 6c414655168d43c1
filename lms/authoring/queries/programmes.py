"""The programmes that somebody may write, with what waits in each."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, or_, select, true, union_all
from sqlalchemy.orm import Session

from lms.authoring.models import DraftFile
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.models import (
    Course,
    CourseVersion,
    Programme,
    ProgrammeCourse,
    ProgrammeVersion,
    SourceFile,
)
from lms.foundation.access.scopes import Grant, ScopeKind
from lms.foundation.kernel.text import fold, like
from lms.people.queries.institutions import below

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class ProgrammeLine:
    """A programme in the list of the authoring room."""

    id: int
    uid: UUID
    key: str
    title: str
    kind: str
    version_id: int | None
    number: int | None
    published_at: datetime | None
    changed: int = 0
    """Files that wait to be published."""
    conflicts: int = 0
    saved_at: datetime | None = None


def writable(grants: Sequence[Grant]) -> ColumnElement[bool]:
    """The condition on programmes that these grants reach; without any, nothing is seen."""
    reached: list[ColumnElement[bool]] = []
    for grant in grants:
        match grant.kind:
            case ScopeKind.INSTALLATION:
                return true()
            case ScopeKind.INSTITUTION:
                reached.append(Programme.institution_id == grant.institution_id)
            case ScopeKind.INSTITUTION_TREE if grant.institution_id is not None:
                reached.append(Programme.institution_id.in_(below([grant.institution_id])))
            case ScopeKind.COURSE if grant.course_id is not None:
                reached.append(Programme.current_version_id.in_(_with_course(grant.course_id)))
            case _:
                continue
    return or_(*reached) if reached else Programme.id.is_(None)


def _with_course(course_id: int) -> Select[int]:
    return (
        select(ProgrammeCourse.programme_version_id)
        .join(CourseVersion, CourseVersion.id == ProgrammeCourse.course_version_id)
        .where(CourseVersion.course_id == course_id)
    )


def page(
    session: Session, seen: ColumnElement[bool], text: str, number: int
) -> tuple[Sequence[ProgrammeLine], int]:
    """One page of the programmes, by title, and how many in all. Four statements."""
    conditions = [seen, Programme.withdrawn_at.is_(None), *map(_named, fold(text).split())]
    joined = (ProgrammeVersion, ProgrammeVersion.id == Programme.current_version_id)
    total = session.scalars(
        select(func.count()).select_from(Programme).outerjoin(*joined).where(*conditions)
    ).one()
    rows = session.execute(
        select(
            Programme.id,
            Programme.uid,
            Programme.key,
            func.coalesce(ProgrammeVersion.title, Programme.key).label("title"),
            func.coalesce(ProgrammeVersion.kind, "").label("kind"),
            ProgrammeVersion.id.label("version_id"),
            ProgrammeVersion.number,
            ProgrammeVersion.published_at,
        )
        .outerjoin(*joined)
        .where(*conditions)
        .order_by(func.coalesce(ProgrammeVersion.title_folded, Programme.key), Programme.id)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    lines = [ProgrammeLine(**row) for row in rows.mappings()]
    heads = _heads(session, [each.id for each in lines])
    waiting = _waiting(session, lines)
    return [_with_drafts(each, heads.get(each.id), waiting.get(each.id)) for each in lines], total


def _named(word: str) -> ColumnElement[bool]:
    pattern = like(word)
    return or_(
        ProgrammeVersion.search.like(pattern, escape="\\"),
        Programme.key.like(pattern, escape="\\"),
    )


def _heads(session: Session, ids: Collection[int]) -> Mapping[int, str]:
    """The programmes' own files, where they are being written: they may bear another title."""
    rows = session.execute(
        select(DraftFile.programme_id, DraftFile.text)
        .where(DraftFile.programme_id.in_(ids), DraftFile.path == "programme.yaml")
        .order_by(DraftFile.programme_id)
        .limit(PAGE_SIZE)
    )
    return {programme_id: text for programme_id, text in rows if text is not None}


def _waiting(
    session: Session, lines: Sequence[ProgrammeLine]
) -> Mapping[int, tuple[int, int, datetime]]:
    """How many files of each programme wait to be published, how many stand in conflict."""
    versions = [each.version_id for each in lines if each.version_id is not None]
    published = union_all(
        select(ProgrammeVersion.programme_id, SourceFile.path.label("path"), SourceFile.sha256)
        .join(ProgrammeVersion, ProgrammeVersion.id == SourceFile.programme_version_id)
        .where(ProgrammeVersion.id.in_(versions)),
        select(
            ProgrammeVersion.programme_id,
            (CourseVersion.key + "/" + SourceFile.path).label("path"),
            SourceFile.sha256,
        )
        .join(CourseVersion, CourseVersion.id == SourceFile.course_version_id)
        .join(ProgrammeCourse, ProgrammeCourse.course_version_id == CourseVersion.id)
        .join(ProgrammeVersion, ProgrammeVersion.id == ProgrammeCourse.programme_version_id)
        .where(ProgrammeVersion.id.in_(versions)),
    ).subquery()
    edited = DraftFile.sha256.is_distinct_from(DraftFile.base_sha256)
    differs = edited & DraftFile.sha256.is_distinct_from(published.c.sha256)
    stands_against = differs & DraftFile.base_sha256.is_distinct_from(published.c.sha256)
    rows = session.execute(
        select(
            DraftFile.programme_id,
            func.sum(case((differs, 1), else_=0)),
            func.sum(case((stands_against, 1), else_=0)),
            func.max(DraftFile.saved_at),
        )
        .outerjoin(
            published,
            (published.c.programme_id == DraftFile.programme_id)
            & (published.c.path == DraftFile.path),
        )
        .where(DraftFile.programme_id.in_([each.id for each in lines]))
        .group_by(DraftFile.programme_id)
        .order_by(DraftFile.programme_id)
        .limit(PAGE_SIZE)
    )
    return {row[0]: (int(row[1]), int(row[2]), row[3]) for row in rows}


def _with_drafts(
    line: ProgrammeLine, head: str | None, waiting: tuple[int, int, datetime] | None
) -> ProgrammeLine:
    if head is not None:
        data, _problems = read_yaml(head, "programme.yaml")
        title = data.get("title") if data is not None else None
        line = replace(line, title=title) if isinstance(title, str) and title else line
    if waiting is not None:
        changed, conflicts, saved_at = waiting
        line = replace(line, changed=changed, conflicts=conflicts, saved_at=saved_at)
    return line


def course_ids(session: Session, programme: Programme) -> dict[str, int]:
    """Every course that this programme ever had and published, by its folder."""
    start = f"{programme.key}/"
    rows = session.execute(
        select(Course.key, Course.id)
        .where(
            Course.institution_id == programme.institution_id,
            Course.key.startswith(start, autoescape=True),
        )
        .order_by(Course.id)
    )
    return {key.removeprefix(start): id_ for key, id_ in rows}
