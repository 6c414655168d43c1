"""The queue of works that people mark: what waits, and one work beside what a good answer has."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.actions.mark import give
from lms.assessment.actions.phrases import forget_phrase, keep_phrase
from lms.assessment.forms import MarkForm
from lms.assessment.queries import marking as queries
from lms.assessment.queries import staff
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.phrases import phrases_of
from lms.assessment.queries.quizzes import Asked, quiz_of
from lms.assessment.rules.by_hand import Given, read_points
from lms.assessment.views.around import Around
from lms.assessment.views.blueprint import blueprint
from lms.assessment.views.questions import OnPage, marked, points_of, points_text
from lms.assessment.views.staff import attempt_scope
from lms.assessment.views.texts import paragraphs, texts_of
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import DomainError, Invalid, NotFound
from lms.foundation.kernel.points import written
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import reading_connection
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class WorkPage:
    """One answer to be marked, as read for one request, and its place among the others."""

    attempt: Found
    work: Found
    asked: Asked
    works: Sequence[Found]
    editions: Sequence[Found]

    @property
    def is_blind(self) -> bool:
        return bool(self.attempt.settings.get("blind"))

    @cached_property
    def place(self) -> int:
        """Its number among all works for the question, from 1."""
        here = (self.attempt.uid, self.work.slot)
        return [(one.uid, one.slot) for one in self.works].index(here) + 1

    @property
    def title(self) -> str:
        """Whose work it is; where names are hidden, its number."""
        if self.is_blind:
            return _("Work %(number)s", number=self.place)
        return name_of(self.attempt).surnames_first

    @property
    def before(self) -> str:
        return _url(self.works[self.place - 2]) if self.place > 1 else ""

    @property
    def after(self) -> str:
        return _url(self.works[self.place]) if self.place < len(self.works) else ""

    @property
    def waiting(self) -> int:
        return sum(one.waits for one in self.works)

    @property
    def next_waiting(self) -> str:
        """The next work that waits, behind this one and then from the beginning; else the list."""
        others = [*self.works[self.place :], *self.works[: self.place - 1]]
        found = next((one for one in others if one.waits), None)
        return _url(found) if found else self.back

    @property
    def back(self) -> str:
        return url_for("assessment.marking", cohort=self.attempt.cohort_uid)


def _url(work: Found) -> str:
    return url_for("assessment.mark", attempt=work.uid, slot=work.slot)


@blueprint.get("/gestion/promociones/<uuid:cohort>/calificar")
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def marking(cohort: UUID) -> str:
    """Every question that people mark, and how many answers to it wait."""
    connection = reading_connection()
    lines = []
    for row in queries.questions_to_mark(connection, cohort):
        asked = Asked(row.id, row.uid, row.points, row.source)
        texts = texts_of(row.course_version_id, asked, Around(row.course_version_id))
        lines.append(
            {
                "quiz": row.title,
                "legend": texts.legend,
                "works": row.works,
                "waiting": row.waiting,
                "url": url_for("assessment.mark_next", cohort=cohort, asked=row.uid),
            }
        )
    return render_template(
        "assessment/marking.html",
        cohort=cohort,
        cohort_title=staff.title_of(connection, cohort),
        cohort_url=url_for("desk.cohort", cohort=cohort),
        attempts_url=url_for("assessment.staff_attempts", cohort=cohort),
        lines=lines,
        waiting=sum(line["waiting"] for line in lines),
    )


@blueprint.get("/gestion/promociones/<uuid:cohort>/calificar/<uuid:asked>")
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def mark_next(cohort: UUID, asked: UUID) -> str:
    """The first work for a question that waits; where none does, the first of all."""
    works = queries.works_of(reading_connection(), cohort, asked)
    if not works:
        raise NotFound()
    first = next((one for one in works if one.waits), works[0])
    return _page(_read(first.uid, first.slot))


@blueprint.route("/gestion/intentos/<uuid:attempt>/calificar/<int:slot>", methods=["GET", "POST"])
@guard(Permission.ATTEMPT_MARK, scope=attempt_scope)
def mark(attempt: UUID, slot: int) -> ResponseReturnValue:
    """One work: give it points and a comment, or use and keep comments of one's own."""
    read = _read(attempt, slot)
    if request.method == "GET":
        return _page(read)
    form = MarkForm()
    go, _colon, uid = request.form.get("go", "").partition(":")
    if go in _WITH_PHRASES:
        return _with_phrase(read, form, lambda: _WITH_PHRASES[go](form, uid))
    sound = form.sent()
    try:
        points = read_points(form.points.data or "", read.work.out_of)
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(read, form), 422
    if not sound:
        return _page(read, form), 422
    given = Given(points, form.comment.data or "", form.reason.data or "")
    return submit(
        give,
        attempt,
        slot,
        given,
        form.seen.data or 0,
        form=form,
        then=read.next_waiting,
        said=lambda is_whole: (
            _("Saved. The attempt has its mark, and the learner was told.")
            if is_whole
            else _("Saved. The attempt has its mark when the rest of it is marked too.")
        ),
        again=lambda: _page_again(_read(attempt, slot), form),
    )


def _insert(form: MarkForm, uid: str) -> None:
    """The comment with a kept one behind it; nothing is saved by that."""
    text = next(
        (
            one.text
            for one in phrases_of(reading_connection(), signed_in().person_id)
            if str(one.uid) == uid
        ),
        "",
    )
    form.comment.data = "\n".join(part for part in (form.comment.data, text) if part)


def _keep(form: MarkForm, _uid: str) -> None:
    perform(keep_phrase, form.comment.data or "")


def _forget(_form: MarkForm, uid: str) -> None:
    try:
        perform(forget_phrase, UUID(uid))
    except ValueError:
        raise NotFound() from None


_WITH_PHRASES: dict[str, Callable[[MarkForm, str], None]] = {
    "insert": _insert,
    "keep": _keep,
    "forget": _forget,
}


def _with_phrase(read: WorkPage, form: MarkForm, do: Callable[[], None]) -> ResponseReturnValue:
    """The page as it was typed, with what was done about one's comments."""
    try:
        do()
    except DomainError as refusal:
        form.refuse(refusal)
        return _page(read, form), refusal.status
    return _page(read, form)


def _read(attempt: UUID, slot: int) -> WorkPage:
    connection = reading_connection()
    found = staff.attempt_of(connection, attempt)
    work = queries.work_of(connection, found.id, slot)
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    asked = quiz.by_version[found.slots[slot - 1]["version"]]
    return WorkPage(
        found,
        work,
        asked,
        queries.works_of(connection, found.cohort_uid, asked.version_uid),
        queries.editions_of(connection, found.id, slot),
    )


def _page_again(read: WorkPage, form: MarkForm) -> str:
    """The page with what was refused, and with all that was given meanwhile: now it is seen."""
    form.seen.data, form.seen.raw_data = len(read.editions), None
    return _page(read, form)


def _page(read: WorkPage, form: MarkForm | None = None) -> str:
    around = Around(read.attempt.course_version_id)
    if form is None:
        form = MarkForm(formdata=None)
        if read.editions:
            form.points.data = str(written(read.editions[0].points))
            form.comment.data = read.editions[0].comment
        form.seen.data = len(read.editions)
    return render_template(
        "assessment/mark.html",
        read=read,
        form=form,
        question=_question(read, around),
        guidance=paragraphs(read.asked.source.get("guidance") or "", around, "g"),
        worth=points_text(read.work.out_of),
        given=lambda points: points_of(points, read.work.out_of),
        name_of=name_of,
        phrases=phrases_of(reading_connection(), signed_in().person_id),
        here=url_for("assessment.mark", attempt=read.attempt.uid, slot=read.work.slot),
        cohort_url=url_for("desk.cohort", cohort=read.attempt.cohort_uid),
        waiting=ngettext("%(num)s waits", "%(num)s wait", read.waiting),
    )


def _question(read: WorkPage, around: Around) -> OnPage:
    """The question with its answer, as it is shown to whoever reviews it."""
    connection, found = reading_connection(), read.attempt
    quiz = quiz_of(connection, found.activity_id, found.activity_uid)
    slot: int = read.work.slot
    questions = marked(quiz, found, {slot: read.work.value}, {slot: read.work.points}, around)
    return questions[slot - 1]
