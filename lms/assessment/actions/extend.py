"""Attempts that run are given the time that their people are allowed now."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select

from lms.assessment.actions.chain import link
from lms.assessment.actions.start import CLOSE, PATIENCE
from lms.assessment.models import Attempt
from lms.assessment.queries.attempts import PLACE
from lms.assessment.queries.beginning import closes_of, settings_of
from lms.assessment.rules import chain
from lms.assessment.rules.attempts import deadline, grace
from lms.assessment.rules.chain import Event, Kind
from lms.assessment.rules.sitting import Settings
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.facts import AllowanceChanged
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue

_running = (
    select(Attempt, *PLACE)
    .select_from(Attempt)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Cohort, Cohort.id == Enrollment.cohort_id)
    .join(Activity, Activity.id == Attempt.activity_id)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .where(
        Attempt.enrollment_id == bindparam("enrollment"),
        Attempt.handed_in_at.is_(None),
        Attempt.deadline >= bindparam("now", type_=Attempt.deadline.type),
    )
    .order_by(Attempt.id)
    .with_for_update(of=Attempt)
)


def hear_allowance(work: Work, facts: Sequence[AllowanceChanged]) -> None:
    """A running attempt ends later if its person is allowed so now; never sooner.

    One whose time is over stays over: what arrived late is kept beside it.
    """
    for fact in facts:
        values = {"enrollment": fact.enrollment_id, "now": work.now}
        for row in work.session.execute(_running, values).all():
            attempt = row.Attempt
            settings = Settings.of(settings_of(row, work.now))
            limit = settings.time_limit
            ends = deadline(attempt.started_at, limit, closes_of(row), settings.grace)
            if ends <= attempt.deadline:
                continue
            before, attempt.deadline = attempt.deadline, ends
            attempt.grace = int(grace(attempt.started_at, limit, ends).total_seconds())
            uid = str(attempt.uid)
            enqueue(work, CLOSE, key=uid, payload={"attempt": uid}, due=ends + PATIENCE)
            link(work, attempt, Event(Kind.EXTENDED, work.now, {"until": chain.moment(ends)}))
            record(
                work,
                "attempt.extended",
                attempt,
                detail={"before": before.isoformat(), "after": ends.isoformat()},
            )
