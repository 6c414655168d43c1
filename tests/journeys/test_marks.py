"""Each button above a lesson's text writes what it says, can be undone, and is shown beside it."""

import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import DESK, PHONE, PROGRAMME, Browse, on
from tests.journeys.house import House
from tests.journeys.walking import look, sign_in
from tests.journeys.writing import SAVED, address, state, text_of

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

#: Buttons that write at once: what is typed and chosen first, and what stands there afterwards.
AT_ONCE = {
    "Título": ("Plazos", "## Plazos"),
    "Título menor": ("Plazos", "### Plazos"),
    "Negrita": ("Plazos", "**Plazos**"),
    "Cursiva": ("Plazos", "*Plazos*"),
    "Lista": ("uno\ndos", "- uno\n- dos"),
    "Lista numerada": ("uno\ndos", "1. uno\n2. dos"),
    "Cita": ("uno\ndos", "> uno\n> dos"),
}
#: Buttons that ask: what is answered, what is written, and what of it the preview shows.
ASKING = {
    "Recuadro": (
        {"Tipo": "Cuidado", "Título": "Con la fecha"},
        "::: warning Con la fecha\ntexto\n:::", ".callout.warning",
    ),
    "Tabla": (
        {"Qué muestra": "Plazos", "Columnas": "2", "Filas": "1"},
        "Tabla: Plazos\n\n| texto | texto |\n| --- | --- |\n| | |", "table caption",
    ),
    "Enlace a una lección": (
        {"Lección o evaluación": "Tramitar una solicitud", "Palabras del enlace": ""},
        "[Tramitar una solicitud](lesson:tramitar-una-solicitud)",
        ".prose a[href*='tramitar-una-solicitud']",
    ),
    "Enlace a otro sitio": (
        {"Dirección": "https://ejemplo.org/ley", "Palabras del enlace": "La ley"},
        "[La ley](https://ejemplo.org/ley)", ".prose a[rel=external]",
    ),
    "Citar un dato de ley": ({"Dato": 1}, "[[", ".prose .cite"),
    "Figura": (
        {"Imagen del curso": "seis-pasos.svg", "Qué muestra": "Seis pasos", "Pie de figura": "Así"},
        '![Seis pasos](media/seis-pasos.svg "Así")', ".prose figcaption",
    ),
    "Grabación": (
        {
            "Grabación del curso": "aviso-agua.opus", "Qué se oye": "Un aviso", "Título": "",
            "Transcripción": "Hoy no hay agua.\n\n::: Mañana sí.",
        },
        "![Un aviso](media/aviso-agua.opus)\n\n::: transcript\nHoy no hay agua.\n\n"
        "\\::: Mañana sí.\n:::", ".prose details p",
    ),
    "Archivo para descargar": (
        {"Archivo del curso": "obras-ejemplo.csv", "Palabras del enlace": "Las obras"},
        "[Las obras](media/obras-ejemplo.csv)", ".prose a[href*='obras-ejemplo.csv']",
    ),
}  # fmt: skip


def open_lesson(page: Page, house: House) -> Locator:
    """A lesson of the course with facts, figures and files; its text is emptied to be written."""
    sign_in(page, house, "docente")
    page.goto(address(house, "derecho-y-principios", PROGRAMME, "transparencia"))
    field = text_of(page)
    field.fill("")
    return field


def chosen(field: Locator, text: str) -> None:
    field.fill(text)
    field.press("Control+a")


def mark(page: Page, name: str) -> None:
    page.get_by_role("group", name="Marcas").get_by_role("button", name=name, exact=True).click()


def fill(dialog: Locator, answers: dict[str, str | int]) -> None:
    for label, value in answers.items():
        control = dialog.get_by_label(label, exact=True)
        if control.evaluate("each => each.tagName") != "SELECT":
            control.fill(str(value))
        elif isinstance(value, int):
            control.select_option(index=value)
        else:
            control.select_option(label=value)


@on(DESK, PHONE)
def test_each_button_writes_its_signs_and_is_undone(browse: Browse, house: House, device):
    page = browse(device)
    field = open_lesson(page, house)
    for name, (before, after) in AT_ONCE.items():
        chosen(field, before)
        mark(page, name)
        expect(field).to_have_value(after)
        field.press("Control+z")
        expect(field).to_have_value(before)
    for keys, after in {
        "Control+b": "**Plazos**", "Control+i": "*Plazos*", "Control+Shift+Digit2": "## Plazos",
        "Control+Shift+Digit7": "1. Plazos", "Control+Shift+Digit9": "> Plazos",
    }.items():  # fmt: skip
        chosen(field, "Plazos")
        field.press(keys)
        expect(field).to_have_value(after)


@on(DESK, PHONE)
def test_each_button_that_asks_writes_what_was_answered_and_the_preview_shows_it(
    browse: Browse, house: House, device
):
    page = browse(device)
    field = open_lesson(page, house)
    for name, (answers, written, shown) in ASKING.items():
        field.fill("Antes.\n")
        field.press("Control+End")
        mark(page, name)
        dialog = page.get_by_role("dialog")
        fill(dialog, answers)
        if name == "Figura":
            look(page, "editor-figura")
        dialog.get_by_role("button", name=re.compile("Insertar|Citar")).click()
        expect(dialog).to_be_hidden()
        expect(field).to_have_value(re.compile(re.escape(written)))
        expect(page.locator(f"[data-look-shown] {shown}").first).to_be_attached()
        field.press("Control+z")
        expect(field).to_have_value("Antes.\n")


@on(DESK)
def test_what_is_written_right_after_a_table_is_no_row_of_it(browse: Browse, house: House, device):
    page = browse(device)
    field = open_lesson(page, house)
    for before in ("Antes.\n", "Antes.\n| a |\n| --- |\n| b |\n"):
        field.fill(before)
        field.press("Control+End")
        if "|" not in before:
            mark(page, "Tabla")
            dialog = page.get_by_role("dialog")
            fill(dialog, ASKING["Tabla"][0])
            dialog.get_by_role("button", name="Insertar").click()
            expect(dialog).to_be_hidden()
        mark(page, "Negrita")
        expect(field).to_have_value(re.compile(r"\|\n\n+\*\*texto\*\*$"))
        field.press_sequentially("Plazos")  # what was put there is chosen
        expect(field).to_have_value(re.compile(r"\|\n\n+\*\*Plazos\*\*$"))
        expect(page.locator("[data-look-shown] .prose p strong")).to_have_text(["Plazos"])


@on(DESK, PHONE)
def test_a_picture_is_sent_with_its_description_and_nothing_goes_in_without(
    browse: Browse, house: House, device, tmp_path: Path
):
    page = browse(device)
    field = open_lesson(page, house)
    name = f"foto-{device.name}.png"
    Image.new("RGB", (40, 30), "teal").save(tmp_path / name)
    mark(page, "Figura")
    dialog = page.get_by_role("dialog")
    dialog.get_by_role("button", name="Insertar").click()
    expect(dialog.get_by_role("alert")).to_have_text("Describa lo que muestra.")
    dialog.get_by_label("Qué muestra", exact=True).fill("La ventanilla")
    dialog.get_by_role("button", name="Insertar").click()
    expect(dialog.get_by_role("alert")).to_have_text("Elija un archivo o envíe uno.")
    dialog.get_by_label("O envíe uno desde este dispositivo").set_input_files(tmp_path / name)
    dialog.get_by_role("button", name="Insertar").click()
    expect(field).to_have_value(re.compile(r"!\[La ventanilla\]\(media/foto-\S+\.jpg\)"))
    expect(page.locator("[data-look-shown] figure img, [data-look-shown] img")).to_have_count(1)
    mark(page, "Enlace a otro sitio")
    dialog.get_by_label("Dirección").fill("javascript:alert(1)")
    dialog.get_by_role("button", name="Insertar").click()
    expect(dialog.get_by_role("alert")).to_contain_text("https://")
    dialog.get_by_role("button", name="Cancelar").click()
    expect(field).to_be_focused()


@on(DESK, PHONE)
def test_meter_and_warnings_follow_what_is_typed(browse: Browse, house: House, device):
    page = browse(device)
    field = open_lesson(page, house)
    shown = page.locator("[data-look-shown]")
    field.fill("## Uno\n\n" + "palabra " * 200 + "\n\n![](media/seis-pasos.svg)\n")
    expect(shown).to_contain_text("201 palabras")
    look(page, "editor")
    shown.get_by_role("link", name="Línea 5").click()
    expect(field).to_be_focused()
    assert field.evaluate("each => each.value.slice(each.selectionStart, each.selectionEnd)") == (
        "![](media/seis-pasos.svg)"
    )
    # What another device wrote before is no news: nothing would be saved.
    page.keyboard.type(f"Así, a {page.viewport_size['width']}.")
    expect(shown.get_by_role("link", name="Línea 5")).to_have_count(0)
    phone = page.get_by_role("button", name="Como en un teléfono")
    phone.click()
    expect(phone).to_have_attribute("aria-pressed", "true")
    width = page.locator(".as-seen").evaluate("each => each.getBoundingClientRect().width")
    assert width <= 360
    look(page, "editor-como-en-un-telefono")
    expect(state(page)).to_contain_text(SAVED)
