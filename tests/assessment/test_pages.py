"""The pages of a quiz as learners meet them, without scripts."""

import gzip
import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import func, select, update

from lms.assessment.models import Answer, Attempt
from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from tests.assessment.school import QUESTIONS, build_school, quiz_source

EIGHT_KB = 8_000


@pytest.fixture
def browser(as_person, school):
    return as_person("learner")


def intro(school, name="learner"):
    return f"/aula/{school.enrollments[name]}/evaluaciones/{school.activity}"


def words(response):
    """What a reader sees of a page, in one line."""
    bare = re.sub(r"<[^>]+>", " ", response.get_data(as_text=True).partition("<main")[2])
    return re.sub(r"\s+", " ", unescape(bare)).strip()


def begin(browser, school, **fields):
    response = browser.send(intro(school), fields)
    assert response.status_code == 303, words(response)
    return response.headers["Location"]


def hand_in(browser, attempt, **fields):
    response = browser.send(f"{attempt}/entregar", fields)
    assert response.status_code == 303
    return response


class TestIntroduction:
    def test_the_rules_are_said_in_words(self, browser, school):
        said = words(browser.get(intro(school)))
        for sentence in (
            "Responda con calma.",
            "6 questions, 10 points.",
            "You pass with 6.1 points or more (61 %).",
            "You have 40 minutes from the moment you begin.",
            "You may try 3 times. The best one counts.",
            "You have 3 attempts left.",
            "your result and why what you chose is right or not.",
            "the other explanations are shown when the quiz has closed for your whole cohort.",
        ):
            assert sentence in said

    def test_the_way_back_is_the_one_of_a_lesson(self, browser, school):
        attempt = begin(browser, school)
        hand_in(browser, attempt)
        course = f"/aula/{school.enrollments['learner']}"
        for page, above in (
            (intro(school), ["/inicio", course]),
            (f"{attempt}/resultado", ["/inicio", course, intro(school)]),
        ):
            trail = browser.get(page).text.partition('class="crumbs"')[2].partition("</nav>")[0]
            assert re.findall('href="([^"]+)"', trail) == above
            assert ">My courses</a>" in trail

    def test_attempts_are_listed_with_what_they_reached(self, browser, school):
        attempt = begin(browser, school)
        assert "Go on with attempt 1" in words(browser.get(intro(school)))
        hand_in(browser, attempt)
        said = words(browser.get(intro(school)))
        assert "You have not passed this quiz yet" in said
        assert "Attempt 1 · 0 of 10 points Not passed" in said
        assert "You have 2 attempts left." in said

    def test_when_none_can_be_begun_the_page_says_why_and_has_no_button(self, browser, school, db):
        def close(work):
            work.session.execute(update(Cohort).values(ends_at=work.now - timedelta(days=1)))

        db.perform(close, SYSTEM)
        page = browser.get(intro(school))
        assert re.search("closed|passed|ended", words(page))
        assert b"<button" not in page.data
        assert browser.send(intro(school)).status_code == 409

    def test_two_tabs_that_begin_get_one_attempt(self, browser, school, db):
        first = begin(browser, school, form_key="tab-one")
        assert begin(browser, school, form_key="tab-two") == first
        assert begin(browser, school, form_key="tab-one") == first
        with db.reading() as session:
            assert session.scalar(select(func.count()).select_from(Attempt)) == 1


class TestAnswering:
    @pytest.fixture
    def attempt(self, browser, school):
        return begin(browser, school)

    def test_all_questions_stand_on_one_page_and_nothing_tells_the_answers(self, browser, attempt):
        page = browser.get(attempt)
        said = words(page)
        assert "Question 6 of 6" in said
        assert "Attempt 1 of 3" in said
        assert "Hand in before 11:22" in said
        assert "each wrong one takes the same share away" in said
        text = page.get_data(as_text=True)
        assert "Es el plazo con prórroga" not in text
        assert "prorrogables" not in text
        assert page.headers["Cache-Control"] == "no-store"

    def test_a_page_is_light(self, browser, attempt):
        assert len(gzip.compress(browser.get(attempt).data, 5)) <= EIGHT_KB

    def test_answers_are_saved_by_a_button_and_come_back(self, browser, attempt):
        fields = {"q1": "1", "q2": ["0", "2"], "q3": "false", "q5": "42,000", "q6": "revisión"}
        answer = browser.send(attempt, fields | {"go": "save", "seen": ""})
        assert answer.headers["Location"] == attempt
        page = browser.get(attempt)
        text = page.get_data(as_text=True)
        assert "Answers saved at 10:42." in words(page)
        assert text.count("Saved at 10:42") == 5
        for checked in ("q1-in-1", "q2-in", "q2-in-2", "q3-in-false"):
            assert re.search(f'id="{checked}" checked', text)
        assert 'value="42,000"' in text
        assert 'value="revisión"' in text

    def test_what_cannot_be_read_is_kept_on_the_page_and_the_rest_is_saved(self, browser, attempt):
        answer = browser.send(attempt, {"q1": "0", "q5": "cuarenta", "go": "review"})
        assert answer.status_code == 422
        said = words(answer)
        assert "One answer could not be read" in said
        assert "Write a number, with figures only, for example 1,234.50." in said
        text = answer.get_data(as_text=True)
        assert 'value="cuarenta"' in text
        assert 'href="#q5-in"' in text
        assert re.search('id="q1-in" checked', browser.get(attempt).get_data(as_text=True))

    def test_the_check_before_handing_in(self, browser, attempt):
        answer = browser.send(attempt, {"q1": "0", "q4.0": "1", "q5": "42.000", "go": "review"})
        assert answer.headers["Location"] == f"{attempt}/revisar"
        said = words(browser.get(f"{attempt}/revisar"))
        assert "3 answers are missing" in said
        assert "Answered in part" in said
        assert "42 quetzales You wrote “42.000”; this is how it was understood." in said

    def test_going_to_the_check_without_a_change_writes_nothing(self, browser, attempt, db):
        fields = {"q1": "0", "go": "review"}
        browser.send(attempt, fields)
        browser.send(attempt, fields | {"seen": "1:1"})
        with db.reading() as session:
            assert session.scalar(select(func.count()).select_from(Answer)) == 1

    def test_a_page_sent_after_the_time_says_so(self, browser, attempt, clock, db):
        clock.advance(minutes=41)
        answer = browser.send(attempt, {"q1": "0", "go": "review"})
        assert answer.headers["Location"] == f"{attempt}/resultado"
        said = words(browser.get(f"{attempt}/resultado"))
        assert "The time was over. What you sent after it is kept apart" in said
        with db.reading() as session:
            assert session.scalars(select(Answer.late)).all() == [True]


class TestResult:
    @pytest.fixture
    def attempt(self, browser, school):
        return begin(browser, school)

    def test_the_receipt_and_the_points(self, browser, attempt, db):
        fields = {"q1": "0", "q2": ["0", "1"], "q3": "false", "go": "review"}
        browser.send(attempt, fields)
        hand_in(browser, attempt)
        said = words(browser.get(f"{attempt}/resultado"))
        with db.reading() as session:
            receipt = session.scalars(select(Attempt.receipt)).one()
        assert f"Receipt key {receipt}" in said
        assert "You reached 3 of 10 points. The pass mark is 6.1." in said
        assert "3 of 6 questions" in said
        assert "Solo se paga la reproducción." in said
        assert "Son diez, prorrogables una vez." in said

    def test_handed_in_twice_is_the_same_receipt(self, browser, attempt):
        first = hand_in(browser, attempt, form_key="one")
        before = words(browser.get(first.headers["Location"]))
        again = hand_in(browser, attempt, form_key="two")
        assert again.headers["Location"] == first.headers["Location"]
        assert words(browser.get(again.headers["Location"])) == before

    def test_every_explanation_is_shown_once_it_helps_nobody(
        self, browser, school, attempt, clock, db
    ):
        earned = "Es el plazo con prórroga."
        others = ("Right answer", "Así es.", "Son diez, prorrogables una vez.")

        def seen():
            said = words(browser.get(f"{attempt}/resultado"))
            assert earned in said
            return {each in said for each in others}

        for left in (2, 1, 0):
            browser.send(attempt, {"q1": "1", "go": "review"})
            hand_in(browser, attempt)
            assert seen() == {False}
            if left:
                attempt = begin(browser, school)

        def close(work):
            work.session.execute(update(Cohort).values(ends_at=work.now))

        db.perform(close, SYSTEM)
        assert seen() == {True}

    def test_an_attempt_out_of_time_shows_what_it_counts_with(self, browser, attempt, clock, db):
        browser.send(attempt, {"q1": "0", "go": "save"})
        clock.advance(minutes=41)
        answer = browser.get(attempt)
        assert answer.headers["Location"] == f"{attempt}/resultado"
        said = words(browser.get(f"{attempt}/resultado"))
        assert "You reached 1 of 10 points." in said
        assert "The time of this attempt was over." in said
        with db.reading() as session:
            assert session.scalars(select(Attempt.points)).one() is None

    def test_an_open_attempt_has_no_result(self, browser, attempt):
        assert browser.get(f"{attempt}/resultado").headers["Location"] == attempt

    def test_what_is_over_can_no_longer_be_checked(self, browser, attempt):
        hand_in(browser, attempt)
        for page in (attempt, f"{attempt}/revisar"):
            assert browser.get(page).headers["Location"] == f"{attempt}/resultado"


@pytest.mark.parametrize("person", ["learner2", "otra-learner", "instructor", "administrator"])
def test_somebody_elses_pages_do_not_exist(as_person, school, person):
    attempt = begin(as_person("learner"), school)
    other = as_person(person)
    for page in (intro(school), attempt, f"{attempt}/revisar", f"{attempt}/resultado"):
        assert other.get(page).status_code == 404
    for door in (intro(school), attempt, f"{attempt}/entregar"):
        assert other.send(door).status_code == 404
    body = {"slot": 1, "key": "some-key", "seq": 1, "value": {"choice": "0"}}
    assert other.send_json(f"{attempt}/respuestas", body).status_code == 404


def test_who_has_not_signed_in_is_asked_to(visitor, as_person, school):
    attempt = begin(as_person("learner"), school)
    assert "/ingresar" in visitor.get(attempt).headers["Location"]


def test_points_pass_marks_and_shuffling_of_another_quiz(db, world, as_person):
    source = quiz_source(
        attempts=None, time_limit=None, shuffle_questions=True, shuffle_options=True,
        counts="average", questions=QUESTIONS[:3],
    )  # fmt: skip
    school = db.perform(build_school, SYSTEM, world, source)
    said = words(as_person("learner").get(intro(school)))
    assert "3 questions, 4 points." in said
    assert "You pass with 2.44 points or more (61 %)." in said
    assert "There is no time limit." in said
    assert "closed for your whole cohort." in said
    assert "You may try as often as you like. The average of all counts." in said
    assert points(4) == 4_000_000


class TestSavingWithoutScripts:
    def test_whoever_saves_after_a_question_comes_back_to_it(self, browser, school):
        attempt = begin(browser, school)
        answer = browser.send(attempt, {"q1": "0", "q6": "revisión", "go": "6"})
        assert answer.headers["Location"] == f"{attempt}#q6-saved"
        page = browser.get(attempt).text
        assert page.count('data-state="saved"') == 2
        assert 'id="q6-saved"' in page
        answer = browser.send(attempt, {"q1": "0", "q6": "revisión", "go": "2"})
        assert answer.headers["Location"] == f"{attempt}#q2"

    @pytest.mark.parametrize("go", ["save", "0", "7", "-1", "x", "1e1", "٣", "9" * 40])
    def test_any_other_word_leads_to_the_top(self, browser, school, go):
        attempt = begin(browser, school)
        answer = browser.send(attempt, {"q1": "0", "go": go})
        assert answer.headers["Location"] == attempt

    def test_a_short_page_has_one_button(self, as_person, db, world):
        short = quiz_source(questions=QUESTIONS[:3])
        school, browser = db.perform(build_school, SYSTEM, world, short), as_person("learner")
        page = browser.get(begin(browser, school)).text
        assert page.count("<noscript>") == 1
        assert "“Save answers” after each answer" in page


PICTURE = {"sha256": "a" * 64, "size": 9_000, "media_type": "image/png", "width": 40, "height": 30}
MEDIA = {
    "media/plano.png": PICTURE,
    "media/aviso.opus": PICTURE | {"sha256": "b" * 64, "media_type": "audio/ogg"},
}


class TestMedia:
    """Pictures and recordings of the course stand in questions, options and explanations."""

    @pytest.fixture
    def school(self, db, world):
        questions = [
            QUESTIONS[0]
            | {
                "stem": "![Un plano](media/plano.png)\n\n¿Qué se **ve**?\n\n- uno\n- dos",
                "feedback": "Oiga: ![El aviso](media/aviso.opus)",
                "options": [
                    {"text": "![Un mercado](media/plano.png)", "correct": True},
                    {
                        "text": "Un *parque*\n\n![Un parque](media/plano.png)",
                        "feedback": "No.\n\nVea ![otra vez](media/plano.png).",
                    },
                    {"text": "Un ![pozo](media/perdido.png)"},
                ],
            },
            QUESTIONS[2]
            | {"stem": "![Aviso de radio](media/aviso.opus)\n\nEl agua llega por la mañana."},
        ]

        def build(work):
            found = build_school(work, world, quiz_source(questions=questions))
            work.session.execute(update(CourseVersion).values(detail={"media": MEDIA}))
            return found

        return db.perform(build, SYSTEM)

    def test_while_answering(self, browser, school):
        page = browser.get(begin(browser, school)).text
        address = url_of("a", "plano.png")
        assert "<legend>¿Qué se <strong>ve</strong>?</legend>" in page
        assert '<figure id="v' in page
        assert f'src="{address}" alt="Un plano" width="40" height="30" loading="lazy"' in page
        label = re.search(r'<label for="q1-in">(.*?)</label>', page, re.DOTALL).group(1)
        assert label.startswith(f'<img src="{address}" alt="Un mercado"')
        label = re.search(r'<label for="q1-in-1">(.*?)</label>', page, re.DOTALL).group(1)
        assert label.startswith("Un <em>parque</em><br><img src=")
        assert "<p" not in label
        assert ">Un pozo</label>" in page
        assert "<legend>El agua llega por la mañana.</legend>" in page
        assert f'src="{url_of("b", "aviso.opus")}" aria-label="Aviso de radio"' in page
        assert 'preload="none"' in page

    def test_afterwards(self, browser, school):
        attempt = begin(browser, school)
        browser.send(attempt, {"q1": "1", "q2": "true", "go": "review"})
        review = browser.get(f"{attempt}/revisar").text
        assert "<b>Un <em>parque</em><br><img src=" in review
        hand_in(browser, attempt)
        page = browser.get(f"{attempt}/resultado").text
        assert 'alt="otra vez"' in page
        assert '<p class="small">No.<br>' not in page

    def test_staff_read_answers_as_they_were_shown(self, browser, as_person, school):
        attempt = begin(browser, school)
        for choice in ("1", "0"):
            browser.send(attempt, {"q1": choice, "go": "save", "seen": "1:9"})
        page = as_person("instructor").get(attempt.replace("/intentos", "/gestion/intentos")).text
        trace = page.partition("<details")[2].partition("</details>")[0]
        assert "Un <em>parque</em>" in trace
        assert "*parque*" not in page
        assert "![" not in page

    def test_the_page_before_says_what_it_weighs(self, browser, school):
        assert "It uses 2 kB of data." in words(browser.get(intro(school)))


def url_of(letter, name):
    return f"/medios/{letter * 64}/{name}"
