"""When a course is completed, and what is missing until it is.

A course is completed when every lesson has been seen, each activity that carries weight has been
passed, and the grade meets the pass mark; or when it was passed elsewhere and is recognised. The
same facts in any order give the same answer.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import GradeScale, Ratio
from lms.grading.rules.grade import Arithmetic, Component, arithmetic, reached


class Lack(StrEnum):
    """The kinds of thing that may be missing."""

    EMPTY = "empty"
    SEE = "see"
    TAKE = "take"
    WAIT = "wait"
    RETRY = "retry"
    FAILED = "failed"
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
}


def decide(
    tasks: Sequence[Task],
    components: Sequence[Component],
    *,
    scale: GradeScale,
    pass_mark: Ratio,
) -> Decision:
    """Whether the course is completed; if not, everything that is missing, in its order."""
    sums = arithmetic(components)
    reasons = [
        Reason(Lack.SEE, N_("See “%(title)s”."), {"title": task.title}, task.key)
        for task in tasks
        if not task.done
    ]
    reasons += [_reason(each) for each in components if each.weight > 0 and not each.passed]
    all_passed = all(each.passed for each in components if each.weight > 0)
    if sums.ratio is not None and all_passed and not reached(sums, scale, pass_mark):
        reasons.append(Reason(Lack.GRADE, N_("Reach the pass mark of the course.")))
    if not tasks and not components:
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


def _reason(each: Component) -> Reason:
    if each.waiting:
        lack = Lack.WAIT
    elif each.ratio is None:
        lack = Lack.TAKE
    else:
        lack = Lack.RETRY if each.may_retry else Lack.FAILED
    return Reason(lack, _PART[lack], {"title": each.title}, each.key)


def _out_of_reach(
    components: Sequence[Component], sums: Arithmetic, scale: GradeScale, pass_mark: Ratio
) -> bool:
    if any(each.is_final and each.weight > 0 for each in components):
        return True
    return sums.ratio is not None and not scale.passed(sums.reachable, pass_mark)
