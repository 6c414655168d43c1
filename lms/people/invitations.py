"""Invitation keys belong to a floor above; here is only the question whether one opens."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

Opens = Callable[[Session, str, datetime], bool]
_answers: list[Opens] = []


def use_invitations(opens: Opens) -> None:
    """Called once by the composition root: who knows whether a key is good now."""
    _answers[:] = [opens]


def is_open(session: Session, key: str, now: datetime) -> bool:
    """Whether this invitation key is good now; without anybody to ask, none is."""
    return any(opens(session, key, now) for opens in _answers)
