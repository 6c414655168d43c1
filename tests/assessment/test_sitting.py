"""How a quiz is taken: waiting between attempts, its password, and what becomes of time that ran
out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.assessment.actions.finish import close_if_over
from lms.assessment.actions.start import start
from lms.assessment.actions.take import take
from lms.assessment.models import Answer, Attempt, Mark
from lms.assessment.queries.replay import replay
from lms.catalog.models import Activity
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Invalid, Refused
from tests.assessment.test_pages import begin, hand_in, intro, words


def setting(db, school, **values):
    """The quiz as if its author had written these keys too."""

    def change(work):
        activity = work.session.get_one(Activity, school.activity_id)
        activity.settings = {**activity.settings, **values}

    db.perform(change, SYSTEM)


def close(db, attempt):
    db.perform(close_if_over, SYSTEM, attempt)


class TestWaiting:
    @pytest.fixture(autouse=True)
    def slow(self, db, school):
        setting(db, school, wait=90)

    def test_the_next_attempt_begins_once_the_time_has_passed(self, learner, clock):
        learner.start()
        learner.hand_in()
        clock.advance(minutes=89, seconds=1)
        with pytest.raises(Refused) as refused:
            learner.start()
        assert refused.value.params == {"minutes": 1}
        clock.advance(seconds=59)
        learner.start()
        assert learner.row().number == 2

    def test_one_whose_time_ran_out_ended_then(self, learner, clock):
        learner.start()
        clock.advance(minutes=40 + 91)
        learner.start()
        assert learner.row().number == 2

    def test_it_is_said_before_and_after(self, as_person, school, clock):
        browser = as_person("learner")
        assert "You wait 1 h 30 min from one attempt to the next." in words(
            browser.get(intro(school))
        )
        result = hand_in(browser, begin(browser, school)).headers["Location"]
        for page in (result, intro(school)):
            said = words(browser.get(page))
            assert "You may begin another attempt from" in said
            assert "Begin another attempt" not in said
        assert browser.send(intro(school), {}).status_code == 409
        clock.advance(minutes=91)
        assert "Begin another attempt" in words(browser.get(result))


class TestPassword:
    @pytest.fixture(autouse=True)
    def locked(self, db, school):
        setting(db, school, password="Lago azul")

    def test_nobody_begins_without_it_and_it_stands_on_no_page(self, as_person, school, db):
        browser = as_person("learner")
        page = browser.get(intro(school))
        assert "To begin you write a password" in words(page)
        assert "azul" not in page.text
        for typed, said in (("", "Write the password"), ("lago", "That is not the password")):
            answer = browser.send(intro(school), {"password": typed})
            assert answer.status_code == 422
            assert said in words(answer)
            assert f'value="{typed}"' in answer.text
            assert "azul" not in answer.text
        where = begin(browser, school, password="  LAGO AZUL ")
        assert begin(browser, school) == where  # whoever has begun is not asked again
        for page in (where, f"{where}/revisar", hand_in(browser, where).headers["Location"]):
            assert "azul" not in browser.get(page).text
        with db.reading() as session:
            assert len(session.scalars(select(Attempt)).all()) == 1

    def test_it_is_not_guessed(self, as_person, school, clock):
        browser = as_person("learner")
        for n in range(10):
            assert browser.send(intro(school), {"password": f"no {n}"}).status_code == 422
        assert browser.send(intro(school), {"password": "lago azul"}).status_code == 429
        assert as_person("learner2").send(
            intro(school, "learner2"), {"password": "lago azul"}
        ).status_code == 303  # fmt: skip
        clock.advance(minutes=16)
        assert browser.send(intro(school), {"password": "lago azul"}).status_code == 303

    def test_another_attempt_asks_again(self, as_person, school):
        browser = as_person("learner")
        result = hand_in(browser, begin(browser, school, password="lago azul"))
        page = browser.get(result.headers["Location"])
        assert f'action="{intro(school)}"' not in page.text
        assert f'href="{intro(school)}"' in page.text
        assert browser.send(intro(school), {}).status_code == 422

    def test_whoever_rehearses_needs_none(self, db, world, school):
        enrollment = school.enrollments["learner"]
        db.perform(take, Actor(world.people["learner"]), enrollment, school.activity)
        with pytest.raises(Invalid):
            db.perform(
                start, Actor(world.people["learner2"]), school.enrollments["learner2"],
                school.activity,
            )  # fmt: skip


class TestGrace:
    @pytest.fixture(autouse=True)
    def patient(self, db, school):
        setting(db, school, grace=5)

    def test_what_arrives_in_it_counts_and_what_comes_after_does_not(self, learner, clock, db):
        uid = learner.start()
        clock.advance(minutes=40)
        assert not learner.save(1, {"choice": "0"}).late
        clock.advance(minutes=4)
        assert not learner.save(3, {"choice": "true"}).late
        clock.advance(minutes=1, seconds=1)
        assert learner.save(6, {"text": "revision"}).late
        close(db, uid)
        assert learner.row().points == 2_000_000
        assert learner.row().handed_in_at == learner.row().started_at + timedelta(minutes=45)
        with db.reading() as session:
            assert replay(session.connection(), uid).wrong is None

    def test_it_is_said_on_every_page(self, as_person, school, learner, clock):
        browser = as_person("learner")
        assert "up to 5 minutes after the time still counts" in words(browser.get(intro(school)))
        uid = learner.start()
        clock.advance(minutes=39)
        ends = (clock.now + timedelta(minutes=1)).isoformat()
        page = browser.get(f"/intentos/{uid}")
        assert f'data-deadline="{ends}"' in page.text
        assert "still counts" not in words(page)
        clock.advance(minutes=2)
        assert "Hand in now: what reaches us until" in words(browser.get(f"/intentos/{uid}"))
        assert "Hand in now: what reaches us until" in words(
            browser.get(f"/intentos/{uid}/revisar")
        )
        browser.send(f"/intentos/{uid}", {"q1": "0"})
        result = hand_in(browser, f"/intentos/{uid}").headers["Location"]
        assert "1 answer reached us after the time" in words(browser.get(result))
        staff = words(as_person("instructor").get(f"/gestion/intentos/{uid}"))
        assert "Grace after it" in staff
        assert "In the grace time" in staff

    def test_without_a_limit_there_is_none(self, db, school, learner):
        setting(db, school, time_limit=None)
        learner.start()
        assert learner.row().grace == 0


class TestAbandoning:
    @pytest.fixture(autouse=True)
    def strict(self, db, school):
        setting(db, school, at_expiry="abandon")

    def test_what_was_not_handed_in_earns_nothing_and_is_kept(self, learner, clock, db):
        uid = learner.start()
        learner.answer_all()
        clock.advance(minutes=41)
        close(db, uid)
        row = learner.row()
        assert (row.points, row.passed, row.handed_in_by) == (0, False, "abandoned")
        with db.reading() as session:
            assert len(session.scalars(select(Answer)).all()) == 6
            marks = session.scalars(select(Mark)).all()
            assert [mark.points for mark in marks] == [0] * 6
            assert all(mark.answer_id for mark in marks)
            assert replay(session.connection(), uid).wrong is None

    def test_what_was_handed_in_counts(self, learner):
        learner.start()
        learner.answer_all()
        learner.hand_in()
        assert learner.row().points == 10_000_000

    def test_it_is_said_before_and_afterwards_also_before_it_is_on_record(
        self, as_person, school, learner, clock, db
    ):
        browser = as_person("learner")
        assert "an attempt that was not handed in earns no points" in words(
            browser.get(intro(school))
        )
        uid = learner.start()
        learner.answer_all()
        assert "the whole attempt earns none" not in words(browser.get(f"/intentos/{uid}"))
        clock.advance(minutes=41)
        result = f"/intentos/{uid}/resultado"
        before = words(browser.get(result))
        close(db, uid)
        after = words(browser.get(result))
        for said in (before, after):
            assert "this attempt earns no points. Your answers are kept." in said
            assert "You reached 0 of 10 points" in said
        told = words(browser.get(f"/intentos/{uid}/nota"))
        assert "It was not handed in before its time was over: no points." in told
        assert "not handed in, it earns nothing" in words(
            as_person("instructor").get(f"/gestion/intentos/{uid}")
        )
        assert "it was not handed in and earns nothing" in words(
            as_person("instructor").get(f"/gestion/intentos/{uid}/nota")
        )
