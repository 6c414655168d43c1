"""How programme, courses, modules and activities fit together."""

from collections.abc import Iterator
from typing import Any

from lms.authoring.rules.package import CourseText, ModuleText, PackageText
from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem, place, problem
from lms.catalog.rules.shape_values import nearest
from lms.foundation.kernel.errors import N_


def check_programme(package: PackageText) -> Iterator[Problem]:
    """The programme names each of its courses, and each folder is one of them."""
    listed = _list(package.data, "courses")
    for index, key in enumerate(listed):
        if key not in package.courses:
            near = nearest(key, package.courses)
            yield problem(
                listed,
                index,
                N_("there is no folder for the course `%(key)s`"),
                N_("make the folder, or correct the name")
                if near is None
                else N_("did you mean `%(near)s`?"),
                key=key,
                near=near,
            )
    for course in package.courses.values():
        if package.data is not None and "courses" in package.data and course.folder not in listed:
            yield Problem(
                course.path,
                1,
                N_("programme.yaml does not name the course `%(key)s`"),
                N_("add it to `courses`, or take the folder out"),
                {"key": course.folder},
            )
        if course.data.get("key", course.folder) != course.folder:
            yield problem(
                course.data,
                "key",
                N_("the key `%(key)s` is not the name of its folder, `%(folder)s`"),
                N_("make them equal"),
                key=course.data["key"],
                folder=course.folder,
            )


def check_course(course: CourseText) -> Iterator[Problem]:
    """A written course has its lessons; an outline only their titles; names are used once."""
    yield from _names(course)
    if not course.modules:
        yield Problem(
            course.path,
            1,
            N_("the course has no modules"),
            N_("make a folder for each, named 01-name, with a module.yaml"),
        )
    state = course.data.get("state")
    for module in course.modules:
        if state == "written":
            yield from _written(module)
        elif state == "outline":
            yield from _outline(module)
    yield from _review(course.data)


def _names(course: CourseText) -> Iterator[Problem]:
    seen: dict[str, str] = {}
    for module in course.modules:
        yield from _once(seen, module.data, N_("the module key `%(key)s` is used twice"))
    seen = {}
    for activity in course.activities():
        yield from _once(seen, activity.data, N_("the key `%(key)s` is used twice in the course"))


def _once(seen: dict[str, str], data: Map, what: str) -> Iterator[Problem]:
    key = data.get("key")
    if key is None:
        return
    path, line = place(data, "key")
    if key in seen:
        yield Problem(
            path,
            line,
            what,
            N_("give each its own; the other is in %(other)s"),
            {"key": key, "other": seen[key]},
        )
    seen.setdefault(key, f"{path}:{line}")


def _written(module: ModuleText) -> Iterator[Problem]:
    if "lessons" in module.data:
        yield problem(
            module.data,
            "lessons",
            N_("the course is written, so its lessons are files and not titles"),
            N_("take `lessons` out, or say `state: outline` in course.yaml"),
        )
    if not module.shown:
        yield Problem(
            f"{module.folder}/module.yaml",
            1,
            N_("the module has no lessons"),
            N_("write 01-name.md beside it, or say `state: outline` in course.yaml"),
        )


def _outline(module: ModuleText) -> Iterator[Problem]:
    if module.data and not module.data.get("lessons"):
        yield problem(
            module.data,
            "lessons",
            N_("the course is an outline, so the module must name its lessons"),
            N_("write their titles under `lessons`"),
        )
    for activity in module.activities:
        yield Problem(
            activity.path,
            1,
            N_("the course is an outline and has no lessons yet"),
            N_("say `state: written` in course.yaml, or take the file out"),
        )


def _review(data: Map) -> Iterator[Problem]:
    review = data.get("legal_review", {})
    if review.get("state") == "accepted":
        for key in ("by", "on"):
            if key not in review:
                yield problem(
                    review,
                    "state",
                    N_("the legal review is accepted, but `%(key)s` is missing"),
                    N_("write who accepted it and when"),
                    key=key,
                )


def _list(data: Map | None, name: str) -> Seq:
    items: Any = data.get(name) if data is not None else None
    return items if isinstance(items, Seq) else Seq()
