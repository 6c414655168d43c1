"""Saying how the grade of a course is put together in a cohort."""

from hashlib import sha256
from json import dumps
from uuid import UUID

from lms.enrollment.acted import act_closed
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Conflict, Refused
from lms.grading.actions.recompute import COHORT
from lms.grading.queries.book import Book, book
from lms.grading.queries.preview import look_over
from lms.grading.rules import scheme as rules
from lms.grading.rules.scheme import Scheme


def arrange(work: Work, cohort: UUID, course: str, scheme: Scheme, seen: str) -> bool:
    """From now on the grade is added up like this; everybody's is worked out again.

    ``seen`` is what its writer had in view. Refused once the act of the course is closed: what is
    in an act was added up as it says. Tells whether anything is different.
    """
    of = book(work.session, cohort, course, lock=True)
    if act_closed(work.session, of.cohort_id, course):
        raise Refused(
            N_("The act of this course is closed: its grade stays as it is put together.")
        )
    if of.closed_at is not None:
        raise Refused(N_("The cohort is closed: it stays as it is."))
    if seen != fingerprint(of):
        raise Conflict(
            N_("Somebody changed this meanwhile. Open the page again and look at it first.")
        )
    look_over(work.session, of, scheme)
    before = of.scheme
    if scheme == before:
        return False
    row = work.session.get_one(Cohort, of.cohort_id)
    schemes = dict(row.policy.get(rules.NAMED) or {})
    schemes[course] = scheme.kept()
    row.policy = {**row.policy, rules.NAMED: schemes}
    record(
        work,
        "grade.arranged",
        subject=row,
        detail={"course": course, **(changed(before.kept(), scheme.kept()) or {})},
    )
    enqueue(work, COHORT, key=str(row.uid), payload={"cohort": row.id})
    return True


def fingerprint(of: Book) -> str:
    """A word that is another once the grade is put together otherwise."""
    return sha256(dumps(of.scheme.kept(), sort_keys=True).encode()).hexdigest()[:16]
