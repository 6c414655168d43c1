"""A whole package: which file is what, read in order."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from lms.authoring.formats.files import FileRead, read_file
from lms.authoring.formats.media import read_media
from lms.authoring.formats.memory import Memory
from lms.authoring.formats.tree import Tree, bytes_of, paths_in
from lms.authoring.rules.package import CourseText, MediaFile, ModuleText, PackageText
from lms.authoring.rules.shapes import COURSE, FACTS, MODULE, PROGRAMME
from lms.catalog.activity import ActivityKind
from lms.catalog.rules.nodes import Map, Seq
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.sources import ActivitySource, FactSource
from lms.foundation.kernel.errors import N_

_NUMBERED = re.compile(r"[0-9]{2}-[a-z0-9]+(?:-[a-z0-9]+)*")
_KEPT_AS_THEY_ARE = {"README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"}
_FACT_KEYS = (
    "key", "text", "source", "article", "url", "verified_on", "verified_by", "expires", "doubtful",
)  # fmt: skip


@dataclass(slots=True)
class PackageRead:
    """A package as far as it could be read, and everything wrong in reading it."""

    package: PackageText = field(default_factory=PackageText)
    problems: list[Problem] = field(default_factory=list)


def read_package(
    tree: Tree, kinds: Mapping[str, ActivityKind], memory: Memory | None = None
) -> PackageRead:
    """Read every file of a package; what cannot be read is reported and left out.

    With a ``memory``, files that it has read before (by path and hash) are not read again.
    """
    reader = _PackageReader(tree, kinds, memory)
    reader.read()
    return PackageRead(reader.package, reader.problems)


class _PackageReader:
    def __init__(
        self, tree: Tree, kinds: Mapping[str, ActivityKind], memory: Memory | None
    ) -> None:
        self.tree = tree
        self.kinds = kinds
        self.memory = memory or Memory(0)
        self.package = PackageText(sizes={path: e.size for path, e in tree.files.items()})
        self.problems: list[Problem] = list(tree.problems)

    def wrong(self, path: str, what: str, todo: str, **params: Any) -> None:
        self.problems.append(Problem(path, 0, what, todo, params))

    def file(self, path: str, shape: Any) -> FileRead:
        known = path, self.tree.files[path].sha256
        found: FileRead = self.memory.of(known, lambda: read_file(self.tree, path, shape))
        self.problems.extend(found.problems)
        return found

    def is_none(self) -> bool:
        """Whether this is something else altogether: no programme, and no course."""
        return not any(
            path == "programme.yaml" or (path.count("/") == 1 and path.endswith("/course.yaml"))
            for path in self.tree.files
        )

    def read(self) -> None:
        if self.is_none():
            # What is wrong with each file of a folder that was never meant is of no use.
            self.problems.clear()
            self.wrong(
                "programme.yaml",
                N_("this is no course package: the file is missing"),
                N_("a package is a folder with programme.yaml and a folder for each course"),
            )
            return
        if "programme.yaml" in self.tree.files:
            self.package.data = self.file("programme.yaml", PROGRAMME).data
        else:
            self.wrong(
                "programme.yaml",
                N_("the file is missing"),
                N_("a package is a folder with programme.yaml and a folder for each course"),
            )
        for path in paths_in(self.tree, ""):
            if path != "programme.yaml" and path not in _KEPT_AS_THEY_ARE:
                self.stranger(path)
        for folder in self.folders(""):
            if f"{folder}/course.yaml" in self.tree.files:
                self.course(folder)
            else:
                self.wrong(
                    f"{folder}/course.yaml",
                    N_("the file is missing"),
                    N_("every folder beside programme.yaml is a course and needs one"),
                )

    def folders(self, parent: str) -> list[str]:
        prefix = f"{parent}/" if parent else ""
        return sorted(
            {
                prefix + path[len(prefix) :].split("/")[0]
                for path in self.tree.files
                if path.startswith(prefix) and "/" in path[len(prefix) :]
            }
        )

    def stranger(self, path: str) -> None:
        self.wrong(
            path,
            N_("a file of this name has no place here"),
            N_("take it out, or name it as the format says, for instance 01-name.md"),
        )

    def course(self, folder: str) -> None:
        read = self.file(f"{folder}/course.yaml", COURSE)
        course = CourseText(folder, read.data if read.data is not None else _nothing(folder))
        self.package.courses[folder] = course
        if read.data is None:
            course.blind.add("outcome")
        course.outcomes = _keys(read.raw, "outcomes")
        _refers(course, course.path, read)
        for path in paths_in(self.tree, folder):
            if path == f"{folder}/facts.yaml":
                self.facts(course, path)
            elif path != course.path and path.split("/")[1] not in _KEPT_AS_THEY_ARE:
                self.stranger(path)
        for inside in self.folders(folder):
            if inside == f"{folder}/media":
                self.media(course, inside)
            elif _NUMBERED.fullmatch(inside.rpartition("/")[2]):
                self.module(course, inside)
            else:
                self.wrong(
                    inside,
                    N_("this folder is neither a module nor `media`"),
                    N_("name it NN-name, for instance 01-autonomy"),
                )

    def facts(self, course: CourseText, path: str) -> None:
        read = self.file(path, FACTS)
        if read.raw is None:
            course.blind.add("fact")
        for key in _keys(read.raw, "facts"):
            course.facts[key] = FactSource(key, "", "")
        facts = read.data.get("facts", Seq()) if read.data is not None else Seq()
        for index, fact in enumerate(facts):
            known = {name: fact[name] for name in _FACT_KEYS if fact.get(name) is not None}
            course.facts[fact["key"]] = FactSource(**known)
            course.fact_lines[fact["key"]] = facts.line_of(index)

    def media(self, course: CourseText, folder: str) -> None:
        for path in paths_in(self.tree, folder):
            within = path.removeprefix(f"{course.folder}/")
            known = path, self.tree.files[path].sha256
            file, wrong = self.memory.of(known, lambda: self.medium(within, path))  # noqa: B023
            self.problems.extend(wrong)
            if file is not None:
                course.media[within] = file

    def medium(self, within: str, path: str) -> tuple[MediaFile | None, list[Problem]]:
        data, wrong = bytes_of(self.tree, path)
        return (None, wrong) if data is None else read_media(within, path, data)

    def module(self, course: CourseText, folder: str) -> None:
        path = f"{folder}/module.yaml"
        if path in self.tree.files:
            read = self.file(path, MODULE)
            _refers(course, path, read)
        else:
            read = FileRead()
            self.wrong(
                path, N_("the file is missing"), N_("every module needs one with its key and title")
            )
        module = ModuleText(folder, read.data if read.data is not None else _nothing(path))
        module.complete = read.data is not None
        course.modules.append(module)
        numbers: dict[str, str] = {}
        for each in paths_in(self.tree, folder):
            if each != path:
                self.activity(course, module, each, numbers)

    def activity(
        self, course: CourseText, module: ModuleText, path: str, numbers: dict[str, str]
    ) -> None:
        name = path.rpartition("/")[2]
        kind = next(
            (
                each
                for each in sorted(self.kinds.values(), key=lambda kind: -len(kind.suffix))
                if name.endswith(each.suffix)
            ),
            None,
        )
        if kind is None or not _NUMBERED.fullmatch(name.removesuffix(kind.suffix)):
            self.stranger(path)
            return
        if name[:2] in numbers:
            self.wrong(
                path,
                N_("its number %(number)s is also that of %(other)s"),
                N_("give each file of the module a number of its own"),
                number=name[:2],
                other=numbers[name[:2]],
            )
        numbers.setdefault(name[:2], name)
        read = self.file(path, kind.shape)
        _refers(course, path, read)
        data = read.data
        if data is None or "key" not in data:
            course.blind.add("activity")
        if data is None or not {"key", "title", "minutes"} <= data.keys():
            module.complete = False
            data = data if data is not None else _nothing(path)
        module.activities.append(
            ActivitySource(kind.name, path, data, read.body, read.body_line, read.words)
        )


def _refers(course: CourseText, path: str, read: FileRead) -> None:
    course.references[path] = read.references
    if read.raw is None:
        course.unread.add(path)


def _nothing(path: str) -> Map:
    return Map(path=path)


def _keys(raw: Map | None, name: str) -> set[str]:
    """The keys of a list as far as they were written, faulty items included."""
    items = raw.get(name) if raw is not None else None
    if not isinstance(items, Seq):
        return set()
    keys = (item.get("key") for item in items if isinstance(item, Map))
    return {key for key in keys if isinstance(key, str)}
