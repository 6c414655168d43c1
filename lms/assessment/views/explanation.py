"""How a mark was worked out, to the point: for the learner, and for whoever teaches."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from markupsafe import Markup
from sqlalchemy import Connection

from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries import staff
from lms.assessment.queries.adjusting import as_corrected, as_rules, made_for
from lms.assessment.queries.attempts import Found, attempts_of, marks_of, own_attempt
from lms.assessment.queries.beginning import settings_of
from lms.assessment.queries.explanation import people_by, scale_of_cohort
from lms.assessment.queries.quizzes import Quiz, quiz_of
from lms.assessment.queries.replay import replay
from lms.assessment.queries.tries import tried_of
from lms.assessment.queries.watching import interventions_of
from lms.assessment.rules import marking
from lms.assessment.rules.chain import Kind, Link, short
from lms.assessment.rules.marking import Slot
from lms.assessment.rules.quiz import Counts
from lms.assessment.rules.reckoning import How, Reckoning, reckon
from lms.assessment.rules.replay import Wrong
from lms.assessment.rules.review import Explained, Shown
from lms.assessment.rules.standing import Standing, standing
from lms.assessment.rules.telling import told
from lms.assessment.rules.tries import NOT_TRIED, Counted, Tried
from lms.assessment.rules.watching import Deed
from lms.assessment.types import TYPES
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.corrected import noted
from lms.assessment.views.questions import OnPage, described, marked, points_of, points_text
from lms.assessment.views.quiz import COUNTS, Rules
from lms.assessment.views.reviewing import later, shown_from
from lms.assessment.views.staff import attempt_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.points import SCALE, GradeScale, Rounding, divide, written
from lms.foundation.locale.formats import moment, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of

HOW: Mapping[How, str] = {
    How.UNGRADED: N_("It is only asked: it earns no points."),
    How.EMPTY: N_("Not answered: no points."),
    How.ALL: N_("Right: all its points."),
    How.NOTHING: N_("Not right: no points."),
    How.PART: N_("Right in part: its share of the points."),
    How.TRIED: N_("Right, or right in part, after failed tries: each takes its part away."),
    How.TAKEN: N_("The wrong ones outweigh the right ones: points are taken away."),
    How.ABANDONED: N_("It was not handed in before its time was over: no points."),
    How.RECORDED: N_("These are the points on record, given by whoever marked it."),
}
CORRECTED = N_("These are the points on record since the question was corrected.")
DEEDS: Mapping[str, str] = {
    Deed.REOPEN: N_("The attempt was reopened; what it had earned was taken back."),
    Deed.HAND_IN: N_("The team handed in the attempt for its person."),
}
ROUNDING: Mapping[Rounding, str] = {
    Rounding.INTEGER_HALF_UP: N_("to a whole number; a half goes up"),
    Rounding.ONE_DECIMAL_HALF_UP: N_("to one decimal; a half goes up"),
}


EVERYTHING = Shown(right=True, feedback=Explained.ALL)


@dataclass(frozen=True)
class Line:
    """One question: what was answered, by which rule it earned what."""

    question: OnPage
    answered: Markup
    right: Markup
    rule: str
    hint: str
    parts: str
    sum: str


@dataclass(frozen=True)
class Moment:
    """A link of the chain in words."""

    position: int
    at: Any
    said: str
    seal: str


@blueprint.get("/intentos/<uuid:attempt>/nota")
@guard(Permission.COURSE_TAKE, private=True)
def explanation(attempt: UUID) -> ResponseReturnValue:
    """The learner's own; what may not be shown yet is not told here either."""
    connection = reading_connection()
    found = own_attempt(connection, attempt, signed_in().person_id)
    if found.points is None:
        return redirect(url_for("assessment.result", attempt=attempt))
    stands, now = _standing(connection, found), database().clock()
    closes = shown_from(found, stands.settings)
    shown = stands.shown(found.handed_in_at, closes, now)
    return _page(
        connection,
        found,
        stands,
        shown=shown,
        later=later(stands, closes, shown, now),
        crumbs=[
            (_("My courses"), url_for("desk.home")),
            (found.course_title, url_for("learning.course", enrollment=found.enrollment_uid)),
            (_("Result"), url_for("assessment.result", attempt=attempt)),
        ],
    )


@blueprint.get("/gestion/intentos/<uuid:attempt>/nota")
@guard(Permission.ATTEMPT_REVIEW, scope=attempt_scope)
def staff_explanation(attempt: UUID) -> ResponseReturnValue:
    """The same for whoever teaches, with all that happened in the attempt."""
    connection = reading_connection()
    found = staff.attempt_of(connection, attempt)
    replayed = replay(connection, attempt)
    slots, names = replayed.quiz.slots(found.slots), _names(connection, replayed.links)
    return _page(
        connection,
        found,
        _standing(connection, found),
        shown=EVERYTHING,
        name=name_of(found).surnames_first,
        history=[_moment(link, slots, names) for link in replayed.links],
        wrong=_wrong(replayed.wrong),
        crumbs=[
            (_("Management"), url_for("desk.staff")),
            (
                _("Attempts"),
                url_for("assessment.staff_attempts", cohort=found.cohort_uid),
            ),
            (name_of(found).surnames_first, url_for("assessment.staff_attempt", attempt=attempt)),
        ],
    )


def _standing(connection: Connection, found: Found) -> Standing:
    attempts = attempts_of(connection, found.enrollment_id, found.course_id, found.activity_key)
    return standing(settings_of(found, database().clock()), attempts, database().clock())


def _page(
    connection: Connection,
    found: Found,
    stands: Standing,
    *,
    shown: Shown,
    later: str = "",
    crumbs: Sequence[tuple[str, str]],
    name: str = "",
    history: Sequence[Moment] | None = None,
    wrong: str = "",
) -> str:
    made = made_for(connection, found.enrollment_id, found.course_id, found.activity_key)
    quiz = as_corrected(quiz_of(connection, found.activity_id, found.activity_uid), as_rules(made))
    marks = marks_of(connection, found.id) if found.points is not None else {}
    tried = tried_of(connection, found.id, stands.settings)
    counts = stands.counts
    return render_template(
        "assessment/explanation.html",
        attempt=found,
        name=name,
        crumbs=crumbs,
        lines=_lines(quiz, found, marks, made, tried) if shown.marks else [],
        sums=" + ".join(number(written(one.points)) for one in marks.values())
        if shown.marks
        else "",
        below=sum(one.points for one in marks.values()) < 0,
        reached="" if found.points is None else points_of(found.points, found.out_of),
        passed=found.passed,
        practice=stands.settings.is_practice,
        rules=Rules(found, stands.settings),
        grade=_grade(scale_of_cohort(connection, found.enrollment_id), found),
        counts_words="" if stands.settings.attempts == 1 else _(COUNTS[stands.settings.counts]),
        counted=points_of(counts.points, counts.out_of) if counts else "",
        this_counts=counts is not None
        and counts.number == found.number
        and stands.settings.counts is not Counts.AVERAGE,
        average=stands.settings.counts is Counts.AVERAGE,
        several=stands.used > 1,
        shown=shown,
        show_right=shown.right,
        later=later,
        done=[
            (_(DEEDS[each.deed]), each.done_at, each.reason)
            for each in interventions_of(connection, found.id)
        ],
        history=history,
        wrong=wrong,
    )


def _lines(
    quiz: Quiz,
    found: Found,
    marks: Mapping[int, Found],
    made: Sequence[Found],
    tried: Mapping[int, Tried],
) -> list[Line]:
    values = {slot: one.value for slot, one in marks.items()}
    points = {slot: one.points for slot, one in marks.items()}
    questions = noted(
        marked(quiz, found, values, points, Around(found.course_version_id), tried=tried),
        found,
        made,
        marks,
    )
    slots = quiz.slots(found.slots)
    return [
        _line(
            question,
            slot,
            marking.count(slot, values.get(slot.number), tried.get(slot.number, NOT_TRIED)),
            points.get(slot.number, 0),
            abandoned=found.handed_in_by == HandedInBy.ABANDONED,
        )
        for question, slot in zip(questions, slots, strict=True)
        if slot.number in marks
    ]


def _line(question: OnPage, slot: Slot, counts: Counted, earned: int, *, abandoned: bool) -> Line:
    value = counts.answer
    told_ = reckon(
        counts,
        graded=TYPES[slot.source["type"]].graded,
        answered=value is not None,
        earned=earned,
        out_of=slot.points,
        abandoned=abandoned,
    )
    return Line(
        question=question,
        answered=_joined(question, described(slot, value)),
        right=_joined(question, question.layout.right),
        rule=_(CORRECTED)
        if question.corrected and told_.how is How.RECORDED
        else _(HOW[told_.how]),
        hint=question.hint if told_.how not in (How.UNGRADED, How.ABANDONED) else "",
        parts=_parts(told_),
        sum=_sum(told_, slot, earned),
    )


def _rule(question: OnPage, told_: Reckoning) -> str:
    corrected = question.corrected and told_.how is How.RECORDED
    return str(_(CORRECTED if corrected else HOW[told_.how]))


def _joined(question: OnPage, lines: Sequence[str]) -> Markup:
    """Lines of the author's or of ours, one after the other."""
    return Markup(" · ").join(question.say(line) for line in lines)


def _parts(told_: Reckoning) -> str:
    if told_.parts < 2 or told_.how in (How.EMPTY, How.RECORDED, How.ABANDONED):
        return ""
    return str(_("Parts right: %(right)s. Wrong: %(wrong)s.", right=told_.right, wrong=told_.wrong))


def _sum(told_: Reckoning, slot: Slot, earned: int) -> str:
    """2 points × 1 ÷ 3 = 0.67 points, where there is something to work out."""
    if told_.how not in (How.PART, How.TAKEN, How.TRIED):
        return ""
    worth = points_text(slot.points)
    if told_.part < told_.whole:
        worth = f"{worth} × {number(told_.part)} ÷ {number(told_.whole)}"
    if told_.how is How.TRIED:
        left = f"(1 − {told_.failed} × {number(written(told_.penalty))})"
        worth = f"{worth} × {left if told_.failed * told_.penalty <= SCALE else 0}"
    return f"{worth} = {points_text(earned)}"


@dataclass(frozen=True)
class Grade:
    """The part reached, and what it is on the cohort's scale."""

    percent: str
    grade: str
    top: str
    rounding: str


def _grade(scale: GradeScale, found: Found) -> Grade | None:
    if found.points is None or not found.out_of:
        return None
    ratio = divide(found.points, found.out_of)
    return Grade(
        percent=number(written(ratio * 100)),
        grade=number(scale.grade(ratio)),
        top=number(scale.top),
        rounding=_(ROUNDING[scale.rounding]),
    )


def _names(connection: Connection, links: Sequence[Link]) -> Mapping[str, str]:
    """Who did what the person did not do, by the uid that a link keeps of them."""
    uids = {link.what["by"] for link in links if link.what.get("by")}
    return {str(uid): name_of(row).short for uid, row in people_by(connection, uids).items()}


def _moment(link: Link, slots: Sequence[Slot], names: Mapping[str, str]) -> Moment:
    answer = ""
    if link.kind in (Kind.SAVED, Kind.CHECKED) and 0 < link.what["slot"] <= len(slots):
        answer = " · ".join(described(slots[link.what["slot"] - 1], link.what["value"]))
    by = names.get(link.what.get("by", ""), "")
    said = told(link, answer, lambda at: str(moment(at)), by)
    return Moment(link.position, link.at, str(_(said.message, **said.params)), short(link.digest))


def _wrong(wrong: Wrong | None) -> str:
    return "" if wrong is None else str(_(wrong.message, **wrong.params))
