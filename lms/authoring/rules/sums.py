"""What must add up: hours and the weights of the grade."""

from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from lms.authoring.rules.package import CourseText, ModuleText, PackageText
from lms.catalog.activity import ActivityKind, gives_grade
from lms.catalog.rules.problems import Problem, problem
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import SCALE, Ratio


def check_hours(package: PackageText) -> Iterator[Problem]:
    """Programme = courses + final work; course = modules; module = the minutes of its parts."""
    data = package.data
    if data is not None and "hours" in data:
        parts = [course.data.get("hours") for course in package.courses.values()]
        complete = len(parts) == len(data.get("courses", ())) and None not in parts
        final = data.get("final_work", {}).get("hours", 0)
        total = sum(hours for hours in parts if hours is not None) + final
        if complete and total != data["hours"]:
            yield problem(
                data,
                "hours",
                N_("the programme says %(hours)s hours; its parts add up to %(sum)s"),
                N_("correct the hours that are wrong"),
                hours=data["hours"],
                sum=total,
            )
    for course in package.courses.values():
        yield from _course_hours(course)
        minutes = data.get("academic_hour") if data is not None else None
        if minutes is not None and course.data.get("state") == "written":
            for module in course.modules:
                yield from _module_minutes(module, minutes)


def _course_hours(course: CourseText) -> Iterator[Problem]:
    parts = [module.data["hours"] for module in course.modules if "hours" in module.data]
    if "hours" not in course.data or not parts or len(parts) < len(course.modules):
        return
    total = sum(parts)
    if total != course.data["hours"]:
        yield problem(
            course.data,
            "hours",
            N_("the course says %(hours)s hours; its modules add up to %(sum)s"),
            N_("correct the hours that are wrong"),
            hours=course.data["hours"],
            sum=total,
        )


def ratio(percent: int | Decimal) -> Ratio:
    """A percentage as a ratio in millionths."""
    return int(Decimal(percent) * SCALE / 100)


def kilobytes(sizes: Iterable[int]) -> int:
    """What files weigh together, as a learner's phone counts."""
    return -(-sum(sizes) // 1000)


def minutes_of(data: Mapping[str, Any]) -> int:
    """The minutes that a lesson or quiz is credited with."""
    return sum(data["minutes"].values())


def module_minutes(module: ModuleText) -> int:
    """The minutes of everything in a module that learners see."""
    parts = [minutes_of(activity.data) for activity in module.shown]
    parts += [module.data[name]["minutes"] for name in ("practice", "forum") if name in module.data]
    return sum(parts)


def _module_minutes(module: ModuleText, academic_hour: int) -> Iterator[Problem]:
    if not module.complete or "hours" not in module.data or not module.shown:
        return
    expected = module.data["hours"] * academic_hour
    total = module_minutes(module)
    if total != expected:
        yield problem(
            module.data,
            "hours",
            N_("%(hours)s hours are %(expected)s minutes; its parts add up to %(sum)s"),
            N_("correct the minutes of lessons, quizzes, practice or forum by %(gap)s"),
            hours=module.data["hours"],
            expected=expected,
            sum=total,
            gap=f"{expected - total:+d}",
        )


def check_grading(course: CourseText, kinds: Mapping[str, ActivityKind]) -> Iterator[Problem]:
    """The weights are 100 together and name activities that give a grade."""
    data = course.data
    if data.get("state") == "written" and "grading" not in data:
        # A faulty `grading` was already reported with its own problem.
        if "grading" not in data.lines:
            yield problem(
                data,
                None,
                N_("a written course needs `grading`"),
                N_("add it, as in grading: {pass: 61, weights: {its-key: 100}}"),
            )
        return
    weights = data.get("grading", {}).get("weights")
    if weights is None:
        return
    hidden = {each.data.get("key") for each in course.activities() if each.is_hidden}
    total = sum((each for key, each in weights.items() if key not in hidden), Decimal(0))
    if total != 100:
        yield problem(
            data["grading"],
            "weights",
            N_("the weights add up to %(sum)s, not 100"),
            N_("correct them"),
            sum=total,
        )
    by_key = {activity.data.get("key"): activity for activity in course.activities()}
    for key in weights:
        activity = by_key.get(key)
        if activity is not None and not gives_grade(kinds[activity.kind], activity.data):
            yield problem(
                weights,
                key,
                N_("`%(key)s` gives no grade, so it cannot have a weight"),
                N_("name a quiz instead"),
                key=key,
            )
