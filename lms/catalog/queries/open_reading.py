"""Open programmes: what anybody reads without an account."""

from dataclasses import dataclass

from sqlalchemy import Connection
from sqlalchemy.orm import Session

from lms.catalog.activity import activity_kinds
from lms.catalog.queries.programme import CourseOutline, ProgrammePage, programme_page
from lms.catalog.queries.structure import ActivityStructure, CourseStructure, structure
from lms.foundation.kernel.errors import NotFound


@dataclass(frozen=True)
class OpenCourse:
    """A course as a visitor goes through it: all of it open, nothing of it kept."""

    page: ProgrammePage
    outline: CourseOutline
    course: CourseStructure

    def address_of(self, activity: ActivityStructure) -> str:
        """Where a visitor takes up an activity."""
        kind = activity_kinds()[activity.kind]
        return kind.open_to_all(self.page.slug, self.course.key, activity.key)

    def around(
        self, activity: ActivityStructure
    ) -> tuple[ActivityStructure | None, ActivityStructure | None]:
        """What comes before and after an activity in the course."""
        every = self.course.activities
        at = every.index(activity)
        return every[at - 1] if at else None, every[at + 1] if at + 1 < len(every) else None


def open_course(reader: Session | Connection, slug: str, course_key: str) -> OpenCourse:
    """A course of a programme that is open to everybody, as it is published now.

    Raises NotFound for any other programme: those are read by whoever holds a seat.
    """
    page = programme_page(reader, slug)
    for each in page.outline.courses:
        if page.outline.is_open and each.key == course_key and not each.is_outline:
            return OpenCourse(page, each, structure(reader, each.version_id))
    raise NotFound()
