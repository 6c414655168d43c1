"""Questions between a learner and those who teach them: nobody else reads a word."""

import re

import pytest
from sqlalchemy import select

from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, Notice
from lms.learning.actions import inquiries
from lms.learning.models import Inquiry
from lms.people.models import Grant
from tests.factories.teaching import COURSE, QUIZZES
from tests.statements import statements

TEXT = {"subject": "Los asuetos", "body": "¿Cuentan los **asuetos** en el plazo?"}


@pytest.fixture
def taught(classroom, db):
    """Tutor and instructor teach this very cohort; the registrar works at the institution."""

    def give(work):
        for name in ("tutor", "instructor"):
            grant = work.session.scalars(
                select(Grant).where(Grant.person_id == classroom.world.people[name])
            ).one()
            grant.kind, grant.cohort_id = ScopeKind.COHORT, classroom.cohort.id

    db.perform(give, SYSTEM)
    classroom.enrol("learner2")
    return classroom


@pytest.fixture
def mine(taught) -> str:
    return f"{taught.url('learner')}/preguntas"


@pytest.fixture
def inbox(taught) -> str:
    return f"/gestion/promociones/{taught.cohort.uid}/preguntas"


@pytest.fixture
def asked(taught, english, mine) -> str:
    """The address of a question that was asked, below the list of either side."""
    answer = english("learner").send(mine, TEXT)
    assert answer.status_code == 303
    return answer.headers["Location"].rpartition("/")[2]


def read(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def told(db, template: str) -> list[int]:
    with db.reading() as session:
        return sorted(session.scalars(select(Notice.person_id).where(Notice.template == template)))


def test_it_is_asked_from_a_lesson_or_a_quiz(taught, english, mine):
    browser = english("learner")
    for page, key in (
        (taught.url("learner", "derecho"), "derecho"),
        (f"{taught.url('learner')}/evaluaciones/{taught.activities[QUIZZES[0]].uid}", QUIZZES[0]),
    ):
        door = re.search(rf'href="({mine}[^"]+)"', browser.get(page).text).group(1)
        assert door in (f"{mine}?sobre={COURSE}/{key}", f"{mine}?sobre={COURSE}%2F{key}")
        assert f'name="about" type="hidden" value="{COURSE}/{key}"' in browser.get(door).text
    assert "Only you and those who teach your cohort read this" in read(browser, mine)


def test_the_team_is_told_and_answers_on_the_site_and_by_mail(
    taught, english, db, mine, inbox, asked, do_jobs
):
    people = taught.world.people
    assert told(db, "learning/asked") == sorted([people["tutor"], people["instructor"]])
    tutor = english("tutor")
    text = read(tutor, inbox)
    assert "Waiting for an answer (1)" in text
    assert "Los asuetos" in text
    assert "<strong>asuetos</strong>" in read(tutor, f"{inbox}/{asked}")
    answer = tutor.send(f"{inbox}/{asked}", {"body": "No: son días **hábiles**."})
    assert answer.status_code == 303
    assert "Answered (1)" in read(tutor, inbox)
    assert told(db, "learning/answered") == [people["learner"]]
    with db.reading() as session:
        letter = session.scalars(select(Letter).where(Letter.template == "learning/answered")).one()
        assert letter.institution_id == taught.cohort.institution_id
        assert letter.context["paragraphs"] == ["No: son días hábiles."]
    learner = english("learner")
    assert "Answered" in read(learner, mine)
    text = read(learner, f"{mine}/{asked}")
    assert "días <strong>hábiles</strong>" in text
    assert learner.send(f"{mine}/{asked}", {"body": "¿Y el sábado?"}).status_code == 303
    assert "Waiting for an answer (1)" in read(tutor, inbox)


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("registrar", 403), ("administrator", 403), ("help_desk", 403), ("signer", 403),
        ("learner", 404), ("learner2", 404), ("otra-instructor", 404),
    ],
)  # fmt: skip
def test_nobody_else_of_the_institution_reads_it(taught, as_person, inbox, asked, role, status):
    browser = as_person(role)
    for address in (inbox, f"{inbox}/{asked}"):
        assert browser.get(address).status_code in (status, 403 if "learner" in role else status)
    for address in (f"{inbox}/{asked}", f"{inbox}/{asked}/resuelta"):
        assert browser.send(address, {"body": "x"}).status_code in (403, 404)


def test_another_learner_does_not_find_it(taught, as_person, mine, asked):
    browser = as_person("learner2")
    assert browser.get(f"{mine}/{asked}").status_code == 404
    theirs = f"{taught.url('learner2')}/preguntas"
    assert browser.get(f"{theirs}/{asked}").status_code == 404
    assert browser.send(f"{theirs}/{asked}", {"body": "x"}).status_code == 404
    assert "Los asuetos" not in browser.get(theirs).text


def test_sent_twice_it_is_asked_once_and_empty_it_is_not(taught, english, db, mine):
    browser = english("learner")
    form = TEXT | {"form_key": "una-vez"}
    for _ in range(2):
        assert browser.send(mine, form).status_code == 303
    with db.reading() as session:
        assert len(session.scalars(select(Inquiry)).all()) == 1
    assert browser.send(mine, {"subject": "", "body": ""}).status_code == 422


def test_what_needs_no_answer_waits_no_more(taught, english, inbox, asked):
    tutor = english("tutor")
    assert tutor.send(f"{inbox}/{asked}/resuelta").status_code == 303
    assert "Waiting for an answer (0)" in read(tutor, inbox)


def test_too_many_at_once_are_refused_in_words(taught, english, mine, monkeypatch):
    monkeypatch.setattr(inquiries, "MOST_WAITING", 1)
    browser = english("learner")
    assert browser.send(mine, TEXT).status_code == 303
    answer = browser.send(mine, TEXT)
    assert answer.status_code == 409
    assert "You have 1 questions without an answer." in answer.text


def test_where_nobody_teaches_the_institution_is_named(classroom, english):
    mine = f"{classroom.url('learner')}/preguntas"
    browser = english("learner")
    text = read(browser, mine)
    assert "Nobody teaches this cohort yet" in text
    assert "Instituto de Gobierno Municipal" in text
    assert browser.send(mine, TEXT).status_code == 409


def test_it_waits_on_the_page_of_who_answers_alone(taught, english, inbox, asked):
    door = f'<a href="{inbox}">Answer 1 question: it waits since today</a>'
    assert door in read(english("tutor"), "/gestion")
    assert "question: it waits" not in read(english("registrar"), "/gestion")


def test_lists_are_paged_in_a_fixed_number_of_statements(taught, english, db, inbox, mine, clock):
    tutor, learner = english("tutor"), english("learner")
    db.perform(
        inquiries.ask, taught.actor("learner"), taught.enrollments["learner"].uid, "", "x0", "y"
    )
    counted = {}
    for browser, address in ((tutor, inbox), (learner, mine)):
        browser.get(address)
        with statements(db.engine) as few:
            browser.get(address)
        counted[address] = len(few)

    def many(work):
        first = work.session.scalars(select(Inquiry)).one()
        for number in range(25):
            work.session.add(
                Inquiry(
                    institution_id=first.institution_id, cohort_id=first.cohort_id,
                    enrollment_id=first.enrollment_id, about="", subject=f"x{number}",
                    asked_at=work.now, last_at=work.now, waiting_since=work.now,
                )
            )  # fmt: skip

    db.perform(many, SYSTEM)
    for browser, address in ((tutor, inbox), (learner, mine)):
        with statements(db.engine) as found:
            text = browser.get(address).text
        assert len(found) == counted[address] <= 8
        assert text.count('<li><a href="' + address + "/") == 20
        assert "pagina=2" in text
