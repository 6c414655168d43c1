"""When a course is completed, and what is missing until it is.

A course is completed when every lesson has been seen, each activity that carries weight has been
passed, each part reaches the least that is asked of it, and the grade meets the pass mark; or when
it was passed elsewhere and is recognised. The same facts in any order give the same answer.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import GradeScale, Ratio
from lms.grading.rules.grade import (
    Arithmetic,
    Category,
    Component,
    Part,
    arithmetic,
    leaves,
    reached,
)


class Lack(StrEnum):
    """The kinds of thing that may be missing."""

    EMPTY = "empty"
    SEE = "see"
    TAKE = "take"
    WAIT = "wait"
    RETRY = "retry"
    FAILED = "failed"
    LEAST = "least"
    GRADE = "grade"


@dataclass(frozen=True, slots=True)
class Task:
    """Something ungraded to be done, such as a lesson to be seen."""

    key: str
    title: str
    done: bool


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that is missing: a sentence, and the activity it is about if it is about one."""

    lack: Lack
    message: str
    params: Mapping[str, Any] = field(default_factory=dict)
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a course is completed, with everything that says so."""

    completed: bool
    failed: bool
    """It can no longer be completed by anything the learner does."""
    reasons: tuple[Reason, ...]
    arithmetic: Arithmetic
    seen: int
    to_see: int
    recognised: bool = False
    """It was passed elsewhere: completed without a grade of ours."""


_PART = {
    Lack.TAKE: N_("Take and pass “%(title)s”."),
    Lack.WAIT: N_("“%(title)s” is waiting to be marked."),
    Lack.RETRY: N_("Pass “%(title)s”."),
    Lack.FAILED: N_("“%(title)s” was not passed and has no attempts left."),
    Lack.LEAST: N_("Reach the minimum of “%(title)s”."),
}


def decide(
    tasks: Sequence[Task],
    parts: Sequence[Part],
    *,
    scale: GradeScale,
    pass_mark: Ratio,
) -> Decision:
    """Whether the course is completed; if not, everything that is missing, in its order."""
    sums, every = arithmetic(parts), list(leaves(parts))
    forgiven = {id(each) for each in _forgiven(parts)}
    components = [each for each in every if id(each) not in forgiven]
    reasons = [
        Reason(Lack.SEE, N_("See “%(title)s”."), {"title": task.title}, task.key)
        for task in tasks
        if not task.done
    ]
    of_parts = [each for each in map(_reason, components) if each is not None]
    short = _short(sums, scale, {each.key for each in of_parts})
    reasons += [*of_parts, *short]
    if sums.ratio is not None and not of_parts and not reached(sums, scale, pass_mark):
        reasons.append(Reason(Lack.GRADE, N_("Reach the pass mark of the course.")))
    if not tasks and not every:
        reasons.append(Reason(Lack.EMPTY, N_("The course has no lessons yet.")))
    return Decision(
        completed=not reasons,
        failed=_out_of_reach(components, sums, scale, pass_mark),
        reasons=tuple(reasons),
        arithmetic=sums,
        seen=sum(task.done for task in tasks),
        to_see=len(tasks),
    )


def recognised(decision: Decision) -> Decision:
    """A recognised course is completed whatever of it was done here, and is given no grade."""
    return replace(
        decision,
        completed=True,
        failed=False,
        reasons=(),
        arithmetic=arithmetic(()),
        recognised=True,
    )


def _reason(each: Component) -> Reason | None:
    """What one activity or column lacks; what neither counts nor asks for anything lacks none."""
    if not (each.counts or each.least) or (each.passed and each.meets):
        return None
    if each.passed:
        lack = Lack.LEAST
    elif each.waiting:
        lack = Lack.WAIT
    elif each.ratio is None:
        lack = Lack.TAKE
    elif each.meets or not each.least:
        lack = Lack.RETRY if each.may_retry else Lack.FAILED
    else:
        lack = Lack.LEAST if each.may_retry else Lack.FAILED
    return Reason(lack, _PART[lack], {"title": each.title}, each.key)


def _forgiven(parts: Sequence[Part]) -> Iterator[Component]:
    """Where the lowest do not count, as many need not be passed: first what is lost already."""
    for each in parts:
        if not isinstance(each, Category):
            continue
        yield from _forgiven(each.parts)
        counting = [part for part in each.parts if part.counts]
        lacking = [
            (not part.is_final, part.ratio or 0, -at, part)
            for at, part in enumerate(counting)
            if isinstance(part, Component) and _reason(part) is not None
        ]
        for found in sorted(lacking, key=lambda one: one[:3])[: min(each.drop, len(counting) - 1)]:
            yield found[3]


def _short(sums: Arithmetic, scale: GradeScale, said: Collection[str | None]) -> list[Reason]:
    """The categories below their minimum; where a part of one lacks something, that was said."""
    within = {line.category for line in sums.lines if line.component.key in said}
    return [
        Reason(Lack.LEAST, _PART[Lack.LEAST], {"title": each.category.title}, each.category.key)
        for each in sums.sums
        if not each.meets(scale) and each.category.key not in within
    ]


def _out_of_reach(
    components: Sequence[Component], sums: Arithmetic, scale: GradeScale, pass_mark: Ratio
) -> bool:
    if any(each.is_final and (each.counts or each.least) for each in components):
        return True
    if any(not each.can_meet(scale) for each in sums.sums):
        return True
    return sums.ratio is not None and not scale.passed(sums.reachable, pass_mark)
