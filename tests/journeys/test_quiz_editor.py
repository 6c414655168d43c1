"""A quiz of twenty questions written by form, by somebody who has never seen a file of it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, PLAIN, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.questions import WRITTEN
from tests.journeys.walking import follow, heading, look, press, sign_in

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

ROUNDS = 3
"""Of the six types each; two more make twenty."""


def test_a_quiz_of_twenty_questions_by_form(browse: Browse, house: House):
    page = _begun(browse(DESK), house, "Evaluación de veinte")
    for kind in WRITTEN:
        follow(page, kind, exact=True)
        for number in range(ROUNDS + 2 * (kind == "Verdadero o falso")):
            if number:
                press(page, "Guardar y escribir otra")
                expect(page.locator(".toast")).to_contain_text(re.compile("^Pregunta agregada"))
            WRITTEN[kind](page, number)
        press(page, "Guardar pregunta")
        expect(page.locator("[data-item]").first).to_be_visible()
    expect(page.locator("[data-item]")).to_have_count(20)
    expect(page.get_by_text("20 preguntas", exact=True)).to_be_visible()
    expect(page.locator(".wrongs")).to_have_count(0)
    look(page, "veinte-preguntas")

    first = page.locator("[data-item]").first
    words = first.locator(".item-title a").inner_text()
    first.locator("[data-grip]").press("Enter")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("[data-item]").nth(1).locator(".item-title a")).to_have_text(words)
    press(page, "Deshacer")
    expect(page.locator("[data-item]").first.locator(".item-title a")).to_have_text(words)

    follow(page, "Ajustes de la evaluación")
    page.get_by_label("Minutos permitidos por intento").fill("40")
    page.get_by_label("Intentos permitidos").fill("")
    press(page, "Guardar borrador")
    expect(page.get_by_text("Intentos sin límite")).to_be_visible()


@on(PHONE, PLAIN)
def test_a_few_on_a_phone_and_without_scripts(browse: Browse, house: House, device: Device):
    page = _begun(browse(device), house, f"Evaluación breve {device.name}")
    for kind in ("Selección única", "Relacionar", "Número"):
        _write(page, kind, 0)
    expect(page.locator("[data-item]")).to_have_count(3)
    look(page, "preguntas-propias")
    page.get_by_role("button", name="Bajar: pregunta 1").click()
    expect(page.locator("[data-item]").nth(1)).to_contain_text("¿Cuál es la única? 0")
    page.get_by_role("button", name="Eliminar pregunta 2").click()
    expect(page.locator("[data-item]")).to_have_count(2)
    press(page, "Deshacer")
    expect(page.locator("[data-item]")).to_have_count(3)


def _begun(page: Page, house: House, title: str) -> Page:
    """A new quiz in the course of the workshop, open in its editor."""
    sign_in(page, house, "docente")
    page.goto("/gestion/autoria")
    follow(page, "Taller de solicitudes")
    follow(page, "Solicitudes paso a paso")
    page.get_by_role("radio", name="Evaluación", exact=True).check()
    page.get_by_label("Título", exact=True).fill(title)
    press(page, "Agregar")
    follow(page, title, exact=True)
    heading(page, title)
    expect(page.get_by_text("Aún no hay preguntas")).to_be_visible()
    return page


def _write(page: Page, kind: str, number: int) -> None:
    """One question, from the list and back to it."""
    follow(page, kind, exact=True)
    heading(page, "Pregunta nueva")
    WRITTEN[kind](page, number)
    press(page, "Guardar pregunta")
    expect(page.locator(".toast")).to_contain_text(re.compile("^Pregunta agregada"))


def test_a_question_that_was_being_typed_outlives_its_tab(browse: Browse, house: House):
    """With the rows that it had; what arrived is offered no more."""
    page = _begun(browse(PHONE), house, "Evaluación interrumpida")
    room = page.url
    follow(page, "Selección única", exact=True)
    here = page.url
    WRITTEN["Selección única"](page, 0)
    press(page, "Agregar una opción")
    rows = page.locator(".question-row")
    many = rows.count()
    rows.last.get_by_label("Texto").fill("La última, que no llegó")
    expect(page.locator("[data-offered]")).to_be_hidden()
    page.wait_for_function(
        "() => Object.values(localStorage).some((each) => each.includes('La última'))"
    )
    context = page.context
    page.close()

    again = context.new_page()
    again.goto(here)
    offered = again.locator("[data-offered]")
    expect(offered).to_contain_text("no llegó")
    assert again.locator(".question-row").count() < many
    look(again, "pregunta-que-no-llego")
    offered.get_by_role("button", name="Descartarlo").click()
    offered.get_by_role("button", name="Deshacer").click()
    offered.get_by_role("button", name="Seguir con él").click()
    expect(again.locator(".question-row")).to_have_count(many)
    expect(again.locator(".question-row").last.get_by_label("Texto")).to_have_value(
        "La última, que no llegó"
    )
    expect(offered).to_be_hidden()
    press(again, "Guardar pregunta")
    expect(again.locator("[data-item]")).to_have_count(1)
    again.goto(here)
    again.wait_for_function("() => !Object.keys(localStorage).some((each) => /^typed/.test(each))")
    expect(offered).to_be_hidden()
    again.goto(room)
    expect(again.locator("[data-item]")).to_have_count(1)
