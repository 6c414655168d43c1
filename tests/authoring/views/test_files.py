"""Files of a course: what shows each; added, replaced and taken out with undo; modules twice."""

import io
import re

import pytest
from PIL import Image

from tests.authoring.packages import COURSE, LESSON, MODULE, QUIZ
from tests.authoring.room import FOLDER, hashed

ROOM = "/gestion/autoria"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}/cursos/{FOLDER}"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def picture(colour="red"):
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(drawn, "PNG", comment="hidden")
    return drawn.getvalue()


def put(browser, here, name, data):
    return browser.send(f"{here}/archivos/agregar", {"file": (io.BytesIO(data), name)})


def undo(browser, location):
    (url,) = re.findall(r'action="([^"]*deshacer)"', browser.get(location).text)
    assert browser.send(url).status_code == 303


def test_a_file_is_added_shown_where_it_is_used_and_taken_out_with_undo(room, browser, here):
    answer = put(browser, here, "Un Plano Ñandú.svg", SVG)
    assert answer.status_code == 303
    path = f"{FOLDER}/media/un-plano-nandu.svg"
    assert path in room.standing().files
    assert "Nadie lo muestra" in browser.get(f"{here}/archivos").text
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\n![Un plano](media/un-plano-nandu.svg)\n", hashed(text))
    assert "Recibir una petición" in browser.get(f"{here}/archivos").text
    gone = browser.send(f"{here}/archivos/quitar", {"name": "un-plano-nandu.svg"})
    assert path not in room.standing().files
    assert "un-plano-nandu.svg" in browser.get(here).text  # the check says who misses it
    undo(browser, gone.location)
    assert path in room.standing().files


def test_a_picture_is_drawn_anew_and_replaces_the_one_of_its_name(room, browser, here):
    put(browser, here, "foto.png", picture())
    first = room.standing().files[f"{FOLDER}/media/foto.jpg"]
    answer = put(browser, here, "foto.png", picture("blue"))
    second = room.standing().files[f"{FOLDER}/media/foto.jpg"]
    assert first.sha256 != second.sha256
    undo(browser, answer.location)
    assert room.standing().files[f"{FOLDER}/media/foto.jpg"].sha256 == first.sha256
    assert put(browser, here, "foto.png", picture()).status_code == 409


@pytest.mark.parametrize(
    ("name", "data"),
    [("a.exe", b"MZ"), ("a.png", b"nada"), ("a.svg", b"<svg><script/></svg>"), ("a.pdf", b"x")],
)
def test_what_is_no_such_file_is_refused_with_a_sentence(room, browser, here, name, data):
    answer = put(browser, here, name, data)
    assert answer.status_code == 422
    assert room.standing().changed == []


def test_only_who_writes_it_changes_files(room, as_person, here):
    assert as_person("administrator").get(f"{here}/archivos").status_code == 200
    assert put(as_person("administrator"), here, "a.svg", SVG).status_code == 403
    assert put(as_person("otra-instructor"), here, "a.svg", SVG).status_code == 404
    assert as_person("registrar").get(f"{here}/archivos").status_code == 403


def test_a_module_is_duplicated_whole_under_keys_of_its_own(room, browser, here):
    module = MODULE.rpartition("/")[0]
    answer = browser.send(f"{here}/ordenar", {"duplicate": module})
    assert answer.status_code == 303
    added = [path for path in room.standing().changed if path in room.standing().files]
    assert len(added) == 3
    keys = [re.search(r"^key: (\S+)", room.text(path), re.M).group(1) for path in added]
    assert len({*keys, "recibir-una-peticion", "evaluacion-final"}) == 5
    assert "(copia)" in browser.get(here).text
    undo(browser, answer.location.partition("#")[0])
    assert room.standing().changed == []


def test_all_of_a_module_is_hidden_and_shown_again(room, browser, here):
    module = MODULE.rpartition("/")[0]
    browser.send(f"{here}/ordenar", {"hide": module})
    assert "hidden: true" in room.text(LESSON)
    assert "hidden: true" in room.text(QUIZ)
    browser.send(f"{here}/ordenar", {"show": module})
    assert room.standing().changed == []


def test_a_course_is_duplicated_with_its_files(room, browser, here):
    programme = f"{ROOM}/{room.uid}"
    before = len(room.standing().files)
    answer = browser.send(f"{programme}/ordenar", {"duplicate": FOLDER})
    assert answer.status_code == 303
    files = room.standing().files
    mine = [path for path in files if path.startswith(f"{FOLDER}/")]
    assert len(files) == before + len(mine)
    page = browser.get(programme).text
    assert page.count("(copia)") >= 1
    assert COURSE in files
    undo(browser, answer.location)
    assert room.standing().changed == []
