"""What the grade would be: asked by an address, and nothing is written."""

import pytest
from sqlalchemy import func, select

from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM
from lms.grading.models import Entry, Grade
from lms.grading.rules.scheme import NAMED, Column, Item, Scheme
from tests.factories.teaching import COURSE, QUIZZES
from tests.statements import statements


@pytest.fixture
def look(classroom, english):
    """The learner's page with what is supposed."""
    browser = english("learner")

    def read(**supposed: str) -> str:
        url = f"{classroom.url('learner')}/que-me-falta/{COURSE}"
        answer = browser.get(url, query_string=supposed)
        assert answer.status_code == 200
        return " ".join(answer.text.split())

    return read


def test_it_is_worked_out_with_what_is_supposed_and_nothing_is_written(classroom, look, db):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0], right=False)
    text = look()
    assert "Your grade would be" not in text
    text = look(**{QUIZZES[0]: "80", QUIZZES[1]: "70.5"})
    assert "Your grade would be 75" in text
    assert "With that the pass mark, 61, is reached." in text
    assert "See “Datos abiertos”." in text
    with db.reading() as session:
        assert session.scalars(select(Grade.ratio)).all() == [500_000]
        assert session.scalar(select(func.count()).select_from(Entry)) == 0


def test_columns_are_supposed_in_their_own_figures(classroom, look, db):
    scheme = Scheme(
        (),
        (Item(QUIZZES[0], "", 300_000), Item(QUIZZES[1], "", 300_000)),
        (Column("columna:1", "", 400_000, 600_000, title="Defensa oral", top=20),),
    )

    def change(work):
        cohort = work.session.get_one(Cohort, classroom.cohort.id)
        cohort.policy = {**cohort.policy, NAMED: {COURSE: scheme.kept()}}

    db.perform(change, SYSTEM)
    text = look(**{"columna:1": "10"})
    assert "Your grade would be 20" in text
    assert "Reach the minimum of “Defensa oral”." in text


def test_what_is_no_mark_is_said_and_what_was_written_stays(look):
    text = look(**{QUIZZES[0]: "101", QUIZZES[1]: "50"})
    assert "Write a mark from 0 to 100." in text
    assert 'value="101"' in text
    assert "Your grade would be 25" in text


def test_only_ones_own(classroom, as_person):
    url = f"{classroom.url('learner')}/que-me-falta/{COURSE}"
    assert as_person("learner2").get(url).status_code == 404
    assert as_person("learner").get(f"{url}x").status_code == 404


def test_seven_statements(classroom, english, db):
    browser, url = english("learner"), f"{classroom.url('learner')}/que-me-falta/{COURSE}"
    browser.get(url)
    with statements(db.engine) as seen:
        browser.get(url)
    assert len(seen) <= 7
