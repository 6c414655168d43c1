"""Works go with their person to another cohort of the same course, and come back."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.assignments.actions.carry import hear_transfer, hear_undone
from lms.enrollment.facts import EnrollmentTransferred, TransferUndone
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Refused
from tests.assignments.school import handed


@pytest.fixture
def other(db, school, world):
    """A place of the learner in another cohort that has the course too."""

    def make(work):
        first = work.session.get_one(Cohort, school.cohort_id)
        columns = {
            column.key: getattr(first, column.key)
            for column in Cohort.__table__.columns
            if column.key not in {"id", "uid", "key"}
        }
        cohort = Cohort(**columns, key="otra")
        work.session.add(cohort)
        work.session.flush()
        course = work.session.scalars(
            select(CohortCourse.course_version_id).where(CohortCourse.cohort_id == first.id)
        ).one()
        own = {"institution_id": first.institution_id}
        place = Enrollment(
            **own, cohort_id=cohort.id, person_id=world.people["learner"], sort_name="learner",
            municipality="", state="enrolled", applied_at=work.now,
        )  # fmt: skip
        work.session.add_all(
            [place, CohortCourse(**own, cohort_id=cohort.id, course_version_id=course, position=1)]
        )
        work.session.flush()
        return place.id

    return db.perform(make, SYSTEM)


def test_they_go_along_and_come_back(learner, school, other, rows, db):
    handed(learner, school)
    here = school.enrollment_ids["learner"]
    db.perform(lambda work: hear_transfer(work, [EnrollmentTransferred(here, other)]), SYSTEM)
    assert rows()[0].enrollment_id == other
    undone = TransferUndone(here, other, db.clock() + timedelta(minutes=1))
    db.perform(lambda work: hear_undone(work, [undone]), SYSTEM)
    assert rows()[0].enrollment_id == here


def test_what_was_handed_in_since_keeps_them_there(learner, school, other, rows, db):
    handed(learner, school)
    here = school.enrollment_ids["learner"]
    db.perform(lambda work: hear_transfer(work, [EnrollmentTransferred(here, other)]), SYSTEM)
    undone = TransferUndone(here, other, db.clock() - timedelta(minutes=1))
    with pytest.raises(Refused):
        db.perform(lambda work: hear_undone(work, [undone]), SYSTEM)
    assert rows()[0].enrollment_id == other
