"""Files of a course: what shows each; added, replaced and taken out with undo; modules twice."""

import io
import re

import pytest
from PIL import Image
from sqlalchemy import select

from lms.catalog.models import Activity
from tests.authoring.packages import COURSE, LESSON, MODULE, QUIZ
from tests.authoring.room import FOLDER, hashed

ROOM = "/gestion/autoria"
KEY = "recibir-una-peticion"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}/cursos/{FOLDER}"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def picture(colour="red", kind="PNG"):
    drawn = io.BytesIO()
    Image.new("RGB", (30, 20), colour).save(drawn, kind, comment="hidden")
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


def photograph(seed):
    """As wide as a telephone makes them, and with enough in it to weigh something."""
    drawn = io.BytesIO()
    Image.effect_noise((1600, 900), 40 + seed).convert("RGB").save(drawn, "JPEG")
    return drawn.getvalue()


def test_a_photograph_is_kept_in_two_sizes_that_come_and_go_together(room, browser, here):
    large, small = f"{FOLDER}/media/plaza.jpg", f"{FOLDER}/media/plaza.640.jpg"
    put(browser, here, "Plaza.JPG", photograph(0))
    first = room.standing().files
    assert first[small].size < first[large].size * 0.75
    answer = put(browser, here, "plaza.jpg", photograph(9))
    assert room.standing().files[small].sha256 != first[small].sha256
    undo(browser, answer.location)
    assert room.standing().files[small].sha256 == first[small].sha256
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\n![La plaza](media/plaza.jpg)\n", hashed(text))
    page = browser.get(f"{here}/archivos").text
    assert "plaza.jpg" in page
    assert "plaza.640.jpg" not in page
    assert "Nadie lo muestra" not in page
    assert "nada en el curso usa" not in browser.get(here).text  # the check knows whose it is
    put(browser, here, "plaza.jpg", picture(kind="JPEG"))  # too small to have two sizes
    assert small not in room.standing().files
    put(browser, here, "plaza.jpg", photograph(0))
    gone = browser.send(f"{here}/archivos/quitar", {"name": "plaza.jpg"})
    assert not {large, small} & set(room.standing().files)
    undo(browser, gone.location)
    assert {large, small} <= set(room.standing().files)


def test_a_published_lesson_counts_and_shows_the_small_size_on_a_phone(room, browser, here):
    def weight():
        with room.db.reading() as session:
            latest = select(Activity).where(Activity.path == LESSON.partition("/")[2])
            return session.scalars(latest.order_by(Activity.id.desc())).first().bytes

    before, text = weight(), room.text(LESSON)
    put(browser, here, "plaza.jpg", photograph(0))
    words = "\n![La plaza](media/plaza.jpg)\n"
    room.save(LESSON, f"{text}{words}", hashed(text))
    room.publish(FOLDER)
    files = room.standing().files
    small = files[f"{FOLDER}/media/plaza.640.jpg"]
    assert weight() == before + len(words) + small.size
    home = browser.get(f"{ROOM}/{room.uid}/vista/2/primera-visita").text
    lesson = re.search(rf'href="([^"]+/{KEY})"', home).group(1)
    page = browser.get(lesson).text
    sizes = re.search(r'srcset="(\S+/plaza\.640\.jpg) 640w, (\S+/plaza\.jpg) 1600w"', page)
    for address in sizes.groups():
        assert "/vista-archivos/" in address
        found = browser.get(address)
        assert (browser.get(found.location) if found.location else found).status_code == 200


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
