"""Documents belong to a floor above; here is only the question whether some rest on a cohort."""

from collections.abc import Callable

from sqlalchemy.orm import Session

Answer = Callable[[Session, int, int | None, int | None], bool]
_answers: list[Answer] = []


def use_documents(answer: Answer) -> None:
    """Called once by the composition root: who knows what was issued in a cohort, and to whom."""
    _answers[:] = [answer]


def has_documents(
    session: Session,
    cohort_id: int,
    enrollment_id: int | None = None,
    course_version_id: int | None = None,
) -> bool:
    """Whether a valid document was issued in this cohort, to this enrollment of it, of a course."""
    asked = (cohort_id, enrollment_id, course_version_id)
    return any(answer(session, *asked) for answer in _answers)
