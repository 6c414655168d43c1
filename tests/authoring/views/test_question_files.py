"""A file of questions: looked at item by item, then brought into the quiz in one step."""

import base64
import io
import re

import pytest
from PIL import Image

from lms.assessment.formats import FORMATS
from lms.authoring.formats.yaml_edit import read_map
from tests.authoring.packages import QUIZ
from tests.authoring.room import FOLDER

GIFT = """\
$CATEGORY: $course$/top/Leyes

// [id:quien-firma]
¿Quién firma el acta? {=El alcalde ~Nadie}

¿Cuál es? {=Una ~%50%Media ~Nada}

Un texto sin respuestas {

¿Quién firma el  ACTA? {=el alcalde ~nadie}
"""


def picture():
    out = io.BytesIO()
    Image.new("RGB", (4, 3), "navy").save(out, "PNG")
    return out.getvalue()


@pytest.fixture
def quiz(room):
    return f"/gestion/autoria/{room.uid}/cursos/{FOLDER}/actividades/evaluacion-final/preguntas"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def send(browser, quiz, data, kind="gift", name="banco.txt"):
    return browser.send(f"{quiz}/archivos", {"file": (io.BytesIO(data), name), "kind": kind})


def ticked(page):
    found = re.findall(r'<input type="checkbox" name="pick" value="(\d+)"[^>]*?( checked)?>', page)
    return {number: bool(checked) for number, checked in found}


def asked(room, path=QUIZ):
    return read_map(room.text(path))["questions"]


def test_each_item_is_told_and_the_ticked_ones_come_in_at_once(room, browser, quiz):
    before = len(asked(room))
    there = send(browser, quiz, GIFT.encode("cp1252")).headers["Location"]
    page = browser.get(there).text
    assert ticked(page) == {"1": True, "2": True, "4": False}
    for words in ("Con pérdida", "No viene", "Repetida",
                  "sus llaves no se cierran", "línea 8", "repite la número 1"):  # fmt: skip
        assert words in page
    assert room.standing().rows == {}
    done = browser.send(f"{there}/traer", {"pick": ["1", "2"], "elsewhere": ""})
    assert done.status_code == 303, done.text
    new = asked(room)[before:]
    assert [each["key"] for each in new] == ["quien-firma", "cual-es"]
    assert new[0]["category"] == "Leyes"
    again = send(browser, quiz, GIFT.encode()).headers["Location"]
    assert ticked(browser.get(again).text) == {"1": False, "2": False, "4": False}


def test_nothing_ticked_brings_nothing_and_broken_files_say_why(room, browser, quiz):
    there = send(browser, quiz, GIFT.encode()).headers["Location"]
    assert browser.send(f"{there}/traer", {"elsewhere": ""}).status_code == 409
    refused = send(browser, quiz, b"<!DOCTYPE x><quiz/>", "moodle-xml")
    assert refused.status_code == 422
    assert "DOCTYPE" in refused.text
    assert browser.get(f"{quiz}/archivos/nada").status_code == 404
    assert room.standing().rows == {}


def test_pictures_come_along_drawn_anew_and_go_out_again(room, browser, quiz):
    data = base64.b64encode(picture()).decode()
    xml = (
        '<quiz><question type="truefalse"><questiontext format="html"><text>'
        '&lt;img src="@@PLUGINFILE@@/sello.png" alt="Sello"&gt; &lt;img '
        'src="@@PLUGINFILE@@/roto.png" alt="Roto"&gt;</text>'
        f'<file name="sello.png" encoding="base64">{data}</file>'
        '<file name="roto.png" encoding="base64">eHg=</file></questiontext>'
        '<answer fraction="100"><text>true</text></answer></question></quiz>'
    )
    there = send(browser, quiz, xml.encode(), "moodle-xml").headers["Location"]
    assert "roto.png" in browser.get(there).text
    assert browser.send(f"{there}/traer", {"pick": ["1"], "elsewhere": ""}).status_code == 303
    assert asked(room)[-1]["stem"] == "![Sello](media/sello.jpg) Roto"
    assert f"{FOLDER}/media/sello.jpg" in room.standing().files
    page = browser.get(f"{quiz}/descargas").text
    assert "imágenes y otros archivos" in page
    out = browser.get(f"{quiz}/descargas/moodle-xml")
    back = FORMATS["moodle-xml"].read(out.data)
    assert [dict(each.item.source) for each in back] == [dict(each) for each in asked(room)]
    assert list(back[-1].item.files) == ["sello.jpg"]
    assert browser.get(f"{quiz}/descargas/qti").status_code == 404
    sheet = FORMATS["xlsx"].read(browser.get(f"{quiz}/descargas/plantilla").data)
    assert len(sheet) == 6
    assert all(each.item for each in sheet)


def test_many_questions_are_paged_and_go_into_further_hidden_quizzes(room, browser, quiz):
    many = "\n\n".join(f"Pregunta número {n} {{T}}" for n in range(1, 452))
    there = send(browser, quiz, many.encode()).headers["Location"]
    page = browser.get(there).text
    assert len(ticked(page)) == 100
    assert 'value="101-451"' in page
    assert "evaluaciones más de este módulo" in page
    second = browser.send(
        there, {"pick": [str(n) for n in range(2, 101)], "elsewhere": "101-451", "page": "2"}
    ).text
    assert next(iter(ticked(second))) == "101"
    assert 'value="2-100,201-451"' in second
    pick = [str(n) for n in range(101, 201)]
    done = browser.send(f"{there}/traer", {"pick": pick, "elsewhere": "2-100,201-451"})
    assert done.status_code == 303, done.text
    quizzes = [path for path in room.standing().changed if path.endswith(".quiz.yaml")]
    counts = [len(asked(room, path)) for path in quizzes]
    assert len(quizzes) == 3
    assert sum(counts) == 450 + 6
    assert max(counts) == 200
    assert [read_map(room.text(path)).get("hidden") for path in quizzes] == [None, True, True]


@pytest.mark.parametrize(("name", "status"), [("tutor", 403), ("otra-instructor", 404)])
@pytest.mark.parametrize("page", ["archivos", "descargas", "descargas/gift"])
def test_who_writes_no_courses_neither_brings_nor_takes(as_person, quiz, name, status, page):
    assert as_person(name).get(f"{quiz}/{page}").status_code == status
