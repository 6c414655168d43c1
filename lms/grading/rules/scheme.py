"""How the grade of a course is put together in a cohort: categories, and columns of their own.

Part of the cohort's policy. Where a cohort says nothing, each activity stands by itself with the
weight that its course gives it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.points import SCALE, Ratio
from lms.foundation.kernel.text import fold
from lms.grading.rules.grade import Category, Component, Part
from lms.grading.rules.marks import Kind

NAMED = "schemes"
"""Where the policy of a cohort keeps them, by the key of the course."""
COLUMN = "columna:"
"""What the key of a column begins with: no activity has such a key."""
LONGEST_TITLE = 80
MOST_CATEGORIES, MOST_COLUMNS, LARGEST_TOP = 12, 60, 1_000


@dataclass(frozen=True, slots=True)
class Group:
    """A category: what it stands for in the grade, how many of its lowest do not count."""

    key: str
    title: str
    weight: Ratio
    drop: int = 0
    least: Ratio = 0


@dataclass(frozen=True, slots=True)
class Item:
    """Where an activity stands: in which category, with which weight there."""

    key: str
    group: str = ""
    weight: Ratio = 0
    least: Ratio = 0


@dataclass(frozen=True, slots=True)
class Column(Item):
    """What has no activity, such as attendance or an oral defence: its marks are typed."""

    title: str = ""
    top: int = 100
    kind: str = Kind.NUMBER.value


@dataclass(frozen=True, slots=True)
class Scheme:
    """The whole of it; empty for a cohort that says nothing."""

    groups: tuple[Group, ...] = ()
    items: tuple[Item, ...] = ()
    columns: tuple[Column, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.groups or self.items or self.columns)

    def column(self, key: str) -> Column | None:
        """The column of this key."""
        return next((each for each in self.columns if each.key == key), None)

    def kept(self) -> dict[str, Any]:
        """As a policy keeps it."""
        return {
            "groups": [asdict(each) for each in self.groups],
            "items": [asdict(each) for each in self.items],
            "columns": [asdict(each) for each in self.columns],
        }


NOTHING = Scheme()


def scheme_of(policy: Mapping[str, Any], course: str) -> Scheme:
    """What the policy of a cohort says of a course."""
    said = (policy.get(NAMED) or {}).get(course)
    if not said:
        return NOTHING
    return Scheme(
        tuple(Group(**each) for each in said["groups"]),
        tuple(Item(**each) for each in said["items"]),
        tuple(Column(**each) for each in said["columns"]),
    )


def tree(scheme: Scheme, components: Sequence[Component]) -> list[Part]:
    """The activities and columns in their categories, the categories first, each in its order.

    An activity that the scheme does not name stands by itself with the weight of its course.
    """
    placed = {each.key: each for each in (*scheme.items, *scheme.columns)}
    within: dict[str, list[Component]] = {each.key: [] for each in scheme.groups}
    alone: list[Part] = []
    for each in components:
        place = placed.get(each.key)
        if place is None:
            alone.append(each)
            continue
        own = replace(each, weight=place.weight, least=place.least)
        if place.group in within:
            within[place.group].append(own)
        else:
            alone.append(own)
    groups: list[Part] = [
        Category(each.key, each.title, each.weight, tuple(within[each.key]), each.drop, each.least)
        for each in scheme.groups
    ]
    return groups + alone


def of_column(column: Column, ratio: Ratio | None) -> Component:
    """A column as the arithmetic takes it: marked is done, unless it asks for more than that."""
    meets = ratio is not None and ratio >= column.least
    return Component(
        column.key,
        column.title,
        column.weight,
        ratio=ratio,
        passed=meets,
        may_retry=not meets,
        waiting=ratio is None,
        least=column.least,
    )


def check(scheme: Scheme, activities: Sequence[str], marked: Mapping[str, Column]) -> None:
    """Refuse what could not be added up, or what would leave marks without their column.

    ``activities`` are the keys of those that are graded; ``marked`` are the columns, as they were,
    in which somebody has a mark.
    """
    _check_titles(scheme)
    _check_sizes(scheme, activities)
    if scheme:
        _check_weights(scheme)
    for key, before in marked.items():
        now = scheme.column(key)
        if now is None:
            raise Refused(
                N_("“%(title)s” has marks: it stays. Give it the weight 0 if it must not count."),
                title=before.title,
            )
        if (now.top, now.kind) != (before.top, before.kind):
            raise Refused(
                N_("“%(title)s” has marks: out of how much they are stays as it is."),
                title=before.title,
            )


def _check_titles(scheme: Scheme) -> None:
    titles = [fold(each.title) for each in scheme.groups]
    columns = [fold(each.title) for each in scheme.columns]
    if any(not 1 <= len(each) <= LONGEST_TITLE for each in titles + columns):
        raise Invalid(N_("Write a name of up to 80 characters for each category and column."))
    if len(set(titles)) < len(titles) or len(set(columns)) < len(columns):
        raise Invalid(N_("Two of them have the same name: give each its own."))


def _check_sizes(scheme: Scheme, activities: Sequence[str]) -> None:
    known = {each.key for each in scheme.groups}
    if len(known) > MOST_CATEGORIES or len(scheme.columns) > MOST_COLUMNS:
        raise Invalid(N_("These are more categories or columns than a grade has."))
    for each in (*scheme.items, *scheme.columns):
        if each.group and each.group not in known:
            raise Invalid(N_("Choose a category that is there."))
        if not (0 <= each.weight <= SCALE and 0 <= each.least <= SCALE):
            raise Invalid(N_("Weights and minimums lie between zero and the top."))
    for group in scheme.groups:
        if not (0 < group.weight <= SCALE and 0 <= group.least <= SCALE):
            raise Invalid(N_("Weights and minimums lie between zero and the top."))
    for column in scheme.columns:
        if not 1 <= column.top <= LARGEST_TOP:
            raise Invalid(N_("A column is marked out of 1 to 1,000."))
    if {each.key for each in scheme.items} - set(activities):
        raise Invalid(N_("One of these activities is not graded in this course."))


def _check_weights(scheme: Scheme) -> None:
    members = (*scheme.items, *scheme.columns)
    whole = sum(each.weight for each in scheme.groups) + sum(
        each.weight for each in members if not each.group
    )
    if whole != SCALE:
        raise Invalid(
            N_("Categories and what stands by itself add up to %(sum)s %%; it must be 100 %%."),
            sum=_percent(whole),
        )
    for group in scheme.groups:
        weights = [each.weight for each in members if each.group == group.key and each.weight]
        if not weights:
            raise Invalid(N_("Nothing counts in “%(title)s” yet."), title=group.title)
        if group.drop and len(set(weights)) > 1:
            raise Invalid(
                N_("Where the lowest do not count, all weigh the same: see “%(title)s”."),
                title=group.title,
            )
        if not 0 <= group.drop < len(weights):
            raise Invalid(N_("At least one has to count in “%(title)s”."), title=group.title)


def _percent(ratio: Ratio) -> str:
    text = f"{ratio / 10_000:.2f}".rstrip("0").rstrip(".")
    return text or "0"
