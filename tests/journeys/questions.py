"""Writing one question of each type into its form, as somebody does who has seen no file of it."""

from playwright.sync_api import Locator, Page, expect

from tests.journeys.walking import press


def _stem(page: Page, words: str) -> None:
    page.get_by_label("La pregunta misma").fill(words)


def _group(page: Page, name: str) -> Locator:
    return page.get_by_role("group", name=name, exact=True)


def _single(page: Page, number: int) -> None:
    _stem(page, f"¿Cuál es la única? {number}")
    for at, words in enumerate(("Una", "Otra"), 1):
        _group(page, f"Opción {at}").get_by_label("Texto").fill(f"{words} {number}")
    _group(page, "Opción 2").get_by_label("Es la correcta").check()
    press(page, "Agregar una opción")
    expect(_group(page, "Opción 5").get_by_label("Texto")).to_be_visible()
    _group(page, "Opción 5").get_by_label("Texto").fill(f"La quinta {number}")
    _group(page, "Opción 5").get_by_label("Explicación para quien la eligió").fill("No es esta.")


def _multiple(page: Page, number: int) -> None:
    _stem(page, f"¿Cuáles son varias? {number}")
    for at, words in enumerate(("Una", "Otra", "Ninguna"), 1):
        _group(page, f"Opción {at}").get_by_label("Texto").fill(f"{words} {number}")
    for at in (1, 2):
        _group(page, f"Opción {at}").get_by_label("Correcta").check()
    page.get_by_label("Por partes").check()


def _truth(page: Page, number: int) -> None:
    _stem(page, f"Esto es así {number}.")
    page.get_by_label("Falso", exact=True).check()


def _pairs(page: Page, number: int) -> None:
    _stem(page, f"Una cada cosa con la suya {number}.")
    for at, (left, right) in enumerate((("Acta", "Concejo"), ("Factura", "Tesorería")), 1):
        _group(page, f"Pareja {at}").get_by_label("Lo que se da").fill(left)
        _group(page, f"Pareja {at}").get_by_label("Lo que le corresponde").fill(right)


def _number(page: Page, number: int) -> None:
    _stem(page, f"¿Cuántos días son? {number}")
    page.get_by_label("El número correcto").fill("1,250.5")
    page.get_by_label("Tolerancia (opcional)").fill("0.5")


def _short(page: Page, number: int) -> None:
    _stem(page, f"¿Cómo se llama? {number}")
    _group(page, "Respuesta aceptada 1").get_by_label("Texto").fill("constancia")


WRITTEN = {
    "Selección única": _single,
    "Selección múltiple": _multiple,
    "Verdadero o falso": _truth,
    "Relacionar": _pairs,
    "Número": _number,
    "Respuesta corta": _short,
}
