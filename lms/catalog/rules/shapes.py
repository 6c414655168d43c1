"""The words in which the shape of a course file is declared, once, for checks, editors and docs.

From one declaration come the check with line numbers (`shape_check`), the JSON Schema for editors
and the reference table of the guide (`lms.authoring.formats`).
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Target = Literal["outcome", "fact", "media", "activity", "course"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """Plain text, on one or many lines."""

    longest: int = 2_000
    may_be_empty: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Markdown:
    """Text in Markdown: it is also checked for lost HTML, images, links and citations."""

    longest: int = 20_000


@dataclass(frozen=True, slots=True)
class Key:
    """A stable name: small letters without accents, digits and hyphens."""


@dataclass(frozen=True, slots=True)
class Ref:
    """The key of something written elsewhere in the course (for media: the file)."""

    to: Target


@dataclass(frozen=True, slots=True)
class Choice:
    """One word of a list."""

    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A whole number within limits."""

    least: int = 0
    most: int = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Number:
    """A number, with decimals if need be (read as Decimal), within limits."""

    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """`true` or `false`."""


@dataclass(frozen=True, slots=True)
class Day:
    """A date, 2026-11-01."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListOf:
    """A list of things of one shape."""

    item: "Shape"
    least: int = 0
    most: int = 500
    unique: str | None = None
    """The key that no two items may share ("key"); "" when the items themselves may not repeat."""


@dataclass(frozen=True, slots=True)
class Either:
    """One value, or a list instead of it."""

    one: "Shape"
    several: ListOf


@dataclass(frozen=True, slots=True)
class MapOf:
    """A mapping whose keys the author chooses."""

    key: Key | Ref
    value: "Shape"


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an object: its shape, whether it must stand there, and what it means."""

    name: str
    shape: "Shape"
    help: str
    required: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Object:
    """A mapping with known keys."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Tagged:
    """A mapping whose further keys depend on one of them (`type: matching`)."""

    tag: str
    common: tuple[Field, ...]
    variants: Mapping[str, tuple[Field, ...]] = field(default_factory=dict)

    def fields(self, variant: str | None = None) -> tuple[Field, ...]:
        """The keys of one variant, the tag itself first; without one, those of all."""
        options = tuple(self.variants) if variant is None else (variant,)
        extra = () if variant is None else self.variants[variant]
        return (need(self.tag, Choice(options), "Which kind it is."), *self.common, *extra)


Shape = (
    Text
    | Markdown
    | Key
    | Ref
    | Choice
    | Whole
    | Number
    | Flag
    | Day
    | ListOf
    | Either
    | MapOf
    | Object
    | Tagged
)


def need(name: str, shape: Shape, help: str) -> Field:
    """A key that must stand there."""
    return Field(name, shape, help, required=True)


def may(name: str, shape: Shape, help: str, *, nullable: bool = False) -> Field:
    """A key that may be left out."""
    return Field(name, shape, help, nullable=nullable)


def markdown_in(value: Any, shape: Shape) -> Iterator[str]:
    """Every text in Markdown of data that has this shape, in the order of its declaration."""
    match shape:
        case Markdown():
            if value:
                yield value
        case Object(fields):
            for each in fields:
                yield from markdown_in(value.get(each.name), each.shape) if value else ()
        case Tagged():
            yield from markdown_in(value, Object(shape.fields(value[shape.tag])))
        case ListOf():
            for item in value or ():
                yield from markdown_in(item, shape.item)
        case Either(one, several):
            yield from markdown_in(value, several if isinstance(value, Sequence) else one)


def stand_in(shape: Shape) -> Any:
    """The plainest value that fits a shape, where the right one is missing."""
    match shape:
        case Whole(least=least):
            return least
        case Number(least=least):
            return least or 0
        case Choice(options):
            return options[0]
        case Flag():
            return False
        case Object(fields):
            return {each.name: stand_in(each.shape) for each in fields if each.required}
        case ListOf():
            return []
        case MapOf() | Tagged():
            return {}
        case Either(one):
            return stand_in(one)
    return ""
