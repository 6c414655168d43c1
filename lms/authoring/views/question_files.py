"""Questions of a file: looked at first, item by item, then brought into a quiz of the draft.

A file that was sent is kept for a day and changes nothing until somebody who has seen what becomes
of each item brings the ticked ones in.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, redirect, render_template, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import LARGEST, Told, Verdict
from lms.assessment.rules.alike import alike
from lms.assessment.types import TYPES
from lms.authoring import scopes
from lms.authoring.actions.bring_questions import NewFile, bring_questions
from lms.authoring.formats.brought_questions import Brought, brought_questions
from lms.authoring.formats.tree import MB
from lms.authoring.forms.question_files import PickingForm, QuestionFileForm, numbers, ranges
from lms.authoring.rules.questions import MOST
from lms.authoring.views.places import store
from lms.authoring.views.quiz_bench import Quiz, quiz_at
from lms.foundation.access.permissions import Permission
from lms.foundation.files.actions import keep
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page
from lms.foundation.web.perform import say, submit

A_DAY = 24 * 60 * 60
PAGE_SIZE = 100
PICK, GO = "pick", "page"


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that was sent, item by item, beside the quiz that it is for."""

    token: str
    name: str
    quiz: Quiz
    items: Sequence[Brought]

    def url(self, endpoint: str = "sent_questions") -> str:
        return self.quiz.url(endpoint, token=self.token)

    @property
    def offered(self) -> set[int]:
        """What is ticked from the beginning."""
        return {each.entry.number for each in self.items if each.is_offered}

    def count(self, verdict: str) -> int:
        return sum(each.entry.verdict.value == verdict for each in self.items)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def send(programme: UUID, course: str, key: str) -> ResponseReturnValue:
    """Send a file of questions. It changes nothing yet."""
    quiz, form = quiz_at(programme, course, key), QuestionFileForm()
    if request.method == "GET":
        return _sending(quiz, form)
    if not form.validate():
        return _sending(quiz, form), 422
    data = form.file.data.stream.read(LARGEST + 1)
    try:
        FORMATS[form.kind.data].read(data)
        sha256 = keep(store(), data, largest=LARGEST).sha256
    except Invalid as refusal:
        form.file.errors = [*form.file.errors, say(refusal)]
        return _sending(quiz, form), refusal.status
    name = (form.file.data.filename or "")[-120:]
    token = _serializer().dumps([sha256, signed_in().person_id, name, form.kind.data])
    return redirect(quiz.url("sent_questions", token=token), 303)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def show(programme: UUID, course: str, key: str, token: str) -> ResponseReturnValue:
    """What becomes of each item; going to another page keeps what is ticked on this one."""
    sent = _sent(programme, course, key, token)
    if request.method == "GET":
        return _html(sent, PickingForm(formdata=None), sent.offered, 1)
    form = PickingForm()
    to = request.form.get(GO, "1")
    return _html(sent, form, _picked(sent), int(to) if to.isascii() and to.isdigit() else 1)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def bring(programme: UUID, course: str, key: str, token: str) -> ResponseReturnValue:
    """Lay the ticked items into the quiz, all of them in one step."""
    sent, form = _sent(programme, course, key, token), PickingForm()
    picked = _picked(sent)
    if not form.validate():
        return _html(sent, form, picked, 1), 422
    items = [each for each in sent.items if each.entry.number in picked and each.entry.item]
    files: dict[str, NewFile] = {}
    for each in items:
        for name, file in each.files.items():
            if name not in files:
                small = keep(store(), file.small.data) if file.small else None
                files[name] = NewFile(keep(store(), file.data), small)
    return submit(
        bring_questions,
        programme,
        sent.quiz.source.path,
        [each.entry.item.source for each in items if each.entry.item],
        files,
        form=form,
        then=lambda done: sent.quiz.url(hecho=done.step) + (f"#{done.key}" if done.key else ""),
        again=lambda: _html(sent, form, picked, 1),
    )


def _picked(sent: Sent) -> set[int]:
    """What is ticked on the page that was sent, and what was on the others."""
    most = len(sent.items)
    ticked = numbers(",".join(request.form.getlist(PICK)), most)
    elsewhere = numbers(request.form.get("elsewhere", ""), most)
    taken = {each.entry.number for each in sent.items if each.entry.item is not None}
    return (ticked | elsewhere) & taken


def _sent(programme: UUID, course: str, key: str, token: str) -> Sent:
    """The file that the same person sent, as long as it is kept. Raises NotFound."""
    quiz = quiz_at(programme, course, key)
    try:
        sha256, person_id, name, kind = _serializer().loads(token, max_age=A_DAY)
    except (BadData, ValueError):
        raise NotFound() from None
    if person_id != signed_in().person_id:
        raise NotFound()
    if not store().exists(sha256):
        raise NotFound(N_("That file is not kept any more. Send it again."))
    with store().open(sha256) as file:
        entries = FORMATS[kind].read(file.read())
    there = {
        alike(question)
        for activity in quiz.course.activities()
        for question in activity.data.get("questions") or ()
        if isinstance(question, Mapping)
    }
    items = brought_questions(entries, there, quiz.course.outcomes, quiz.course.facts)
    return Sent(token, name, quiz, items)


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="questions")


def _sending(quiz: Quiz, form: QuestionFileForm) -> str:
    return render_template(
        "authoring/send_questions.html",
        quiz=quiz,
        form=form,
        megabytes=min(LARGEST, current_app.config["MAX_CONTENT_LENGTH"]) // MB,
        crumbs=quiz.crumbs(inside=True),
    )


def _html(sent: Sent, form: PickingForm, picked: set[int], number: int) -> str:
    last = max(1, -(-len(sent.items) // PAGE_SIZE))
    number = min(max(number, 1), last)
    shown = sent.items[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    here = {each.entry.number for each in shown}
    form.elsewhere.data = ranges(picked - here)
    room = max(MOST - len(sent.quiz.questions), 0)
    return render_template(
        "authoring/sent_questions.html",
        sent=sent,
        quiz=sent.quiz,
        form=form,
        page=Page(shown, number, PAGE_SIZE, len(sent.items)),
        picked=picked,
        elsewhere=len(picked - here),
        further=-(-max(len(picked) - room, 0) // MOST),
        room=room,
        verdicts=Verdict,
        kind=_kind,
        said=_said,
        crumbs=sent.quiz.crumbs(inside=True),
    )


def _kind(each: Brought) -> str:
    item = each.entry.item
    type_ = TYPES.get(item.source["type"]) if item is not None else None
    return _(type_.label) if type_ is not None else ""


def _said(told: Told) -> str:
    return _(told.message) % told.params if told.params else _(told.message)
