"""Taking a quiz: all questions on one page, the check before handing in, and handing in."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import actions
from lms.assessment.forms import Act
from lms.assessment.queries.attempts import Found, Held, held_answers, own_attempt
from lms.assessment.queries.beginning import settings_of
from lms.assessment.queries.quizzes import Quiz, quiz_of
from lms.assessment.rules import saves
from lms.assessment.rules.attempts import State, state
from lms.assessment.rules.marking import open_slots
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import times
from lms.assessment.types.given import Given
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.questions import in_lines, points_text, to_answer
from lms.assessment.views.quiz import Rules, attempt_words
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import database, reading_connection

NEAR = timedelta(days=1)
MOST_SEEN = 3
"""Questions that fit one look; on a longer page, the button to save stands after each."""


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
    def values(self) -> dict[int, object]:
        return {slot: one.value for slot, one in self.held.items()}


def taking(attempt: UUID) -> Taking:
    """One's own attempt."""
    connection, now = reading_connection(), database().clock()
    found = own_attempt(connection, attempt, signed_in().person_id)
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    return Taking(found, quiz, held_answers(connection, found.id), now)


@blueprint.get("/intentos/<uuid:attempt>")
@guard(Permission.COURSE_TAKE, private=True)
def attempt(attempt: UUID) -> ResponseReturnValue:
    found = taking(attempt)
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt))
    return _page(found)


@blueprint.post("/intentos/<uuid:attempt>")
@guard(Permission.COURSE_TAKE)
def save(attempt: UUID) -> ResponseReturnValue:
    """The whole page, as a browser without scripts sends it, and before the check."""
    found, received_at = taking(attempt), database().clock()
    given = _given(found)
    page = saves.page(
        found.quiz.slots(found.attempt.slots),
        given,
        found.values,
        {slot: one.sequence for slot, one in found.held.items()},
        _seen(),
    )
    saved = None
    if page.changed:
        saved = perform(actions.save_page, attempt, given, _seen(), received_at)
    if saved is not None and saved.late:
        flash(
            _("The time was over. What you sent after it is kept apart for your instructor."),
            "warn",
        )
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt), 303)
    if page.unreadable:
        return _page(taking(attempt), given, page.unreadable), 422
    go = request.form.get("go", "")
    if go == "review":
        return redirect(url_for("assessment.review", attempt=attempt), 303)
    flash(_("Answers saved at %(time)s.", time=clock_time(saved.at if saved else received_at)))
    return redirect(
        url_for("assessment.attempt", attempt=attempt, _anchor=_place(found, page, go) or None), 303
    )


@blueprint.get("/intentos/<uuid:attempt>/revisar")
@guard(Permission.COURSE_TAKE, private=True)
def review(attempt: UUID) -> ResponseReturnValue:
    found = taking(attempt)
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt))
    return _review_page(found, Act())


@blueprint.post("/intentos/<uuid:attempt>/entregar")
@guard(Permission.COURSE_TAKE)
def hand_in(attempt: UUID) -> ResponseReturnValue:
    return submit(
        actions.hand_in,
        attempt,
        form=Act(),
        then=lambda uid: url_for("assessment.result", attempt=uid),
    )


def _page(
    found: Taking,
    given: Mapping[int, Given] | None = None,
    refusals: Mapping[int, Invalid] | None = None,
) -> Response:
    questions = to_answer(
        found.quiz,
        found.attempt,
        found.held,
        Around(found.attempt.course_version_id),
        given=given or {},
        refusals=refusals or {},
    )
    settings = Settings.of(settings_of(found.attempt, found.now))
    return _unkept(
        render_template(
            "assessment/attempt.html",
            attempt=found.attempt,
            questions=questions,
            map=[(each.number, each.name, each.answered) for each in questions],
            answered=sum(question.answered for question in questions),
            wrong=[question for question in questions if question.error],
            seen=" ".join(f"{question.number}:{question.sequence}" for question in questions),
            rules=Rules(found.attempt, settings),
            attempt_words=attempt_words(found.attempt.number, settings),
            due_at=found.due_at,
            in_grace=found.in_grace,
            ends_soon=_ends_soon(found),
            worth=points_text(found.attempt.out_of),
            save_often=len(questions) > MOST_SEEN,
            now=found.now,
        )
    )


def _review_page(found: Taking, form: Act) -> Response:
    slots = found.quiz.slots(found.attempt.slots)
    empty, partly = open_slots(slots, found.values)
    return _unkept(
        render_template(
            "assessment/review.html",
            form=form,
            attempt=found.attempt,
            questions=in_lines(
                found.quiz, found.attempt, found.held, Around(found.attempt.course_version_id)
            ),
            empty=empty,
            partly=partly,
            answered=len(slots) - len(empty),
            due_at=found.due_at,
            in_grace=found.in_grace,
            abandons=Settings.of(found.attempt.settings).abandons,
            ends_soon=_ends_soon(found),
            now=found.now,
        )
    )


def _ends_soon(found: Taking) -> bool:
    """Whether the end is so near that a running clock helps."""
    ends = found.due_at
    return ends is not None and ends - found.now < NEAR


def _place(found: Taking, page: saves.Page, go: str) -> str:
    """Where somebody was on the page who saved after a question: at what is said of its answer."""
    if not _figures(go) or not 1 <= int(go) <= len(found.attempt.slots):
        return ""
    answer = page.changed.get(int(go), found.values.get(int(go)))
    return f"q{int(go)}" if answer is None else f"q{int(go)}-saved"


def _given(found: Taking) -> dict[int, Given]:
    fields = list(request.form.items(multi=True))
    return {
        number: Given.from_form(fields, f"q{number}")
        for number in range(1, len(found.attempt.slots) + 1)
    }


def _seen() -> dict[int, int]:
    """What the server held when the page was made: ``1:0 2:3``."""
    pairs = (pair.partition(":") for pair in request.form.get("seen", "")[:5_000].split())
    return {
        int(slot): int(sequence)
        for slot, _colon, sequence in pairs
        if _figures(slot) and _figures(sequence)
    }


def _figures(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 18


def _unkept(page: str) -> Response:
    """A page that must be fetched anew each time: its answers change behind it."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
