"""With the keyboard alone: sign in, a lesson marked as seen, a quiz handed in."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course
from tests.journeys.conftest import DESK, PHONE, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.people import learner
from tests.journeys.walking import heading

pytestmark = pytest.mark.browser

COHORT = "Promoción del taller"
MOST_STEPS = 80


@on(PHONE, DESK)
def test_keyboard_alone_from_the_door_to_the_receipt(browse: Browse, house: House, device: Device):
    who, password, classroom = learner(browse(device), house, course.KEY, COHORT)
    page = browse(device)
    page.goto(classroom)
    heading(page, "Ingresar")
    keys = page.keyboard
    _to(page, "Correo, teléfono o número de documento")
    keys.type(who.email)
    _to(page, "Contraseña")
    keys.type(password)
    keys.press("Enter")
    heading(page, "Taller de solicitudes")

    keys.press("Tab")
    assert _focused(page) == "Saltar al contenido"
    keys.press("Enter")
    _to(page, "Seguir: Recibir una solicitud")
    keys.press("Enter")
    heading(page, "Recibir una solicitud")
    _to(page, "Marcar como vista y seguir")
    keys.press("Enter")

    heading(page, "Examen del taller")
    _to(page, "Comenzar")
    keys.press("Enter")
    expect(page.get_by_text("Pregunta 1 de 6")).to_be_visible()
    _choose(page, "#q1", "Diez")
    for option in ("El presupuesto", "El directorio oficial"):
        _to(page, option)
        keys.press("Space")
    _choose(page, "#q3", "Falso")
    for _either in range(2):
        left = _to(page, "Secretaría", "Tesorería")
        keys.type({"Secretaría": "Levanta", "Tesorería": "Paga"}[left])
    keys.press("Tab")
    keys.type("14.4")
    keys.press("Tab")
    keys.type("inexistencia")
    _to(page, "Revisar y entregar")
    keys.press("Enter")
    heading(page, "Revise antes de entregar")
    expect(page.get_by_text("Todas las preguntas están respondidas")).to_be_visible()
    _to(page, "Entregar")
    keys.press("Enter")
    expect(page.get_by_text("Obtuvo 8 de 8 puntos.")).to_be_visible()


def _to(page: Page, *names: str) -> str:
    """Press Tab until something with one of these names has the focus, and its mark is seen."""
    for _step in range(MOST_STEPS):
        page.keyboard.press("Tab")
        name = _focused(page)
        if name in names:
            assert page.evaluate(_MARKED), f"{name}: nothing shows that it has the focus"
            return name
    raise AssertionError(f"Tab never reaches {names}")


def _choose(page: Page, question: str, option: str) -> None:
    """Arrows go from option to option of a question."""
    while page.evaluate("q => !document.activeElement.closest(q)", question):
        page.keyboard.press("Tab")
    page.keyboard.press("Space")
    chosen = page.locator(f"{question} input:checked")
    for _step in range(5):
        if chosen.evaluate("each => each.labels[0].innerText.trim()") == option:
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"arrows never reach {option}")


def _focused(page: Page) -> str:
    name: str = page.evaluate(_NAME)
    return name


_NAME = """() => {
  const each = document.activeElement;
  const label = each.labels && each.labels[0];
  return (label || each).innerText.trim().replace(/\\s+/g, ' ');
}"""
_MARKED = """() => {
  const drawn = (each) => {
    const style = each && getComputedStyle(each);
    return style && (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
      || style.boxShadow !== 'none');
  };
  const each = document.activeElement;
  return drawn(each) || drawn(each.closest('label')) || drawn(each.closest('.choice'))
    || drawn(each.labels && each.labels[0]);
}"""
