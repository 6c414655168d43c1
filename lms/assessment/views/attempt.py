"""Taking a quiz: all questions on one page, the check before handing in, and handing in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from flask import Response, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment import actions
from lms.assessment.forms import Act
from lms.assessment.queries.beginning import settings_of
from lms.assessment.rules import saves
from lms.assessment.rules.attempts import State
from lms.assessment.rules.marking import open_slots
from lms.assessment.rules.paging import Page
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.tries import is_settled
from lms.assessment.types.given import Given
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.checking import (
    asked_of,
    check_of,
    checking_words,
    checks_on,
    outcome,
)
from lms.assessment.views.questions import in_lines, points_text, to_answer
from lms.assessment.views.quiz import Rules, attempt_words
from lms.assessment.views.taking import Taking, address, figures, sent_page, taking
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Conflict, Invalid
from lms.foundation.kernel.ids import uuid7
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import perform, say, submit
from lms.foundation.web.reading import database

NEAR = timedelta(days=1)
TOO_LATE = N_("The time was over. What you sent after it is kept apart for your instructor.")
LEFT = N_("You had left that page. What you sent of it is kept apart for your instructor.")
MOST_SEEN = 3
"""Questions that fit one look; on a longer page, the button to save stands after each."""


@blueprint.get("/intentos/<uuid:attempt>")
@guard(Permission.COURSE_TAKE, private=True)
def attempt(attempt: UUID) -> ResponseReturnValue:
    found = taking(attempt)
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt))
    return _page(found, found.page(request.args.get("pagina", "")))


@blueprint.post("/intentos/<uuid:attempt>")
@guard(Permission.COURSE_TAKE)
def save(attempt: UUID) -> ResponseReturnValue:
    """The whole page, as a browser without scripts sends it, and before the check."""
    found, received_at = taking(attempt), database().clock()
    on, go = sent_page(found), request.form.get("go", "")
    given = _given(found, on)
    asked = asked_of(go)
    page = saves.page(
        found.quiz.slots(found.attempt.slots),
        given,
        found.values,
        {slot: one.sequence for slot, one in found.held.items()},
        _seen(),
    )
    saved = None
    leaves = go == "next" and on.sequential and not on.is_last and not page.unreadable
    if page.changed or leaves:
        opens = on.last + 1 if leaves else 0
        saved = perform(actions.save_page, attempt, given, _seen(), received_at, opens)
    if saved is not None and saved.late and page.changed:
        flash(_(TOO_LATE if found.state is not State.OPEN else LEFT), "warn")
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt), 303)
    if page.unreadable:
        return _page(taking(attempt), on, given, page.unreadable), 422
    if asked:
        return _check(found, on, asked, given, received_at)
    if go == "review":
        return redirect(url_for("assessment.review", attempt=attempt), 303)
    if saved is None or not saved.late:
        flash(_("Answers saved at %(time)s.", time=clock_time(saved.at if saved else received_at)))
    to = on.number + {"next": 1, "before": -1}.get(go, 0)
    return redirect(
        url_for(
            "assessment.attempt",
            attempt=attempt,
            pagina=to if to > 1 and not on.sequential else None,
            _anchor=_place(found, page, go) or None,
        ),
        303,
    )


@blueprint.get("/intentos/<uuid:attempt>/revisar")
@guard(Permission.COURSE_TAKE, private=True)
def review(attempt: UUID) -> ResponseReturnValue:
    found = taking(attempt)
    if found.state is not State.OPEN:
        return redirect(url_for("assessment.result", attempt=attempt))
    if not (reached := found.page("")).is_last and reached.sequential:
        return redirect(url_for("assessment.attempt", attempt=attempt))
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
    on: Page,
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
            checking=settings.checking.tries,
            checking_words=checking_words(settings),
            check_key=uuid7(),
            checks=checks_on(found, settings),
            attempt=found.attempt,
            questions=[each for each in questions if on.has(each.number)],
            page=on,
            map=[
                (each.number, address(found, on, each.number), each.answered) for each in questions
            ],
            answered=sum(question.answered for question in questions),
            wrong=[question for question in questions if question.error],
            seen=" ".join(
                f"{question.number}:{question.sequence}"
                for question in questions
                if on.has(question.number)
            ),
            rules=Rules(found.attempt, settings),
            attempt_words=attempt_words(found.attempt.number, settings),
            due_at=found.due_at,
            in_grace=found.in_grace,
            ends_soon=_ends_soon(found),
            worth=points_text(found.attempt.out_of),
            save_often=on.last - on.first >= MOST_SEEN,
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
            addresses={
                slot.number: ""
                if is_settled(found.attempt.slots[slot.number - 1])
                else address(found, None, slot.number)
                for slot in slots
            },
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
    if not figures(go) or not 1 <= int(go) <= len(found.attempt.slots):
        return ""
    answer = page.changed.get(int(go), found.values.get(int(go)))
    return f"q{int(go)}" if answer is None else f"q{int(go)}-saved"


def _given(found: Taking, on: Page) -> dict[int, Given]:
    """What a page sends; of a question that was checked for the last time it sends nothing."""
    fields = list(request.form.items(multi=True))
    return {
        number: Given.from_form(fields, f"q{number}")
        for number in range(on.first, on.last + 1)
        if not is_settled(found.attempt.slots[number - 1])
    }


def _check(
    found: Taking, on: Page, asked: int, given: Mapping[int, Given], received_at: datetime
) -> ResponseReturnValue:
    """The answer is held by now; what is wrong with checking it stands beside its question."""
    try:
        checked = perform(actions.check, found.attempt.uid, check_of(asked), received_at)
    except Invalid as refusal:
        refusals = {asked: refusal} if asked in given else {}
        return _page(taking(found.attempt.uid), on, given, refusals), 422
    except Conflict as refusal:
        flash(say(refusal), "warn")
    else:
        if said := outcome(checked):
            flash(said, "warn")
    return redirect(
        url_for(
            "assessment.attempt",
            attempt=found.attempt.uid,
            pagina=on.number if on.number > 1 and not on.sequential else None,
            _anchor=f"q{asked}-checked",
        ),
        303,
    )


def _seen() -> dict[int, int]:
    """What the server held when the page was made: ``1:0 2:3``."""
    pairs = (pair.partition(":") for pair in request.form.get("seen", "")[:5_000].split())
    return {
        int(slot): int(sequence)
        for slot, _colon, sequence in pairs
        if figures(slot) and figures(sequence)
    }


def _unkept(page: str) -> Response:
    """A page that must be fetched anew each time: its answers change behind it."""
    response = make_response(page)
    response.headers["Cache-Control"] = "no-store"
    return response
