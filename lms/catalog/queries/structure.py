"""A published course as learners' pages need it: immutable, so remembered in the process.

Callers of a cold page pay four statements, callers of a warm one none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Connection, bindparam, select
from sqlalchemy.orm import Session

from lms.catalog.models import Activity, Course, CourseFact, CourseVersion, Module
from lms.catalog.queries.memory import Memory
from lms.foundation.kernel.errors import NotFound


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a learner can do after the course."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class ActivityStructure:
    """Something to do. ``settings`` is shared by all readers: read it, never change it."""

    id: int
    uid: UUID
    key: str
    kind: str
    title: str
    position: int
    minutes: int
    bytes: int
    weight: int
    path: str
    content_sha256: str
    settings: Mapping[str, Any]
    module_key: str


@dataclass(frozen=True, slots=True)
class ModuleStructure:
    """A part of the course, with its activities in order."""

    id: int
    uid: UUID
    key: str
    title: str
    outcome: str
    hours: int
    position: int
    detail: Mapping[str, Any]
    activities: tuple[ActivityStructure, ...]


@dataclass(frozen=True, slots=True)
class FactStructure:
    """A dated fact of law that lessons cite."""

    key: str
    text: str
    source: str
    article: str | None
    url: str | None
    verified_on: date | None
    expires: date | None
    doubtful: bool


@dataclass(frozen=True)
class CourseStructure:
    """A published course version, whole, without the text of its lessons."""

    id: int
    uid: UUID
    institution_id: int
    course_id: int
    course_key: str
    key: str
    number: int
    published_at: datetime
    title: str
    summary: str
    state: str
    order: str
    hours: int
    minutes: int
    kilobytes: int
    pass_mark: int
    outcomes: tuple[Outcome, ...]
    detail: Mapping[str, Any]
    modules: tuple[ModuleStructure, ...]
    facts: Mapping[str, FactStructure] = field(hash=False)

    @property
    def is_outline(self) -> bool:
        return self.state == "outline"

    @property
    def awaits_legal_review(self) -> bool:
        """Whether nobody of the institution has accepted yet what it says of the law."""
        return bool((self.detail.get("legal_review") or {}).get("state") == "pending")

    @property
    def is_sequential(self) -> bool:
        return self.order == "sequential"

    @cached_property
    def activities(self) -> tuple[ActivityStructure, ...]:
        """Everything there is to do, in the order of the course."""
        every = (activity for module in self.modules for activity in module.activities)
        return tuple(sorted(every, key=lambda activity: activity.position))

    @cached_property
    def by_key(self) -> Mapping[str, ActivityStructure]:
        return {activity.key: activity for activity in self.activities}

    @cached_property
    def by_id(self) -> Mapping[int, ActivityStructure]:
        return {activity.id: activity for activity in self.activities}

    def activity(self, key: str) -> ActivityStructure:
        """The activity of this key; none is a page that does not exist."""
        found = self.by_key.get(key)
        if found is None:
            raise NotFound()
        return found


_ID: BindParameter[int] = bindparam("course_version_id")
_VERSION = (
    select(
        CourseVersion.id,
        CourseVersion.uid,
        CourseVersion.institution_id,
        CourseVersion.course_id,
        Course.key.label("course_key"),
        CourseVersion.key,
        CourseVersion.number,
        CourseVersion.published_at,
        CourseVersion.title,
        CourseVersion.summary,
        CourseVersion.state,
        CourseVersion.order,
        CourseVersion.hours,
        CourseVersion.minutes,
        CourseVersion.kilobytes,
        CourseVersion.pass_mark,
        CourseVersion.outcomes,
        CourseVersion.detail,
    )
    .join(Course, Course.id == CourseVersion.course_id)
    .where(CourseVersion.id == _ID)
)
_MODULES = (
    select(
        Module.id,
        Module.uid,
        Module.key,
        Module.title,
        Module.outcome,
        Module.hours,
        Module.position,
        Module.detail,
    )
    .where(Module.course_version_id == _ID)
    .order_by(Module.position, Module.id)
)
_ACTIVITIES = (
    select(
        Activity.module_id,
        Activity.id,
        Activity.uid,
        Activity.key,
        Activity.kind,
        Activity.title,
        Activity.position,
        Activity.minutes,
        Activity.bytes,
        Activity.weight,
        Activity.path,
        Activity.content_sha256,
        Activity.settings,
        Module.key.label("module_key"),
    )
    .join(Module, Module.id == Activity.module_id)
    .where(Activity.course_version_id == _ID)
    .order_by(Activity.position, Activity.id)
)
_FACTS = (
    select(
        CourseFact.key,
        CourseFact.text,
        CourseFact.source,
        CourseFact.article,
        CourseFact.url,
        CourseFact.verified_on,
        CourseFact.expires,
        CourseFact.doubtful,
    )
    .where(CourseFact.course_version_id == _ID)
    .order_by(CourseFact.id)
)

_memory: Memory[CourseStructure] = Memory(64)


def structure(reader: Session | Connection, course_version_id: int) -> CourseStructure:
    """The published course version of this id, from memory where it was read before.

    Never ask inside the transaction that creates the version (see `Memory`).
    """
    return _memory.get(reader, course_version_id, lambda: _read(reader, course_version_id))


def forget_structures() -> None:
    """Empty the memory: for whoever empties a database under a running process."""
    _memory.forget()


def _read(reader: Session | Connection, course_version_id: int) -> CourseStructure:
    values = {"course_version_id": course_version_id}
    version = reader.execute(_VERSION, values).mappings().first()
    if version is None:
        raise NotFound()
    activities: dict[int, list[ActivityStructure]] = {}
    for row in reader.execute(_ACTIVITIES, values).mappings():
        fields = dict(row)
        activities.setdefault(fields.pop("module_id"), []).append(ActivityStructure(**fields))
    modules = tuple(
        ModuleStructure(**row, activities=tuple(activities.get(row["id"], ())))
        for row in reader.execute(_MODULES, values).mappings()
    )
    facts = {row["key"]: FactStructure(**row) for row in reader.execute(_FACTS, values).mappings()}
    fields = dict(version)
    outcomes = tuple(Outcome(each["key"], each["text"]) for each in fields.pop("outcomes"))
    return CourseStructure(**fields, outcomes=outcomes, modules=modules, facts=facts)
