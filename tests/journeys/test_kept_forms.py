"""What staff type into a form outlives its tab: announcements, messages, answers."""

from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.walking import look, press, sign_in

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

RUNNING = "Promoción 2026-II"
WORDS = "Mañana no hay taller:\n\nse repone el jueves."


def cohort(house: House) -> str:
    ((uid,),) = house.rows("select uid from cohort where title = ?", RUNNING)
    return f"/gestion/promociones/{UUID(str(uid))}"


def typed(page: Page, label: str, words: str = WORDS) -> None:
    """Somebody types, and the device has it."""
    expect(page.locator("[data-keep][data-ready]")).to_have_count(1)
    page.get_by_label(label, exact=True).fill(words)
    page.wait_for_function(
        "words => Object.keys(localStorage).some((key) => /^typed/.test(key)"
        " && localStorage[key].includes(JSON.stringify(words).slice(1, -1)))",
        arg=words,
    )


def taken_up(page: Page, url: str, label: str, words: str = WORDS) -> Page:
    """The tab is closed; the page opened again offers what was typed, and gives it back."""
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(url)
    offered = again.locator("[data-offered]")
    expect(offered).to_be_visible()
    expect(offered).not_to_contain_text("m.")  # 15:31, and not 3:31 p. m.
    expect(again.get_by_label(label, exact=True)).not_to_have_value(words)
    offered.get_by_role("button", name="Seguir con él").click()
    expect(again.get_by_label(label, exact=True)).to_have_value(words)
    expect(offered).to_be_hidden()
    return again


def is_offered_no_more(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_function("() => !Object.keys(localStorage).some((key) => /^typed/.test(key))")
    expect(page.locator("[data-offered]")).to_be_hidden()


@on(DESK, PHONE)
def test_an_announcement(browse: Browse, house: House, device: Device):
    """Also one that was looked at in its preview, which stands at another address."""
    page = browse(device)
    sign_in(page, house, "docente")
    here = f"{cohort(house)}/anuncios"
    page.goto(here)
    page.get_by_label("Título").fill(f"El jueves, {device.name}")
    typed(page, "Mensaje")
    press(page, "Vista previa")
    expect(page.get_by_text("Todavía no se ha publicado nada")).to_be_visible()
    again = taken_up(page, here, "Mensaje")
    look(again, "anuncio-retomado")
    press(again, "Publicar y enviar")
    expect(again.locator(".toast")).to_be_visible()
    is_offered_no_more(again, here)


@on(DESK)
def test_a_message_to_a_list(browse: Browse, house: House, device: Device):
    """Offered wherever one writes to people of the cohort; the list is the one in view."""
    page = browse(device)
    sign_in(page, house, "docente")
    page.goto(f"{cohort(house)}/mensaje")
    page.get_by_label("Título").fill("A todas las personas")
    typed(page, "Mensaje")
    again = taken_up(page, f"{cohort(house)}/mensaje?ver=todas", "Mensaje")
    expect(again.get_by_label("Título")).to_have_value("A todas las personas")
    again.get_by_role("main").locator("button", has_text="Enviar a").click()
    expect(again.locator(".toast")).to_be_visible()
    is_offered_no_more(again, f"{cohort(house)}/mensaje")


@on(DESK)
def test_an_answer_that_meets_an_ended_session(browse: Browse, house: House, device: Device):
    """A learner asks; the answer outlives session and tab."""
    page = browse(device)
    sign_in(page, house, "docente")
    page.goto(f"{cohort(house)}/preguntas")
    page.get_by_role("main").locator("a[href*='/preguntas/']").first.click()
    here = page.url
    typed(page, "Su respuesta")
    page.context.clear_cookies()
    page.close()
    other = browse(device)
    assert other.context is not page.context  # another device has nothing of it
    page = page.context.new_page()
    sign_in(page, house, "docente")
    page.goto(here)
    page = taken_up(page, here, "Su respuesta")
    press(page, "Responder")
    expect(page.locator(".toast")).to_be_visible()
    is_offered_no_more(page, here)
