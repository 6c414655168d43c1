"""/gestion/promociones/<cohort>/personas/<enrollment>/convalidar: a course passed elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.catalog.queries.structure import CourseStructure
from lms.desk.queries.person import person
from lms.desk.queries.recognised import one
from lms.enrollment.forms.leaving import TakeBackForm
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import by_the_clocks_of
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.attaching import ACCEPTS
from lms.foundation.web.guard import guard
from lms.foundation.web.papers import deliver
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.grading.actions.recognise import recognise as recognise_now
from lms.grading.actions.recognise import revoke
from lms.grading.forms.recognising import RecognitionForm
from lms.grading.queries.recognitions import document_of, recognised_courses
from lms.learning.queries.outline import courses_of
from lms.learning.queries.places import Learner, place_in_cohort


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def recognise(cohort: UUID, enrollment: UUID) -> ResponseReturnValue:
    """What was passed where, with the document that shows it; it can be taken back."""
    learner = place_in_cohort(reading(), enrollment, cohort)
    form, courses = RecognitionForm(), _open(learner)
    form.offer([(each.key, each.title) for each in courses])
    if not form.is_submitted():
        return _html(learner, form, courses)
    if not form.sent():
        return _html(learner, form, courses), 422
    return submit(
        recognise_now,
        cohort,
        enrollment,
        form.course.data,
        form.passed(),
        form=form,
        then=url_for("desk.person", cohort=cohort, enrollment=enrollment),
        said=lambda title: _(
            "“%(course)s” was recognised. The person is being told.", course=title
        ),
        again=lambda: _html(learner, form, courses),
    )


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def take_back(cohort: UUID, recognition: UUID) -> ResponseReturnValue:
    """It does not count any more, unless a document rests on it."""
    form, found = TakeBackForm(), one(reading(), cohort, recognition)

    def html() -> str:
        return render_template("desk/unrecognise.html", form=form, found=found)

    if not form.is_submitted():
        return html()
    if not form.sent():
        return html(), 422
    return submit(
        revoke,
        cohort,
        recognition,
        form.reason.data,
        form=form,
        then=url_for("desk.person", cohort=cohort, enrollment=found.enrollment),
        said=lambda title: _(
            "“%(course)s” is not recognised any more. The person is being told.", course=title
        ),
        again=html,
    )


@guard(Permission.ENROLLMENT_DECIDE, cohort_scope)
def document(cohort: UUID, recognition: UUID) -> Response:
    """The document that shows what was passed."""
    return deliver(*document_of(reading(), cohort, recognition))


def _open(learner: Learner) -> Sequence[CourseStructure]:
    """The courses of the cohort that are not recognised yet."""
    done = recognised_courses(reading(), learner.enrollment_id)
    return [each for each in courses_of(reading(), learner) if each.course_id not in done]


def _html(learner: Learner, form: RecognitionForm, courses: Sequence[CourseStructure]) -> str:
    by_the_clocks_of(learner.zone)
    return render_template(
        "desk/recognise.html",
        learner=learner,
        person=person(reading(), learner.enrollment_id),
        form=form,
        courses=courses,
        accepts=ACCEPTS,
    )
