"""Attempts as instructors and tutors see them, with every answer that arrived."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from markupsafe import Markup

from lms.assessment.queries import staff
from lms.assessment.queries.adjusting import as_corrected, as_rules, made_for
from lms.assessment.queries.attempts import Found, held_answers, marks_of
from lms.assessment.queries.marking import waiting_in
from lms.assessment.queries.quizzes import quiz_of
from lms.assessment.queries.tries import tried_of
from lms.assessment.rules.attempts import State, over_since, state
from lms.assessment.rules.standing import times
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.corrected import noted
from lms.assessment.views.questions import described, marked, points_of
from lms.enrollment.queries.places import enrollment_place
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.access.scopes import Scope
from lms.foundation.locale.formats import minutes_text
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class Trace:
    """One answer as it arrived, in words."""

    lines: tuple[str, ...]
    received_at: Any
    late: bool
    counts: bool
    in_grace: bool = False


def attempt_scope(attempt: UUID, **_values: Any) -> Scope:
    """The place of the attempt that an address names."""
    connection = reading_connection()
    return enrollment_place(connection, staff.enrollment_of(connection, attempt))


@blueprint.get("/gestion/promociones/<uuid:cohort>/intentos")
@guard(Permission.ATTEMPT_REVIEW, scope=cohort_scope)
def staff_attempts(cohort: UUID) -> str:
    connection, now = reading_connection(), database().clock()
    chosen, number = request.args.get("evaluacion", ""), page_of()
    rows, total = staff.cohort_attempts(connection, cohort, chosen, number)
    quizzes = staff.cohort_quizzes(connection, cohort)
    chips = [(_("All quizzes"), url_for("assessment.staff_attempts", cohort=cohort), not chosen)]
    chips += [
        (
            quiz.title,
            url_for("assessment.staff_attempts", cohort=cohort, evaluacion=quiz.activity_key),
            quiz.activity_key == chosen,
        )
        for quiz in quizzes
    ]
    waiting = waiting_in(connection, cohort)
    return render_template(
        "assessment/staff_attempts.html",
        waiting=waiting,
        marking_url=url_for("assessment.marking", cohort=cohort)
        if allows(signed_in(), Permission.ATTEMPT_MARK, cohort_scope(cohort))
        else "",
        watch_url=url_for("assessment.watch_index", cohort=cohort),
        cohort_title=staff.title_of(connection, cohort),
        chips=chips,
        analyses=[
            {
                "title": quiz.title,
                "url": url_for("assessment.quiz_analysis", cohort=cohort, quiz=quiz.uid),
            }
            for quiz in quizzes
            if not chosen or quiz.activity_key == chosen
        ],
        cohort_url=url_for("desk.cohort", cohort=cohort),
        page=Page([_line(row, now) for row in rows], number, staff.PER_PAGE, total),
        page_url=lambda n: url_for(
            "assessment.staff_attempts", cohort=cohort, evaluacion=chosen or None, pagina=n
        ),
    )


@blueprint.get("/gestion/intentos/<uuid:attempt>")
@guard(Permission.ATTEMPT_REVIEW, scope=attempt_scope)
def staff_attempt(attempt: UUID) -> str:
    connection, now = reading_connection(), database().clock()
    found = staff.attempt_of(connection, attempt)
    made = made_for(connection, found.enrollment_id, found.course_id, found.activity_key)
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    held = held_answers(connection, found.id)
    marks = marks_of(connection, found.id)
    points = {slot: one.points for slot, one in marks.items()}
    waits = {slot for slot, one in marks.items() if one.waits}
    comments = {slot: one.comment for slot, one in marks.items()}
    arrived = staff.all_answers(connection, found.id)
    values = {slot: one.value for slot, one in held.items()}
    shown = as_corrected(quiz, as_rules(made))
    questions = noted(
        marked(
            shown,
            found,
            values,
            points,
            Around(found.course_version_id),
            waits,
            comments,
            tried_of(connection, found.id),
        ),
        found,
        made,
        marks,
    )
    slots, due = quiz.slots(found.slots), times(found).due_at
    traces = {
        slot.number: [
            Trace(
                described(slot, one.value),
                one.received_at,
                one.late,
                slot.number in held and one.id == held[slot.number].answer_id,
                due is not None and not one.late and one.received_at > due,
            )
            for one in arrived.get(slot.number, ())
        ]
        for slot in slots
    }
    return render_template(
        "assessment/staff_attempt.html",
        attempt=found,
        name=name_of(found).surnames_first,
        state=state(times(found), now),
        due_at=due,
        grace=minutes_text(found.grace // 60) if found.grace else "",
        ended_at=over_since(times(found), now),
        questions=questions,
        traces=traces,
        may_mark=allows(signed_in(), Permission.ATTEMPT_MARK, attempt_scope(attempt)),
        late=sum(trace.late for one in traces.values() for trace in one),
        reached="" if found.points is None else points_of(found.points, found.out_of),
        receipt=Markup('<span class="code">{}</span>').format(found.receipt),
        cohort_url=url_for("desk.cohort", cohort=found.cohort_uid),
    )


def _line(row: Found, now: Any) -> dict[str, Any]:
    how = state(times(row), now)
    return {
        "url": url_for("assessment.staff_attempt", attempt=row.uid),
        "name": name_of(row).surnames_first,
        "title": row.title,
        "number": row.number,
        "started_at": row.started_at,
        "ended_at": over_since(times(row), now),
        "open": how is State.OPEN,
        "late": row.late,
        "reached": "" if row.points is None else points_of(row.points, row.out_of),
        "passed": row.passed,
        "waits": row.handed_in_at is not None and row.points is None,
    }
