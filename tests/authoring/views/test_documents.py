"""What is pasted or brought from a word processor: looked at first, and told what was lost."""

import io
import re

import pytest

from lms.authoring.formats.keys import keys_of
from tests.authoring.letters import LETTER, docx, p
from tests.authoring.packages import MODULE
from tests.authoring.room import FOLDER

HTML = "<h1>Plazos</h1><p>Son <b>diez</b> días.</p><img src='file:///a.png'><ul><li>Uno</li></ul>"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def course(room):
    return f"/gestion/autoria/{room.uid}/cursos/{FOLDER}"


def test_what_is_pasted_comes_back_in_markdown_and_nothing_is_written(room, browser, course):
    answer = browser.send_json(f"{course}/pegado", {"html": HTML})
    assert answer.status_code == 200
    assert answer.json["markdown"] == "## Plazos\n\nSon **diez** días.\n\n- Uno"
    assert answer.json["lost"] == [
        "imágenes: 1. Póngalas en Archivos y muéstrelas desde ahí."
    ]  # fmt: skip
    assert room.standing().rows == {}


def test_too_much_at_once_is_told(room, browser, course):
    answer = browser.send_json(f"{course}/pegado", {"html": "x" * 4_000_001})
    assert answer.status_code == 422


@pytest.mark.parametrize(("name", "status"), [("tutor", 403), ("otra-instructor", 404)])
def test_who_writes_no_courses_pastes_nothing(room, as_person, course, name, status):
    assert as_person(name).send_json(f"{course}/pegado", {"html": HTML}).status_code == status


def send(browser, course, module, data=LETTER, name="Guía.docx", split="many"):
    return browser.send(
        f"{course}/documentos",
        {"file": (io.BytesIO(data), name), "module": module, "split": split},
    )


@pytest.fixture
def module():
    return MODULE.rpartition("/")[0]


def test_a_document_is_looked_at_and_then_becomes_lessons_in_one_step(
    room, browser, course, module
):
    answer = send(browser, course, module)
    assert answer.status_code == 303, answer.text
    there = answer.headers["Location"]
    page = browser.get(there).text
    for words in ("Recibir", "Responder", "palabras marcadas como eliminadas", "Una ventanilla"):
        assert words in page
    assert room.standing().rows == {}
    image = re.search(r'<img src="([^"]*imagenes/[^"]*)"', page).group(1)
    shown = browser.get(image)
    assert (shown.status_code, shown.mimetype) == (200, "image/jpeg")
    empty = browser.send(f"{there}/traer", {"alt_0": " "})
    assert empty.status_code == 422
    done = browser.send(f"{there}/traer", {"alt_0": "La ventanilla de San Juan"})
    assert done.status_code == 303, done.text
    lessons = [path for path in room.standing().changed if path.endswith(".md")]
    assert [path.rpartition("/")[2] for path in lessons] == ["03-recibir.md", "04-responder.md"]
    first = room.text(lessons[0])
    assert "![La ventanilla de San Juan](media/" in first
    assert keys_of(lessons[0], first)["minutes"]["reading"] == 1
    course_page = browser.get(done.headers["Location"].partition("#")[0]).text
    assert "2 lecciones traídas de un documento" in course_page
    undo = re.search(r'action="([^"]*deshacer)"', course_page).group(1)
    browser.send(undo, {})
    assert room.standing().changed == []


def test_what_cannot_be_read_is_told_at_once(room, browser, course, module):
    answer = send(browser, course, module, b"nada")
    assert answer.status_code == 422
    assert "No es un .docx" in answer.text
    assert send(browser, course, module, docx(p("x")), "carta.pdf").status_code == 422
    assert (
        browser.send(f"{course}/documentos", {"module": module, "split": "one"}).status_code == 422
    )


def test_a_document_is_its_senders_alone(room, browser, as_person, course, module):
    there = send(browser, course, module).headers["Location"]
    assert browser.get(f"{there}x").status_code == 404
    assert as_person("tutor").get(there).status_code == 403
    assert as_person("otra-instructor").get(there).status_code == 404
    assert browser.get(f"{there}/imagenes/otra.jpg").status_code == 404
