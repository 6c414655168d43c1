"""What the player and the gradebook note on an enrollment: where its person is, and if they are
done."""

from uuid import UUID

from sqlalchemy import bindparam, update

from lms.enrollment.models import HAS_SEAT, Enrollment
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import NotFound

_KEEP = (
    update(Enrollment)
    .where(
        Enrollment.uid == bindparam("enrollment", type_=Enrollment.uid.type),
        Enrollment.person_id == bindparam("whose"),
        HAS_SEAT,
    )
    .values(
        last_activity_key=bindparam("place"),
        last_block=bindparam("block"),
        last_seen_at=bindparam("now", type_=Enrollment.last_seen_at.type),
    )
    .execution_options(synchronize_session=False)
)


def keep_place(work: Work, enrollment: UUID, place: str, block: str | None) -> None:
    """Somebody stopped reading here; that is where they will be led back to."""
    values = {
        "enrollment": enrollment,
        "whose": work.actor.person_id,
        "place": place,
        "block": block,
        "now": work.now,
    }
    if work.session.connection().execute(_KEEP, values).rowcount == 0:
        raise NotFound()


def went_on(work: Work, enrollment: Enrollment, place: str | None = None) -> None:
    """Something of the learner's progress changed: pages they keep are out of date."""
    enrollment.progress_version += 1
    enrollment.last_seen_at = work.now
    if place is not None:
        enrollment.last_activity_key = place
        enrollment.last_block = None


def finished(work: Work, enrollment: Enrollment, *, completed: bool) -> bool:
    """Whether all courses are completed decides the state of who studies or had completed.

    Tells whether the state has changed.
    """
    before = enrollment.state
    if before in (EnrollmentState.ENROLLED, EnrollmentState.COMPLETED):
        enrollment.state = EnrollmentState.COMPLETED if completed else EnrollmentState.ENROLLED
    return enrollment.state != before
