"""Grades and completion follow from what is on record, as often as they are worked out."""

import pytest
from flask import url_for
from sqlalchemy import func, select

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, Notice
from lms.grading.actions.recompute import recompute, recompute_cohort
from lms.grading.models import CourseResult, Grade
from lms.learning.models import Progress
from tests.factories.teaching import QUIZZES


def result(classroom) -> CourseResult:
    with classroom.db.reading() as session:
        return session.scalars(select(CourseResult)).one()


def lacks(classroom) -> list[tuple[str, str | None]]:
    return [(each["lack"], each["key"]) for each in result(classroom).explanation["lacks"]]


def count(classroom, model) -> int:
    with classroom.db.reading() as session:
        return session.scalar(select(func.count()).select_from(model))


def again(classroom, name="learner") -> bool:
    return classroom.db.perform(recompute, SYSTEM, classroom.enrollments[name].id)


def test_each_step_is_counted_as_it_is_made(classroom):
    classroom.see("learner", "derecho")
    assert lacks(classroom) == [
        ("see", "plazos"), ("see", "datos"), ("take", QUIZZES[0]), ("take", QUIZZES[1]),
    ]  # fmt: skip
    classroom.see("learner", "plazos")
    classroom.take("learner", QUIZZES[0])
    found = result(classroom)
    assert (found.ratio, found.completed, found.failed) == (500_000, False, False)
    assert lacks(classroom) == [("see", "datos"), ("take", QUIZZES[1])]
    classroom.see("learner", "datos")
    classroom.take("learner", QUIZZES[1])
    found = result(classroom)
    assert (found.ratio, found.completed, found.failed) == (1_000_000, True, False)
    assert found.completed_at == classroom.db.clock()
    assert found.explanation["lacks"] == []


def test_a_failed_try_blocks_the_way_until_another_passes(classroom):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0], right=False)
    assert ("retry", QUIZZES[0]) in lacks(classroom)
    assert result(classroom).ratio == 250_000
    classroom.take("learner", QUIZZES[0])
    assert QUIZZES[0] not in {key for _lack, key in lacks(classroom)}
    with classroom.db.reading() as session:
        grade = session.scalars(select(Grade)).one()
        progress = session.scalars(
            select(Progress.state).where(Progress.activity_key == QUIZZES[0])
        ).one()
    assert (grade.ratio, grade.passed, progress) == (1_000_000, True, "passed")


def test_no_attempts_left_is_the_end(classroom):
    classroom.see("learner", "derecho", "plazos")
    for _ in range(2):
        classroom.take("learner", QUIZZES[0], right=False)
    assert result(classroom).failed
    assert ("failed", QUIZZES[0]) in lacks(classroom)
    with classroom.db.reading() as session:
        states = set(session.scalars(select(Progress.state)))
    assert states == {"seen", "exhausted"}


def test_working_it_out_again_changes_nothing(classroom):
    classroom.finish("learner")
    before, row = result(classroom), classroom.row("learner")
    classroom.app.extensions["cabildo.clock"].advance(days=3)
    assert again(classroom) is False
    after = result(classroom)
    assert (after.computed_at, after.completed_at) == (before.computed_at, before.completed_at)
    assert classroom.row("learner").progress_version == row.progress_version
    assert count(classroom, Grade) == 2


def test_rows_that_were_lost_come_back_the_same(classroom):
    classroom.finish("learner")
    before = result(classroom)

    def lose(work):
        for model in (Grade, CourseResult):
            for row in work.session.scalars(select(model)):
                work.session.delete(row)
        for row in work.session.scalars(select(Progress).where(Progress.state == "passed")):
            work.session.delete(row)

    classroom.db.perform(lose, SYSTEM)
    assert again(classroom) is True
    after = result(classroom)
    assert (after.ratio, after.completed, after.explanation) == (
        before.ratio, before.completed, before.explanation,
    )  # fmt: skip
    assert count(classroom, Grade) == 2
    assert count(classroom, Progress) == 5


def test_completion_is_told_once_on_the_site_and_by_mail(classroom, do_jobs):
    classroom.finish("learner")
    again(classroom)
    with classroom.db.reading() as session:
        notice = session.scalars(select(Notice).where(Notice.template == "grading/completed")).one()
        letter = session.scalars(select(Letter).where(Letter.template == "grading/completed")).one()
    assert notice.context["grade"] == "100"
    with classroom.app.test_request_context():
        enrollment = classroom.enrollments["learner"].uid
        assert notice.link == letter.link == url_for("learning.course", enrollment=enrollment)
    do_jobs()
    with classroom.db.reading() as session:
        assert session.get_one(Letter, letter.id).state == "sent"


def test_the_enrollment_is_completed_when_all_its_courses_are(classroom):
    classroom.see("learner", "derecho")
    assert classroom.row("learner").state == "enrolled"
    classroom.enrol("learner2")
    classroom.finish("learner2")
    assert classroom.row("learner2").state == "completed"


@pytest.mark.parametrize("state", ["withdrawn", "declined", "applied"])
def test_those_without_a_seat_are_left_alone(classroom, state):
    classroom.enrol("learner2", state)
    assert again(classroom, "learner2") is False
    assert count(classroom, CourseResult) == 0


def test_a_whole_cohort_is_worked_out_by_a_job(classroom, do_jobs):
    classroom.enrol("learner2")
    assert classroom.db.perform(recompute_cohort, SYSTEM, classroom.cohort.uid) == 2
    do_jobs()
    assert count(classroom, CourseResult) == 2
    with classroom.db.reading() as session:
        versions = list(session.scalars(select(Enrollment.progress_version)))
    assert versions == [1, 1]


def test_what_was_lost_comes_back_and_is_not_told_again(classroom, do_jobs):
    classroom.finish("learner")

    def lose(work):
        for row in work.session.scalars(select(Grade)):
            work.session.delete(row)

    classroom.db.perform(lose, SYSTEM)
    classroom.db.perform(recompute_cohort, SYSTEM, classroom.cohort.uid)
    do_jobs()
    assert count(classroom, Grade) == 2
    assert count(classroom, Notice) == 1


def test_results_do_not_depend_on_the_order_of_what_was_done(classroom):
    """A free course may be done in any order: the same in the end."""
    other = classroom.enrol("learner2")
    classroom.finish("learner")
    classroom.see("learner2", "derecho", "plazos")
    classroom.take("learner2", QUIZZES[0], right=False)
    classroom.take("learner2", QUIZZES[0])
    classroom.see("learner2", "datos")
    classroom.take("learner2", QUIZZES[1])
    with classroom.db.reading() as session:
        told = list(session.scalars(select(CourseResult.explanation)))
    assert told[0] == told[1]
    assert other.id
