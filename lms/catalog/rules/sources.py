"""What a check may look at: one activity's file, and what stands around it in the course."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from lms.catalog.rules.nodes import Map
from lms.catalog.rules.shapes import Flag, may

HIDDEN = may(
    "hidden", Flag(), "Kept from learners; hours and weights do not count it. False if left out."
)
"""A key that every kind of activity takes."""


@dataclass(frozen=True, slots=True)
class ActivitySource:
    """One activity as its author wrote it: front matter or YAML, and Markdown below it if any."""

    kind: str
    path: str
    data: Map
    body: str = ""
    body_line: int = 0
    """The line of the file on which the body begins."""
    words: int = 0
    """Words of the body, as a reader counts them."""

    @property
    def is_hidden(self) -> bool:
        """Kept from learners: it stays in the package, and nothing counts it."""
        return self.data.get("hidden") is True


@dataclass(frozen=True, slots=True)
class FactSource:
    """A dated statement of law that lessons and questions cite."""

    key: str
    text: str
    source: str
    article: str | None = None
    url: str | None = None
    verified_on: date | None = None
    verified_by: str | None = None
    expires: date | None = None
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class CourseSource:
    """What an activity may refer to in its course."""

    key: str = ""
    facts: Mapping[str, FactSource] = field(default_factory=dict)
    outcomes: Collection[str] = ()
    activities: Collection[str] = ()
    media: Collection[str] = ()
    today: date | None = None
    language: str = ""


def as_json(value: Any) -> Any:
    """What an author wrote, as JSON keeps it: exact decimals and dates become text."""
    if isinstance(value, Mapping):
        return {str(key): as_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [as_json(item) for item in value]
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return value
