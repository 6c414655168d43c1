"""A file that shows something: what was stored of it, and what its sender called it."""

from dataclasses import dataclass

from lms.foundation.files.store import Stored


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file with its name; no row refers to it yet."""

    stored: Stored
    name: str
