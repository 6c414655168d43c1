"""A course as one learner meets it: every activity with its mark, and what is open now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.structure import (
    ActivityStructure,
    CourseStructure,
    ModuleStructure,
    structure,
)
from lms.foundation.kernel.errors import NotFound
from lms.learning.kind import address_of
from lms.learning.queries.places import Learner, Marks, Reader
from lms.learning.rules import gate
from lms.learning.rules.gate import Days, Standing
from lms.learning.rules.marks import DONE, Mark
from lms.learning.rules.places import read_place


@dataclass(frozen=True, slots=True)
class Item:
    """One activity as it stands for one learner."""

    activity: ActivityStructure
    graded: bool
    mark: Mark | None
    standing: Standing
    closes_at: datetime | None

    @property
    def key(self) -> str:
        return self.activity.key

    @property
    def is_done(self) -> bool:
        return self.mark in DONE


@dataclass(frozen=True)
class CourseOutline:
    """A course version with everything in it as it stands for one learner."""

    course: CourseStructure
    items: tuple[Item, ...]

    @cached_property
    def by_key(self) -> dict[str, Item]:
        return {item.key: item for item in self.items}

    @cached_property
    def done(self) -> int:
        return sum(item.is_done for item in self.items)

    @property
    def total(self) -> int:
        return len(self.items)

    @property
    def percent(self) -> int:
        """Progress in whole per cent, never 100 before the last thing is done."""
        return self.done * 100 // self.total if self.total else 0

    @property
    def next_item(self) -> Item | None:
        """The first thing still to do that is open now."""
        return next((i for i in self.items if not i.is_done and i.standing.is_open), None)

    def item(self, key: str) -> Item:
        """The activity of this key; none is a page that does not exist."""
        found = self.by_key.get(key)
        if found is None:
            raise NotFound()
        return found

    def around(self, key: str) -> tuple[Item | None, Item | None]:
        """What comes before and after an activity in the course."""
        at = self.items.index(self.item(key))
        before = self.items[at - 1] if at else None
        return before, self.items[at + 1] if at + 1 < len(self.items) else None

    def position(self, key: str) -> tuple[int, int]:
        """Which of how many activities of its own kind it is."""
        kind = self.item(key).activity.kind
        same = [item.key for item in self.items if item.activity.kind == kind]
        return same.index(key) + 1, len(same)

    def in_module(self, module: ModuleStructure) -> tuple[Item, ...]:
        """The activities of one module, in order."""
        return tuple(self.by_key[activity.key] for activity in module.activities)


def outline(course: CourseStructure, marks: Marks, days: Days, now: datetime) -> CourseOutline:
    """Lay what is on record over the course, and ask the gate what is open."""
    kinds, days = activity_kinds(), days.of(course.key)
    steps = [
        gate.Step(
            activity.key,
            activity.title,
            graded=kinds[activity.kind].graded,
            mark=marks.get((course.course_id, activity.key)),
        )
        for activity in course.activities
    ]
    found = gate.standings(steps, sequential=course.is_sequential, days=days, now=now)
    return CourseOutline(
        course,
        tuple(
            Item(activity, step.graded, step.mark, standing, days.closes_at(activity.key))
            for activity, step, standing in zip(course.activities, steps, found, strict=True)
        ),
    )


def courses_of(reader: Reader, learner: Learner) -> tuple[CourseStructure, ...]:
    """The courses a learner is taught by, from memory where they were read before."""
    return tuple(structure(reader, each) for each in learner.course_version_ids)


def course_named(reader: Reader, learner: Learner, key: str) -> CourseStructure:
    """The course of this key in the learner's cohort; none is a page that does not exist."""
    for course in courses_of(reader, learner):
        if course.key == key:
            return course
    raise NotFound()


def outlines(
    reader: Reader, learner: Learner, marks: Marks, now: datetime
) -> tuple[CourseOutline, ...]:
    """All courses of a learner's cohort as they stand."""
    return tuple(
        outline(course, marks, learner.days, now) for course in courses_of(reader, learner)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """The one thing to do now, in its course; ``is_return`` when it was begun before."""

    outline: CourseOutline
    item: Item
    is_return: bool


def next_step(learner: Learner, found: Sequence[CourseOutline]) -> Step | None:
    """Where the learner stopped, if that is still to do; else the first thing that is open."""
    course_key, activity_key = read_place(learner.last_place)
    for each in found:
        item = each.by_key.get(activity_key) if each.course.key == course_key else None
        if item is not None and not item.is_done and item.standing.is_open:
            return Step(each, item, is_return=True)
    for each in found:
        if each.next_item is not None:
            return Step(each, each.next_item, is_return=False)
    return None


def sitting(activity: ActivityStructure) -> int:
    """The minutes of one sitting: the reading where it is told apart, else all of it."""
    return int(activity.settings.get("reading") or activity.minutes)


def step_address(learner: Learner, step: Step) -> str:
    """Where a step is taken up: at the paragraph where the learner stopped, if it is known."""
    address = address_of(learner.enrollment_uid, step.outline.course.key, step.item.activity)
    if step.is_return and learner.last_block:
        return f"{address}#{learner.last_block}"
    return address


def page_bytes(course: CourseStructure, activity: ActivityStructure) -> int:
    """What opening the activity downloads; what is fetched by a tap of its own is not in it."""
    media = course.detail.get("media") or {}
    tapped = [each["file"] for each in activity.settings.get("downloads") or ()]
    audio = activity.settings.get("audio")
    tapped += [audio["file"]] if audio else []
    extra: int = sum(media[path]["size"] for path in set(tapped) if path in media)
    return max(0, activity.bytes - extra)
