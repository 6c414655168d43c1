"""What stands around a question: the pictures and the facts of law of its course version."""

from collections.abc import Iterable, Sequence

from flask import url_for

from lms.catalog.queries.structure import CourseStructure, structure
from lms.foundation.web.markdown import FactView, MediaView
from lms.foundation.web.reading import reading_connection


class Around:
    """Reads the course only if some text asks for it; most questions stand alone."""

    def __init__(self, course_version_id: int) -> None:
        self._id = course_version_id
        self._course: CourseStructure | None = None

    @property
    def course(self) -> CourseStructure:
        if self._course is None:
            self._course = structure(reading_connection(), self._id)
        return self._course

    def media(self, path: str) -> MediaView | None:
        file = (self.course.detail.get("media") or {}).get(path)
        if file is None:
            return None
        return MediaView(
            url=url_for("learning.media", digest=file["sha256"], name=path.rpartition("/")[2]),
            size=file["size"],
            media_type=file["media_type"],
            width=file.get("width"),
            height=file.get("height"),
        )

    def fact(self, key: str) -> FactView | None:
        """Sources stand below the explanation of a question, not in the middle of its text."""
        return None

    def lesson(self, key: str) -> str | None:
        """A question leads nowhere else while it is being answered."""
        return None

    def sources(self, keys: Iterable[str]) -> Sequence[str]:
        """The law that a question rests on, as a reader looks it up."""
        facts = [self.course.facts[key] for key in keys if key in self.course.facts]
        return tuple(
            dict.fromkeys(
                f"{fact.source}, art. {fact.article}" if fact.article else fact.source
                for fact in facts
            )
        )
