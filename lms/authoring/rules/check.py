"""All rules over a whole package, in one run."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from lms.authoring.rules.package import CourseText, PackageText
from lms.authoring.rules.references import check_references
from lms.authoring.rules.structure import check_course, check_programme
from lms.authoring.rules.sums import check_grading, check_hours
from lms.catalog.activity import ActivityKind
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.problems import Problem, Severity
from lms.catalog.rules.shapes import ListOf, MapOf, Object, stand_in
from lms.catalog.rules.sources import ActivitySource, CourseSource


def check(
    package: PackageText, kinds: Mapping[str, ActivityKind], today: date
) -> Iterator[Problem]:
    """Everything wrong with a package that was read, beyond what reading found."""
    language = str(package.data.get("language", "")) if package.data is not None else ""
    yield from check_programme(package)
    yield from check_hours(package)
    for course in package.courses.values():
        yield from check_course(course)
        yield from check_grading(course, kinds)
        yield from check_references(course, kinds, today)
        around = course_source(course, today, language)
        for activity in course.activities():
            kind = kinds[activity.kind]
            source = whole_enough(activity, kind.shape)
            if source is not None:
                yield from kind.check(source, around)


def whole_enough(activity: ActivitySource, shape: Object) -> ActivitySource | None:
    """An activity whose own rules can be asked, though single keys of it are missing.

    Stand-ins take the place of missing values (their absence was already told), so that one fault
    does not hide the others. Without its list of questions there is nothing to ask.
    """
    data = Map(
        activity.data,
        path=activity.data.path,
        line=activity.data.line,
        lines=activity.data.lines,
        text_lines=activity.data.text_lines,
    )
    for each in shape.fields:
        if each.required and not data.get(each.name):
            if isinstance(each.shape, ListOf | MapOf) or not data.lines:
                return None
            data.setdefault(each.name, stand_in(each.shape))
    return replace(activity, data=data)


def course_source(course: CourseText, today: date, language: str = "") -> CourseSource:
    """What the activities of a course may refer to."""
    return CourseSource(
        key=course.folder,
        facts=course.facts,
        outcomes=frozenset(course.outcomes),
        activities=frozenset(str(each.data.get("key")) for each in course.activities()),
        media=frozenset(course.media),
        today=today,
        language=language,
    )


def forgiving(package: PackageText, problems: Iterable[Problem]) -> Iterator[Problem]:
    """What is wrong in a hidden activity keeps nothing out: nobody sees it before it is shown."""
    hidden = {
        each.path
        for course in package.courses.values()
        for each in course.activities()
        if each.is_hidden
    }
    for each in problems:
        yield replace(each, severity=Severity.WARNING) if each.path in hidden else each


def in_order(problems: Iterable[Problem]) -> Sequence[Problem]:
    """Each problem once, by file and line, as an author works through them."""
    unique: dict[tuple[object, ...], Problem] = {}
    for each in problems:
        unique.setdefault((each.path, each.line, each.message, str(each.params)), each)
    return sorted(unique.values(), key=lambda each: (each.path, each.line, each.message))
