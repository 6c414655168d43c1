"""Where works are found again: the home of the learner, what staff do today, what one lacks."""

from datetime import timedelta

from tests.assessment.test_pages import words
from tests.assignments.school import handed, here
from tests.assignments.test_marking import FULL, mark
from tests.statements import statements


def test_home_says_until_when_a_work_is_to_be_corrected(teacher, learner, school, rows, clock):
    handed(learner, school)
    day = (clock() + timedelta(days=3)).strftime("%Y-%m-%dT23:59")
    mark(teacher, rows()[0], go="return", comment="Falta algo.", correct_by=day)
    page = learner.get("/inicio")
    assert "To be corrected before" in words(page)
    assert here(school) in page.text
    clock.advance(days=5)
    assert "To be corrected before" not in words(learner.get("/inicio"))


def test_staff_are_told_today_what_waits(teacher, learner, school, rows):
    handed(learner, school)
    page = teacher.get("/gestion")
    assert "Mark 1 work" in words(page)
    assert f"/gestion/promociones/{school.cohort}/trabajos" in page.text
    mark(teacher, rows()[0], **FULL)
    assert "Mark 1 work" not in words(teacher.get("/gestion"))


def test_what_one_lacks_says_that_it_waits(learner, school):
    handed(learner, school)
    said = words(learner.get(f"/aula/{school.enrollments['learner']}/que-me-falta"))
    assert "Trabajo final” is waiting to be marked" in said


def test_the_list_of_works_costs_the_same_however_many_there_are(
    teacher, learner, as_person, school, db
):
    address = f"/gestion/promociones/{school.cohort}/trabajos/{school.activity}"
    handed(learner, school)
    teacher.get(address)
    with statements(db.engine) as few:
        teacher.get(address)
    handed(as_person("learner2"), school, name="learner2")
    with statements(db.engine) as many:
        teacher.get(address)
    assert len(few) == len(many)


def test_the_page_of_a_work_asks_a_fixed_number_of_times(learner, school, db):
    learner.get(here(school))
    with statements(db.engine) as first:
        learner.get(here(school))
    handed(learner, school)
    with statements(db.engine) as after:
        learner.get(here(school))
    assert len(after) <= len(first) + 1  # the files of its versions
    assert len(after) < 10
