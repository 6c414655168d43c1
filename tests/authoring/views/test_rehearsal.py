"""The preview shows learners' own pages in a chosen state, and leaves no trace in any table."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from lms.authoring import rehearsal
from lms.authoring.actions.drafts import Content
from lms.authoring.rehearsal import KEPT_FOR, MOST_KEPT, Rehearsal, Rehearsals
from lms.authoring.views import rehearsal as views
from lms.foundation.db.base import Base
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import NotFound, Unavailable
from tests.authoring.packages import LESSON
from tests.authoring.room import FOLDER, hashed
from tests.statements import statements

ROOM = "/gestion/autoria"
KEY = "recibir-una-peticion"


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}/vista"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def rows(room):
    """How many rows stand in each table."""
    with room.db.reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table))
            for table in Base.metadata.sorted_tables
        }


def linked(page, part):
    return [each for each in re.findall(r'href="([^"]+)"', page) if part in each]


def test_the_first_visit_of_the_draft_is_marked_as_a_preview_and_writes_nothing(
    room, browser, here
):
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nAún no lo ve nadie.\n", hashed(text))
    before = rows(room)
    with statements(room.db.engine) as seen:
        page = browser.get(f"{here}/borrador/primera-visita").text
        lesson = browser.get(f"{here}/borrador/primera-visita/{FOLDER}/{KEY}").text
    assert "Vista previa del borrador" in page
    assert "Recibir una petición" in page
    assert "<script" not in page
    assert "form_key" not in page
    assert "Aún no lo ve nadie." in lesson
    assert "/aula/" not in page + lesson
    assert rows(room) == before
    assert [each for each in seen if re.match(r"\s*(INSERT|UPDATE|DELETE)", each)] == []


def test_a_version_is_shown_as_it_was_published(room, browser, here):
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nAún no lo ve nadie.\n", hashed(text))
    page = browser.get(f"{here}/1/primera-visita/{FOLDER}/{KEY}").text
    assert "Vista previa de la versión 1" in page
    assert "Aún no lo ve nadie." not in page
    assert browser.get(f"{here}/9/primera-visita").status_code == 404


def test_half_way_something_is_done_and_something_is_not(browser, here):
    assert "1 de 2 actividades" in browser.get(f"{here}/1/a-mitad").text


def test_a_quiz_that_was_not_passed_says_so_and_why(browser, here):
    page = browser.get(f"{here}/1/no-aprobada").text
    (quiz,) = set(linked(page, "evaluaciones"))
    page = browser.get(quiz).text
    assert "Intento 1" in page
    results = linked(page, "/no-aprobada/intento")
    assert results
    assert "¿Qué datos lleva el registro?" in browser.get(results[0]).text


def test_in_the_quiz_its_questions_are_asked(browser, here):
    page = browser.get(f"{here}/1/en-evaluacion").text
    (quiz,) = set(linked(page, "evaluaciones"))
    page = browser.get(quiz).text
    (attempt,) = set(re.findall(r'href="([^"]*/en-evaluacion/intento)"', page))
    assert "¿Qué datos lleva el registro?" in browser.get(attempt).text


def test_a_state_opens_where_its_learner_stands(browser, here):
    doors = {each.partition("borrador/")[2]: each for each in linked(browser.get(here).text, "?")}
    found = {}
    for door, url in doors.items():
        answer = browser.get(url.replace("&amp;", "&"))
        found[door.partition("?")[0]] = answer.status_code, answer.location or ""
    assert found["en-evaluacion"] == (303, f"{here}/borrador/en-evaluacion/intento")
    assert found["no-aprobada"] == (303, f"{here}/borrador/no-aprobada/intento/resultado")
    for _status, url in (found["en-evaluacion"], found["no-aprobada"]):
        assert "nada=1" not in (browser.get(url).location or "")
    for door in ("primera-visita", "a-mitad", "terminado"):
        assert found[door] == (200, "")
    # The course itself stays within reach.
    assert browser.get(f"{here}/borrador/en-evaluacion").status_code == 200


def test_who_has_finished_passed_everything(browser, here):
    page = browser.get(f"{here}/1/terminado").text
    assert "2 de 2 actividades" in page
    (quiz,) = set(linked(page, "evaluaciones"))
    assert "Aprobó" in browser.get(quiz).text


def test_the_address_of_an_attempt_holds_when_it_was_made_anew(browser, here, monkeypatch):
    page = browser.get(f"{here}/1/en-evaluacion/intento").text
    assert "¿Qué datos lleva el registro?" in page
    monkeypatch.setattr(views, "_KEPT", Rehearsals())
    assert "¿Qué datos lleva el registro?" in browser.get(f"{here}/1/en-evaluacion/intento").text
    assert browser.get(f"{here}/1/primera-visita/intento").status_code == 404


def test_each_attempt_has_an_address_of_its_own():
    first, second = uuid4(), uuid4()
    made = Rehearsal(None, uuid4(), "", (first, second))
    assert views._learners(made, "intento") == f"/intentos/{first}"
    assert views._learners(made, "intento-2/resultado") == f"/intentos/{second}/resultado"
    with pytest.raises(NotFound):
        views._learners(made, "intento-3")


def test_a_button_leads_back_and_does_nothing(room, browser, here):
    lesson = f"{here}/1/primera-visita/{FOLDER}/{KEY}"
    page = browser.get(lesson).text
    forms = re.findall(r"<form[^>]*method=\"post\"[^>]*>", page)
    assert forms
    assert all(f'action="{lesson}"' in each for each in forms)  # the way out of the site among them
    before = rows(room)
    answer = browser.send(lesson, {"answer": "Lo que alguien escribió"})
    assert (answer.status_code, answer.location) == (303, f"{lesson}?nada=1")
    assert "aquí no hace nada" in browser.get(answer.location).text
    assert rows(room) == before
    assert browser.get(lesson).status_code == 200  # still signed in


def test_a_draft_with_errors_says_what_keeps_it_from_being_shown(room, browser, here):
    text = room.text(LESSON)
    room.save(LESSON, text.replace("aim:", "meta:"), hashed(text))
    answer = browser.get(f"{here}/borrador/primera-visita")
    assert answer.status_code == 409
    assert "impide" in answer.text
    assert browser.get(f"{here}/1/primera-visita").status_code == 200


def test_a_file_that_is_not_published_is_shown_here_and_nowhere_else(room, browser, here, visitor):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'
    kept = keep(room.store, svg)
    room.change({
        f"{FOLDER}/media/nuevo.svg": Content(media=Stored(kept.sha256, kept.size, "image/svg+xml"))
    })  # fmt: skip
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\n![Un plano](media/nuevo.svg)\n", hashed(text))
    page = browser.get(f"{here}/borrador/primera-visita/{FOLDER}/{KEY}").text
    (url,) = {each for each in re.findall(r'src="([^"]+)"', page) if "nuevo.svg" in each}
    assert browser.get(url).data == svg
    assert visitor.get(f"/medios/{kept.sha256}/nuevo.svg").status_code == 404
    assert visitor.get(url).status_code in {302, 401}


@pytest.mark.parametrize("name", ["tutor", "registrar", "signer", "help_desk"])
def test_only_who_sees_drafts_sees_the_preview(as_person, here, name):
    assert as_person(name).get(f"{here}/borrador/primera-visita").status_code == 403
    assert as_person("otra-instructor").get(f"{here}/borrador/primera-visita").status_code == 404


def test_what_is_no_state_is_no_page(browser, here):
    assert browser.get(f"{here}/borrador/otra").status_code == 404
    for edition in ("x", "0", "٣", "9" * 5000):
        assert browser.get(f"{here}/{edition}/primera-visita").status_code == 404
    page = browser.get(here).text
    assert len(linked(page, "/vista/borrador/")) == 5


NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


class Closable:
    closed = False

    def close(self):
        self.closed = True


def look(kept, key, now, made):
    def make():
        made.append(Closable())
        return Rehearsal(made[-1], uuid4(), "")

    with kept.looking(key, now, make) as found:
        assert not found.database.closed
        return found


def test_few_previews_are_kept_and_none_for_long():
    kept, made = Rehearsals(), []
    first = look(kept, "a", NOON, made)
    assert look(kept, "a", NOON + KEPT_FOR / 2, made) is first
    assert look(kept, "a", NOON + KEPT_FOR, made) is not first
    assert made[0].closed
    for key in "bcdefg":
        look(kept, key, NOON + KEPT_FOR, made)
    assert [each.closed for each in made] == [True] * (len(made) - MOST_KEPT) + [False] * MOST_KEPT


def test_one_preview_is_made_at_a_time_and_who_waits_in_vain_is_told(monkeypatch):
    monkeypatch.setattr(rehearsal, "PATIENCE", 0.01)
    kept, made = Rehearsals(), []

    def make():
        with pytest.raises(Unavailable):
            look(kept, "b", NOON, made)
        raise LookupError

    with pytest.raises(LookupError), kept.looking("a", NOON, make):
        pass
    assert look(kept, "a", NOON, made)  # what failed left the door open
