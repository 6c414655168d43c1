"""The catalogue: programmes that fit a search, in the same order on both databases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, distinct, func, select
from sqlalchemy.orm import Session

from lms.catalog.models import Module, Programme, ProgrammeCourse, ProgrammeVersion
from lms.catalog.rules.search import Wanted
from lms.catalog.rules.words import TOPICS
from lms.foundation.kernel.text import like
from lms.people.models import Institution

PAGE_SIZE = 12


@dataclass(frozen=True, slots=True)
class Listed:
    """A programme on a card."""

    programme_id: int
    version_id: int
    slug: str
    title: str
    kind: str
    hours: int
    modes: str
    kilobytes: int
    hue: str
    icon: str
    institution: str


@dataclass(frozen=True, slots=True)
class Found:
    """How many programmes fit, and how many would with each topic instead."""

    total: int
    by_topic: Mapping[str, int]


def count(reader: Session | Connection, wanted: Wanted) -> Found:
    """How many programmes fit in all and under each topic, in one pass."""
    fits = [_of_topic(wanted.topic)] if wanted.topic else []
    total = func.count(case((fits[0], 1))) if fits else func.count()
    topics = {topic: func.count(case((_of_topic(topic), 1))) for topic in TOPICS}
    statement = _published(
        select(total.label("total"), *(each.label(topic) for topic, each in topics.items()))
    ).where(*_conditions(wanted))
    row = reader.execute(statement).mappings().one()
    return Found(row["total"], {topic: row[topic] for topic in topics if row[topic]})


def listed(reader: Session | Connection, wanted: Wanted, page: int) -> Sequence[Listed]:
    """One page of the programmes that fit, by title."""
    statement = _published(
        select(
            Programme.id.label("programme_id"),
            ProgrammeVersion.id.label("version_id"),
            Programme.slug,
            ProgrammeVersion.title,
            ProgrammeVersion.kind,
            ProgrammeVersion.hours,
            ProgrammeVersion.modes,
            ProgrammeVersion.kilobytes,
            ProgrammeVersion.hue,
            ProgrammeVersion.icon,
            Institution.short_name.label("institution"),
        )
    )
    statement = (
        statement.join(Institution, Institution.id == Programme.institution_id)
        .where(*_conditions(wanted))
        .order_by(ProgrammeVersion.title_folded, Programme.id)
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    if wanted.topic:
        statement = statement.where(_of_topic(wanted.topic))
    return [Listed(**row) for row in reader.execute(statement).mappings()]


def sizes(
    reader: Session | Connection, version_ids: Collection[int]
) -> Mapping[int, tuple[int, int]]:
    """How many courses and modules each of these programme versions has."""
    if not version_ids:
        return {}
    statement = (
        select(
            ProgrammeCourse.programme_version_id,
            func.count(distinct(ProgrammeCourse.id)).label("courses"),
            func.count(Module.id).label("modules"),
        )
        .outerjoin(Module, Module.course_version_id == ProgrammeCourse.course_version_id)
        .where(ProgrammeCourse.programme_version_id.in_(version_ids))
        .group_by(ProgrammeCourse.programme_version_id)
        .order_by(ProgrammeCourse.programme_version_id)
        .limit(PAGE_SIZE)
    )
    return {
        row.programme_version_id: (row.courses, row.modules) for row in reader.execute(statement)
    }


def _published(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Programme)
        .join(ProgrammeVersion, ProgrammeVersion.id == Programme.current_version_id)
        .where(Programme.withdrawn_at.is_(None))
    )


def _conditions(wanted: Wanted) -> list[ColumnElement[bool]]:
    """Everything asked for but the topic, which has counts of its own."""
    version = ProgrammeVersion
    conditions: list[ColumnElement[bool]] = [
        version.search.like(like(word), escape="\\") for word in wanted.words
    ]
    if wanted.kind:
        conditions.append(version.kind == wanted.kind)
    if wanted.audience:
        conditions.append(version.audience.like(f"% {wanted.audience} %"))
    if wanted.mode:
        # `in_person`: the underscore means itself.
        mode = wanted.mode.replace("_", "\\_")
        conditions.append(version.modes.like(f"% {mode} %", escape="\\"))
    if wanted.least_hours is not None:
        conditions.append(version.hours >= wanted.least_hours)
    if wanted.most_hours is not None:
        conditions.append(version.hours <= wanted.most_hours)
    return conditions


def _of_topic(topic: str) -> ColumnElement[bool]:
    return ProgrammeVersion.topics.like(f"% {topic} %")
