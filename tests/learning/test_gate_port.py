"""What those below are answered when they ask whether an activity is open."""

from datetime import timedelta

import pytest

from lms.enrollment.gate import lock_reason
from lms.foundation.kernel.errors import NotFound
from lms.learning.rules.gate import ALL_BEFORE
from tests.factories.teaching import QUIZZES, open_classroom
from tests.statements import statements


def asked(classroom, key: str, name: str = "learner"):
    with classroom.db.reading() as session:
        return lock_reason(
            session,
            classroom.enrollments[name].id,
            classroom.activities[key].id,
            classroom.db.clock(),
        )


def test_a_quiz_waits_for_the_lessons_before_it(classroom):
    locked = asked(classroom, QUIZZES[0])
    assert locked.message == ALL_BEFORE
    classroom.see("learner", "derecho")
    assert asked(classroom, QUIZZES[0]).message == "It opens when you finish “%(title)s”."
    classroom.see("learner", "derecho", "plazos")
    assert asked(classroom, QUIZZES[0]) is None


def test_it_opens_with_the_calendar(classroom):
    opens = classroom.db.clock() + timedelta(days=2)
    classroom.cohort_days(calendar={"derecho": {"opens_at": opens.isoformat()}})
    assert asked(classroom, "derecho").opens_at == opens


def test_two_statements_whatever_was_done(classroom):
    classroom.finish("learner")
    with classroom.db.reading() as session, statements(classroom.db.engine) as seen:
        lock_reason(
            session,
            classroom.enrollments["learner"].id,
            classroom.activities[QUIZZES[1]].id,
            classroom.db.clock(),
        )
    assert len(seen) == 2


def test_an_activity_of_another_course_is_not_open(app, db, world, classroom):
    other = open_classroom(app, db, world, institution="otra")
    with classroom.db.reading() as session:
        locked = lock_reason(
            session,
            classroom.enrollments["learner"].id,
            other.activities["derecho"].id,
            classroom.db.clock(),
        )
    assert locked is not None
    with pytest.raises(NotFound), classroom.db.reading() as session:
        lock_reason(session, 999_999, classroom.activities["derecho"].id, classroom.db.clock())
