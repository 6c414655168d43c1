"""What a mark is told with beside the attempt itself."""

from sqlalchemy import Connection, bindparam, select

from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.points import GradeScale, scale_of

_policy = (
    select(Cohort.policy)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .where(Enrollment.id == bindparam("enrollment_id"))
)


def scale_of_cohort(connection: Connection, enrollment_id: int) -> GradeScale:
    """The scale that the cohort of an enrollment is graded on."""
    policy = connection.execute(_policy, {"enrollment_id": enrollment_id}).scalar_one()
    return scale_of(policy.get("scale", ""))
