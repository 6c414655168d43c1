"""Home: one thing to do, what is close, one's courses; bounded whatever one takes."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.catalog.models import Activity
from lms.certificates.models import Credential
from lms.foundation.kernel.actor import SYSTEM
from lms.learning.actions.announcements import publish
from lms.people.models import Person
from tests.factories.catalog import make_programme
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.teaching import QUIZZES
from tests.factories.world import STAFF
from tests.statements import statements


@pytest.fixture
def learner(english):
    return english("learner")


def text(browser) -> str:
    return " ".join(browser.get("/inicio").text.split())


def credential(work, classroom, name: str, **given):
    enrollment = classroom.enrollments[name]
    work.session.add(
        Credential(
            institution_id=enrollment.institution_id,
            code="K7QX-9M2P-4RTD",
            kind="course_certificate",
            enrollment_id=enrollment.id,
            course_version_id=classroom.course.id,
            person_id=enrollment.person_id,
            cohort_id=enrollment.cohort_id,
            series="MUESTRA-CA-2026",
            number=1,
            holder_sort="x",
            status="valid",
            record="{}",
            salt=b"s",
            leaf="0" * 64,
            leaf_index=0,
            issued_at=work.now,
            **given,
        )
    )


@pytest.mark.parametrize("role", STAFF)
def test_staff_begin_where_their_work_is(as_person, role):
    browser = as_person(role)
    # A tutor's room is her cohort's: a grant for the whole institution opens none.
    first = "/inicio" if role == "tutor" else "/gestion"
    assert browser.get("/").location == first
    assert browser.get("/ingresar").location == first


def test_the_first_address_leads_visitors_to_the_catalogue_and_people_home(visitor, as_person):
    assert visitor.get("/").location == "/cursos"
    assert as_person("learner").get("/").location == "/inicio"
    assert "/ingresar" in visitor.get("/inicio").location


def test_staff_who_take_no_course_are_shown_where_their_work_is(classroom, english):
    page = english("registrar").get("/inicio")
    assert "Go to Management" in page.text
    assert '<a class="brand" href="/gestion">' in page.text
    learner = english("learner").get("/inicio")
    assert "Go to Management" not in learner.text
    assert '<a class="brand" href="/inicio">' in learner.text


def test_begin_then_continue_where_one_stopped(classroom, learner):
    before = text(learner)
    assert "Begin: 9 minutes" in before
    classroom.see("learner", "derecho")
    classroom.stop_at("learner", "plazos", "b2")
    after = text(learner)
    assert "Continue: 9 minutes" in after
    assert "Los plazos" in after
    assert "Lesson 2 of 3" in after
    assert f'{classroom.url("learner", "plazos")}#b2"' in after
    assert "20 %" in after


def test_one_is_greeted_by_the_hour_of_ones_own_zone(classroom, learner, clock):
    assert "Good morning, Rosa" in text(learner)  # 10:42 in Guatemala
    clock.advance(hours=4)
    assert "Good afternoon, Rosa" in text(learner)
    clock.advance(hours=6)
    assert "Good evening, Rosa" in text(learner)


def test_what_closes_this_week_and_what_was_announced(classroom, learner, clock):
    now = classroom.db.clock()
    classroom.cohort_days(
        calendar={
            QUIZZES[0]: {"closes_at": (now + timedelta(days=4)).isoformat()},
            QUIZZES[1]: {"closes_at": (now + timedelta(days=8)).isoformat()},
        }
    )
    classroom.db.perform(
        publish, classroom.actor("instructor"), classroom.cohort.uid, "Tutoría", "Venga."
    )
    found = text(learner)
    week = found[found.index("For this week") :]
    assert "Closes on Friday 27 November, 10:42 (Guatemala time)" in week
    assert "Evaluación del módulo 2" not in week
    assert "Tutoría" in week
    assert "Today" in week
    clock.advance(days=1)
    assert "Yesterday" in text(learner)
    clock.advance(days=20)
    assert "Tutoría" not in text(learner)


def test_an_announcement_that_waits_is_not_told_before_its_moment(classroom, learner, clock):
    """Its title alone would tell."""
    actor, cohort = classroom.actor("instructor"), classroom.cohort.uid
    moment = clock() + timedelta(days=2)
    classroom.db.perform(publish, actor, cohort, "Sesión", "Venga.", moment)
    assert "Sesión" not in text(learner)
    clock.advance(days=2)
    assert "Sesión" in text(learner)


def test_the_end_of_the_cohort_is_told_a_week_before(classroom, learner):
    classroom.cohort_days(ends_at=classroom.db.clock() + timedelta(days=6))
    assert "Promoción 1 de 2027 ends" in text(learner)


def test_an_open_attempt_comes_first_with_its_hour(classroom, learner, clock):
    classroom.see("learner", "derecho", "plazos")
    enrollment = classroom.enrollments["learner"].uid
    activity = classroom.activities[QUIZZES[0]].uid
    classroom.db.perform(start, classroom.actor("learner"), enrollment, activity)
    found = text(learner)
    assert "You began it. Hand in before" in found
    assert "Go on with the attempt" in found

    def limit(work):
        deadline = work.now + timedelta(minutes=40)
        work.session.execute(update(Attempt).values(deadline=deadline))

    classroom.db.perform(limit, SYSTEM)
    found = text(learner)
    # Beside the button and among what is close.
    assert found.count("You began it. Hand in before 11:22 (Guatemala time).") == 2
    assert "20 minutes" not in found
    clock.advance(minutes=41)
    assert "Its time is over. Open it to see the result." in text(learner)


def test_after_failing_the_attempts_that_are_left_are_told(classroom, learner):
    classroom.see("learner", "derecho", "plazos")
    assert "attempt left" not in text(learner)
    classroom.take("learner", QUIZZES[0], right=False)
    found = text(learner)
    assert "Evaluación del módulo 1" in found
    assert "You have 1 attempt left." in found


def test_reading_and_exercise_are_told_apart(classroom, learner, db):
    def longer(work):
        activity = work.session.get_one(Activity, classroom.activities["derecho"].id)
        activity.minutes, activity.settings = 109, {**activity.settings, "reading": 9}

    db.perform(longer, SYSTEM)
    found = text(learner)
    assert "Begin: 9 minutes of reading" in found
    assert "1 h 40 min of exercise" in found


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ("applied", "Request received"),
        ("waitlisted", "On the waiting list"),
        ("declined", "Reason given: Falta una constancia"),
        ("withdrawn", "Withdrawn"),
    ],
)
def test_requests_and_their_answers_stand_among_the_courses(classroom, english, state, words):
    classroom.enrol("learner2", state, reason="Falta una constancia")
    found = text(english("learner2"))
    assert words in found
    assert "Continue" not in found


def test_a_cohort_that_has_not_begun_says_when(classroom, english):
    later = classroom.db.clock() + timedelta(days=3)
    classroom.enrol("learner2")
    classroom.cohort_days(starts_at=later)
    found = text(english("learner2"))
    assert "It begins on Thursday 26 November, 10:42 (Guatemala time)" in found
    assert "Begin:" not in found


def test_a_document_can_be_downloaded_from_here(classroom, learner, db):
    classroom.finish("learner")
    assert "Completed" in text(learner)
    db.perform(credential, SYSTEM, classroom, "learner")
    found = text(learner)
    assert "Your document is being prepared" in found
    assert "All my documents" in found


def test_the_name_is_confirmed_from_here(classroom, learner, db, world):
    assert "Confirm your name" not in text(learner)

    def unconfirm(work):
        work.session.get_one(Person, world.people["learner"]).name_confirmed_at = None

    db.perform(unconfirm, SYSTEM)
    assert "Confirm your name" in text(learner)


def test_nothing_yet_suggests_the_catalogue(classroom, english):
    found = text(english("learner2"))
    assert "You are not taking any course yet" in found
    assert "/cursos/gestion-municipal" in found
    assert "Gestión Municipal y Transparencia" in found


def test_what_takes_requests_is_suggested_first_and_says_so(classroom, english, db, world):
    def others(work):
        for number in range(3):
            make_programme(work, world.institutions["igm"], f"a{number}", f"Abecé {number}")

    db.perform(others, SYSTEM)
    now = db.clock()
    classroom.cohort_days(
        enrollment_opens_at=now - timedelta(days=1), enrollment_closes_at=now + timedelta(days=3)
    )
    found = text(english("learner2")).split("You could begin with")[1]
    assert 0 < found.index("Gestión Municipal") < found.index("Abecé 0")
    assert found.count("No cohort is taking requests now") == 2
    assert "Enrolment until <b>26 Nov 2026</b>" in found


def test_six_statements_however_many_courses_one_takes(classroom, learner, db, world):
    learner.get("/inicio")
    with statements(db.engine) as few:
        learner.get("/inicio")

    def more(work):
        for number in range(12):
            cohort = make_cohort(
                work,
                key=f"c{number}",
                title=f"Promoción {number}",
                starts_at=work.now - timedelta(days=number + 1),
                ends_at=work.now + timedelta(days=60),
            )
            put_in(work, cohort, world.people["learner"])

    db.perform(more, SYSTEM)
    with statements(db.engine) as many:
        assert text(learner).count('class="card"') == 13
    assert len(few) == len(many) == 6
    with statements(db.engine) as none:
        learner.get("/inicio")
    assert len(none) <= 6


def test_the_empty_home_costs_no_more(classroom, english, db):
    browser = english("learner2")
    browser.get("/inicio")
    with statements(db.engine) as seen:
        browser.get("/inicio")
    assert len(seen) <= 5


def test_only_ones_own_courses_are_shown(classroom, english):
    classroom.see("learner", "derecho")
    assert "Transparencia" not in text(english("learner2")).split("You could begin with")[0]
