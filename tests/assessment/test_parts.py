"""An attempt drawn by rows: its parts under their headings, frozen, sealed and replayed."""

import pytest

from lms.assessment.queries.replay import replay
from lms.catalog.models import Activity
from lms.foundation.kernel.actor import SYSTEM
from tests.assessment.school import build_school, quiz_source
from tests.assessment.test_pages import begin, hand_in, intro, words

ASKED = [
    {
        "key": f"p{n}",
        "type": "true_false",
        "points": 1 + n % 2,
        "stem": f"¿Pregunta {n}?",
        "answer": True,
        "category": "Finanzas" if n % 2 else "Leyes",
    }
    for n in range(8)
]
ROWS = [
    {"count": 2, "title": "Leyes que obligan", "category": "Leyes"},
    {"count": 3, "title": "Dinero", "category": "Finanzas"},
]


@pytest.fixture
def school(db, world):
    source = quiz_source(questions=ASKED, draw=ROWS, shuffle_questions=True)
    return db.perform(build_school, SYSTEM, world, source)


def test_what_is_drawn_is_said_before_and_stands_in_its_parts(as_person, school, db, learner):
    browser = as_person("learner")
    said = words(browser.get(intro(school)))
    assert "5 questions, 8 points." in said
    assert "Leyes que obligan: 2 questions Dinero: 3 questions" in said
    where = begin(browser, school)
    page = words(browser.get(where))
    assert page.count("Leyes que obligan") == page.count("Dinero") == 1
    assert page.index("Leyes que obligan") < page.index("Question 1 of 5")
    assert page.index("Question 2 of 5") < page.index("Dinero") < page.index("Question 3 of 5")
    checked = browser.get(f"{where}/revisar")
    marked = browser.get(hand_in(browser, where).headers["Location"])
    for page in map(words, (checked, marked)):
        assert page.index("Question 2 of 5") < page.index("Dinero") < page.index("Question 3 of 5")


def test_the_headings_are_part_of_what_is_sealed(school, db, learner):
    uid = learner.start()
    learner.hand_in()
    with db.reading() as session:
        assert replay(session.connection(), uid).wrong is None

    def retitle(work):
        attempt = work.session.merge(learner.row())
        attempt.slots = [{**each, "heading": "Otra"} for each in attempt.slots]

    db.perform(retitle, SYSTEM)
    with db.reading() as session:
        wrong = replay(session.connection(), uid).wrong
    assert wrong is not None
    assert "something else was shown" in wrong.message


def test_the_settings_know_how_many_and_how_much(school, db):
    with db.reading() as session:
        settings = session.get_one(Activity, school.activity_id).settings
    assert (settings["questions"], settings["points"]) == (5, 8_000_000)
