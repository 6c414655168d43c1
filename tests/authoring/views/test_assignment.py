"""An assignment by form: what its file says, its criteria, and who saved it meanwhile."""

import pytest

from lms.authoring.actions import arrange
from lms.authoring.formats.keys import keys_of
from lms.catalog.activity import activity_kinds
from lms.catalog.formats.yaml_write import plain
from lms.foundation.kernel.actor import SYSTEM
from tests.authoring.room import FOLDER
from tests.authoring.views.test_describing import filled

PATH = f"{FOLDER}/01-primer-modulo/03-plan-de-mejora.assignment.yaml"
OTHER = f"{FOLDER}/01-primer-modulo/04-segundo-plan.assignment.yaml"
SAID = {
    "instructions": "Escriba un plan.",
    "assessment": "120",
    "accepts": "both",
    "least_words": "100",
    "count": "2",
    "kinds": ["pdf"],
    "takes_late": "y",
    "days": "5",
    "percent_per_day": "2.5",
    "points": "",
    "criteria-0-title": "Diagnóstico",
    "criteria-0-levels": "0 | Ausente\r\n12.5 | Suficiente | Cita un dato.\r\n",
    "criteria-1-title": "Redacción",
    "criteria-1-points": "10",
}


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def page(room):
    kind = activity_kinds()["assignment"]
    module = f"{FOLDER}/01-primer-modulo"
    room.db.perform(arrange.add_activity, SYSTEM, room.uid, module, kind, "Plan de mejora")
    return f"/gestion/autoria/{room.uid}/cursos/{FOLDER}/actividades/plan-de-mejora/trabajo"


def data(room):
    return plain(keys_of(PATH, room.text(PATH)))


def test_what_is_typed_stands_in_the_file(room, browser, page):
    answer = browser.send(page, filled(browser.get(page).text) | SAID)
    assert answer.status_code == 303, answer.text
    said = data(room)
    assert said["instructions"].strip() == "Escriba un plan."
    assert said["words"] == {"least": 100}
    assert said["files"] == {"count": 2, "kinds": ["pdf"]}
    assert {key: str(each) for key, each in said["late"].items()} == {
        "days": "5",
        "percent_per_day": "2.5",
    }
    assert "points" not in said
    first, second = said["criteria"]
    assert (first["key"], second["key"]) == ("diagnostico", "redaccion")
    assert [each["title"] for each in first["levels"]] == ["Ausente", "Suficiente"]
    assert first["levels"][1]["description"] == "Cita un dato."
    assert second["points"] == 10


def test_saving_without_a_change_changes_not_a_byte(room, browser, page):
    browser.send(page, filled(browser.get(page).text) | SAID)
    before = room.text(PATH)
    browser.send(page, filled(browser.get(page).text))
    assert room.text(PATH) == before


def test_a_key_stays_whatever_its_criterion_is_called(room, browser, page):
    browser.send(page, filled(browser.get(page).text) | SAID)
    changed = filled(browser.get(page).text) | {"criteria-0-title": "Línea de base"}
    browser.send(page, changed)
    assert [each["key"] for each in data(room)["criteria"]] == ["diagnostico", "redaccion"]
    emptied = filled(browser.get(page).text) | {
        "criteria-0-title": "", "criteria-0-levels": "", "criteria-0-description": "",
    }  # fmt: skip
    browser.send(page, emptied)
    assert [each["key"] for each in data(room)["criteria"]] == ["redaccion"]


def test_the_outcome_that_a_criterion_measures_outlasts_the_form(room, browser, page):
    browser.send(page, filled(browser.get(page).text) | SAID)
    before = room.text(PATH)
    outcome = "key: redaccion\n    outcome: responder\n"
    room.change({PATH: room.content(before.replace("key: redaccion\n", outcome))})
    changed = filled(browser.get(page).text) | {"criteria-1-title": "Estilo"}
    assert browser.send(page, changed).status_code == 303
    assert data(room)["criteria"][1]["title"] == "Estilo"
    assert data(room)["criteria"][1]["outcome"] == "responder"


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"criteria-0-levels": "diez puntos"}, "puntos, una barra y su nombre"),
        ({"criteria-0-levels": "x | Ausente\n1 | Algo"}, "no empieza con puntos"),
        ({"criteria-0-levels": "1 | Sola"}, "Escriba de 2 a 10 niveles."),
        ({"criteria-1-points": ""}, "Dele niveles o puntos, no ambos."),
        ({"criteria-0-title": ""}, "Escríbala."),
        ({"days": ""}, "con cuántos días de atraso"),
        ({"percent_per_day": "101"}, "de 0 a 100"),
        ({"instructions": ""}, "Escriba qué hay que hacer."),
    ],
)
def test_what_cannot_be_is_said_with_everything_typed_still_there(room, browser, page, typed, said):
    before = room.text(PATH)
    answer = browser.send(page, filled(browser.get(page).text) | SAID | typed)
    assert answer.status_code == 422
    assert said in answer.text
    assert 'value="Redacción"' in answer.text
    assert room.text(PATH) == before


def test_who_saved_meanwhile_is_told_and_nothing_is_lost(room, browser, page):
    first = filled(browser.get(page).text)
    browser.send(page, first | SAID)
    answer = browser.send(page, first | SAID | {"title": "Otro título"})
    assert answer.status_code == 409
    assert 'value="Otro título"' in answer.text
    assert data(room)["title"] == "Plan de mejora"


def test_the_criteria_of_another_assignment_are_used_again(room, browser, page):
    browser.send(page, filled(browser.get(page).text) | SAID)
    kind = activity_kinds()["assignment"]
    module = f"{FOLDER}/01-primer-modulo"
    room.db.perform(arrange.add_activity, SYSTEM, room.uid, module, kind, "Segundo plan")
    other = page.replace("plan-de-mejora", "segundo-plan")
    assert "?de=plan-de-mejora" in browser.get(other).text
    shown = filled(browser.get(f"{other}?de=plan-de-mejora").text)
    assert shown["criteria-0-title"] == "Diagnóstico"
    answer = browser.send(other, shown | {"instructions": "Otro plan."})
    assert answer.status_code == 303, answer.text
    said = plain(keys_of(OTHER, room.text(OTHER)))
    assert said["criteria"] == data(room)["criteria"]
    assert "points" not in said


def test_others_may_not_write_it(as_person, page):
    assert as_person("tutor").get(page).status_code in {403, 404}
    assert as_person("otra-instructor").get(page).status_code == 404
