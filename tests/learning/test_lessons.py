"""Marking lessons as seen: in order, once, and taken back while nothing rests on it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.grading.models import CourseResult
from lms.learning.actions.lessons import keep_place, mark_seen, unmark
from lms.learning.models import Progress
from tests.factories.teaching import COURSE


def marks(classroom) -> dict[str, str]:
    with classroom.db.reading() as session:
        return {p.activity_key: p.state for p in session.scalars(select(Progress))}


def act(classroom, action, *args, name="learner"):
    return classroom.db.perform(
        action, classroom.actor(name), classroom.enrollments[name].uid, COURSE, *args
    )


def test_seen_leads_on_to_the_next_and_is_remembered(classroom):
    onward = act(classroom, mark_seen, "derecho")
    assert (onward.next_key, onward.first_time) == ("plazos", True)
    assert marks(classroom) == {"derecho": "seen"}
    row = classroom.row("learner")
    assert row.last_activity_key == f"{COURSE}/plazos"
    assert row.last_seen_at == classroom.db.clock()
    assert row.progress_version > 0


def test_marking_again_changes_nothing(classroom):
    act(classroom, mark_seen, "derecho")
    version = classroom.row("learner").progress_version
    assert act(classroom, mark_seen, "derecho").first_time is False
    assert classroom.row("learner").progress_version == version


def test_what_is_locked_cannot_be_seen(classroom):
    with pytest.raises(Refused) as refusal:
        act(classroom, mark_seen, "plazos")
    assert str(refusal.value) == "It opens when you finish “El derecho y sus principios”."
    assert marks(classroom) == {}


def test_after_the_end_nothing_counts_any_more(classroom):
    classroom.cohort_days(ends_at=classroom.db.clock() - timedelta(seconds=1))
    with pytest.raises(Refused, match="The cohort has ended"):
        act(classroom, mark_seen, "derecho")


@pytest.mark.parametrize("key", ["evaluacion-laip", "no-hay"])
def test_only_lessons_are_seen(classroom, key):
    with pytest.raises(NotFound):
        act(classroom, mark_seen, key)


def test_somebody_elses_enrollment_does_not_exist(classroom):
    classroom.enrol("learner2")
    classroom.enrollments["learner"] = classroom.enrollments["learner2"]
    with pytest.raises(NotFound):
        act(classroom, mark_seen, "derecho")


@pytest.mark.parametrize("state", ["applied", "waitlisted", "declined", "withdrawn"])
def test_without_a_seat_nothing_is_open(classroom, state):
    classroom.enrol("learner2", state)
    with pytest.raises(Refused):
        act(classroom, mark_seen, "derecho", name="learner2")


def test_taking_back_leaves_a_trace_and_locks_what_follows(classroom):
    act(classroom, mark_seen, "derecho")
    act(classroom, unmark, "derecho")
    assert marks(classroom) == {}
    with pytest.raises(Refused):
        act(classroom, mark_seen, "plazos")
    act(classroom, unmark, "derecho")  # once more changes nothing


def test_a_completed_course_stays_seen(classroom):
    classroom.finish("learner")
    # Nothing is open to those who have completed, so nothing is taken back either.
    with pytest.raises(Refused, match="stays on record"):
        act(classroom, unmark, "derecho")
    with classroom.db.reading() as session:
        assert session.scalars(select(CourseResult)).one().completed


def test_ones_place_is_kept_to_the_paragraph(classroom):
    act(classroom, keep_place, "derecho", "b7")
    row = classroom.row("learner")
    assert (row.last_activity_key, row.last_block) == (f"{COURSE}/derecho", "b7")
    act(classroom, keep_place, "derecho", "")
    assert classroom.row("learner").last_block is None


def test_a_place_is_an_id_and_nothing_else(classroom):
    with pytest.raises(Invalid):
        act(classroom, keep_place, "derecho", '"><script>')


def test_nobody_keeps_a_place_for_somebody_else(classroom):
    classroom.enrol("learner2")
    with pytest.raises(NotFound):
        classroom.db.perform(
            keep_place,
            classroom.actor("learner2"),
            classroom.enrollments["learner"].uid,
            COURSE,
            "derecho",
            "b1",
        )
