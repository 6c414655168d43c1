"""Scopes for the guard: what is written stands in a programme, and in a course of it.

Whoever writes a whole institution's courses reaches everything; whoever writes one course reaches
what stands in its folder, and sees the programme around it.
"""

from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any
from uuid import UUID

from flask import request

from lms.authoring.queries import programmes
from lms.authoring.queries.drafts import programme_at, step_at
from lms.authoring.rules.publication import PROGRAMME, part_of
from lms.catalog.models import Programme
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for, place_of
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.identity import current_identity
from lms.foundation.web.reading import reading
from lms.people.models import Institution
from lms.people.queries.institutions import above


def room(**_values: Any) -> Scope:
    """The place of the list of programmes: it shows only what the reader's grants reach."""
    return place_of(grants_for(current_identity(), Permission.DRAFT_VIEW))


def beginning(**_values: Any) -> Scope:
    """The place where a new programme is begun: an institution of the reader's."""
    grants = grants_for(current_identity(), Permission.COURSE_WRITE)
    found = [grant for grant in grants if grant.course_id is None]
    return place_of(found) if found else Scope(institution_id=room().institution_id)


def programme_seen(programme: UUID, **_values: Any) -> Scope:
    """A programme for who reads it: with any of its courses."""
    found = _programme(programme)
    return _scope(found, programmes.course_ids(reading(), found).values())


def programme_whole(programme: UUID, **_values: Any) -> Scope:
    """A programme for who changes what is common to its courses."""
    return _scope(_programme(programme), ())


def course(programme: UUID, course: str, **_values: Any) -> Scope:
    """One course of a programme."""
    return each_course(_programme(programme))(course)


def each_course(programme: Programme) -> Callable[[str], Scope]:
    """Each course of a programme by its folder, asked for once; any other is the whole."""
    whole = _scope(programme, ())
    known = programmes.course_ids(reading(), programme)
    return lambda folder: replace(
        whole, course_ids=frozenset([known[folder]] if folder in known else ())
    )


def file(programme: UUID, path: str, **_values: Any) -> Scope:
    """The course in which a file stands; the programme's own files belong to the whole."""
    return course(programme, part_of(path))


def part(programme: UUID, part: str = PROGRAMME, **_values: Any) -> Scope:
    """One of the parts that are published: a course, or the programme's own page."""
    return course(programme, part)


def named_file(programme: UUID, **_values: Any) -> Scope:
    """The course of the file that a form names."""
    return file(programme, request.form.get("path", ""))


def step(programme: UUID, step: UUID, **_values: Any) -> Scope:
    """What a step touched: one course, or the whole programme."""
    found = _programme(programme)
    deed = step_at(reading(), found.id, step)
    if deed is None:
        raise NotFound()
    parts = {part_of(each["path"]) for each in deed.changes}
    return course(programme, parts.pop()) if len(parts) == 1 else _scope(found, ())


def _programme(uid: UUID) -> Programme:
    found = programme_at(reading(), uid)
    if found is None:
        raise NotFound()
    return found


def _scope(programme: Programme, courses: Collection[int]) -> Scope:
    owner = reading().get_one(Institution, programme.institution_id)
    return Scope(
        institution_id=programme.institution_id,
        course_ids=frozenset(courses),
        institutions_above=above(reading(), owner.parent_id),
    )
