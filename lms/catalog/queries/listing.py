"""The catalogue: programmes that fit a search, in the same order on both databases."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Select,
    and_,
    bindparam,
    case,
    distinct,
    func,
    select,
)
from sqlalchemy.orm import Session

from lms.catalog.models import Module, Programme, ProgrammeCourse, ProgrammeVersion
from lms.catalog.queries.memory import Memory
from lms.catalog.rules.search import Wanted
from lms.catalog.rules.words import TOPICS
from lms.foundation.kernel.text import like
from lms.people.models import Institution

PAGE_SIZE = 12
SHAPES = 128


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
    asked = _asked(wanted)
    row = reader.execute(_count(tuple(asked)), asked).mappings().one()
    return Found(row["total"], {topic: row[topic] for topic in TOPICS if row[topic]})


def listed(reader: Session | Connection, wanted: Wanted, page: int) -> Sequence[Listed]:
    """One page of the programmes that fit: those whose title has all the words, then by title."""
    asked = _asked(wanted)
    rows = reader.execute(_listed(tuple(asked)), {**asked, "skipped": (page - 1) * PAGE_SIZE})
    return [Listed(*row) for row in rows]


def sizes(
    reader: Session | Connection, version_ids: Collection[int]
) -> Mapping[int, tuple[int, int]]:
    """How many courses and modules each of these programme versions has."""
    if not version_ids:
        return {}

    def read() -> Mapping[int, tuple[int, int]]:
        rows = reader.execute(_SIZES, {"version_ids": list(version_ids)})
        return {row.programme_version_id: (row.courses, row.modules) for row in rows}

    return _sizes.get(reader, tuple(version_ids), read)


def _asked(wanted: Wanted) -> dict[str, Any]:
    """What is asked for, as parameters of a statement; what is not asked for is not in it."""
    asked: dict[str, Any] = {f"word{n}": like(word) for n, word in enumerate(wanted.words)}
    if wanted.kind:
        asked["kind"] = wanted.kind
    if wanted.audience:
        asked["audience"] = _listing(wanted.audience)
    if wanted.mode:
        asked["mode"] = _listing(wanted.mode)
    if wanted.least_hours is not None:
        asked["least_hours"] = wanted.least_hours
    if wanted.most_hours is not None:
        asked["most_hours"] = wanted.most_hours
    if wanted.topic:
        asked["topic"] = _listing(wanted.topic)
    return asked


def _listing(key: str) -> str:
    """The pattern of a list that has this key; the underscore of `in_person` means itself."""
    return "% " + key.replace("_", "\\_") + " %"


def _condition(name: str) -> ColumnElement[bool]:
    """What a programme must be like to fit one of the things asked for."""
    version = ProgrammeVersion
    value: BindParameter[Any] = bindparam(name)
    match name:
        case "kind":
            return version.kind == value
        case "audience":
            return version.audience.like(value, escape="\\")
        case "mode":
            return version.modes.like(value, escape="\\")
        case "least_hours":
            return version.hours >= value
        case "most_hours":
            return version.hours <= value
        case "topic":
            return version.topics.like(value, escape="\\")
    return version.search.like(value, escape="\\")


# Statements are built once for each set of things asked for, whatever the words are.
@lru_cache(SHAPES)
def _count(names: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    total = func.count(case((_condition("topic"), 1))) if "topic" in names else func.count()
    topics = (func.count(case((_of_topic(topic), 1))).label(topic) for topic in TOPICS)
    # The topics have counts of their own: a topic that was chosen narrows only the total.
    others = (_condition(name) for name in names if name != "topic")
    return _published(select(total.label("total"), *topics)).where(*others)


@lru_cache(SHAPES)
def _listed(names: tuple[str, ...]) -> Select[*tuple[Any, ...]]:
    return (
        _published(select(*_COLUMNS))
        .join(Institution, Institution.id == Programme.institution_id)
        .where(*(_condition(name) for name in names))
        .order_by(*_title_first(names), ProgrammeVersion.title_folded, Programme.id)
        .limit(PAGE_SIZE)
        .offset(bindparam("skipped"))
    )


def _title_first(names: tuple[str, ...]) -> list[ColumnElement[int]]:
    """Whoever types a title wants that programme before those that only speak of it."""
    title = ProgrammeVersion.title_folded
    said = [title.like(bindparam(name), escape="\\") for name in names if name.startswith("word")]
    return [case((and_(*said), 0), else_=1)] if said else []


def _published(statement: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        statement.select_from(Programme)
        .join(ProgrammeVersion, ProgrammeVersion.id == Programme.current_version_id)
        .where(Programme.withdrawn_at.is_(None))
    )


def _of_topic(topic: str) -> ColumnElement[bool]:
    return ProgrammeVersion.topics.like(_listing(topic), escape="\\")


# In the order of `Listed`.
_COLUMNS = (
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
_SIZES = (
    select(
        ProgrammeCourse.programme_version_id,
        func.count(distinct(ProgrammeCourse.id)).label("courses"),
        func.count(Module.id).label("modules"),
    )
    .outerjoin(Module, Module.course_version_id == ProgrammeCourse.course_version_id)
    .where(ProgrammeCourse.programme_version_id.in_(bindparam("version_ids", expanding=True)))
    .group_by(ProgrammeCourse.programme_version_id)
    .order_by(ProgrammeCourse.programme_version_id)
    .limit(PAGE_SIZE)
)
# A published version never changes, nor do the courses that it lists.
_sizes: Memory[Mapping[int, tuple[int, int]]] = Memory(200)
