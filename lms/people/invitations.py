"""Invitation keys belong to a floor above; here is only the question which cohort one opens.

A key is typed once: whoever has opened an account with it meets it again where they take the seat.
"""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from flask import session as browser
from sqlalchemy.orm import Session

Opens = Callable[[Session, str, datetime], UUID | None]
_answers: list[Opens] = []
_TYPED = "invitation"


def use_invitations(opens: Opens) -> None:
    """Called once by the composition root: who knows which cohort a key opens now."""
    _answers[:] = [opens]


def cohort_of(session: Session, key: str, now: datetime) -> UUID | None:
    """The cohort that this invitation key opens now; without anybody to ask, none opens any."""
    for opens in _answers:
        cohort = opens(session, key, now)
        if cohort is not None:
            return cohort
    return None


def keep_typed(key: str) -> None:
    """The browser remembers the key that was typed into it, until it is used or closed."""
    browser[_TYPED] = key


def typed_before() -> str:
    """The key that was typed into this browser, if one was."""
    return str(browser.get(_TYPED, ""))


def forget_typed() -> None:
    """The key has done what it was typed for."""
    browser.pop(_TYPED, None)
