"""One work beside its criteria: levels, points, comments, to be corrected, and the next one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.actions.phrases import forget_phrase, keep_phrase
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.phrases import phrases_of
from lms.assessment.types.essay import words
from lms.assessment.views.around import Around
from lms.assessment.views.questions import points_of, points_text
from lms.assessment.views.texts import paragraphs
from lms.assignments.actions.mark import give
from lms.assignments.formats.documents import kept
from lms.assignments.forms import WorkForm, filename_of, work_form
from lms.assignments.queries import marking as queries
from lms.assignments.queries.works import files_of, given_to
from lms.assignments.rules.assignment import MEDIA_TYPES, MOST_MEGABYTES, Settings
from lms.assignments.rules.lateness import penalty
from lms.assignments.rules.rubric import from_stored
from lms.assignments.views import words as said
from lms.assignments.views.blueprint import blueprint
from lms.assignments.views.files import deliver
from lms.assignments.views.work import store
from lms.enrollment.forms import moments
from lms.enrollment.queries.places import enrollment_place
from lms.foundation.access.permissions import Permission
from lms.foundation.access.scopes import Scope
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import DomainError, Invalid, NotFound
from lms.foundation.kernel.points import written
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import perform, submit
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import name_of

MOST_NOTES = 5
ADDRESS = "/gestion/trabajos/<uuid:submission>"


def work_scope(submission: UUID, **_values: Any) -> Scope:
    """The place of the work that an address names."""
    connection = reading_connection()
    return enrollment_place(connection, queries.enrollment_of(connection, submission))


@dataclass(frozen=True)
class WorkPage:
    """One work to be marked, as read for one request, and its place among the others."""

    work: Found
    assignment: Found
    settings: Settings
    queue: Sequence[Found]
    files: Sequence[Found]
    editions: Sequence[Found]

    @cached_property
    def place(self) -> int:
        """Its number among all works, from 1; 0 where a later version took its place."""
        found = [number for number, one in enumerate(self.queue, 1) if one.uid == self.work.uid]
        return found[0] if found else 0

    @property
    def title(self) -> str:
        """Whose work it is; where names are hidden, its number."""
        if self.settings.blind:
            return str(_("Work %(number)s", number=self.place))
        return name_of(self.work).surnames_first

    @property
    def before(self) -> str:
        return _url(self.queue[self.place - 2]) if self.place > 1 else ""

    @property
    def after(self) -> str:
        return _url(self.queue[self.place]) if 0 < self.place < len(self.queue) else ""

    @property
    def waiting(self) -> int:
        return sum(one.waits for one in self.queue)

    @property
    def next_waiting(self) -> str:
        """The next work that waits, behind this one and then from the beginning: one's own first;
        else the list."""
        others = [*self.queue[self.place :], *self.queue[: max(self.place - 1, 0)]]
        waiting = [one for one in others if one.waits]
        own = [one for one in waiting if one.tutor_id == signed_in().person_id]
        free = [one for one in waiting if one.tutor_id is None]
        found = next(iter(own or free or waiting), None)
        return _url(found) if found else self.back

    @property
    def back(self) -> str:
        return url_for(
            "assignments.works",
            cohort=self.assignment.cohort_uid,
            activity=self.assignment.uid,
        )

    @property
    def of_learner(self) -> Sequence[Found]:
        return [one for one in self.files if one.edition is None]

    @property
    def notes(self) -> Sequence[Found]:
        return [one for one in self.files if one.edition is not None]


def _url(work: Found) -> str:
    return url_for("assignments.mark", submission=work.uid)


@blueprint.route(ADDRESS, methods=["GET", "POST"])
@guard(Permission.ATTEMPT_MARK, scope=work_scope)
def mark(submission: UUID) -> ResponseReturnValue:
    """One work: mark it, send it back, or use and keep comments of one's own."""
    read = _read(submission)
    by_the_clocks_of(read.work.zone)
    if request.method == "GET":
        return _page(read)
    form = work_form(read.settings.criteria, read.settings.out_of)
    go, _colon, uid = request.form.get("go", "").partition(":")
    if go in _WITH_PHRASES:
        return _with_phrase(read, form, lambda: _WITH_PHRASES[go](form, uid))
    sound = form.sent()
    returns = go == "return"
    try:
        correct_by = form.moment(read.work.zone) if returns and sound else None
        if returns and sound and correct_by is None:
            wrong = _("Say until when it is to be corrected.")
            form.correct_by.errors = [wrong]
            return _page(read, form), 422
        given = form.given(correct_by)
        notes = _notes(form) if sound else []
    except Invalid as refusal:
        form.refuse(refusal)
        return _page(read, form), 422
    if not sound:
        return _page(read, form), 422
    return submit(
        give,
        submission,
        given,
        form.seen.data or 0,
        notes,
        form=form,
        then=read.next_waiting,
        said=_("Sent back. The learner was told until when it is to be corrected.")
        if returns
        else _("Saved. The learner was told."),
        again=lambda: _page_again(_read(submission), form),
    )


def _notes(form: WorkForm) -> list[Attachment]:
    """Files with notes, in the store already. Raises Invalid for one that is not taken."""
    sent = [each for each in form.notes.data or () if getattr(each, "filename", "")]
    kinds = [each for every in MEDIA_TYPES.values() for each in every]
    return [
        Attachment(kept(store(), each.stream, kinds, MOST_MEGABYTES), filename_of(each.filename))
        for each in sent[:MOST_NOTES]
    ]


@blueprint.get(ADDRESS + "/archivos/<uuid:file>")
@guard(Permission.ATTEMPT_MARK, scope=work_scope)
def marked_file(submission: UUID, file: UUID) -> Response:
    """A file of a work, for whoever marks it."""
    connection = reading_connection()
    work = queries.work_of(connection, submission, database().clock())
    every = files_of(connection, [work.id]).get(work.id, ())
    found = next((one for one in every if one.uid == file), None)
    if found is None:
        raise NotFound()
    return deliver(found)


def _insert(form: WorkForm, uid: str) -> None:
    """The comment with a kept one behind it; nothing is saved by that."""
    mine = phrases_of(reading_connection(), signed_in().person_id)
    text = next((one.text for one in mine if str(one.uid) == uid), "")
    form.comment.data = "\n".join(part for part in (form.comment.data, text) if part)


def _keep(form: WorkForm, _uid: str) -> None:
    perform(keep_phrase, form.comment.data or "")


def _forget(_form: WorkForm, uid: str) -> None:
    try:
        perform(forget_phrase, UUID(uid))
    except ValueError:
        raise NotFound() from None


_WITH_PHRASES: dict[str, Callable[[WorkForm, str], None]] = {
    "insert": _insert,
    "keep": _keep,
    "forget": _forget,
}


def _with_phrase(read: WorkPage, form: WorkForm, do: Callable[[], None]) -> ResponseReturnValue:
    """The page as it was typed, with what was done about one's comments."""
    try:
        do()
    except DomainError as refusal:
        form.refuse(refusal)
        return _page(read, form), refusal.status
    return _page(read, form)


def _read(submission: UUID) -> WorkPage:
    connection, now = reading_connection(), database().clock()
    work = queries.work_of(connection, submission, now)
    assignment = queries.assignment_in(connection, work)
    return WorkPage(
        work,
        assignment,
        Settings.of(work.settings),
        queries.queue_of(connection, assignment, now),
        files_of(connection, [work.id]).get(work.id, ()),
        given_to(connection, work.id),
    )


def _page_again(read: WorkPage, form: WorkForm) -> str:
    """The page with what was refused, and with all that was given meanwhile: now it is seen."""
    form.seen.data, form.seen.raw_data = len(read.editions), None
    return _page(read, form)


def _page(read: WorkPage, form: WorkForm | None = None) -> str:
    work, settings = read.work, read.settings
    if form is None:
        form = work_form(settings.criteria, settings.out_of, formdata=None)
        if read.editions:
            last = read.editions[0]
            form.comment.data = last.comment
            form.show(from_stored(last.judged))
            if last.earned is not None and not settings.criteria:
                form.points.data = str(written(last.earned))
        form.seen.data = len(read.editions)
    if form.correct_by.data is None and not form.correct_by.errors:
        form.correct_by.data = moments.shown(work.correct_by_at, work.zone)
    count, taken = words(work.text), penalty(work.days_late, settings.late, work.out_of)
    return render_template(
        "assignments/mark.html",
        read=read,
        form=form,
        work=work,
        settings=settings,
        count=count,
        few=bool(work.text and settings.least_words and count < settings.least_words),
        many=bool(settings.most_words and count > settings.most_words),
        instructions=paragraphs(
            work.settings.get("instructions") or "", Around(work.course_version_id)
        ),
        judged_of=lambda one: from_stored(one.judged),
        cost=said.cost_words(taken) if taken.points else "",
        points_of=points_of,
        points_text=points_text,
        name_of=name_of,
        phrases=phrases_of(reading_connection(), signed_in().person_id),
        here=url_for("assignments.mark", submission=work.uid),
        cohort_url=url_for("desk.cohort", cohort=work.cohort_uid),
        file_url=lambda one: url_for("assignments.marked_file", submission=work.uid, file=one.uid),
        waiting=ngettext("%(num)s waits", "%(num)s wait", read.waiting),
    )
