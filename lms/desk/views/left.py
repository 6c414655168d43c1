"""/aula/<enrollment>/retiro: why one does not study here any more, what stays, what one can do."""

from uuid import UUID

from flask import redirect, render_template
from flask.typing import ResponseReturnValue

from lms.certificates.queries.documents import has_documents
from lms.desk.queries.asking import helpers
from lms.enrollment.queries.departures import departures_of
from lms.enrollment.rules.departures import CAUSES, Cause
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import database, reading
from lms.learning.queries.places import any_place
from lms.learning.rules.places import classroom_path


@guard(Permission.COURSE_TAKE)
def show(enrollment: UUID) -> ResponseReturnValue:
    """Whoever has not left, or has their seat again, is led to the classroom."""
    session = reading()
    learner = any_place(session, enrollment, signed_in().person_id)
    standing = [each for each in departures_of(session, learner.enrollment_id) if each.holds]
    if not standing:
        return redirect(classroom_path(learner.enrollment_uid))
    return render_template(
        "desk/left.html",
        learner=learner,
        left=standing[0],
        cause=_(CAUSES[Cause(standing[0].cause)]),
        helpers=helpers(session, learner, database().clock()),
        has_documents=has_documents(session, learner.cohort_id, learner.enrollment_id),
    )
