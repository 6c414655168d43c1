"""/aula/<enrollment>/preguntas: a learner asks the teachers of their cohort, between them alone."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.desk.queries.asking import helpers
from lms.desk.views.allowed import titles
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.learning.actions import inquiries as actions
from lms.learning.forms import QuestionForm, ReplyForm
from lms.learning.queries.inquiries import of_learner, own, posts
from lms.learning.queries.outline import courses_of
from lms.learning.queries.places import Learner, own_place
from lms.learning.views.texts import note_text


@guard(Permission.COURSE_TAKE, private=True)
def show(enrollment: UUID) -> ResponseReturnValue:
    """What one has asked, and the form to ask more."""
    learner = _place(enrollment)
    form = QuestionForm(formdata=None)
    about = request.args.get("sobre", "")
    if about in titles(courses_of(reading(), learner)):
        form.about.data = about
    return _html(learner, form)


@guard(Permission.COURSE_TAKE)
def ask(enrollment: UUID) -> ResponseReturnValue:
    """Ask: the teachers of the cohort are told."""
    learner, form = _place(enrollment), QuestionForm()
    if not form.sent():
        return _html(learner, form), 422
    known = titles(courses_of(reading(), learner))
    return submit(
        actions.ask,
        enrollment,
        form.about.data if form.about.data in known else "",
        form.subject.data,
        form.body.data,
        form=form,
        then=lambda uid: url_for("desk.question", enrollment=enrollment, inquiry=uid),
        said=_("Sent. The answer will reach you here and by mail."),
        again=lambda: _html(learner, form),
    )


@guard(Permission.COURSE_TAKE, private=True)
def one(enrollment: UUID, inquiry: UUID) -> ResponseReturnValue:
    """One question with all that was said."""
    return _thread(_place(enrollment), inquiry, ReplyForm(formdata=None))


@guard(Permission.COURSE_TAKE)
def more(enrollment: UUID, inquiry: UUID) -> ResponseReturnValue:
    """Write more to it."""
    learner, form = _place(enrollment), ReplyForm()
    if not form.sent():
        return _thread(learner, inquiry, form), 422
    return submit(
        actions.ask_on,
        enrollment,
        inquiry,
        form.body.data,
        form=form,
        then=url_for("desk.question", enrollment=enrollment, inquiry=inquiry),
        said=_("Sent. The answer will reach you here and by mail."),
        again=lambda: _thread(learner, inquiry, form),
    )


def _place(enrollment: UUID) -> Learner:
    return own_place(reading(), enrollment, signed_in().person_id)


def _html(learner: Learner, form: QuestionForm) -> str:
    session = reading()
    found = own(session, learner.enrollment_id, page_of())
    return render_template(
        "desk/questions.html",
        learner=learner,
        form=form,
        about=titles(courses_of(session, learner)).get(form.about.data or "-", ""),
        helpers=helpers(session, learner, database().clock()),
        page=found,
        page_url=lambda n: url_for("desk.questions", enrollment=learner.enrollment_uid, pagina=n),
    )


def _thread(learner: Learner, inquiry: UUID, form: ReplyForm) -> str:
    session = reading()
    asked = of_learner(session, learner.enrollment_id, inquiry)
    said = posts(session, inquiry)
    return render_template(
        "desk/question.html",
        learner=learner,
        form=form,
        asked=asked,
        about=titles(courses_of(session, learner)).get(asked.about or "-", ""),
        posts=[(each, note_text(each.body, n).html) for n, each in enumerate(said, 1)],
    )
