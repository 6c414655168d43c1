"""One lesson or quiz on a page of its own: its title, and where it is used."""

import pytest
from sqlalchemy import select

from lms.catalog.models import Programme
from tests.factories.teaching import COURSE, QUIZZES, open_classroom


@pytest.fixture
def school(app, db, world):
    return open_classroom(app, db, world)


@pytest.fixture
def here(db, school):

    with db.reading() as session:
        uid = session.scalars(select(Programme.uid)).one()
    return f"/gestion/autoria/{uid}/cursos/{COURSE}/actividades"


def test_it_says_where_it_is_used(as_person, school, here):
    page = as_person("instructor").get(f"{here}/derecho").text
    assert school.cohort.title in page
    assert "Versiones del curso en las que está" in page
    assert "Diez días hábiles." in page  # the fact that it cites
    linked = as_person("instructor").get(f"{here}/plazos").text
    assert "El derecho y sus principios" in linked


def test_what_it_counts_for_the_grade(as_person, here):
    assert "Vale 50 % de la nota" in as_person("instructor").get(f"{here}/{QUIZZES[0]}").text


def test_a_title_is_changed_and_its_key_stays(db, as_person, here):
    browser = as_person("instructor")
    done = browser.send(f"{here}/derecho/titulo", {"title": "El derecho a saber"})
    assert done.status_code == 303
    page = browser.get(done.location).text
    assert "Título nuevo: El derecho a saber" in page
    assert "Deshacer" in page
    text = browser.get(f"{here}/derecho/texto").text
    assert "title: El derecho a saber" in text
    assert browser.send(f"{here}/derecho/titulo", {"title": " "}).status_code == 422


def test_who_only_reads_is_offered_nothing_to_change(as_person, here):
    page = as_person("administrator").get(f"{here}/derecho").text
    assert "Guardar el título" not in page
    assert as_person("administrator").send(f"{here}/derecho/titulo", {}).status_code == 403


def test_what_is_not_there_is_not_found(as_person, here):
    assert as_person("instructor").get(f"{here}/no-hay").status_code == 404
    assert as_person("otra-instructor").get(f"{here}/derecho").status_code == 404
