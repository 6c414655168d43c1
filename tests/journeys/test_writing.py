"""Nothing that an author types is lost: two tabs, a session that ends, a server that dies."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys import course, writing
from tests.journeys.conftest import DESK, PHONE, PLAIN, Browse, Demo, on
from tests.journeys.house import House, address_of
from tests.journeys.walking import follow, heading, look, press, sign_in
from tests.journeys.writing import SAVED, add, address, state, text_of

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

UNSENT = "Sin enviar"


@pytest.fixture(scope="module")
def house(demo: Demo, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """The demo with a long course, served."""
    folder = tmp_path_factory.mktemp("writing")
    served = demo.copied(folder / "data", f"house_{worker_id}")
    served.lms("courses", "import", str(writing.write(folder)), "--yes")
    served.start()
    yield served
    served.stop()


def author(page: Page, house: House, key: str) -> Page:
    """An instructor opens a lesson of the long course."""
    sign_in(page, house, "docente")
    page.goto(address(house, key))
    return page


def kept(house: House, words: str) -> bool:
    """Whether the server has a draft with these words."""
    return bool(house.rows("select 1 from draft_file where text like ?", f"%{words}%"))


@on(DESK, PHONE)
def test_what_one_types_is_saved_after_a_pause(browse: Browse, house: House, device):
    page = author(browse(device), house, f"leccion-{10 if device is DESK else 11}")
    add(page, f"Escrito a {device.name}.")
    expect(state(page)).to_contain_text(SAVED)
    assert kept(house, f"Escrito a {device.name}.")
    look(page, "texto-guardado")
    add(page, " Y más.")
    text_of(page).press("Control+s")
    expect(state(page)).to_contain_text(SAVED)
    page.reload()
    expect(text_of(page)).to_have_value(re.compile("Y más"))
    expect(page.locator("[data-offered]")).to_be_hidden()


@on(DESK, PHONE)
def test_two_tabs_see_both_versions_and_nothing_is_overwritten(
    browse: Browse, house: House, device
):
    number = 20 if device is DESK else 24
    one = author(browse(device), house, f"leccion-{number}")
    other = one.context.new_page()
    other.goto(one.url)
    add(one, "De la primera.")
    expect(state(one)).to_contain_text(SAVED)
    add(other, "De la segunda.")
    expect(other.locator("[data-conflict]")).to_be_visible()
    assert kept(house, "De la primera.")
    assert not kept(house, "De la segunda.")
    look(other, "texto-conflicto")
    other.get_by_role("button", name="Ver las dos versiones").click()
    expect(other.get_by_label("Su versión")).to_have_value(re.compile("De la segunda"))
    expect(other.get_by_role("region", name="La otra versión")).to_contain_text("primera")
    look(other, "texto-dos-versiones")
    press(other, "Unir las dos y revisarlas")
    joined = text_of(other)
    expect(joined).to_have_value(re.compile("De la segunda.*De la primera", re.DOTALL))
    press(other, "Guardar borrador")
    expect(other.get_by_role("main")).to_contain_text("Borrador guardado")
    assert kept(house, "De la segunda.")
    assert kept(house, "De la primera.")
    add(one, " Otra vez.")  # the first tab is now the one that does not know
    expect(one.locator("[data-conflict]")).to_be_visible()
    one.get_by_role("button", name="Ver las dos versiones").click()
    press(one, "Guardar la mía")
    expect(one.get_by_role("main")).to_contain_text("Borrador guardado")
    assert kept(house, "Otra vez.")
    expect(one.locator("[data-offered]")).to_be_hidden()


@on(DESK, PHONE)
def test_a_session_that_ends_keeps_the_text_and_sends_it_after_signing_in_again(
    browse: Browse, house: House, device
):
    page = author(browse(device), house, f"leccion-{30 if device is DESK else 34}")
    text_of(page)
    page.context.clear_cookies()
    words = f"Sin sesión a {device.name}."
    add(page, words)
    expect(state(page)).to_contain_text("su sesión terminó")
    look(page, "texto-sin-sesion")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Ingresar en otra pestaña").click()
    sign_in(opened.value, house, "docente")
    opened.value.close()
    page.bring_to_front()
    expect(state(page)).to_contain_text(SAVED)
    assert kept(house, words)


@on(DESK, PHONE)
def test_a_session_that_is_ended_elsewhere_takes_no_word_from_this_tab(
    browse: Browse, house: House, device
):
    """Neither of a lesson nor of a question: one signs in in the same tab and sends them."""
    page = author(browse(device), house, f"leccion-{51 if device is DESK else 52}")
    text_of(page)
    revoke_all(browse(device), house)
    words = f"Terminada a {device.name}."
    add(page, words)
    expect(state(page)).to_contain_text("su sesión terminó")
    where = page.url
    press(page, "Guardar y volver")
    heading(page, "Ingrese para seguir")
    look(page, "sesion-terminada")
    sign_in_here(page, house)
    expect(page.get_by_role("main")).to_contain_text(words)
    press(page, "Enviar ahora")
    expect(page.get_by_role("main")).to_contain_text("Borrador guardado")
    assert kept(house, words)
    page.goto(where)
    expect(text_of(page)).to_have_value(re.compile(words))
    expect(page.locator("[data-offered]")).to_be_hidden()

    page.goto(f"{address(house, course.EXAM).removesuffix('/leccion')}/preguntas")
    follow(page, "Verdadero o falso", exact=True)
    page.get_by_label("La pregunta misma").fill(words)
    page.get_by_label("Falso", exact=True).check()
    revoke_all(browse(device), house)
    press(page, "Guardar pregunta")
    sign_in_here(page, house)
    press(page, "Enviar ahora")
    expect(page.locator("[data-item]").filter(has_text=words)).to_have_count(1)


@on(DESK, PHONE)
def test_after_an_ended_session_pictures_preview_and_both_versions_go_on(
    browse: Browse, house: House, device, tmp_path: Path
):
    """Whoever signs in in another tab finds every part of the page as it was."""
    number = 56 if device is DESK else 57
    page = author(browse(device), house, f"leccion-{number}")
    text_of(page)
    page.context.clear_cookies()
    add(page, "Sin sesión.")
    expect(page.locator("[data-look-said]")).to_contain_text("Ingrese")
    other = page.context.new_page()
    sign_in(other, house, "docente")
    page.bring_to_front()
    expect(state(page)).to_contain_text(SAVED)
    expect(page.locator("[data-look-shown]")).to_contain_text("Sin sesión.")
    expect(page.locator("[data-look-said]")).to_be_empty()

    other.context.clear_cookies()  # once more, with nothing left to be saved
    sign_in(other, house, "docente")
    name = f"ventanilla-{device.name}.png"
    Image.new("RGB", (40, 30), "teal").save(tmp_path / name)
    page.get_by_role("button", name="Figura").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Qué muestra", exact=True).fill("La ventanilla")
    dialog.get_by_label("O envíe uno desde este dispositivo").set_input_files(tmp_path / name)
    dialog.get_by_role("button", name="Insertar").click()
    expect(text_of(page)).to_have_value(re.compile(r"!\[La ventanilla\]\(media/ventanilla"))
    expect(state(page)).to_contain_text(SAVED)

    other.goto(page.url)
    add(other, "De la otra.")
    expect(state(other)).to_contain_text(SAVED)
    add(page, "De la primera.")
    expect(page.locator("[data-conflict]")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page.context.new_page(), house, "docente")
    page.bring_to_front()
    page.get_by_role("button", name="Ver las dos versiones").click()
    expect(page.get_by_label("Su versión")).to_have_value(re.compile("De la primera"))


@on(DESK, PHONE)
def test_what_is_deleted_elsewhere_is_said_to_be_gone_and_goes_on_once_it_is_back(
    browse: Browse, house: House, device
):
    number = 58 if device is DESK else 59
    page = author(browse(device), house, f"leccion-{number}")
    text_of(page)
    other = page.context.new_page()
    other.goto(address(house).partition("/actividades")[0])
    row = other.locator(f"[data-item][data-name='Lección {number}']")
    row.get_by_text("Más").click()
    row.get_by_role("button", name="Eliminar").click()
    expect(other.locator(".toast")).to_contain_text("Se eliminó")
    page.bring_to_front()
    words = f"Ya no estaba, {device.name}."
    add(page, words)
    expect(state(page)).to_contain_text("se quitó del curso")
    expect(state(page)).not_to_contain_text("dirección")
    look(page, "texto-quitado")
    with page.context.expect_page() as opened:
        state(page).get_by_role("link", name="Pasos y deshacer").click()
    heading(opened.value, "Pasos del borrador")
    opened.value.close()
    press(other, "Deshacer")
    expect(other.locator(".toast")).to_contain_text("Se deshizo")
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(state(page)).to_contain_text(SAVED)
    assert kept(house, words)


def test_opened_again_nobody_is_said_to_have_written_it_but_oneself(browse: Browse, house: House):
    """Unless the other page is still open."""
    page = author(browse(DESK), house, "leccion-53")
    add(page, "Guardado por mí.")
    expect(state(page)).to_contain_text(SAVED)
    where = page.url
    page.goto("/gestion")
    page.goto(where)
    text_of(page)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    with page.expect_response(lambda answer: "?tab=" in answer.url) as asked:
        page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    assert asked.value.json()["said"].startswith("Usted guardó este texto")
    expect(page.locator("[data-others]")).to_be_hidden()
    add(page, " Y otra vez.")
    expect(state(page)).to_contain_text(SAVED)
    other = page.context.new_page()
    other.goto(where)
    expect(other.locator("[data-others]")).to_contain_text("Usted guardó este texto")


def revoke_all(page: Page, house: House) -> None:
    """From another device, all sessions but that one are closed."""
    sign_in(page, house, "docente")
    page.goto("/cuenta")
    press(page, "Cerrar la sesión en los demás dispositivos")
    page.get_by_role("main").wait_for()


def sign_in_here(page: Page, house: House) -> None:
    page.get_by_label("Correo, teléfono o número de documento").fill(address_of("docente"))
    page.get_by_label("Contraseña", exact=True).fill(house.password_of("docente"))
    press(page, "Ingresar")
    heading(page, "Enviar lo que escribió")


@on(DESK, PHONE)
def test_a_closed_tab_offers_what_did_not_arrive(browse: Browse, house: House, device):
    page = author(browse(device), house, f"leccion-{40 if device is DESK else 44}")
    where = page.url
    text_of(page)
    page.context.clear_cookies()  # so that nothing leaves, not even while the page is closing
    words = f"Cerrada a {device.name}."
    add(page, words)
    expect(state(page)).to_contain_text(UNSENT)
    page.close(run_before_unload=False)

    again = page.context.new_page()
    sign_in(again, house, "docente")
    again.goto(where)
    offered = again.locator("[data-offered]")
    expect(offered).to_be_visible()
    expect(text_of(again)).not_to_have_value(re.compile(words))
    look(again, "texto-ofrecido")
    again.get_by_role("button", name="Verlo junto a lo guardado").click()
    expect(again.get_by_label("Su versión")).to_have_value(re.compile(words))
    look(again, "texto-junto-a-lo-guardado")
    assert not kept(house, words)
    again.goto(where)
    expect(offered).to_be_visible()  # looked at, and still there
    again.get_by_role("button", name="Descartarlo").click()
    again.get_by_role("button", name="Deshacer").click()
    again.get_by_role("button", name="Seguir con él").click()
    expect(state(again)).to_contain_text(SAVED)
    assert kept(house, words)
    again.reload()
    text_of(again)
    expect(offered).to_be_hidden()


def test_somebody_else_is_told_of_before_words_meet(browse: Browse, house: House):
    page = author(browse(DESK), house, "leccion-50")
    text_of(page)
    colleague = browse(PHONE)
    sign_in(colleague, house, "docente")
    colleague.goto(page.url)
    add(colleague, "De otra parte.")
    expect(state(colleague)).to_contain_text(SAVED)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    others = page.locator("[data-others]")
    expect(others).to_contain_text("Usted guardó este texto")
    others.get_by_role("link", name="Ver lo que dice ahora").click()
    expect(text_of(page)).to_have_value(re.compile("De otra parte"))


def test_without_scripts_the_form_does_the_same(browse: Browse, house: House):
    one = author(browse(PLAIN), house, "leccion-55")
    other = one.context.new_page()
    other.goto(one.url)
    for page, words in ((one, "Primero."), (other, "Segundo.")):
        field = page.get_by_label("Texto", exact=True)
        field.fill(f"{field.input_value()}\n{words}\n")
        press(page, "Guardar borrador")
    expect(one.get_by_role("main")).to_contain_text("Borrador guardado")
    expect(other.get_by_label("Su versión")).to_have_value(re.compile("Segundo"))
    assert kept(house, "Primero.")
    assert not kept(house, "Segundo.")
    look(other, "texto-dos-versiones-sin-js")
    press(other, "Guardar la mía")
    expect(other.get_by_role("main")).to_contain_text("Borrador guardado")
    assert kept(house, "Segundo.")


def test_a_server_that_is_killed_while_one_types_gets_the_text_when_it_is_back(
    browse: Browse, demo: Demo, own_house: House, tmp_path: Path
):
    own_house.stop()
    own_house.lms("courses", "import", str(writing.write(tmp_path)), "--yes")
    own_house.start()
    page = author(browse(PHONE), own_house, "leccion-30")
    add(page, "Antes.")
    expect(state(page)).to_contain_text(SAVED)
    own_house.kill()
    add(page, " Durante.")
    expect(state(page)).to_contain_text(UNSENT)
    add(page, " Todavía.")
    own_house.start()
    expect(state(page)).to_contain_text(SAVED)
    assert kept(own_house, "Antes. Durante. Todavía.")
