"""Steps 6 and 7: what is missing is told with its arithmetic, and completion comes by rule."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course
from tests.journeys.conftest import PROGRAMME, Browse, Device
from tests.journeys.house import House
from tests.journeys.people import learner
from tests.journeys.walking import follow, heading, look, press

pytestmark = pytest.mark.browser

COHORT = "Promoción abierta"
FIRST, SECOND = (
    course.shipped_quiz("05-evaluacion", module) for module in ("01-laip", "02-gobierno-abierto")
)


def test_the_whole_course_from_everything_missing_to_nothing(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    who, _password, classroom = learner(page, house, PROGRAMME, COHORT)
    _missing(page, classroom)
    expect(page.get_by_role("heading", name="Faltan 10 cosas")).to_be_visible()
    expect(page.get_by_text("0 de 8 lecciones vistas")).to_be_visible()
    _sum(page, grade="0", needed="61")
    look(page, "que-me-falta")

    page.goto("/inicio")
    page.get_by_role("link", name=re.compile("^Comenzar: ")).click()
    for _lesson in range(4):
        press(page, "Marcar como vista y seguir")
    heading(page, FIRST["title"])
    _take(page, FIRST, but=frozenset({1, 2, 3}))  # 13 of 16 points: 81.25
    expect(page.locator(".status")).to_contain_text("Aprobó")
    look(page, "resultado-con-faltas")

    _missing(page, classroom)
    expect(page.get_by_role("heading", name="Faltan 5 cosas")).to_be_visible()
    expect(page.get_by_text("4 de 8 lecciones vistas")).to_be_visible()
    _sum(page, grade="41", needed="40.75")
    look(page, "que-me-falta-a-medias")

    follow(page, "Gobierno abierto local")
    for _lesson in range(4):
        press(page, "Marcar como vista y seguir")
    heading(page, SECOND["title"])
    _take(page, SECOND, but=frozenset(range(2, 17)))
    expect(page.locator(".status")).to_contain_text("No aprobó")
    _missing(page, classroom)
    expect(page.get_by_role("heading", name="Falta 1 cosa")).to_be_visible()
    look(page, "que-me-falta-una")
    follow(page, SECOND["title"])
    press(page, "Comenzar otro intento")
    course.answer(page, SECOND)
    _hand_in(page)
    expect(page.locator(".status")).to_contain_text("Aprobó")

    _missing(page, classroom)
    expect(page.get_by_text("No le falta nada")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("91")
    look(page, "nada-falta")
    house.letter(who.email, "Completó el curso Transparencia")
    page.goto("/avisos")
    expect(page.get_by_role("heading", name="Completó el curso Transparencia")).to_be_visible()
    page.goto("/inicio")
    expect(page.get_by_text("Completó").first).to_be_visible()
    look(page, "inicio-completo")


def _take(page: Page, quiz: dict, but: frozenset[int]) -> None:
    press(page, "Comenzar")
    course.answer(page, quiz, but=but)
    _hand_in(page)


def _hand_in(page: Page) -> None:
    press(page, "Revisar y entregar")
    heading(page, "Revise antes de entregar")
    press(page, "Entregar")
    heading(page, re.compile("^Resultado: "))


def _missing(page: Page, classroom: str) -> None:
    page.goto(classroom)
    follow(page, "¿Qué me falta?")
    heading(page, "¿Qué me falta?")


def _sum(page: Page, grade: str, needed: str) -> None:
    """The table adds up to this grade, and says what is still needed."""
    table = page.get_by_role("table")
    expect(table.get_by_role("row").filter(has_text="Nota hasta ahora")).to_contain_text(grade)
    expect(table.get_by_role("row").filter(has_text="Nota mínima")).to_contain_text("61")
    expect(page.get_by_text(f"promedio de {needed} de 100")).to_be_visible()
