"""A question corrected after people answered it: what to do, who changes and by how much, done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.actions.adjust import ACT_CLOSED, Wanted, adjust, take_back
from lms.assessment.forms import CorrectForm, TakeBackForm
from lms.assessment.queries import adjusting as queries
from lms.assessment.queries import analysis
from lms.assessment.queries.attempts import Found, Held
from lms.assessment.queries.quizzes import Asked, Quiz
from lms.assessment.rules.adjusting import (
    MOST_ACCEPTED,
    Change,
    Correction,
    Worth,
    leaves_nothing,
    refuse,
    same,
    settle,
    written,
)
from lms.assessment.rules.marking import total
from lms.assessment.rules.right import as_written
from lms.assessment.rules.sitting import Settings
from lms.assessment.types import TYPES
from lms.assessment.types.given import Given
from lms.assessment.types.interface import Keyed, Word
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.corrected import SAID
from lms.assessment.views.questions import Drawn, OnPage, points_of, to_answer
from lms.assessment.views.texts import Texts, texts_of
from lms.enrollment.acted import act_closed
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, DomainError, Invalid, NotFound, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading, reading_connection
from lms.people.rules.names import name_of

PER_PAGE = 50
_PATH = "/gestion/promociones/<uuid:cohort>/analisis/<uuid:quiz>/<uuid:question>/corregir"


@dataclass(frozen=True)
class Choice:
    """A wrong answer that people gave, which may be accepted."""

    token: str
    value: Any
    lines: tuple[str, ...]
    count: int


@dataclass(frozen=True)
class Turn:
    """How one attempt would come out."""

    name: str
    number: int
    before: str
    after: str
    gains: bool
    passed: bool
    passes: bool


@dataclass(frozen=True)
class Look:
    """Who would change, and how many not."""

    turns: Sequence[Turn]
    gain: int
    lose: int
    keep: int
    same: int
    passing: int
    failing: int


@dataclass(frozen=True)
class Corrected:
    """A question of a quiz in a cohort, as its page reads it."""

    quiz: Found
    place: Found
    asked: Asked
    cohort: UUID

    @property
    def url(self) -> dict[str, Any]:
        return {
            "cohort": self.cohort,
            "quiz": self.quiz.uid,
            "question": self.asked.version_uid,
        }

    @cached_property
    def around(self) -> Around:
        return Around(self.quiz.course_version_id)

    @cached_property
    def texts(self) -> Texts:
        return texts_of(self.quiz.course_version_id, self.asked, self.around)

    @cached_property
    def choices(self) -> Sequence[Choice]:
        """The answers that did not earn everything, those given most first."""
        rows = analysis.answers(
            reading_connection(), self.cohort, self.quiz, self.asked.version_id, first_only=False
        )
        found: list[tuple[Any, int]] = []
        for row in rows:
            if row.value is None or row.earned >= row.out_of > 0:
                continue
            for n, (value, count) in enumerate(found):
                if same(self.asked.source, value, row.value):
                    found[n] = (value, count + 1)
                    break
            else:
                found.append((row.value, 1))
        found.sort(key=lambda each: -each[1])
        return [
            Choice(_token(value), value, described(self, value), count)
            for value, count in found[:MOST_ACCEPTED]
        ]


def described(read: Corrected, value: Any) -> tuple[str, ...]:
    """An answer in words, in the reader's language."""
    source = read.asked.source
    lines = TYPES[source["type"]].describe(source, as_written(source), value)
    return tuple(_(each) if isinstance(each, Word) else _plain(read, each) for each in lines)


def _plain(read: Corrected, line: str) -> str:
    """A line of the author's as plain text."""
    found = read.texts.parts.get(line)
    return line if found is None else str(found.striptags())


@blueprint.route(_PATH, methods=["GET", "POST"])
@guard(Permission.ATTEMPT_REGRADE, scope=cohort_scope)
def correct(cohort: UUID, quiz: UUID, question: UUID) -> ResponseReturnValue:
    """What may be done about a question, looked over, done; and what was done before."""
    read = _read(cohort, quiz, question)
    if request.method == "GET":
        return _page(read, CorrectForm(formdata=None))
    form = CorrectForm()
    given = Given.from_form(request.form.items(multi=True), "q1")
    if not form.sent():
        return _page(read, form, given), 422
    change = Change(form.change.data)
    try:
        data = _data(read, change, given)
        refuse(read.asked.source, change, data, form.reason.data or "")
        look = _look(read, Correction(read.asked.version_id, change, data, not form.losses.data))
    except DomainError as refusal:
        form.refuse(refusal)
        return _page(read, form, given), refusal.status
    seen = _seen(change, data, keeps=not form.losses.data)
    if request.form.get("go") != "do" or form.seen.data != seen:
        form.seen.data, form.seen.raw_data = seen, None
        return _page(read, form, given, look)
    return submit(
        adjust,
        cohort,
        quiz,
        Wanted(read.asked.version_id, change, data, not form.losses.data),
        form.reason.data or "",
        form=form,
        then=url_for("assessment.correct", **read.url),
        said=_("Corrected. The attempts are being marked anew, and whoever changes is told."),
        again=lambda: _page(read, form, given, look),
    )


@blueprint.route(f"{_PATH}/<uuid:adjustment>/retirar", methods=["GET", "POST"])
@guard(Permission.ATTEMPT_REGRADE, scope=cohort_scope)
def uncorrect(cohort: UUID, quiz: UUID, question: UUID, adjustment: UUID) -> ResponseReturnValue:
    """Taking a correction back: who changes by that, and why."""
    read = _read(cohort, quiz, question)
    rows = queries.corrections_of(
        reading_connection(), read.place.cohort_id, read.place.course_id, read.place.activity_key
    )
    if all(row.uid != adjustment for row in rows):
        raise NotFound()
    left = queries.as_rules([row for row in rows if row.uid != adjustment])
    form = TakeBackForm() if request.method == "POST" else TakeBackForm(formdata=None)

    def page() -> str:
        return render_template(
            "assessment/uncorrect.html",
            read=read,
            form=form,
            look=_compared(read, left),
            said=_(SAID[Change(next(r.change for r in rows if r.uid == adjustment))]),
            here=url_for("assessment.uncorrect", adjustment=adjustment, **read.url),
            back=url_for("assessment.correct", **read.url),
            cohort_url=url_for("desk.cohort", cohort=cohort),
        )

    if request.method == "GET":
        return page()
    if not form.sent():
        return page(), 422
    return submit(
        take_back,
        cohort,
        quiz,
        adjustment,
        form.reason.data or "",
        form=form,
        then=url_for("assessment.correct", **read.url),
        said=_("Taken back. The attempts are being marked anew, and whoever changes is told."),
        again=page,
    )


def _read(cohort: UUID, quiz: UUID, question: UUID) -> Corrected:
    connection = reading_connection()
    found = analysis.quiz(connection, cohort, quiz)
    asked = analysis.question(connection, question)
    place = queries.place_of(connection, cohort, quiz)
    if not analysis.answers(connection, cohort, found, asked.version_id, first_only=False):
        raise NotFound()
    return Corrected(found, place, asked, cohort)


def _data(read: Corrected, change: Change, given: Given) -> dict[str, Any]:
    """What a correction needs to know: the new right answer, or the answers that are accepted."""
    source = read.asked.source
    if change is Change.KEY:
        try:
            answer = TYPES[source["type"]].read(source, as_written(source), given)
        except Invalid as unread:
            raise Invalid(
                unread.message, fields={"change": unread.message}, **unread.params
            ) from None
        return {"answer": answer}
    if change is Change.ACCEPT:
        ticked = set(request.form.getlist("accept"))
        return {"answers": [each.value for each in read.choices if each.token in ticked]}
    return {}


def _look(read: Corrected, wanted: Correction) -> Look:
    """Who would change by it, after all that was corrected before."""
    rows = queries.corrections_of(
        reading_connection(), read.place.cohort_id, read.place.course_id, read.place.activity_key
    )
    return _compared(read, [*queries.as_rules(rows), wanted], wanted)


def _compared(
    read: Corrected, corrections: Sequence[Correction], wanted: Correction | None = None
) -> Look:
    """What is on record against what these corrections give."""
    connection = reading_connection()
    papers = queries.papers(connection, read.place)
    versions = {each.version for each in corrections} | {read.asked.version_id}
    lines = queries.lines_of(connection, read.place, versions, papers)
    settings = Settings.of(read.quiz.settings)
    turns, gain, lose, keep, stay = [], 0, 0, 0, 0
    for paper in papers:
        mine, recorded = lines.get(paper.id, ([], Worth(0, 0)))
        if not mine:
            continue
        others = Worth(paper.all_points - recorded.points, paper.all_out_of - recorded.out_of)
        settled = settle(others, mine, corrections)
        if leaves_nothing(others, settled):
            raise Refused(N_("No points would be left to reach: give everybody its points."))
        points = total([others.points, *(each.points for each in settled.values())])
        out_of = others.out_of + sum(each.out_of for each in settled.values())
        was = total([paper.all_points])
        if wanted is not None and wanted.keeps and _loses(others, mine, corrections, wanted):
            keep += 1
        if (was, paper.all_out_of) == (points, out_of):
            stay += 1
            continue
        gains = points * paper.all_out_of >= was * out_of
        gain, lose = gain + gains, lose + (not gains)
        turns.append(
            Turn(
                name_of(paper).surnames_first,
                paper.number,
                points_of(was, paper.all_out_of),
                points_of(points, out_of),
                gains,
                settings.passed(was, paper.all_out_of),
                settings.passed(points, out_of),
            )
        )
    return Look(
        turns, gain, lose, keep, stay,
        passing=sum(each.passes and not each.passed for each in turns),
        failing=sum(each.passed and not each.passes for each in turns),
    )  # fmt: skip


def _loses(
    others: Worth, mine: Sequence[Any], corrections: Sequence[Correction], wanted: Correction
) -> bool:
    """Whether somebody keeps what they have, for they would lose by it."""
    allowed = [*corrections[:-1], replace(wanted, keeps=False)]
    return settle(others, mine, allowed) != settle(others, mine, corrections)


def _page(
    read: Corrected,
    form: CorrectForm,
    given: Given | None = None,
    look: Look | None = None,
) -> str:
    connection = reading_connection()
    type_ = TYPES[read.asked.source["type"]]
    closed = act_closed(reading(), read.place.cohort_id, read.place.course_key)
    number = _number()
    turns = look.turns[(number - 1) * PER_PAGE : number * PER_PAGE] if look else []
    return render_template(
        "assessment/correct.html",
        read=read,
        form=form,
        closed=_(ACT_CLOSED) if closed else "",
        refused=_refused(type_),
        question=_question(read, given or Given({})),
        whole_only=not isinstance(type_, Keyed),
        ticked=request.form.getlist("accept"),
        look=look,
        page=Page(turns, number, PER_PAGE, len(look.turns)) if look else None,
        elsewhere=queries.elsewhere(connection, read.place, read.asked.version_id),
        history=[
            (row, _(SAID[Change(row.change)]), _told(read, row), name_of(row).short)
            for row in queries.history(connection, read.place, read.asked.version_id)
        ],
        here=url_for("assessment.correct", **read.url),
        back=url_for("assessment.question_analysis", **read.url),
        analysis_url=url_for("assessment.quiz_analysis", cohort=read.cohort, quiz=read.quiz.uid),
        acts_url=url_for("acts.index", cohort=read.cohort),
        cohort_url=url_for("desk.cohort", cohort=read.cohort),
    )


def _refused(type_: Any) -> str:
    if not type_.graded:
        return _("This question earns no points: there is nothing to correct.")
    if type_.by_hand:
        return _("People mark this question: change the marks they gave.")
    return ""


def _told(read: Corrected, row: Found) -> str:
    """The answers that a correction is about, in words."""
    answers = [row.data["answer"]] if "answer" in row.data else row.data.get("answers", [])
    return " / ".join(" · ".join(described(read, each)) for each in answers)


def _question(read: Corrected, given: Given) -> OnPage:
    """The question to be answered as it would be right, filled with what was chosen."""
    asked, shown = read.asked, as_written(read.asked.source)
    quiz = Quiz(read.quiz.uid, (asked,), {asked.version_id: asked})
    slots = [{"version": asked.version_id, "points": asked.points, "shown": shown}]
    held = {}
    try:
        value = TYPES[asked.source["type"]].read(asked.source, shown, given)
        held[1] = Held(value, 0, database().clock(), 0)
    except Invalid:
        pass
    (found,) = to_answer(quiz, Drawn(read.quiz.course_version_id, slots), held, read.around)
    return found


def _number() -> int:
    """Which page of who changes is wanted: it stands behind the button that was pressed."""
    text = request.form.get("go", "").partition(":")[2]
    return max(1, int(text)) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _seen(change: Change, data: Mapping[str, Any], *, keeps: bool) -> str:
    return _token([change, dict(data), keeps])


def _token(value: Any) -> str:
    return sha256(written(value).encode()).hexdigest()[:16]
