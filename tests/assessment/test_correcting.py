"""A question corrected in flight: seen before, one deed, everybody marked anew, taken back."""

import pytest
from sqlalchemy import select

from lms.assessment.actions.adjust import Wanted, adjust, regrade_some, take_back
from lms.assessment.models import Adjustment, Attempt, Mark, QuestionVersion
from lms.assessment.queries import quizzes
from lms.assessment.queries.replay import replay
from lms.assessment.rules.adjusting import Change
from lms.enrollment import acted
from lms.enrollment.models import Cohort
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Invalid, Refused
from lms.foundation.kernel.points import points
from lms.foundation.mail.models import Notice
from tests.assessment.test_pages import words

REASON = "La ley cambió en marzo"


@pytest.fixture
def question(db, school):
    def question(type_="single_choice"):
        with db.reading() as session:
            return session.scalars(
                select(QuestionVersion).where(QuestionVersion.type == type_)
            ).one()

    return question


@pytest.fixture
def correct(db, world, school, question, do_jobs):
    def correct(change, data=None, *, keeps=True, type_="single_choice"):
        wanted = Wanted(question(type_).id, change, data or {}, keeps)
        uid = db.perform(
            adjust, Actor(world.people["instructor"]), school.cohort, school.activity, wanted,
            REASON,
        )  # fmt: skip
        do_jobs()
        return uid

    return correct


@pytest.fixture
def two(taker):
    """One who has everything right but the pairs, and one who answered the first as 20 days."""
    one, two = taker("learner"), taker("learner2")
    for each in (one, two):
        each.start()
        each.answer_all(but=(4,))
    two.save(1, {"choice": "1"})
    for each in (one, two):
        each.hand_in()
    return one, two


def stand(taker):
    row = taker.row()
    return row.points, row.out_of


def whole(taker):
    quizzes.forget()
    with taker.db.reading() as session:
        found = replay(session.connection(), taker.attempt)
    assert found.wrong is None, found.wrong
    return [link.kind for link in found.links]


def told(db):
    with db.reading() as session:
        return session.scalars(
            select(Notice).where(Notice.template == "assessment/regraded").order_by(Notice.id)
        ).all()


def test_another_key_gives_and_takes_from_nobody(db, two, correct):
    one, other = two
    assert (stand(one), stand(other)) == ((points(7), points(10)), (points(6), points(10)))
    correct(Change.KEY, {"answer": 1})
    assert (stand(one), stand(other)) == ((points(7), points(10)), (points(7), points(10)))
    assert whole(other)[-2:] == ["regraded", "marked"]
    assert "regraded" not in whole(one)
    (notice,) = told(db)
    assert notice.context["reason"] == REASON
    assert (notice.context["before"], notice.context["after"]) == (["6", "10"], ["7", "10"])


def test_losses_happen_where_they_are_allowed(two, correct):
    one, other = two
    correct(Change.KEY, {"answer": 1}, keeps=False)
    assert (stand(one)[0], stand(other)[0]) == (points(6), points(7))


def test_another_answer_is_accepted(two, correct):
    correct(Change.ACCEPT, {"answers": [1]})
    assert stand(two[1]) == (points(7), points(10))


def test_out_of_the_count_for_whoever_gains_by_it(two, correct):
    one, other = two
    correct(Change.DROP)
    assert stand(one) == (points(7), points(10))  # 6 of 9 would be less
    assert stand(other) == (points(6), points(9))


def test_it_makes_somebody_pass_and_their_grade_follows(db, two, correct, school):
    other = two[1]
    assert not other.row().passed
    correct(Change.CREDIT, type_="matching")
    assert stand(other) == (points(9), points(10))
    assert other.row().passed


def test_whoever_hands_in_later_is_marked_with_it(taker, correct, two):
    correct(Change.KEY, {"answer": 2})
    third = taker("learner2")
    third.start()
    third.save(1, {"choice": "2"})
    third.hand_in()
    assert stand(third) == (points(1), points(10))
    assert whole(third)[-2:] == ["handed_in", "marked"]


def test_taken_back_everything_is_as_it_was(db, world, school, two, correct, do_jobs):
    uid = correct(Change.DROP)
    actor = Actor(world.people["instructor"])
    with pytest.raises(Invalid):
        db.perform(take_back, actor, school.cohort, school.activity, uid, "")
    db.perform(take_back, actor, school.cohort, school.activity, uid, "Estaba bien")
    do_jobs()
    assert stand(two[1]) == (points(6), points(10))
    assert whole(two[1])[-4:] == ["regraded", "marked", "regraded", "marked"]
    assert told(db)[-1].context["reason"] == "Estaba bien"


def test_done_again_it_changes_nothing(db, two, correct):
    uid = correct(Change.CREDIT)
    links = whole(two[1])

    def again(work):
        work.session.scalars(select(Adjustment)).one().through = 0

    db.perform(again, SYSTEM)
    db.perform(regrade_some, SYSTEM, uid)
    assert whole(two[1]) == links
    assert len(told(db)) == 1


def test_one_missed_while_it_was_handed_in_is_found_a_minute_later(
    db, two, correct, clock, do_jobs
):
    correct(Change.CREDIT)

    def miss(work):
        attempt = work.session.scalars(select(Attempt).where(Attempt.uid == two[1].attempt)).one()
        mark = work.session.scalars(
            select(Mark).where(Mark.attempt_id == attempt.id, Mark.slot == 1)
        ).one()
        mark.points, attempt.points = 0, points(6)

    db.perform(miss, SYSTEM)
    clock.advance(minutes=2)
    do_jobs()
    assert stand(two[1]) == (points(7), points(10))


def test_reopened_meanwhile_it_is_marked_when_it_is_handed_in(db, two, correct):
    correct(Change.DROP)
    with db.reading() as session:
        row = session.scalars(select(Adjustment)).one()
    assert row.settled_at is not None


def test_a_closed_act_stands(db, world, school, two, question, monkeypatch):
    monkeypatch.setattr(acted, "_answers", [lambda session, cohort_id, course: True])
    wanted = Wanted(question().id, Change.CREDIT, {})
    with pytest.raises(Refused, match="amending act"):
        db.perform(
            adjust, Actor(world.people["instructor"]), school.cohort, school.activity, wanted,
            REASON,
        )  # fmt: skip


def test_an_act_closed_meanwhile_stops_it(db, world, school, two, question, do_jobs, monkeypatch):
    wanted = Wanted(question().id, Change.CREDIT, {})
    db.perform(
        adjust, Actor(world.people["instructor"]), school.cohort, school.activity, wanted, REASON
    )
    monkeypatch.setattr(acted, "_answers", [lambda session, cohort_id, course: True])
    do_jobs()
    assert stand(two[1]) == (points(6), points(10))


def test_it_is_one_deed_on_record_and_each_mark_another(db, world, two, correct):
    correct(Change.CREDIT)
    with db.reading() as session:
        found = session.scalars(select(AuditEntry).order_by(AuditEntry.id)).all()
    assert [
        (each.deed, each.actor_id)
        for each in found
        if each.deed in ("attempt.question_corrected", "attempt.regraded")
    ] == [("attempt.question_corrected", world.people["instructor"]), ("attempt.regraded", None)]
    (regraded,) = [each for each in found if each.deed == "attempt.regraded"]
    assert regraded.detail["after"]["points"] == points(7)


class TestPages:
    @pytest.fixture
    def url(self, school, question, two):
        base = f"/gestion/promociones/{school.cohort}/analisis/{school.activity}"
        return f"{base}/{question().uid}/corregir"

    def send(self, browser, url, **given):
        return browser.send(url, {"reason": REASON, "go": "look", **given})

    def test_who_changes_is_seen_before_anything_is_done(self, as_person, url, two):
        browser = as_person("instructor")
        page = self.send(browser, url, change="key", q1="1")
        said = words(page)
        assert "1 attempt gains." in said
        assert "1 would lose and keeps what it has." in said
        assert "6 of 10 points" in said
        assert "7 of 10 points" in said
        assert stand(two[1])[0] == points(6)

    def test_what_was_looked_over_is_what_is_done(self, as_person, url, two, do_jobs):
        browser = as_person("instructor")
        first = self.send(browser, url, change="credit", go="do")
        assert first.status_code == 200  # not looked over yet
        seen = first.text.partition('name="seen"')[2].partition('value="')[2].partition('"')[0]
        other = self.send(browser, url, change="drop", go="do", seen=seen)
        assert other.status_code == 200
        done = self.send(browser, url, change="credit", go="do", seen=seen)
        assert done.status_code == 303
        do_jobs()
        assert stand(two[1])[0] == points(7)
        page = words(browser.get(url))
        assert "Everybody has its points." in page
        assert REASON in page

    def test_answers_that_were_given_are_offered(self, as_person, url, two, do_jobs):
        browser = as_person("instructor")
        page = browser.get(url)
        assert "Veinte" in words(page)
        token = page.text.partition('name="accept"')[2].partition('value="')[2].partition('"')[0]
        look = self.send(browser, url, change="accept", accept=token)
        assert "1 attempt gains." in words(look)
        assert self.send(browser, url, change="accept").status_code == 422

    def test_what_is_missing_is_said_and_the_rest_stays(self, as_person, url):
        browser = as_person("instructor")
        page = browser.send(url, {"change": "key", "q1": "2", "reason": "", "go": "look"})
        assert page.status_code == 422
        assert 'value="2"' in page.text
        page = self.send(browser, url, change="key")
        assert page.status_code == 422
        assert REASON in page.text

    def test_it_is_told_where_the_mark_is_explained(self, as_person, url, two, correct):
        correct(Change.DROP)
        page = words(as_person("learner2").get(f"/intentos/{two[1].attempt}/nota"))
        assert "This question was corrected" in page
        assert REASON in page
        assert "Does not count" in page
        result = words(as_person("learner2").get(f"/intentos/{two[1].attempt}/resultado"))
        assert "6 of 9 points" in result
        staff = words(as_person("instructor").get(f"/gestion/intentos/{two[1].attempt}/nota"))
        assert "A question was corrected by" in staff
        assert "The chain is whole" in staff

    def test_it_is_taken_back_on_its_page(self, as_person, url, two, correct, do_jobs):
        uid = correct(Change.CREDIT)
        browser = as_person("instructor")
        page = browser.get(f"{url}/{uid}/retirar")
        assert "1 loses" in words(page)
        assert browser.send(f"{url}/{uid}/retirar", {"reason": ""}).status_code == 422
        assert browser.send(f"{url}/{uid}/retirar", {"reason": REASON}).status_code == 303
        do_jobs()
        assert stand(two[1])[0] == points(6)
        assert browser.get(f"{url}/{uid}/retirar").status_code == 404

    def test_a_closed_act_is_said_and_nothing_offered(self, as_person, url, monkeypatch):
        monkeypatch.setattr(acted, "_answers", [lambda session, cohort_id, course: True])
        page = as_person("instructor").get(url)
        assert "amending act" in words(page)
        assert 'name="change"' not in page.text

    def test_other_cohorts_with_the_question_are_named(self, as_person, db, url, school):
        def other(work):
            from lms.enrollment.models import CohortCourse

            mine = work.session.get_one(Cohort, school.cohort_id)
            values = {
                column.key: getattr(mine, column.key)
                for column in Cohort.__mapper__.column_attrs
                if column.key not in ("id", "uid", "key", "title")
            }
            copy = Cohort(**values, key="2026-2", title="Promoción 2026-2")
            work.session.add(copy)
            work.session.flush()
            pinned = work.session.scalars(select(CohortCourse)).one()
            work.session.add(
                CohortCourse(
                    institution_id=mine.institution_id, cohort_id=copy.id,
                    course_version_id=pinned.course_version_id, position=1,
                )
            )  # fmt: skip

        assert "Other cohorts" not in words(as_person("instructor").get(url))
        db.perform(other, SYSTEM)
        assert "Promoción 2026-2" in words(as_person("instructor").get(url))

    @pytest.mark.parametrize(
        ("person", "status"),
        [("instructor", 200), ("registrar", 403), ("learner", 404), ("otra-instructor", 404)],
    )
    def test_who_may(self, as_person, url, person, status):
        assert as_person(person).get(url).status_code == status
        if status != 200:
            assert self.send(as_person(person), url, change="credit", go="do").status_code == status
