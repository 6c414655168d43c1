"""What a mark is told with beside the attempt itself."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import Connection, bindparam, select

from lms.assessment.queries.attempts import Found
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.kernel.points import GradeScale, scale_of
from lms.people.models import Person

MOST_PEOPLE = 500

_policy = (
    select(Cohort.policy)
    .join(Enrollment, Enrollment.cohort_id == Cohort.id)
    .where(Enrollment.id == bindparam("enrollment_id"))
)


def scale_of_cohort(connection: Connection, enrollment_id: int) -> GradeScale:
    """The scale that the cohort of an enrollment is graded on."""
    policy = connection.execute(_policy, {"enrollment_id": enrollment_id}).scalar_one()
    return scale_of(policy.get("scale", ""))


def people_by(connection: Connection, uids: Collection[str]) -> Mapping[UUID, Found]:
    """The names of these people, by their uid; nothing is asked where there are none."""
    if not uids:
        return {}
    rows = connection.execute(
        select(Person.uid, Person.given_names, Person.first_surname, Person.second_surname)
        .where(Person.uid.in_([UUID(each) for each in uids]))
        .order_by(Person.id)
        .limit(MOST_PEOPLE)
    )
    return {row.uid: row for row in rows}
