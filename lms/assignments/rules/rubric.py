"""Criteria by which a work is marked: levels of which one is chosen, or points up to a most."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lms.catalog.rules.problems import Problem, problem
from lms.catalog.rules.shapes import Key, ListOf, Number, Object, Ref, Text, may, need
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import Points, points

LEVEL = Object(
    (
        need("points", Number(least=0, most=1_000), "What this level earns."),
        need("title", Text(longest=200), "What it is called."),
        may("description", Text(longest=1_000), "What a work of this level has."),
    )
)
CRITERIA = may(
    "criteria",
    ListOf(
        item=Object(
            (
                need("key", Key(), "The criterion's name, unique here, the same for ever."),
                need("title", Text(longest=200), "What is looked at."),
                may("description", Text(longest=2_000), "What a good work has."),
                may("outcome", Ref("outcome"), "The outcome of the course that it measures."),
                may("points", Number(least=0, most=1_000), "The most it earns, without levels."),
                may("levels", ListOf(item=LEVEL, least=2, most=10), "Its levels, in order."),
            )
        ),
        least=1,
        most=30,
        unique="key",
    ),
    "By what it is marked: each criterion has levels (a rubric) or points (a marking guide).",
)


@dataclass(frozen=True)
class Level:
    """One level of a criterion and what it earns."""

    points: Points
    title: str
    description: str = ""


@dataclass(frozen=True)
class Criterion:
    """One thing that is looked at. Without levels whoever marks gives from 0 to its most."""

    key: str
    title: str
    description: str
    most: Points
    levels: tuple[Level, ...] = ()


def criteria_of(source: Mapping[str, Any]) -> tuple[Criterion, ...]:
    """The criteria of an assignment as it was written."""
    return tuple(_criterion(each) for each in source.get("criteria") or ())


def _criterion(each: Mapping[str, Any]) -> Criterion:
    levels = tuple(
        Level(_points(one.get("points")), one.get("title", ""), one.get("description") or "")
        for one in each.get("levels") or ()
    )
    most = max((one.points for one in levels), default=_points(each.get("points")))
    return Criterion(
        each.get("key", ""), each.get("title", ""), each.get("description") or "", most, levels
    )


def _points(written: Any) -> Points:
    return points(Decimal(str(written or 0)))


def check_criteria(source: Mapping[str, Any]) -> Iterator[Problem]:
    """A criterion has either levels or points, and no two levels are worth the same."""
    for each in source.get("criteria") or ():
        levels: Sequence[Mapping[str, Any]] = each.get("levels") or ()
        if bool(levels) is ("points" in each):
            yield problem(
                each,
                "points" if levels else "key",
                N_("a criterion has either levels or points"),
                N_("write `points: 10`, or levels with points of their own"),
            )
        worth = [_points(one.get("points")) for one in levels]
        if len(set(worth)) < len(worth):
            yield problem(
                each,
                "levels",
                N_("two levels are worth the same"),
                N_("give each level points of its own"),
            )


@dataclass(frozen=True)
class Judged:
    """What one criterion was given: its points, which level that is, and what was said of it."""

    points: Points
    level: int | None = None
    comment: str = ""


def earned(judged: Mapping[str, Judged]) -> Points:
    """What all criteria earned together."""
    return sum(each.points for each in judged.values())


def as_stored(judged: Mapping[str, Judged]) -> dict[str, Any]:
    """What was given, as a marking keeps it."""
    return {
        key: {"points": each.points, "level": each.level, "comment": each.comment}
        for key, each in judged.items()
    }


def from_stored(given: Mapping[str, Any]) -> dict[str, Judged]:
    """What a marking kept, to be shown again."""
    return {
        key: Judged(each["points"], each["level"], each["comment"]) for key, each in given.items()
    }
