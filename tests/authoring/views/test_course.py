"""The list, a programme, a course and its texts on screen: who sees them, and what they say."""

import re
from urllib.parse import urlsplit

import pytest
from sqlalchemy import select

from lms.authoring.formats.scaffold import scaffold
from lms.catalog.models import Course
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.people.models import Grant
from tests.authoring.packages import LESSON, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.statements import statements

ROOM = "/gestion/autoria"
KEY = "recibir-una-peticion"


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}"


@pytest.fixture
def course(here):
    return f"{here}/cursos/{FOLDER}"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def give_course(room, world, name):
    """Somebody who writes this course and nothing else."""

    def give(work):
        course_id = work.session.scalars(select(Course.id).where(Course.key.like(f"%/{FOLDER}")))
        work.session.add(
            Grant(
                institution_id=room.institution_id,
                person_id=world.people[name],
                role=Role.INSTRUCTOR,
                kind=ScopeKind.COURSE,
                course_id=course_id.one(),
                starts_at=work.now,
            )
        )

    room.db.perform(give, room.actor)


def forms(page, part):
    return re.findall(rf'<form[^>]*action="([^"]*{part}[^"]*)"', page)


def test_the_list_says_what_waits_in_each_programme(room, browser):
    page = browser.get(ROOM).text
    assert "Mi programa" in page
    assert "Como está publicado" in page
    room.save(LESSON, "otra", hashed(room.text(LESSON)))
    assert "Cambios por publicar" in browser.get(ROOM).text
    files = scaffold("mi-programa", "Mi programa")
    room.bring({**files, LESSON: files[LESSON] + b"\nDe fuera.\n"})
    assert "1 conflicto" in browser.get(ROOM).text


def test_the_list_is_searched_by_words_and_by_key(room, browser):
    assert "Mi programa" in browser.get(f"{ROOM}?q=PROGRAMA").text
    assert "Mi programa" in browser.get(f"{ROOM}?q=mi-prog").text
    assert "Mi programa" not in browser.get(f"{ROOM}?q=hacienda").text


def test_a_title_that_is_being_written_is_the_one_that_is_shown(room, browser):
    head = room.text("programme.yaml")
    room.save("programme.yaml", head.replace("Mi programa", "Nuestro programa"), hashed(head))
    assert "Nuestro programa" in browser.get(ROOM).text


def test_the_list_costs_the_same_whatever_stands_in_it(room, browser):
    browser.get(ROOM)
    with statements(room.db.engine) as few:
        browser.get(ROOM)
    for n in range(4):
        room.bring(scaffold(f"otro-{n}", f"Otro {n}"))
    with statements(room.db.engine) as many:
        assert "Otro 3" in browser.get(ROOM).text
    assert len(many) == len(few)


@pytest.mark.parametrize("name", ["otra-instructor", "otra-administrator", "otra-learner"])
def test_outside_its_institution_nothing_of_it_exists(room, as_person, here, course, name):
    browser = as_person(name)
    for url in (here, course, f"{here}/pasos", f"{course}/actividades/{KEY}/texto"):
        assert browser.get(url).status_code == 404
    if name != "otra-learner":
        assert "Mi programa" not in browser.get(ROOM).text
    assert browser.send(f"{course}/ordenar", {"delete": LESSON}).status_code == 404


@pytest.mark.parametrize("name", ["learner", "tutor", "registrar", "signer", "help_desk"])
def test_who_writes_no_courses_is_told_so(room, as_person, here, course, name):
    if name == "learner":  # belongs to no institution by a grant, and has no enrollment here
        assert as_person(name).get(here).status_code in {403, 404}
        return
    for url in (ROOM, here, course):
        assert as_person(name).get(url).status_code == 403
    assert as_person(name).send(f"{course}/ordenar", {"delete": LESSON}).status_code == 403


def test_an_administrator_reads_and_writes_nothing(room, as_person, here, course):
    browser = as_person("administrator")
    page = browser.get(course).text
    assert forms(page, "ordenar") == [f"{course}/ordenar"]
    assert 'name="delete"' not in page
    assert browser.send(f"{course}/ordenar", {"delete": LESSON}).status_code == 403


def test_who_writes_one_course_writes_that_and_sees_the_programme(
    room, world, as_person, here, course
):
    give_course(room, world, "tutor")
    browser = as_person("tutor")
    assert "Mi programa" in browser.get(ROOM).text
    assert browser.get(here).status_code == 200
    assert browser.send(f"{course}/ordenar", {"down": LESSON}).status_code == 303
    assert browser.get(f"{here}/archivos/programme.yaml").status_code == 403
    assert browser.get(f"{here}/archivos/{FOLDER}/course.yaml").status_code == 200


def test_a_course_shows_sizes_and_the_sentences_of_the_check_with_the_way_to_mend_them(
    room, browser, course
):
    assert "Nada por corregir" in browser.get(course).text
    text = room.text(LESSON)
    room.save(LESSON, text.replace("aim:", "meta:"), hashed(text))
    page = browser.get(course).text
    assert "error" in page
    assert re.search(rf'href="[^"]+{KEY}/leccion">[^<:]+</a>: falta «Al terminar se podrá…»', page)
    assert "palabras" in page


def test_whoever_writes_by_form_reads_no_file_names_and_whoever_writes_the_file_does(
    room, browser, course
):
    head = f"{FOLDER}/course.yaml"
    text = room.text(head)
    room.save(head, text[: text.index("grading:")], hashed(text))
    page = browser.get(course).text
    assert ">Datos del curso</a>: no dice cómo se forma la nota" in page
    assert "course.yaml" not in page
    text = room.text(LESSON)
    room.save(LESSON, text.replace("aim:", "meta:"), hashed(text))
    page = browser.get(f"{course}/actividades/{KEY}/texto").text
    assert re.search(r">01-recibir-una-peticion.md:\d+</a>", page)
    assert "`aim`" in page


def test_a_deed_is_said_at_the_top_with_its_undo(room, browser, course):
    done = browser.send(f"{course}/ordenar", {"delete": QUIZ})
    assert done.status_code == 303
    where = urlsplit(done.location)
    page = browser.get(f"{where.path}?{where.query}").text
    assert "Se eliminó: " in page
    assert QUIZ not in room.standing().files
    (undo,) = forms(page, "/deshacer")
    assert browser.send(undo).status_code == 303
    assert room.standing().changed == []
    assert "Se deshizo" in browser.get(course).text


@pytest.mark.parametrize("button", ["up", "into", "nonsense"])
def test_what_cannot_be_done_is_said_and_changes_nothing(room, browser, course, button):
    answer = browser.send(f"{course}/ordenar", {button: LESSON})
    assert answer.status_code in {303, 404}
    assert room.standing().changed == []


def test_nothing_of_another_course_is_arranged_from_here(browser, course):
    assert browser.send(f"{course}/ordenar", {"delete": "otro/01-x/01-y.md"}).status_code == 404
    assert browser.send(f"{course}/ordenar", {"delete": "programme.yaml"}).status_code == 404


def test_a_row_is_dropped_where_the_script_says(room, browser, course):
    sent = {"into": QUIZ, "module": QUIZ.rpartition("/")[0], "place": "0"}
    assert browser.send(f"{course}/ordenar", sent).status_code == 303
    assert QUIZ not in room.standing().files


def test_lessons_quizzes_and_modules_are_added(room, browser, course):
    module = LESSON.rpartition("/")[0]
    for what in ("lesson", "quiz"):
        sent = {"what": what, "title": f"Un {what}", "where": module}
        assert browser.send(f"{course}/agregar", sent).status_code == 303
    assert browser.send(f"{course}/agregar", {"what": "module", "title": "M"}).status_code == 303
    assert len(room.standing().changed) == 3
    wrong = browser.send(f"{course}/agregar", {"what": "lesson", "title": "", "where": module})
    assert wrong.status_code == 422
    wrong = browser.send(f"{course}/agregar", {"what": "lesson", "title": "X", "where": "otro/a"})
    assert wrong.status_code == 422
    assert len(room.standing().changed) == 3


def test_what_is_added_next_goes_where_one_is_and_is_never_guessed(room, browser, course):
    def chosen(url):
        where = re.search(r'<select[^>]*name="where".*?</select>', browser.get(url).text, re.S)
        return re.search(r'<option selected value="([^"]*)"', where.group(0)).group(1)

    module = LESSON.rpartition("/")[0]
    assert chosen(course) == module  # the only one
    done = browser.send(f"{course}/agregar", {"what": "module", "title": "Otro"}).location
    other = chosen(done)
    assert other not in ("", module)
    assert chosen(course) == ""
    sent = {"what": "lesson", "title": "X", "where": ""}
    assert "Elija un módulo" in browser.send(f"{course}/agregar", sent).text
    done = browser.send(f"{course}/agregar", sent | {"where": module}).location
    assert chosen(done) == module


def test_a_course_of_sixty_items_costs_the_same_statements(room, browser, course):
    browser.get(course)
    with statements(room.db.engine) as few:
        browser.get(course)
    lesson = room.text(LESSON)
    room.change(
        {
            f"{FOLDER}/02-otro/{n:02d}-l{n}.md": room.content(
                lesson.replace(f"key: {KEY}", f"key: l{n}")
            )
            for n in range(1, 61)
        }
        | {f"{FOLDER}/02-otro/module.yaml": room.content("key: otro\ntitle: Otro\nhours: 1\n")}
    )
    with statements(room.db.engine) as many:
        assert browser.get(course).status_code == 200
    assert len(many) <= len(few)
