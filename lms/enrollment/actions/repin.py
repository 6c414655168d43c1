"""A running cohort goes on with a corrected version of what it is taught."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from lms.catalog.models import CourseVersion, ProgrammeVersion
from lms.enrollment.models import Cohort
from lms.enrollment.queries.opening import courses_of
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused


def locked(work: Work, programme_id: int, uids: Sequence[UUID]) -> Sequence[Cohort]:
    """These cohorts of a programme, locked one after the other. Raises NotFound."""
    found = work.session.scalars(
        select(Cohort)
        .where(Cohort.uid.in_(uids), Cohort.programme_id == programme_id)
        .order_by(Cohort.id)
        .with_for_update()
    ).all()
    if len(found) != len(set(uids)):
        raise NotFound()
    return found


def repin(
    work: Work, cohort: Cohort, seen: ProgrammeVersion, version: ProgrammeVersion
) -> dict[int, int]:
    """Pin a locked cohort to another version of its courses; says which became which.

    ``seen`` is the version that it had when this was decided. Calendar and grading policy stay.
    """
    if cohort.programme_version_id != seen.id:
        raise Conflict(
            N_("“%(title)s” has another version by now. Look at it again."), title=cohort.title
        )
    if cohort.closed_at is not None or cohort.ends_at <= work.now:
        raise Refused(N_("“%(title)s” is over: it keeps its version."), title=cohort.title)
    new = {each.course_id: each for each in courses_of(work.session, version.id)}
    became: dict[int, int] = {}
    for place in cohort.courses:
        old = work.session.get_one(CourseVersion, place.course_version_id)
        if old.course_id not in new:
            raise Refused(
                N_("“%(title)s” teaches a course that the version does not have."),
                title=cohort.title,
            )
        if new[old.course_id].id != old.id:
            became[old.id] = new[old.course_id].id
            place.course_version_id = new[old.course_id].id
    cohort.programme_version_id = version.id
    record(
        work,
        "cohort.corrected",
        subject=cohort,
        detail={"before": {"version": seen.number}, "after": {"version": version.number}},
    )
    work.session.flush()
    return became
