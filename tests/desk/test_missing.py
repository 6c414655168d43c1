"""What do I lack: an exact list, the grade added up on the institution's scale, whom to ask."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Grant, Institution
from tests.factories.teaching import QUIZZES
from tests.statements import statements


@pytest.fixture
def look(classroom, english):
    """The text of the learner's page."""
    browser = english("learner")

    def read(name: str = "learner") -> str:
        answer = browser.get(f"{classroom.url(name)}/que-me-falta")
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return read


def test_each_missing_thing_in_order_with_a_link_to_what_is_open(classroom, look):
    text = look()
    assert "5 things are missing" in text
    order = [text.index(f"“{title}”") for title in (
        "El derecho y sus principios", "Los plazos", "Evaluación del módulo 1", "Datos abiertos",
    )]  # fmt: skip
    assert order == sorted(order)
    assert f'<a href="{classroom.url("learner", "derecho")}">' in text
    assert f'<a href="{classroom.url("learner", "plazos")}">' not in text
    assert text.count("It opens when you finish “El derecho") == 1
    assert text.count("It opens when you finish all that comes before it.") == 1


def test_the_grade_is_added_up_line_by_line(classroom, look):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    text = look()
    assert "2 of 3 lessons seen" in text
    assert ">50 %</td>" in text
    assert ">100</td>" in text
    assert "up to 50" in text
    assert "<b>50</b>" in text
    assert "you need on average 22 of 100 in what is missing" in text


def test_a_failed_quiz_may_be_tried_again_and_then_no_more(classroom, look):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0], right=False)
    text = look()
    assert "Pass “Evaluación del módulo 1”.</a>" in text
    assert "<p>You have 1 attempt left. 20 minutes</p>" in text
    classroom.take("learner", QUIZZES[0], right=False)
    text = look()
    assert "This course can no longer be passed" in text
    assert "has no attempts left" in text


def test_when_nothing_is_missing_it_says_so(classroom, look):
    classroom.finish("learner")
    text = look()
    assert "You lack nothing" in text
    assert "The pass mark is reached." in text


@pytest.mark.parametrize(
    ("scale", "grade", "mark"),
    [("0-20", "10", "12"), ("0-10", "5.0", "6.1"), ("0-100", "50", "61")],
)
def test_on_the_scale_of_the_institution(classroom, look, scale, grade, mark):
    classroom.cohort_days(policy=classroom.cohort.policy | {"scale": scale})
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    text = look()
    assert f"<b>{grade}</b>" in text
    assert f'<td class="num">{mark}</td>' in text


def test_an_unknown_scale_is_said_and_no_grade_is_made_up(classroom, as_person):
    classroom.cohort_days(policy=classroom.cohort.policy | {"scale": "0-7"})
    answer = as_person("learner").get(f"{classroom.url('learner')}/que-me-falta")
    assert answer.status_code == 409
    assert "0-7" in answer.text


def test_whom_to_ask(classroom, look, db, world):
    def teach(work):
        work.session.get_one(Institution, world.institutions["igm"]).contact = "2222-1111"
        work.session.add(
            Grant(
                institution_id=world.institutions["igm"],
                person_id=world.people["learner2"],
                role="tutor",
                kind=ScopeKind.COHORT,
                cohort_id=classroom.cohort.id,
                starts_at=work.now - timedelta(days=1),
            )
        )

    assert "Your instructors" not in look()
    db.perform(teach, SYSTEM)
    text = look()
    assert "Your instructors: Rosa " in text
    assert "Instituto de Gobierno Municipal: 2222-1111" in text


def test_after_the_end_it_says_that_it_is_too_late(classroom, look):
    classroom.cohort_days(ends_at=classroom.db.clock() - timedelta(days=1))
    assert "The cohort has ended" in look()


def test_seven_statements(classroom, english, db):
    browser, url = english("learner"), f"{classroom.url('learner')}/que-me-falta"
    browser.get(url)
    with statements(db.engine) as seen:
        browser.get(url)
    assert len(seen) == 7


@pytest.mark.parametrize("who", ["learner2", "registrar", "otra-learner"])
def test_somebody_elses_does_not_exist(classroom, as_person, who):
    assert as_person(who).get(f"{classroom.url('learner')}/que-me-falta").status_code == 404


def test_grants_that_are_over_are_not_named(classroom, look, db, world):
    def taught(work):
        for grant in work.session.scalars(
            select(Grant).where(Grant.person_id == world.people["tutor"])
        ):
            grant.kind, grant.cohort_id = ScopeKind.COHORT, classroom.cohort.id
            grant.ends_at = work.now - timedelta(days=1)

    db.perform(taught, SYSTEM)
    assert "Your instructors" not in look()


def test_an_attempt_that_is_under_way_is_told_with_its_end(classroom, look, db):
    classroom.see("learner", "derecho", "plazos")
    enrollment, activity = classroom.enrollments["learner"].uid, classroom.activities[QUIZZES[0]]
    db.perform(start, classroom.actor("learner"), enrollment, activity.uid)
    assert "<p>You began it. Hand in before" in look()

    def limit(work):
        deadline = work.now + timedelta(minutes=40)
        work.session.execute(update(Attempt).values(deadline=deadline))

    db.perform(limit, SYSTEM)
    assert "<p>You began it. Hand in before 11:22 (Guatemala time).</p>" in look()


def test_when_the_cohort_is_over_nothing_is_asked_or_promised_any_more(classroom, look, db):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0], right=False)
    classroom.cohort_days(ends_at=db.clock())
    text = look()
    assert "“Evaluación del módulo 1” was not passed." in text
    assert "attempt left" not in text
    assert "up to" not in text
    assert "you need on average" not in text
