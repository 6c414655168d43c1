"""What a text becomes, and what it may ask of the course around it."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class MediaView:
    """A file of the course as a page shows it."""

    url: str
    size: int = 0
    media_type: str = ""
    width: int | None = None
    height: int | None = None
    small: "MediaView | None" = None
    """The same picture for phones, if there is one."""


@dataclass(frozen=True, slots=True)
class FactView:
    """A fact of law as the list of sources shows it."""

    source: str
    article: str | None = None
    url: str | None = None
    text: str = ""
    verified_on: date | None = None
    expired: bool = False
    doubtful: bool = False


class Resolver(Protocol):
    """What stands around a text: each answer may be None, then the text is shown without it."""

    def media(self, path: str) -> MediaView | None:
        """The file `media/…` of the course."""

    def fact(self, key: str) -> FactView | None:
        """The fact cited as `[[key]]`."""

    def lesson(self, key: str) -> str | None:
        """The address of the lesson linked as `lesson:key`."""


class NothingAround:
    """A text that stands alone, such as an announcement."""

    def media(self, path: str) -> MediaView | None:
        return None

    def fact(self, key: str) -> FactView | None:
        return None

    def lesson(self, key: str) -> str | None:
        return None


@dataclass(frozen=True, slots=True)
class Citation:
    """One source in the order of its first citation, with the places that cite it."""

    number: int
    key: str
    fact: FactView
    source_id: str
    mark_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the text, for its table of contents."""

    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Rendered:
    """The safe HTML of a text and what was found on the way."""

    html: Markup
    citations: tuple[Citation, ...] = ()
    words: int = 0
    headings: tuple[Heading, ...] = ()
    media: tuple[str, ...] = ()
    """Paths of the media used, in order, each once."""
