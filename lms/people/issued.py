"""Documents belong to a floor above; here is only the question whether a person has one."""

from collections.abc import Callable

from sqlalchemy.orm import Session

HasDocument = Callable[[Session, int], bool]
_answers: list[HasDocument] = []


def use_issued(has_document: HasDocument) -> None:
    """Called once by the composition root: who knows whether a document bears a person's name."""
    _answers[:] = [has_document]


def has_document(session: Session, person_id: int) -> bool:
    """Whether a document was issued to this person: from then on the name is rectified by act."""
    return any(answer(session, person_id) for answer in _answers)
