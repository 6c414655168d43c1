"""A course package as plain data: what its files say, and on which lines."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from lms.catalog.rules.nodes import Map
from lms.catalog.rules.shape_check import Reference
from lms.catalog.rules.shapes import Target
from lms.catalog.rules.sources import ActivitySource, FactSource


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of a course's `media` folder, as its bytes say it is."""

    path: str
    """Below the course's folder: `media/plan.svg`."""
    size: int
    media_type: str = "application/octet-stream"
    width: int | None = None
    height: int | None = None


@dataclass(slots=True)
class ModuleText:
    """A module's folder."""

    folder: str
    data: Map
    activities: list[ActivitySource] = field(default_factory=list)
    complete: bool = True
    """False when a file of it could not be read: sums over it would mislead."""

    @property
    def shown(self) -> Sequence[ActivitySource]:
        """What learners see of it."""
        return [each for each in self.activities if not each.is_hidden]


@dataclass(slots=True)
class CourseText:
    """A course's folder."""

    folder: str
    data: Map
    facts: dict[str, FactSource] = field(default_factory=dict)
    fact_lines: dict[str, int] = field(default_factory=dict)
    modules: list[ModuleText] = field(default_factory=list)
    media: dict[str, MediaFile] = field(default_factory=dict)
    references: dict[str, list[Reference]] = field(default_factory=dict)
    """By the path of the file that refers."""
    outcomes: set[str] = field(default_factory=set)
    blind: set[Target] = field(default_factory=set)
    """What could not be read whole: a name not found there may still be right."""
    unread: set[str] = field(default_factory=set)
    """Files that could not be read: what they use is not known."""

    @property
    def path(self) -> str:
        """The file that speaks for the course."""
        return f"{self.folder}/course.yaml"

    def activities(self) -> Sequence[ActivitySource]:
        """All activities in the order in which they are taught."""
        return [each for module in self.modules for each in module.activities]


@dataclass(slots=True)
class PackageText:
    """A programme's folder: the programme and its courses."""

    data: Map | None = None
    courses: dict[str, CourseText] = field(default_factory=dict)
    """By folder."""
    sizes: Mapping[str, int] = field(default_factory=dict)
    """The size of every file."""
