"""A course as its author sees it: modules, what lies in them, and what is wrong where."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lms.authoring.rules.meter import page_size
from lms.authoring.rules.package import CourseText, ModuleText
from lms.authoring.rules.sums import minutes_of, module_minutes
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource


@dataclass(frozen=True, slots=True)
class Row:
    """One lesson or quiz in the tree."""

    path: str
    key: str | None
    kind: str
    title: str
    minutes: int
    words: int
    bytes: int
    """What opening it fetches on a phone: its text and the media that it shows."""
    is_hidden: bool
    is_changed: bool
    problems: Sequence[Problem]

    @property
    def errors(self) -> int:
        return sum(each.is_error for each in self.problems)

    @property
    def warnings(self) -> int:
        return len(self.problems) - self.errors


@dataclass(frozen=True, slots=True)
class Part:
    """A module with its rows."""

    folder: str
    title: str
    hours: int | None
    minutes: int
    rows: Sequence[Row]
    problems: Sequence[Problem]
    """Of the module itself."""


@dataclass(frozen=True, slots=True)
class Outline:
    """A course with its modules."""

    title: str
    parts: Sequence[Part]
    problems: Sequence[Problem]
    """Of the course itself: its own file, its facts, its media."""
    errors: int = 0
    warnings: int = 0
    by_path: Mapping[str, Sequence[Problem]] = field(default_factory=dict)


def outline(
    course: CourseText,
    sizes: Mapping[str, int],
    problems: Iterable[Problem],
    changed: Collection[str],
) -> Outline:
    """Each problem stands at the file where it is mended; none is told twice or left out."""
    by_path: dict[str, list[Problem]] = {}
    for each in problems:
        by_path.setdefault(each.path, []).append(each)
    everything = [each for found in by_path.values() for each in found]
    parts = [_part(course, module, sizes, by_path, changed) for module in course.modules]
    placed = {row.path for part in parts for row in part.rows}
    placed |= {f"{part.folder}/module.yaml" for part in parts}
    left = [each for path, found in by_path.items() if path not in placed for each in found]
    errors = sum(each.is_error for each in everything)
    return Outline(
        title=course.data.get("title") or course.folder,
        parts=parts,
        problems=left,
        errors=errors,
        warnings=len(everything) - errors,
        by_path=by_path,
    )


def _part(
    course: CourseText,
    module: ModuleText,
    sizes: Mapping[str, int],
    by_path: Mapping[str, Sequence[Problem]],
    changed: Collection[str],
) -> Part:
    return Part(
        folder=module.folder,
        title=module.data.get("title") or module.folder.rpartition("/")[2],
        hours=module.data.get("hours"),
        minutes=module_minutes(module) if module.complete else 0,
        rows=[_row(course, each, sizes, by_path, changed) for each in module.activities],
        problems=by_path.get(f"{module.folder}/module.yaml", ()),
    )


def _row(
    course: CourseText,
    source: ActivitySource,
    sizes: Mapping[str, int],
    by_path: Mapping[str, Sequence[Problem]],
    changed: Collection[str],
) -> Row:
    return Row(
        path=source.path,
        key=source.data.get("key"),
        kind=source.kind,
        title=source.data.get("title") or source.path.rpartition("/")[2],
        minutes=minutes_of(source.data) if "minutes" in source.data else 0,
        words=source.words,
        bytes=page_size(course, source, sizes.get(source.path, 0)),
        is_hidden=source.is_hidden,
        is_changed=source.path in changed,
        problems=by_path.get(source.path, ()),
    )
