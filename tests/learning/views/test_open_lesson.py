"""An open course: whoever comes reads it and tries themselves, and nothing of it is kept."""

import re
from datetime import date

import pytest
from sqlalchemy import func, select

from lms.authoring.formats.tree import tree_of
from lms.authoring.tasks import load
from lms.foundation.db.base import Base
from lms.foundation.kernel.actor import SYSTEM
from tests.factories.teaching import COURSE, QUIZZES, package, quiz
from tests.statements import statements

PROGRAMME = "/cursos/gestion-municipal"
LESSON = f"{PROGRAMME}/leer/{COURSE}/derecho"
TEST = f"{PROGRAMME}/practicar/{COURSE}/{QUIZZES[0]}"
NUMBER = (
    b"  - {key: tres, type: numerical, points: 1, stem: Cuantos dias son, answer: 10, "
    b"unit: dias, feedback: Son diez.}\n"
)


@pytest.fixture
def publish(app, db, world):
    """The small course, as a programme of this kind."""

    def published(kind: str, **detail: bytes) -> None:
        files = package()
        files["programme.yaml"] = files["programme.yaml"].replace(
            b"kind: diploma", f"kind: {kind}".encode()
        )
        path = f"{COURSE}/01-laip/03-evaluacion.quiz.yaml"
        files[path] = quiz(QUIZZES[0], "Evaluación del módulo 1") + NUMBER
        store = app.extensions["cabildo.files"]
        owner = world.institutions["igm"]
        load(db, store, tree_of(files | detail), owner, date(2026, 11, 21), SYSTEM)

    return published


def rows(db) -> dict[str, int]:
    with db.reading() as session:
        return {
            name: session.scalar(select(func.count()).select_from(table))
            for name, table in Base.metadata.tables.items()
        }


def test_the_programme_leads_a_visitor_to_every_lesson_and_to_the_test(visitor, publish):
    publish("open")
    page = visitor.get(PROGRAMME).text
    assert page.count(f'href="{LESSON}"') == 2  # the button and the outline
    assert f'href="{TEST}"' in page
    assert "Abierto a todas las personas" in visitor.get("/cursos").text


def test_a_visitor_reads_a_lesson_with_its_sources_and_goes_on(visitor, publish):
    publish("open")
    page = visitor.get(LESSON).text
    assert "Toda persona puede pedir información" in page
    assert "Decreto 57-2008" in page
    assert "En revisión jurídica" in page
    assert f'href="{PROGRAMME}/leer/{COURSE}/plazos"' in page
    assert "<form" not in page.partition("<main")[2]
    led = visitor.get(f"{PROGRAMME}/leer/{COURSE}/{QUIZZES[0]}")
    assert (led.status_code, led.location) == (302, TEST)


def test_reading_costs_the_statements_of_its_programme_and_of_its_text(visitor, publish, db):
    publish("open")
    visitor.get(LESSON)
    with statements(db.engine) as seen:
        assert visitor.get(LESSON).status_code == 200
    assert len(seen) <= 6, seen


@pytest.mark.parametrize("path", [LESSON, TEST])
def test_what_is_not_open_does_not_exist_without_a_seat(visitor, as_person, publish, path):
    publish("diploma")
    assert visitor.get(path).status_code == 404
    assert as_person("learner").get(path).status_code == 404
    assert "/leer/" not in visitor.get(PROGRAMME).text


@pytest.mark.parametrize(
    "path",
    [
        f"{PROGRAMME}/leer/{COURSE}/no-hay",
        f"{PROGRAMME}/leer/otro/derecho",
        f"{PROGRAMME}/practicar/{COURSE}/derecho",
        f"{PROGRAMME}/practicar/{COURSE}/no-hay",
        f"/cursos/no-hay/leer/{COURSE}/derecho",
    ],
)
def test_what_is_not_there_is_not_found(visitor, publish, path):
    publish("open")
    assert visitor.get(path).status_code == 404


def test_a_visitor_is_marked_told_why_and_forgotten(visitor, publish, db):
    publish("open")
    page = visitor.get(TEST).text
    seed = re.search(r'name="seed" value="([0-9]+)"', page)[1]
    before = rows(db)
    answers = {"seed": seed, "q1": "true", "q2": "true", "q3": "10"}
    told = visitor.send(TEST, answers)
    assert told.status_code == 200
    assert "Obtuvo 2 de 3 puntos." in told.text
    assert "Son diez." in told.text
    assert told.text.count("Respuesta correcta") == 1
    assert rows(db) == before


def test_what_is_marked_is_what_was_drawn(visitor, publish):
    """Two of three are asked: the seed that is sent along finds the same two again."""
    path = f"{COURSE}/01-laip/03-evaluacion.quiz.yaml"
    source = quiz(QUIZZES[0], "Evaluación del módulo 1") + NUMBER
    publish("open", **{path: source.replace(b"questions:", b"draw: 2\nquestions:")})
    stems = ("El acceso es gratuito", "Hay que dar motivos", "Cuantos dias son")
    drawn = set()
    for _ in range(6):
        page = visitor.get(TEST).text
        seed = re.search(r'name="seed" value="([0-9]+)"', page)[1]
        asked = [stem for stem in stems if stem in page]
        told = visitor.send(TEST, {"seed": seed}).text
        assert [stem for stem in stems if stem in told] == asked
        assert "Obtuvo 0 de 2 puntos." in told
        drawn.add(len(asked))
    assert drawn == {2}


def test_an_answer_that_cannot_be_read_is_asked_again_with_the_others_kept(visitor, publish):
    publish("open")
    sent = visitor.send(TEST, {"seed": "no", "q1": "true", "q3": "diez o doce"})
    assert sent.status_code == 422
    assert "No se pudo leer una respuesta" in sent.text
    assert 'value="diez o doce"' in sent.text
    assert sent.text.count(" checked") == 1


def test_the_legal_review_is_told_with_its_name_and_day(visitor, publish):
    course = package()[f"{COURSE}/course.yaml"].replace(
        b"{state: pending}", b"{state: accepted, by: Marta Tzoc, on: 2026-11-20}"
    )
    publish("open", **{f"{COURSE}/course.yaml": course})
    page = visitor.get(PROGRAMME).text
    assert "aceptada por Marta Tzoc el 20 de noviembre de 2026" in page
    assert "En revisión jurídica" not in page + visitor.get(LESSON).text
