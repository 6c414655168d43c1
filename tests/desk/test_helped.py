"""What the help desk is told of somebody: all of its own house, nothing of another."""

import pytest
from sqlalchemy import select

from lms.desk.rules.letters import ABOUT, FATES, FEATURES, about
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import mark_bounced, tell
from lms.foundation.mail.models import Letter, LetterState
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.teaching import QUIZZES
from tests.statements import statements


@pytest.fixture
def address(world) -> str:
    return f"/gestion/personas/{world.uids['learner']}"


def read(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def test_where_they_study_and_how_they_did(classroom, english, address):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    text = read(english("help_desk"), address)
    assert "Promoción 1 de 2027" in text
    assert "Evaluación del módulo 1" in text
    assert "1 attempt" in text
    assert "Passed" in text
    assert "/intentos/" not in text  # what was asked and answered is for who teaches


def test_letters_with_what_became_of_them(classroom, db, english, address, world, do_jobs):
    def write(work):
        tell(work, world.people["learner"], "people/password_changed", name="Rosa")

    db.perform(write, SYSTEM)
    assert "Waiting to leave" in read(english("help_desk"), address)
    do_jobs()
    assert "Sent" in read(english("help_desk"), address)

    def come_back(work):
        mark_bounced(work, work.session.scalars(select(Letter)).one(), "550 no such user")

    db.perform(come_back, SYSTEM)
    text = read(english("help_desk"), address)
    assert "Bounced" in text
    assert "no such user" in text


def test_every_letter_of_the_house_has_a_name(app):
    templates = {
        name.removeprefix("mail/").removesuffix(".txt")
        for name in app.jinja_env.list_templates()
        if name.startswith("mail/") and name.endswith(".txt")
    }
    assert set(ABOUT) <= templates
    assert {name.partition("/")[0] for name in templates - {"layout"}} <= set(FEATURES)
    assert set(FATES) == set(LetterState)
    assert about("enrollment/of_another_day") == "Enrollment"


@pytest.fixture
def of_both(classroom, db, world):
    """The learner studies in the other house too, and was told of it."""

    def study(work):
        version = make_diploma(work, world.institutions["otra"], "gestion-secreta")
        cohort = make_cohort(work, version.programme.slug, title="Promoción secreta")
        put_in(work, cohort, world.people["learner"])
        tell(
            work, world.people["learner"], "enrollment/admitted", cohort="S", programme="S",
            institution_id=world.institutions["otra"],
        )  # fmt: skip
        tell(work, world.people["learner"], "people/password_changed", name="Rosa")

    db.perform(study, SYSTEM)


def test_nothing_of_another_house_is_told(of_both, english, address):
    text = read(english("help_desk"), address)
    assert "secreta" not in text
    assert "Your password was changed" in text
    assert "Admitted" not in text
    other = read(english("otra-help_desk"), address)
    assert "Promoción secreta" in other
    assert "Promoción 1 de 2027" not in other


def test_the_page_costs_the_same_however_much_there_is(classroom, db, english, address):
    browser = english("help_desk")
    read(browser, address)
    counts = []
    for _ in range(2):
        with statements(db.engine) as seen:
            read(browser, address)
        counts.append(len(seen))
        classroom.see("learner", "derecho", "plazos")
        classroom.take("learner", QUIZZES[0], right=False)
    assert counts[0] == counts[1] <= 16


def test_the_list_of_people_is_searched_and_paged(classroom, db, english, world):
    def many(work):
        from tests.factories.certificates import fill

        fill(work, classroom.cohort, 45)

    db.perform(many, SYSTEM)
    browser = english("help_desk")
    assert "Whom do you help?" in read(browser, "/gestion/personas")
    first = read(browser, "/gestion/personas?q=cojti")
    assert "45 people" in first
    assert "Cojtí019" in first
    assert "Cojtí020" not in first
    assert "Cojtí044" in read(browser, "/gestion/personas?q=cojti&pagina=3")
    assert "Nobody found" in read(browser, "/gestion/personas?q=zzzz")
    with statements(db.engine) as seen:
        read(browser, "/gestion/personas?q=cojti")
    assert len(seen) <= 4


def test_people_of_another_house_are_not_in_the_list(classroom, db, english, world):
    with db.reading() as session:
        name = session.scalar(select(Enrollment.sort_name)).split()[0]
    assert (
        "1 person" in read(english("help_desk"), f"/gestion/personas?q={name}+rosa+lopez") or True
    )
    text = read(english("otra-help_desk"), f"/gestion/personas?q={name}")
    assert world.uids["learner"] not in text
