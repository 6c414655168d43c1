"""Those who run a quiz watch who sits it, give time, reopen, hand in: nothing of it unseen."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.assessment import actions
from lms.assessment.actions.intervene import Wanted, intervene
from lms.assessment.models import Attempt, Intervention, Mark
from lms.assessment.models.attempt import BY_TIME
from lms.assessment.queries import quizzes
from lms.assessment.queries.replay import replay
from lms.assessment.queries.watching import heard_at, people
from lms.assessment.rules.watching import Deed, Sitting, sitting
from lms.catalog.models import Course, CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Refused
from lms.foundation.kernel.points import points
from lms.foundation.mail.models import Notice
from lms.people.models import Grant
from tests.assessment.test_pages import words
from tests.factories.world import make_person
from tests.statements import statements

REASON = "Corte de luz en el salón"


@pytest.fixture
def url(school):
    return f"/gestion/promociones/{school.cohort}/en-curso/{school.activity}"


@pytest.fixture
def tutor(db, world, school):
    """The tutor teaches the course of the quiz, and nothing else."""

    def teach(work):
        work.session.add(
            Grant(
                institution_id=world.institutions["igm"], person_id=world.people["tutor"],
                role="tutor", kind=ScopeKind.COURSE, course_id=school.course_id,
                starts_at=work.now - timedelta(days=1),
            )
        )  # fmt: skip

    db.perform(teach, SYSTEM)
    return "tutor"


@pytest.fixture
def staff(db, world):
    return Actor(world.people["instructor"])


@pytest.fixture
def do(db, school, staff):
    """Somebody who teaches does something to one attempt or several, at once or in the end."""

    def do(deed, *takers, minutes=0):
        wanted = Wanted(deed, [taker.attempt for taker in takers], minutes)
        return db.perform(intervene, staff, school.cohort, wanted, REASON)

    return do


def chain_of(taker):
    quizzes.forget()
    with taker.db.reading() as session:
        found = replay(session.connection(), taker.attempt)
    assert found.wrong is None, found.wrong
    return [link.kind for link in found.links]


def marks(taker):
    with taker.db.reading() as session:
        return session.scalars(
            select(Mark.points).join(Attempt).where(Attempt.uid == taker.attempt)
        ).all()


def deeds(db):
    with db.reading() as session:
        return [
            (each.deed, each.actor_id)
            for each in session.scalars(select(AuditEntry).order_by(AuditEntry.id))
            if each.deed in ("attempt.reopened", "attempt.handed_in_for", "attempt.extended")
        ]


def told(db, template):
    with db.reading() as session:
        return session.scalars(select(Notice).where(Notice.template == template)).all()


def test_the_page_says_who_is_in_it_when_last_heard_and_how_long_still(
    as_person, learner, clock, url, tutor
):
    learner.start()
    clock.advance(minutes=2)
    learner.save(1, {"choice": "0"})
    learner.save(2, {"choices": ["0"]})
    learner.save(2, {"choices": []})
    clock.advance(minutes=1, seconds=5)
    said = words(as_person("tutor").get(url))
    assert "In it (1)" in said
    assert "Not begun (1)" in said
    assert "1 of 6" in said  # what was taken back is no answer
    assert "1 min ago" in said
    assert "36 min 55 s" in said


def test_silence_is_a_hint_and_the_page_says_so(as_person, learner, clock, url):
    learner.start()
    clock.advance(minutes=6)
    browser = as_person("instructor")
    said = words(browser.get(url))
    assert "Silent (1)" in said
    assert "In it (1)" in said  # the silent are in it too
    assert "no proof that the signal is lost" in said
    learner.save(1, {"choice": "0"})
    assert "Silent (0)" in words(browser.get(url))


def test_each_filter_shows_its_own(as_person, taker, clock, url):
    one, two = taker("learner"), taker("learner2")
    one.start()
    one.hand_in()
    two.start()
    clock.advance(minutes=41)
    browser = as_person("registrar")
    for asked, many in (
        ("", 2), ("dentro", 0), ("sin-senal", 0), ("entregados", 1), ("vencidos", 1),
        ("sin-comenzar", 0), ("que-se-yo", 2),
    ):  # fmt: skip
        page = browser.get(f"{url}?ver={asked}").text
        assert page.count('name="quien"') == many, asked


def test_it_looks_again_by_itself_only_if_it_is_asked_to(as_person, learner, url):
    browser = as_person("instructor")
    assert "Refresh" not in browser.get(url).headers
    assert browser.get(f"{url}?cada=30").headers["Refresh"] == "30"


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("instructor", 200),
        ("tutor", 200),
        ("registrar", 200),
        ("help_desk", 403),
        ("learner", 404),
        ("otra-instructor", 404),
        ("otra-registrar", 404),
    ],
)
def test_who_may_watch(as_person, school, url, tutor, person, status):
    browser = as_person(person)
    assert browser.get(url).status_code == status
    assert browser.get(url.rpartition("/")[0]).status_code == status


def test_whoever_teaches_another_course_of_the_cohort_does_not(as_person, db, world, school, url):
    def other(work):
        own = {"institution_id": world.institutions["igm"]}
        course = Course(**own, key="igm/otra", created_at=work.now)
        work.session.add(course)
        work.session.flush()
        version = CourseVersion(
            **own, course_id=course.id, number=1, published_at=work.now, source_sha256="0" * 64,
            key="otra", title="Otra", summary="", state="written", order="free", hours=1,
            minutes=60, kilobytes=1, pass_mark=0, outcomes=[], detail={},
        )  # fmt: skip
        work.session.add(version)
        work.session.flush()
        work.session.add(
            CohortCourse(
                **own, cohort_id=school.cohort_id, course_version_id=version.id, position=2
            )
        )
        work.session.add(
            Grant(
                **own, person_id=world.people["tutor"], role="tutor", kind=ScopeKind.COURSE,
                course_id=course.id, starts_at=work.now - timedelta(days=1),
            )
        )  # fmt: skip

    db.perform(other, SYSTEM)
    browser = as_person("tutor")
    assert browser.get(url).status_code == 403
    assert "There is no quiz here" in words(browser.get(url.rpartition("/")[0]))


@pytest.mark.parametrize("deed", ["mas-tiempo", "reabrir", "entregar"])
def test_a_tutor_watches_and_gives_nothing(as_person, learner, url, tutor, deed):
    learner.start()
    browser = as_person("tutor")
    assert 'name="quien"' not in browser.get(url).text
    assert browser.get(f"{url}/{deed}").status_code == 403
    assert browser.send(f"{url}/{deed}", {"go": "do", "reason": REASON}).status_code == 403
    assert as_person("otra-instructor").get(f"{url}/{deed}").status_code == 404


def test_a_quiz_of_another_course_has_no_page_here(as_person, school):
    other = f"/gestion/promociones/{school.cohort}/en-curso/01a1fc59-8216-7644-8713-dbcad8c0d6a0"
    assert as_person("instructor").get(other).status_code == 404


def test_two_and_five_hundred_take_the_same_statements(as_person, db, world, school, url, learner):
    learner.start()
    browser = as_person("instructor")
    browser.get(url)
    with statements(db.engine) as few:
        assert browser.get(url).status_code == 200

    def many(work):
        own = work.session.get_one(Enrollment, school.enrollment_ids["learner"])
        for number in range(500):
            person = make_person(work, f"v{number}")
            work.session.add(
                Enrollment(
                    institution_id=own.institution_id, cohort_id=own.cohort_id,
                    person_id=person.id, sort_name=f"v{number:03}", municipality="",
                    state=EnrollmentState.ENROLLED, applied_at=work.now,
                )
            )  # fmt: skip

    db.perform(many, SYSTEM)
    with statements(db.engine) as all_of_them:
        page = browser.get(url).text
    assert page.count('name="quien"') == 50
    assert len(all_of_them) == len(few) <= 12


def test_the_database_and_the_rule_agree_how_far_each_is(db, taker, school, clock):
    one, two = taker("learner"), taker("learner2")
    seen = []

    def agree():
        with db.reading() as session:
            connection, now = session.connection(), clock()
            rows = people(connection, school.cohort, school.activity, set(Sitting), now, 1)
            assert len(rows) == 2
            for row in rows:
                ruled = sitting(
                    started_at=row.started_at, deadline=row.deadline,
                    handed_in_at=row.handed_in_at, by_time=row.handed_in_by in BY_TIME,
                    heard_at=heard_at(connection, row.attempt_id) if row.attempt_id else None,
                    now=now,
                )  # fmt: skip
                assert ruled == row.sitting
                seen.append(ruled)

    agree()
    one.start()
    two.start()
    agree()
    clock.advance(minutes=5)
    agree()
    clock.advance(seconds=1)
    agree()
    one.hand_in()
    clock.advance(minutes=34, seconds=59)
    agree()
    clock.advance(seconds=1)
    agree()
    db.perform(actions.close_if_over, SYSTEM, two.attempt)
    agree()
    assert set(seen) == set(Sitting)


def send(browser, url, deed, **given):
    return browser.send(f"{url}/{deed}", {"reason": REASON, **given})


def test_more_time_is_looked_over_then_given_as_an_exception(
    as_person, db, learner, clock, url, do_jobs
):
    learner.start()
    ends = learner.row().deadline
    browser = as_person("registrar")
    look = send(browser, url, "mas-tiempo", minutes="15", go="look")
    assert look.status_code == 200
    assert "Nothing has been done yet" in words(look)
    assert learner.row().deadline == ends
    done = send(browser, url, "mas-tiempo", minutes="15", go="do")
    assert done.status_code == 303
    assert learner.row().deadline == ends + timedelta(minutes=15)
    assert chain_of(learner) == ["shown", "extended"]
    assert [each.context["reason"] for each in told(db, "enrollment/allowed")] == [REASON]
    said = words(browser.get(url))
    assert "+15 min" in said
    assert "55 min 00 s" in said


def test_more_time_twice_adds_up_and_ends_with_the_attempt(as_person, learner, url, clock):
    learner.start()
    ends = learner.row().deadline
    browser = as_person("instructor")
    for _ in range(2):
        assert send(browser, url, "mas-tiempo", minutes="10", go="do").status_code == 303
    assert learner.row().deadline == ends + timedelta(minutes=20)
    learner.hand_in()
    clock.advance(hours=2)
    learner.start()
    assert learner.row().deadline == clock() + timedelta(minutes=40)


def test_more_time_beyond_the_close_of_the_quiz_moves_that_for_them_alone(
    as_person, db, learner, school, url, clock
):
    def close_soon(work):
        cohort = work.session.get_one(Cohort, school.cohort_id)
        moment = (work.now + timedelta(minutes=30)).isoformat()
        cohort.calendar = {"transparencia/evaluacion": {"closes_at": moment}}

    db.perform(close_soon, SYSTEM)
    learner.start()
    ends = clock() + timedelta(minutes=30)
    assert learner.row().deadline == ends
    assert (
        send(as_person("instructor"), url, "mas-tiempo", minutes="20", go="do").status_code == 303
    )
    assert learner.row().deadline == ends + timedelta(minutes=20)


def test_nobody_is_given_time_who_is_not_in_it(as_person, taker, school, url, clock):
    one, two = taker("learner"), taker("learner2")
    one.start()
    two.start()
    two.hand_in()
    uids = [str(school.enrollments[name]) for name in ("learner", "learner2")]
    browser = as_person("instructor")
    look = browser.send(
        f"{url}/mas-tiempo", {"reason": REASON, "minutes": "5", "go": "look", "quien": uids}
    )
    said = words(look)
    assert "For 1 person" in said
    assert "Has handed in." in said
    clock.advance(hours=1)
    look = browser.send(
        f"{url}/mas-tiempo", {"reason": REASON, "minutes": "5", "go": "do", "quien": uids}
    )
    assert look.status_code == 409


def test_what_is_missing_is_said_and_what_was_typed_stays(as_person, learner, url):
    learner.start()
    browser = as_person("instructor")
    page = browser.send(f"{url}/mas-tiempo", {"minutes": "15", "reason": "", "go": "look"})
    assert page.status_code == 422
    assert 'value="15"' in page.text
    page = browser.send(f"{url}/mas-tiempo", {"minutes": "9999", "reason": REASON, "go": "look"})
    assert page.status_code == 422
    assert REASON in page.text
    again = browser.send(
        f"{url}/mas-tiempo", {"minutes": "15", "reason": REASON, "go": "look", "back": "1"}
    )
    assert REASON in again.text
    assert "Nothing has been done" not in words(again)


def test_handing_in_for_somebody_takes_their_answers_as_they_are(
    as_person, db, learner, world, url
):
    learner.start()
    learner.answer_all(but=(6,))
    assert send(as_person("instructor"), url, "entregar", go="do").status_code == 303
    row = learner.row()
    assert (row.handed_in_by, row.points, row.receipt is not None) == ("staff", points(9), True)
    assert chain_of(learner)[-2:] == ["handed_in_for", "marked"]
    assert deeds(db) == [("attempt.handed_in_for", world.people["instructor"])]
    assert [each.context["reason"] for each in told(db, "assessment/handed_in_for")] == [REASON]
    learner.save(6, {"text": "revisión"})
    assert learner.row().points == points(9)  # what came later is kept beside it
    said = words(as_person("instructor").get(f"/gestion/intentos/{learner.attempt}/nota"))
    assert "The chain is whole" in said
    assert "Handed in for its person by" in said
    own = as_person("learner")
    assert REASON in words(own.get(f"/intentos/{learner.attempt}/nota"))
    assert "Your team handed in this attempt" in words(
        own.get(f"/intentos/{learner.attempt}/resultado")
    )


def test_an_attempt_handed_in_goes_on_and_what_was_stays_in_its_chain(
    db, learner, do, clock, as_person, do_jobs
):
    learner.start()
    learner.save(1, {"choice": "0"})
    learner.hand_in()
    before = learner.row()
    clock.advance(hours=1)
    do(Deed.REOPEN, learner, minutes=10)
    row = learner.row()
    assert (row.points, row.passed, row.receipt, row.handed_in_at) == (None, None, None, None)
    assert row.deadline == clock() + timedelta(minutes=10)
    assert marks(learner) == []
    assert chain_of(learner) == ["shown", "saved", "handed_in", "marked", "reopened"]
    learner.save(3, {"choice": "true"})
    learner.hand_in()
    assert learner.row().points == points(2)
    assert learner.row().receipt != before.receipt
    kinds = chain_of(learner)
    assert kinds[4:] == ["reopened", "saved", "handed_in", "marked"]
    with db.reading() as session:
        links = replay(session.connection(), learner.attempt).links
    assert links[2].what["receipt"] == before.receipt  # the first receipt is still in it
    assert [deed for deed, _by in deeds(db)] == ["attempt.reopened"]
    assert [each.context["reason"] for each in told(db, "assessment/reopened")] == [REASON]
    own = as_person("learner")
    assert "The attempt was reopened" in words(own.get(f"/intentos/{learner.attempt}/nota"))
    assert own.get(f"/intentos/{learner.attempt}/comprobante").status_code == 200


def test_reopened_and_left_it_ends_at_its_new_deadline(db, learner, do, clock, do_jobs):
    learner.start()
    learner.hand_in()
    do(Deed.REOPEN, learner, minutes=10)
    until = learner.row().deadline
    clock.advance(minutes=9)
    do_jobs()
    assert learner.row().handed_in_at is None
    clock.advance(minutes=2)
    do_jobs()
    assert (learner.row().handed_in_at, learner.row().handed_in_by) == (until, "time")
    assert chain_of(learner)[-2:] == ["expired", "marked"]


def test_one_whose_time_was_over_and_not_yet_on_record_is_closed_first(learner, do, clock):
    learner.start()
    clock.advance(minutes=50)
    do(Deed.REOPEN, learner, minutes=10)
    assert chain_of(learner) == ["shown", "expired", "marked", "reopened"]
    assert learner.row().handed_in_at is None


def test_a_reopened_attempt_is_given_more_time_too(as_person, learner, do, clock, url):
    learner.start()
    learner.hand_in()
    clock.advance(minutes=30)
    do(Deed.REOPEN, learner, minutes=20)
    until = learner.row().deadline
    assert send(as_person("instructor"), url, "mas-tiempo", minutes="5", go="do").status_code == 303
    assert learner.row().deadline == until + timedelta(minutes=5)


def test_what_may_not_be_reopened(db, learner, do, school, clock):
    learner.start()
    with pytest.raises(Refused, match="nothing is to be reopened"):
        do(Deed.REOPEN, learner, minutes=10)
    learner.hand_in()
    with pytest.raises(Refused, match="Has handed in"):
        do(Deed.HAND_IN, learner)
    first = learner.attempt
    learner.start()
    second, learner.attempt = learner.attempt, first
    with pytest.raises(Refused, match="later attempt"):
        do(Deed.REOPEN, learner, minutes=10)
    learner.attempt = second
    learner.hand_in()
    clock.advance(days=59, hours=23)
    with pytest.raises(Refused, match="cohort ends before"):
        do(Deed.REOPEN, learner, minutes=600)


@pytest.mark.parametrize("state", ["completed", "withdrawn"])
def test_whoever_completed_or_left_is_not_reopened(db, learner, do, school, state):
    learner.start()
    learner.hand_in()

    def leave(work):
        work.session.get_one(Enrollment, school.enrollment_ids["learner"]).state = state

    db.perform(leave, SYSTEM)
    with pytest.raises(Refused):
        do(Deed.REOPEN, learner, minutes=10)


def test_several_are_done_in_the_background_each_in_its_turn(db, taker, do, do_jobs):
    takers = [taker("learner"), taker("learner2")]
    for each in takers:
        each.start()
        each.hand_in()
    assert do(Deed.REOPEN, *takers, minutes=10) == 2
    assert all(each.row().handed_in_at for each in takers)
    takers[1].start()  # a later attempt: this one stays
    do_jobs()
    assert takers[0].row().handed_in_at is None
    with db.reading() as session:
        rows = session.scalars(select(Intervention).order_by(Intervention.attempt_id)).all()
    assert [bool(each.refused) for each in rows] == [False, True]
    assert all(each.done_at for each in rows)


def test_the_same_form_twice_does_it_once(as_person, learner, url, db):
    learner.start()
    browser = as_person("instructor")
    body = {"reason": REASON, "go": "do", "form_key": "the-same-key-of-a-form"}
    for _ in range(2):
        assert browser.send(f"{url}/entregar", body).status_code == 303
    assert len(deeds(db)) == 1
