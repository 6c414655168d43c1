"""What a course names must stand somewhere: media, facts, outcomes, activities."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from lms.authoring.rules.package import CourseText
from lms.catalog.activity import ActivityKind
from lms.catalog.rules.pictures import small_of
from lms.catalog.rules.problems import Problem, Severity
from lms.catalog.rules.shape_check import Reference
from lms.catalog.rules.shape_values import nearest
from lms.catalog.rules.shapes import Target
from lms.foundation.kernel.errors import N_

_MISSING: Mapping[Target, tuple[str, str]] = {
    "media": (
        N_("the file %(key)s is not in the course"),
        N_("put it there, or correct the name"),
    ),
    "fact": (
        N_("facts.yaml has no fact `%(key)s`"),
        N_("write it there, or correct the key"),
    ),
    "outcome": (
        N_("course.yaml has no outcome `%(key)s`"),
        N_("write it there, or correct the key"),
    ),
    "activity": (
        N_("the course has no lesson or quiz `%(key)s`"),
        N_("correct the key"),
    ),
}
_LEADS_OUT = (
    N_("%(key)s leads out of the course"),
    N_("put the file in the course's `media` folder and write media/…"),
)
_NEAR = N_("did you mean `%(near)s`?")


def check_references(
    course: CourseText, kinds: Mapping[str, ActivityKind], today: date
) -> Iterator[Problem]:
    """Every name leads to something, and everything in `media` is used by somebody."""
    known: Mapping[Target, Collection[str]] = {
        "media": course.media,
        "fact": course.facts,
        "outcome": course.outcomes,
        "activity": [str(each.data["key"]) for each in course.activities() if "key" in each.data],
    }
    used: set[str] = set()
    hidden = {each.data.get("key") for each in course.activities() if each.is_hidden}
    shown = {each.path for each in course.activities() if not each.is_hidden}
    graded = {each.path for each in course.activities() if kinds[each.kind].graded}
    for path, references in course.references.items():
        for reference in references:
            if reference.to == "media":
                used.add(reference.key)
            if reference.to not in known:
                continue
            if reference.key not in known[reference.to]:
                if reference.to not in course.blind:
                    yield _missing(reference, known[reference.to])
            elif reference.to == "fact" and path in graded:
                yield from _asked(reference, course)
            elif reference.key in hidden and reference.to == "activity" and path in shown:
                yield _to_hidden(reference)
    if not course.unread:
        yield from _unused(course, used)
    yield from _uncited(course, kinds)
    yield from _expired(course, today)


def _missing(reference: Reference, known: Collection[str]) -> Problem:
    what, todo = _MISSING[reference.to]
    near = nearest(reference.key, known)
    inside = reference.key.startswith("media/") and ".." not in reference.key
    if reference.to == "media" and not inside:
        (what, todo), near = _LEADS_OUT, None
    return Problem(
        reference.path,
        reference.line,
        what,
        todo if near is None else _NEAR,
        {"key": reference.key, "near": near},
    )


def _to_hidden(reference: Reference) -> Problem:
    return Problem(
        reference.path,
        reference.line,
        N_("the lesson `%(key)s` is hidden, so learners cannot follow this link"),
        N_("show that lesson, or take the link out"),
        {"key": reference.key},
    )


def _asked(reference: Reference, course: CourseText) -> Iterator[Problem]:
    if course.facts[reference.key].doubtful:
        yield Problem(
            reference.path,
            reference.line,
            N_("the fact `%(key)s` is doubtful and must not be asked"),
            N_("ask something else until somebody has verified it"),
            {"key": reference.key},
        )


def _unused(course: CourseText, used: Collection[str]) -> Iterator[Problem]:
    small = {small_of(path) for path in used}
    for path in sorted(course.media.keys() - used - small):
        yield Problem(
            f"{course.folder}/{path}",
            0,
            N_("nothing in the course uses this file"),
            N_("show it in a lesson, or take it out"),
            severity=Severity.WARNING,
        )


def _uncited(course: CourseText, kinds: Mapping[str, ActivityKind]) -> Iterator[Problem]:
    """Where a course speaks of the law each lesson names its sources, and no fact stands idle."""
    if not course.facts or course.unread:
        return
    cited = {
        path: {each.key for each in references if each.to == "fact"}
        for path, references in course.references.items()
    }
    for each in course.activities():
        if not kinds[each.kind].graded and not each.is_hidden and not cited.get(each.path):
            yield Problem(
                each.path,
                each.body_line,
                N_("the lesson names no source"),
                N_("cite what it says of the law by a fact of facts.yaml: [[its-key]]"),
                severity=Severity.WARNING,
            )
    for key in sorted(course.facts.keys() - set().union(*cited.values())):
        yield Problem(
            f"{course.folder}/facts.yaml",
            course.fact_lines.get(key, 0),
            N_("nothing cites the fact `%(key)s`"),
            N_("cite it where it is said, or take it out"),
            {"key": key},
            Severity.WARNING,
        )


def _expired(course: CourseText, today: date) -> Iterator[Problem]:
    for key, fact in course.facts.items():
        if fact.expires is not None and fact.expires < today:
            yield Problem(
                f"{course.folder}/facts.yaml",
                course.fact_lines.get(key, 0),
                N_("the fact `%(key)s` expired on %(day)s"),
                N_("check it again, correct what cites it, and write the new dates"),
                {"key": key, "day": fact.expires.isoformat()},
                Severity.WARNING,
            )
