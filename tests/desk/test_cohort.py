"""The cohort desk: figures, filters, everybody's grades, one person, and the spreadsheet."""

import csv
import io
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.desk.queries import people as people_queries
from lms.enrollment.models import Enrollment
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Grant, Person
from tests.desk.test_home import credential
from tests.factories.teaching import QUIZZES
from tests.factories.world import make_person
from tests.statements import statements

VIEWERS = ("registrar", "instructor", "help_desk", "administrator")


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}"


@pytest.fixture
def people(classroom, db):
    """Rosa half way, Ana finished, Beto failed for good, Carla never came."""

    def make(work):
        for name, given, surname in (
            ("ana", "Ana", "Zúñiga"),
            ("beto", "Beto", "Álvarez"),
            ("carla", "Carla", "Bámaca"),
        ):
            person = make_person(work, name, given=given)
            person.first_surname = surname
            work.session.flush()
            classroom.world.people[name] = person.id

    db.perform(make, SYSTEM)
    for name in ("ana", "beto", "carla"):
        classroom.enrol(name)
    classroom.see("learner", "derecho")
    classroom.finish("ana")
    classroom.see("beto", "derecho", "plazos")
    for _ in range(2):
        classroom.take("beto", QUIZZES[0], right=False)
    return classroom


def read(browser, url: str) -> str:
    return " ".join(browser.get(url).text.split())


def names(text: str) -> list[str]:
    return [name for name in ("Álvarez", "Bámaca", "Quispe", "Zúñiga") if name in text]


@pytest.mark.parametrize("role", VIEWERS)
def test_staff_sees_everybody_by_surname_with_grades_and_reasons(people, english, url, role):
    text = read(english(role), url)
    assert "Transparencia: 1–4 of 4" in text
    assert text.index("Álvarez") < text.index("Bámaca") < text.index("Zúñiga")
    assert "Cannot pass any more" in text
    assert "Ready for the document" in text
    assert "Has not begun" in text
    assert "Lacks: 2 lessons, 2 quizzes" in text


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("learner", 404),
        ("signer", 403),
        ("tutor", 403),
        ("otra-registrar", 404),
        ("otra-administrator", 404),
    ],
)
def test_others_do_not(people, as_person, url, role, status):
    browser = as_person(role)
    person = f"{url}/personas/{people.enrollments['ana'].uid}"
    for address in (url, person, f"{url}/notas.csv"):
        assert browser.get(address).status_code == status


def test_a_tutor_sees_the_cohort_of_her_grant(people, english, url, db):
    def give(work):
        grant = work.session.scalars(
            select(Grant).where(Grant.person_id == people.world.people["tutor"])
        ).one()
        grant.kind, grant.cohort_id = ScopeKind.COHORT, people.cohort.id

    db.perform(give, SYSTEM)
    assert english("tutor").get(url).status_code == 200


@pytest.mark.parametrize(
    ("shown", "found"),
    [
        ("", ["Álvarez", "Bámaca", "Quispe", "Zúñiga"]),
        ("listas", ["Zúñiga"]),
        ("pendientes", ["Quispe"]),
        ("sin-comenzar", ["Bámaca"]),
        ("sin-entrar", []),
        ("no-aprobadas", ["Álvarez"]),
        ("lo-que-sea", ["Álvarez", "Bámaca", "Quispe", "Zúñiga"]),
    ],
)
def test_filters(people, english, url, shown, found):
    assert names(read(english("registrar"), f"{url}?ver={shown}")) == found


def test_somebody_who_stops_for_a_week_is_noticed(people, english, url, clock):
    browser = english("registrar")
    text = read(browser, f"{url}?ver=sin-entrar")
    assert "Nobody here" in text  # Carla was admitted today
    assert "Has not begun (1)" in text
    clock.advance(days=7)
    text = read(browser, f"{url}?ver=sin-entrar")
    assert "of 2" in text
    assert "Not entered in 7 days (2)" in text


def test_before_the_first_day_nobody_is_missed(people, english, url, clock):
    people.cohort_days(starts_at=people.db.clock() + timedelta(days=60))
    clock.advance(days=30)
    text = read(english("registrar"), f"{url}?ver=sin-entrar")
    assert "Nobody here" in text
    assert re.search(r"<b>0</b> <a [^>]+>Not entered in 7 days", text)
    assert re.search(r"<b>0</b> <a [^>]+>Stuck for 7 days", text)


def test_when_the_cohort_is_over_nobody_is_on_the_way(people, english, url, clock):
    people.cohort_days(ends_at=people.db.clock())
    text = read(english("registrar"), url)
    assert "On the way" not in text
    assert "Cannot pass any more (3)" in text
    assert "Ready for the document (1)" in text
    assert "The cohort has ended. Lacks: 2 lessons, 2 quizzes" in text
    assert "The cohort has ended. Has not begun" in text
    clock.advance(days=30)
    found = rows(english("registrar").get(f"{url}/notas.csv?ver=no-aprobadas"))
    assert [row[7] for row in found[1:]] == ["Cannot pass any more"] * 3
    assert all(row[8].startswith("The cohort has ended.") for row in found[1:])


def test_the_page_of_one_person_says_that_the_cohort_is_over(people, english, url):
    page = f"{url}/personas/{people.enrollments['learner'].uid}"
    assert "Not completed yet, because:" in read(english("registrar"), page)
    people.cohort_days(ends_at=people.db.clock())
    text = read(english("registrar"), page)
    assert "Cannot be completed any more" in text
    assert "<li>The cohort has ended.</li>" in text
    assert "“Los plazos” was not seen." in text
    assert "See “Los plazos”." not in text
    ana = read(english("registrar"), f"{url}/personas/{people.enrollments['ana'].uid}")
    assert "Cannot be completed" not in ana


def test_a_name_to_be_confirmed_keeps_the_document_waiting(people, english, url, db):
    def unname(work):
        work.session.get_one(Person, people.world.people["ana"]).name_confirmed_at = None

    db.perform(unname, SYSTEM)
    text = read(english("registrar"), url)
    assert "Name to be confirmed (1)" in text
    assert "Issue 1 document" not in text


def test_a_person_is_found_without_accents(people, english, url):
    assert names(read(english("registrar"), f"{url}?q=zuniga")) == ["Zúñiga"]
    assert names(read(english("registrar"), f"{url}?q=ana+zuñiga")) == ["Zúñiga"]
    assert "Nobody here" in read(english("registrar"), f"{url}?q=%25")


def test_the_next_useful_batch_is_offered_to_who_may_issue(people, english, url, db):
    assert "Issue 1 document" in read(english("registrar"), url)
    assert "Issue 1 document" not in read(english("instructor"), url)
    db.perform(credential, SYSTEM, people, "ana")
    text = read(english("registrar"), url)
    assert "Issue 1 document" not in text
    assert "Document issued" in text


def test_ten_statements_whatever_the_size(people, english, url, db):
    browser = english("registrar")
    browser.get(url)
    with statements(db.engine) as few:
        browser.get(url)

    def crowd(work):
        for number in range(60):
            person = make_person(work, f"x{number}", given=f"Nombre{number:02}")
            work.session.flush()
            people.world.people[f"x{number}"] = person.id

    db.perform(crowd, SYSTEM)
    for number in range(60):
        people.enrol(f"x{number}")
    with statements(db.engine) as many:
        text = read(browser, url)
    assert "1–50 of 64" in text
    assert len(many) == len(few) <= 10
    assert "51–64 of 64" in read(browser, f"{url}?pagina=2")


def test_one_person_explained_with_what_shows_it(people, english, url):
    browser = english("instructor")
    done = read(browser, f"{url}/personas/{people.enrollments['ana'].uid}")
    assert "Every lesson has been seen" in done
    assert done.count("Attempt handed in") == 2
    failed = read(browser, f"{url}/personas/{people.enrollments['beto'].uid}")
    assert "Cannot be completed any more" in failed
    assert "“Evaluación del módulo 1” was not passed and has no attempts left." in failed


def test_evidence_is_opened_by_who_may_review_attempts(people, english, url):
    person = f"{url}/personas/{people.enrollments['ana'].uid}"
    link = "Attempt handed in</a>"
    text = read(english("instructor"), person)
    assert link in text
    address = re.search(r'href="(/gestion/intentos/[^"]+)"', text)
    assert english("instructor").get(address.group(1)).status_code == 200
    assert link not in read(english("registrar"), person)


def test_a_person_of_another_cohort_is_not_found_here(people, as_person, url):
    assert as_person("registrar").get(f"{url}/personas/{people.cohort.uid}").status_code == 404


def rows(answer) -> list[list[str]]:
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text[1:])))


def test_the_spreadsheet_has_everybody_and_the_same_filters(people, english, url, db):
    browser = english("registrar")
    answer = browser.get(f"{url}/notas.csv")
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    found = rows(answer)
    assert found[0][0] == "Surnames and given names"
    assert found[1][0].startswith("Álvarez")
    ana = next(row for row in found if row[0].startswith("Zúñiga"))
    assert ana[2:8] == ["100", "100", "100", "5", "5", "Ready for the document"]
    assert len(rows(browser.get(f"{url}/notas.csv?ver=listas"))) == 2


def test_a_name_cannot_run_in_a_spreadsheet(people, english, url, db):
    def rename(work):
        work.session.get_one(
            Person, people.world.people["ana"]
        ).first_surname = "=cmd|' /C calc'!A0"

    db.perform(rename, SYSTEM)
    found = rows(english("registrar").get(f"{url}/notas.csv"))
    assert any(row[0].startswith("'=cmd") for row in found)


def test_a_long_spreadsheet_comes_in_pieces_without_losing_anybody(
    people, english, url, db, monkeypatch
):
    monkeypatch.setattr(people_queries, "PIECE", 2)
    db.perform(
        lambda work: work.session.execute(update(Enrollment).values(sort_name="igual")), SYSTEM
    )
    assert len(rows(english("registrar").get(f"{url}/notas.csv"))) == 5


def test_last_entry_is_told(people, english, url, clock):
    clock.advance(days=1)
    assert "Monday 23 November" in read(
        english("registrar"), f"{url}/personas/{people.enrollments['ana'].uid}"
    )


def test_a_course_of_the_cohort_is_chosen_by_its_key(people, as_person, url):
    assert as_person("registrar").get(f"{url}?curso=transparencia").status_code == 200
    assert as_person("registrar").get(f"{url}?curso=otro").status_code == 404


def test_before_anybody_is_in_it_the_desk_stands(classroom, english, url, db):
    def empty(work):
        work.session.execute(update(Enrollment).values(state="withdrawn"))

    db.perform(empty, SYSTEM)
    assert "Nobody here" in read(english("registrar"), url)
