"""What a learner keeps of handing in, and how a mark is explained."""

import pytest
from sqlalchemy import select, update

from lms.assessment.models import Answer, Attempt, Mark
from lms.assessment.queries.replay import replay
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from tests.assessment.test_pages import begin, hand_in, words


@pytest.fixture
def browser(as_person, school):
    return as_person("learner")


@pytest.fixture
def attempt(browser, school):
    """One right, one right in part, one wrong, the rest left open."""
    attempt = begin(browser, school)
    browser.send(attempt, {"q1": "0", "q2": "0", "q3": "false", "go": "save"})
    hand_in(browser, attempt)
    return attempt


def seal(db):
    with db.reading() as session:
        uid = session.scalars(select(Attempt.uid)).one()
        links = replay(session.connection(), uid).links
    return next(link.digest for link in links if link.kind == "handed_in")


class TestTheReceipt:
    def test_it_says_what_was_received_and_its_seal(self, browser, attempt, db):
        said = words(browser.get(f"{attempt}/comprobante"))
        digest = seal(db)
        assert "3 of 6" in said
        assert f"{digest[:4]} {digest[4:8]}" in said
        assert "all agrees" in said
        assert f"{attempt}/comprobante" in browser.get(f"{attempt}/resultado").text

    def test_the_file_says_the_same(self, browser, attempt, db):
        response = browser.get(f"{attempt}/comprobante.txt")
        assert response.mimetype == "text/plain"
        assert "attachment" in response.headers["Content-Disposition"]
        assert seal(db) in response.text
        assert len(response.data) < 1_000

    @pytest.mark.parametrize("page", ["comprobante", "comprobante.txt", "nota"])
    def test_nobody_else_opens_it(self, as_person, attempt, page):
        for person in ("learner2", "otra-learner", "instructor"):
            assert as_person(person).get(f"{attempt}/{page}").status_code == 404

    @pytest.mark.parametrize("page", ["comprobante", "comprobante.txt", "nota"])
    def test_there_is_none_before_handing_in(self, browser, school, page):
        running = begin(browser, school)
        assert browser.get(f"{running}/{page}").headers["Location"].endswith("/resultado")

    def test_it_says_so_when_the_record_no_longer_agrees(self, browser, attempt, db):
        db.perform(lambda work: work.session.execute(update(Answer).values(late=True)), SYSTEM)
        assert "no longer agrees" in words(browser.get(f"{attempt}/comprobante"))


class TestTheExplanation:
    def test_each_question_by_its_rule_and_the_sum(self, browser, attempt):
        said = words(browser.get(f"{attempt}/nota"))
        for sentence in (
            "1 + 1 + 0 + 0 + 0 + 0 = 2 of 10 points",
            "That is 20 % of the points: 20 on the scale from 0 to 100, rounded to a whole number",
            "You pass with 6.1 points or more (61 %).",
            "Right: all its points.",
            "2 points × 1 ÷ 2 = 1 point",
            "Not right: no points.",
            "Not answered: no points.",
        ):
            assert sentence in said

    def test_right_answers_are_withheld_as_on_the_result(self, browser, attempt):
        said = words(browser.get(f"{attempt}/nota"))
        assert "Right answer" not in said.replace("The right answers and", "")
        assert "Recurso de revisión" not in said
        assert "Las contrataciones" not in said

    def test_which_attempt_counts(self, browser, attempt, school):
        other = begin(browser, school)
        hand_in(browser, other)
        assert "It is this one." in words(browser.get(f"{attempt}/nota"))
        assert "It is another one: 2 of 10 points." in words(browser.get(f"{other}/nota"))

    def test_points_on_record_are_told_as_such(self, browser, attempt, db):
        change = update(Mark).where(Mark.slot == 6).values(points=points(1))
        db.perform(lambda work: work.session.execute(change), SYSTEM)
        assert "given by whoever marked it" in words(browser.get(f"{attempt}/nota"))

    def test_whoever_teaches_sees_the_right_answers_and_what_happened(
        self, as_person, attempt, db, counting
    ):
        staff = as_person("instructor")
        with counting() as found:
            said = words(staff.get(f"/gestion{attempt}/nota"))
        assert len(found.statements) <= 14, found.statements
        assert "Right answer Recurso de revisión" in said
        assert "The chain is whole" in said
        assert "2. Question 1, change 1: Diez" in said
        assert "Handed in, with 3 answers" in said
        digest = seal(db)
        assert f"{digest[:4]} {digest[4:8]}" in said
        assert f"/gestion{attempt}/nota" in staff.get(f"/gestion{attempt}").text

    @pytest.mark.parametrize(("person", "status"), [("registrar", 403), ("otra-instructor", 404)])
    def test_who_may_look(self, as_person, attempt, person, status):
        assert as_person(person).get(f"/gestion{attempt}/nota").status_code == status
