"""What changed, publishing it, versions and conflicts on screen; who is offered what."""

import re

import pytest
from sqlalchemy import select

from lms.authoring.actions.rule import set_two_persons
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.models import PublicationRequest
from lms.catalog.models import Programme, ProgrammeVersion
from lms.people.models import Institution
from tests.authoring.packages import LESSON, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.authoring.views.test_course import give_course
from tests.statements import statements

ROOM = "/gestion/autoria"


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def written(room):
    before = room.text(LESSON)
    text = f"{before}\nUn párrafo más.\n"
    room.save(LESSON, text, hashed(before))
    return text


def value(page, name):
    return re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)


def publish(browser, here, summary="Se aclaró un plazo.", where="publicar", **more):
    seen = value(browser.get(f"{here}/cambios").text, "seen")
    sent = {"parts": [FOLDER], "summary": summary, "seen": seen} | more
    return browser.send(f"{here}/cambios/{where}", sent)


def numbers(room):
    with room.db.reading() as session:
        return session.scalars(
            select(ProgrammeVersion.number).order_by(ProgrammeVersion.number)
        ).all()


def two_persons(room):
    room.db.perform(set_two_persons, room.actor, room.institution_id, True)


def test_the_differences_are_words_and_not_lines(room, browser, here, written):
    text = room.text(QUIZ)
    stem = re.search(r"stem: \"?(.*?)\"?\n", text).group(1)
    room.save(QUIZ, text.replace(stem, f"Entonces: {stem}"), hashed(text))
    page = browser.get(f"{here}/cambios").text
    assert "Lo que cambió desde la última versión" in page
    assert "Un párrafo más." in re.findall(r"<ins>.*?</ins>|<p class=\"added\">.*?</p>", page)[0]
    assert "La pregunta misma" in page
    assert "Pregunta “" in page
    assert "+++" not in page


def test_publishing_asks_for_a_sentence_and_tells_the_versions_apart(
    room, world, browser, here, written
):
    wrong = publish(browser, here, summary="")
    assert wrong.status_code == 422
    assert "Escriba en una oración" in wrong.text
    assert publish(browser, here).status_code == 303
    assert numbers(room) == [1, 2]
    page = browser.get(f"{here}/versiones").text
    assert "Se aclaró un plazo." in page
    assert "De un paquete" in page
    with room.db.reading() as session:
        by = select(ProgrammeVersion.published_by_id).where(ProgrammeVersion.number == 2)
        assert session.scalars(by).one() == world.people["instructor"]
    page = browser.get(f"{here}/versiones/2").text
    assert "Un párrafo más." in page
    assert "Lo que dice distinto de la versión 1" in page


def test_the_programme_itself_is_published_with_its_courses_as_the_page_sends_them(
    room, browser, here, written
):
    before = room.text("programme.yaml")
    room.save("programme.yaml", before.replace("Mi programa", "Nuestro programa"), hashed(before))
    page = browser.get(f"{here}/cambios").text
    sent = re.findall(r'name="parts" value="([^"]*)"[^>]*checked', page)
    assert sent == ["", FOLDER]
    assert publish(browser, here, parts=[]).status_code == 422
    assert publish(browser, here, parts=sent).status_code == 303
    assert room.standing().changed == []


def test_a_page_that_did_not_see_the_last_words_publishes_nothing(room, browser, here, written):
    answer = publish(browser, here, seen="0" * 64)
    assert answer.status_code == 409
    assert numbers(room) == [1]


def test_with_errors_nothing_is_published_and_each_is_said(room, browser, here):
    text = room.text(LESSON)
    room.save(LESSON, text.replace("aim:", "meta:"), hashed(text))
    answer = publish(browser, here)
    assert answer.status_code == 422
    assert "impide publicar" in answer.text or "impiden publicar" in answer.text
    assert numbers(room) == [1]


def test_a_part_goes_back_and_comes_again_with_undo(room, browser, here, written):
    answer = browser.send(f"{here}/cambios/descartar/{FOLDER}")
    assert answer.status_code == 303
    assert room.standing().changed == []
    page = browser.get(answer.location).text
    (undo,) = re.findall(r'action="([^"]*deshacer)"', page)
    browser.send(undo)
    assert room.text(LESSON) == written


def test_an_old_version_comes_back_as_a_new_one(room, browser, here, written):
    publish(browser, here)
    assert browser.send(f"{here}/versiones/1/traer").status_code == 303
    assert room.standing().changed == [LESSON]
    publish(browser, here, summary="De vuelta a la primera.")
    assert numbers(room) == [1, 2, 3]
    page = browser.get(f"{here}/versiones/3?con=1").text
    assert "Dicen lo mismo" in page
    assert browser.get(f"{here}/versiones/9").status_code == 404
    assert browser.get(f"{here}/versiones/2?con=nada").status_code == 200


def test_the_list_of_versions_costs_the_same_however_many(room, browser, here, written):
    publish(browser, here)
    browser.get(f"{here}/versiones")
    with statements(room.db.engine) as few:
        browser.get(f"{here}/versiones")
    for n in range(3):
        text = room.text(LESSON)
        room.save(LESSON, f"{text}\n{n}\n", hashed(text))
        publish(browser, here)
    with statements(room.db.engine) as many:
        assert "5 versiones" in browser.get(f"{here}/versiones").text
    assert len(many) == len(few)


def test_changes_cost_the_same_however_many_files_changed(room, browser, here, written):
    browser.get(f"{here}/cambios")
    with statements(room.db.engine) as few:
        browser.get(f"{here}/cambios")
    text = room.text(QUIZ)
    room.save(QUIZ, text.replace("title:", "title: Otra,", 1), hashed(text))
    with statements(room.db.engine) as many:
        browser.get(f"{here}/cambios")
    assert len(many) == len(few)


def test_changes_cost_the_same_however_many_courses_changed(room, browser, here, written):
    browser.get(f"{here}/cambios")
    with statements(room.db.engine) as few:
        browser.get(f"{here}/cambios")
    for title in ("Segundo curso", "Tercer curso"):
        browser.send(f"{here}/cursos", {"title": title})
    with statements(room.db.engine) as many:
        assert "Tercer curso" in browser.get(f"{here}/cambios").text
    assert len(many) <= len(few)  # unfinished, they cannot be published: that is asked no more


class TestTwoPersons:
    def test_one_asks_another_approves(self, room, as_person, browser, here, written):
        two_persons(room)
        page = browser.get(f"{here}/cambios").text
        assert "/cambios/publicar" not in re.findall(r'formaction="([^"]*)"', page)[0]
        assert publish(browser, here).status_code == 409
        asked = publish(browser, here, where="pedir")
        assert asked.status_code == 303
        page = browser.get(asked.location).text
        assert "/aprobar" not in page
        assert "Retirar la solicitud" in page
        other = as_person("administrator")
        page = other.get(asked.location).text
        assert "Un párrafo más." in page
        assert other.send(f"{asked.location}/aprobar").status_code == 303
        assert numbers(room) == [1, 2]
        assert "aprobada y publicada" in browser.get(f"{here}/versiones").text

    def test_or_says_why_not(self, room, as_person, browser, here, written):
        asked = publish(browser, here, where="pedir").location
        other = as_person("administrator")
        assert other.send(f"{asked}/no-aprobar", {"reason": ""}).status_code == 422
        sent = {"reason": "Falta el artículo."}
        assert other.send(f"{asked}/no-aprobar", sent).status_code == 303
        assert "Falta el artículo." in browser.get(asked).text
        assert other.send(f"{asked}/aprobar").status_code == 409
        assert numbers(room) == [1]

    def test_whoever_asked_may_not_approve_and_may_withdraw(self, room, browser, here, written):
        asked = publish(browser, here, where="pedir").location
        assert browser.send(f"{asked}/aprobar").status_code == 409
        assert browser.send(f"{asked}/retirar").status_code == 303
        with room.db.reading() as session:
            assert session.scalars(select(PublicationRequest.state)).all() == ["withdrawn"]

    def test_an_administrator_sets_the_rule_and_nobody_else(self, room, as_person):
        url = f"{ROOM}/quien-publica"
        for name in ("instructor", "registrar", "tutor", "help_desk", "signer", "learner"):
            assert as_person(name).get(url).status_code == 403, name
        browser = as_person("administrator")
        assert "Dos personas" in browser.get(url).text
        assert browser.send(url, {"persons": "two"}).status_code == 303
        assert browser.send(url, {"persons": "nonsense"}).status_code == 422
        with room.db.reading() as session:
            assert session.get_one(Institution, room.institution_id).two_person_publishing
        assert 'value="two" checked' in browser.get(url).text or "checked" in browser.get(url).text


class TestWhoseItIs:
    def test_who_writes_one_course_asks_and_does_not_publish(
        self, room, world, as_person, here, written
    ):
        give_course(room, world, "tutor")
        browser = as_person("tutor")
        page = browser.get(f"{here}/cambios").text
        assert "Pedir su publicación" in page
        assert publish(browser, here).status_code == 403
        assert publish(browser, here, where="pedir").status_code == 303

    @pytest.mark.parametrize("name", ["otra-instructor", "otra-administrator"])
    def test_elsewhere_nothing_of_it_exists(self, room, as_person, here, written, name):
        browser = as_person(name)
        for url in ("cambios", "versiones", "versiones/1", "conflictos"):
            assert browser.get(f"{here}/{url}").status_code == 404
        for url in ("cambios/publicar", "cambios/pedir", "cambios/descartar", "versiones/1/traer"):
            assert browser.send(f"{here}/{url}").status_code == 404
        assert numbers(room) == [1]

    def test_a_request_of_another_programme_is_not_found_here(
        self, room, as_person, browser, here, written
    ):
        asked = publish(browser, here, where="pedir").location.rpartition("/")[2]
        room.bring(scaffold("otro", "Otro"))
        with room.db.reading() as session:
            uid = session.scalars(select(Programme.uid).where(Programme.key == "otro")).one()
        assert browser.get(f"{ROOM}/{uid}/solicitudes/{asked}").status_code == 404
        other = as_person("administrator")
        assert other.send(f"{ROOM}/{uid}/solicitudes/{asked}/aprobar").status_code == 404


class TestConflicts:
    @pytest.fixture
    def url(self, room, here, written):
        files = scaffold("mi-programa", "Mi programa")
        room.bring({**files, LESSON: files[LESSON] + b"\nDe fuera.\n"})
        return f"{here}/conflictos"

    def test_both_versions_stand_side_by_side(self, browser, url):
        page = browser.get(url).text
        assert "Escrito aquí" in page
        assert "Un párrafo más." in page
        assert "De fuera." in page

    def test_a_quiz_in_conflict_is_told_in_words_and_not_in_signs(self, room, browser, here):
        text = room.text(QUIZ)
        points = text.replace("points: 1", "points: 2", 1)
        room.save(QUIZ, points, hashed(text))
        files = scaffold("mi-programa", "Mi programa")
        theirs = files[QUIZ].replace(b"points: 1", b"points: 3", 1)
        room.bring({**files, QUIZ: theirs})
        page = browser.get(f"{here}/conflictos").text
        assert re.search(r"Pregunta “.*Puntos</h5>", page)
        assert "points:" not in page
        assert "stem:" not in page

    @pytest.mark.parametrize("choice", ["mine", "theirs"])
    def test_one_is_chosen_and_the_other_is_not_lost(self, room, browser, url, written, choice):
        seen = value(browser.get(url).text, "seen")
        sent = {"choice": choice, "path": LESSON, "seen": seen}
        assert browser.send(f"{url}/elegir", sent).status_code == 303
        assert (room.text(LESSON) == written) is (choice == "mine")
        assert "No hay ninguno" in browser.get(url).text
        again = browser.send(f"{url}/elegir", sent)
        assert again.status_code == 303
        assert "Eso ya se eligió" in browser.get(url).text

    def test_what_was_published_since_is_not_chosen_against(self, room, browser, url):
        sent = {"choice": "mine", "path": LESSON, "seen": "0" * 64}
        assert browser.send(f"{url}/elegir", sent).status_code == 303
        assert room.standing().conflicts == [LESSON]
        assert browser.send(f"{url}/elegir", sent | {"choice": "x"}).status_code == 404
