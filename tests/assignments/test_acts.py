"""No act is closed while a work waits, or is out to be corrected."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.acts.queries.standings import in_course
from lms.catalog.models import CourseVersion
from lms.foundation.kernel.points import SCALES
from tests.assignments.school import handed
from tests.assignments.test_marking import FULL, mark


@pytest.fixture
def checked(db, school, world):
    """What may be open about the learner in the act of the course."""

    def read():
        with db.reading() as session:
            version = session.scalars(
                select(CourseVersion.id).where(CourseVersion.course_id == school.course_id)
            ).one()
            found = in_course(
                session, school.cohort_id, school.course_id, version, SCALES["0-100"], db.clock()
            )
        theirs = school.enrollment_ids["learner"]
        return next(one for entry, one in found if entry.enrollment_id == theirs)

    return read


def test_a_work_that_waits_is_in_the_way_until_it_is_marked(
    learner, teacher, school, rows, checked
):
    assert not checked().waits_for_marks
    handed(learner, school)
    assert checked().waits_for_marks
    mark(teacher, rows()[0], **FULL)
    assert not checked().waits_for_marks


def test_a_work_out_to_be_corrected_is_open_until_its_day(
    learner, teacher, school, rows, checked, clock
):
    handed(learner, school)
    day = (clock() + timedelta(days=3)).strftime("%Y-%m-%dT23:59")
    mark(teacher, rows()[0], go="return", comment="Falta algo.", correct_by=day)
    assert (checked().has_open_attempt, checked().waits_for_marks) == (True, False)
    clock.advance(days=5)
    assert (checked().has_open_attempt, checked().waits_for_marks) == (False, True)
