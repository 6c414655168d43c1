"""Where a learner is: the name an enrollment keeps of it, and addresses in the classroom."""

from uuid import UUID


def place_name(course_key: str, activity_key: str) -> str:
    """An activity's name within a cohort: two courses may have an activity of the same key."""
    return f"{course_key}/{activity_key}"


def read_place(name: str | None) -> tuple[str, str]:
    """Course key and activity key of a place; both empty when there is none."""
    course, _, activity = (name or "").partition("/")
    return course, activity


def classroom_path(enrollment: UUID | str) -> str:
    """The classroom of an enrollment, for letters, which are written outside of requests."""
    return f"/aula/{enrollment}"


def lesson_path(enrollment: UUID | str, course_key: str, activity_key: str) -> str:
    """The address of a lesson. Pages with whole outlines build many: a test compares it with the
    routes."""
    return f"/aula/{enrollment}/{course_key}/{activity_key}"
