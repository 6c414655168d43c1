"""An attempt while it is taken: what one request reads of it, and on which page it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request, url_for

from lms.assessment.queries.attempts import Found, Held, held_answers, own_attempt
from lms.assessment.queries.quizzes import Quiz, quiz_of
from lms.assessment.rules.attempts import State, state
from lms.assessment.rules.paging import Page, open_from, page_at, pages_of
from lms.assessment.rules.standing import times
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading_connection


@dataclass(frozen=True)
class Taking:
    """An attempt, its questions and the answers held, as read for one request."""

    attempt: Found
    quiz: Quiz
    held: Mapping[int, Held]
    now: datetime

    @property
    def state(self) -> State:
        return state(times(self.attempt), self.now)

    @property
    def due_at(self) -> datetime | None:
        """Until when there is time to answer."""
        return times(self.attempt).due_at

    @property
    def in_grace(self) -> bool:
        """Whether only what is on its way is still waited for."""
        return self.due_at is not None and self.now > self.due_at

    @property
    def pages(self) -> list[Page]:
        return pages_of(self.attempt.settings, self.quiz.slots(self.attempt.slots))

    def page(self, wanted: str) -> Page:
        """The page that is seen by whoever asks for that one."""
        number = int(wanted) if figures(wanted) else 1
        return page_at(self.pages, number, open_from(self.attempt.slots))

    @property
    def values(self) -> dict[int, object]:
        return {slot: one.value for slot, one in self.held.items()}


def taking(attempt: UUID) -> Taking:
    """One's own attempt."""
    connection, now = reading_connection(), database().clock()
    found = own_attempt(connection, attempt, signed_in().person_id)
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    return Taking(found, quiz, held_answers(connection, found.id), now)


def address(found: Taking, on: Page | None, slot: int) -> str:
    """Where a question is answered; nowhere if its page was left for good or is still to come."""
    if on is not None and on.has(slot):
        return f"#q{slot}"
    page = next(page for page in found.pages if page.has(slot))
    if page.sequential and page != found.page(""):
        return ""
    return url_for(
        "assessment.attempt",
        attempt=found.attempt.uid,
        pagina=page.number if page.number > 1 and not page.sequential else None,
        _anchor=f"q{slot}",
    )


def sent_page(found: Taking) -> Page:
    """The page that was sent. One that was left for good is known by its number."""
    sent = request.form.get("page", "")
    number = int(sent) if figures(sent) else 1
    return found.pages[min(max(number, 1), len(found.pages)) - 1]


def figures(text: str) -> bool:
    """Whether a text is a number of ours."""
    return text.isascii() and text.isdigit() and len(text) < 18
