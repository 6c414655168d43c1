"""The result of an attempt: receipt, points, and each question with its explanation."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup

from lms.assessment.forms import Act
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries.adjusting import as_corrected, as_rules, made_for
from lms.assessment.queries.attempts import Found, attempts_of, held_answers, marks_of, own_attempt
from lms.assessment.queries.beginning import closes_of, settings_of
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.queries.tries import tried_of
from lms.assessment.rules import marking
from lms.assessment.rules.adjusting import adjusted
from lms.assessment.rules.attempts import State, over_since, state
from lms.assessment.rules.sitting import Settings
from lms.assessment.rules.standing import Standing, standing, times
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.corrected import noted
from lms.assessment.views.questions import marked, points_of, withholding
from lms.assessment.views.quiz import Rules, attempt_words, from_when
from lms.assessment.views.reviewing import later, shown_from
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading_connection


def _may_retry(found: Found, standing: Standing, now: datetime) -> bool:
    """Whether another attempt is worth offering; the rules decide when it is begun."""
    enrolled = found.enrollment_state == EnrollmentState.ENROLLED
    return enrolled and standing.left != 0 and not standing.is_open and now < closes_of(found)


@blueprint.get("/intentos/<uuid:attempt>/resultado")
@guard(Permission.COURSE_TAKE, private=True)
def result(attempt: UUID) -> ResponseReturnValue:
    """What was reached. An attempt whose time has passed shows what it will be marked with, even
    before that is put on record."""
    connection, now = reading_connection(), database().clock()
    found = own_attempt(connection, attempt, signed_in().person_id)
    if state(times(found), now) is State.OPEN:
        return redirect(url_for("assessment.attempt", attempt=attempt))
    made = made_for(connection, found.enrollment_id, found.course_id, found.activity_key)
    corrections = as_rules(made)
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    tried = tried_of(connection, found.id, Settings.of(found.settings))
    due = times(found).due_at if found.grace else None
    comments, out_of = {}, found.out_of
    marks: Mapping[int, Found] = {}
    if found.handed_in_at is not None:
        marks = marks_of(connection, found.id)
        answers = {slot: one.value for slot, one in marks.items()}
        points = {slot: one.points for slot, one in marks.items()}
        waits = {slot for slot, one in marks.items() if one.waits}
        comments = {slot: one.comment for slot, one in marks.items()}
        arrived = [one.received_at for one in marks.values()]
    else:
        held = held_answers(connection, found.id)
        answers = {slot: one.value for slot, one in held.items()}
        arrived = [one.received_at for one in held.values()]
        recorded = marking.mark(quiz.slots(found.slots), answers, tried)
        if Settings.of(found.settings).abandons:
            recorded = marking.earning_nothing(recorded)
        else:
            versions = [one["version"] for one in found.slots]
            recorded = adjusted(recorded, versions, corrections)
        out_of = sum(one.slot.points for one in recorded)
        points = {one.slot.number: one.points for one in recorded}
        waits = {one.slot.number for one in recorded if one.waits}
    abandoned = (
        found.handed_in_by == HandedInBy.ABANDONED
        if found.handed_in_at is not None
        else Settings.of(found.settings).abandons
    )
    attempts = attempts_of(connection, found.enrollment_id, found.course_id, found.activity_key)
    stands = standing(settings_of(found, now), attempts, now)
    reached = marking.total(points.values())
    ended = over_since(times(found), now) or now
    closes = shown_from(found, stands.settings)
    shown = stands.shown(ended, closes, now)
    return render_template(
        "assessment/result.html",
        form=Act(),
        attempt=found,
        ended_at=ended,
        shown=shown,
        show_right=shown.right,
        later=later(stands, closes, shown, now),
        by_time=found.handed_in_by not in (HandedInBy.PERSON, HandedInBy.STAFF),
        by_staff=found.handed_in_by == HandedInBy.STAFF,
        abandoned=abandoned,
        in_grace=sum(one is not None and one > due for one in arrived) if due else 0,
        again=from_when(stands) if stands.again_at and now < stands.again_at else "",
        questions=withholding(
            noted(
                marked(
                    as_corrected(quiz, corrections),
                    found,
                    answers,
                    points,
                    Around(found.course_version_id),
                    waits,
                    comments,
                    tried,
                ),
                found,
                made,
                marks,
            ),
            shown,
        ),
        waits=len(waits),
        answered=sum(value is not None for value in answers.values()),
        reached=points_of(reached, out_of),
        counted=points_of(stands.counts.points, stands.counts.out_of) if stands.counts else "",
        passed=not abandoned and stands.settings.passed(reached, out_of),
        standing=stands,
        rules=Rules(found, stands.settings),
        attempt_words=attempt_words(found.number, stands.settings),
        receipt=Markup('<span class="code">{}</span>').format(found.receipt),
        course_url=url_for("learning.course", enrollment=found.enrollment_uid),
        quiz_url=url_for(
            "assessment.quiz", enrollment=found.enrollment_uid, activity=found.activity_uid
        ),
        may_retry=_may_retry(found, stands, now),
    )
