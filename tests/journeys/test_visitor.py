"""Step 1: a visitor finds the diploma and reads what it is before giving a single datum."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Browse, Device
from tests.journeys.walking import follow, heading, look, press

pytestmark = pytest.mark.browser

TITLE = "Gestión Municipal y Transparencia"
PARTS = (
    "Lo que podrá hacer",
    "Cursos, módulos y lecciones",
    "Requisitos de ingreso",
    "Promociones",
)


def test_a_visitor_finds_the_diploma_and_reads_its_page(browse: Browse, device: Device):
    page = browse(device)
    page.goto("/")
    heading(page, "Cursos")
    page.get_by_label("Buscar un programa").fill("gestion")
    press(page, "Buscar")
    expect(page.get_by_role("link", name=TITLE)).to_have_count(1)
    look(page, "cursos")
    follow(page, TITLE)
    heading(page, TITLE)
    for part in (
        "Lo que podrá hacer",
        "Cursos, módulos y lecciones",
        "Requisitos de ingreso",
        "Promociones",
    ):
        expect(page.get_by_role("heading", name=part)).to_be_visible()
    for text in ("120 horas", "5 cursos, 9 módulos", "Constancia de aprobación"):
        expect(page.get_by_role("main")).to_contain_text(text)
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d (kB|MB) en total"))
    coming = page.get_by_role("article").filter(has_text="Promoción 2027-I")
    expect(coming).to_contain_text(re.compile(r"Quedan \d+ de 40"))
    expect(coming.get_by_role("link", name="Solicitar inscripción")).to_be_visible()
    look(page, "programa")
    for lesson in ("Estado y municipio", "Oficinas técnicas"):
        expect(page.get_by_text(lesson, exact=False).first).to_be_visible()


def test_filters_narrow_and_nothing_found_has_a_way_out(browse: Browse, device: Device):
    page = browse(device)
    page.goto("/cursos")
    page.get_by_text("Más filtros").click()
    page.get_by_label("Tipo").select_option("Taller")
    press(page, "Buscar")
    expect(page.get_by_role("link", name="Taller de solicitudes")).to_be_visible()
    expect(page.get_by_role("link", name=TITLE)).to_have_count(0)
    page.get_by_label("Buscar un programa").fill("astronomía")
    press(page, "Buscar")
    look(page, "sin-resultados")
    follow(page, "Ver todos los programas")
    expect(page.get_by_role("link", name=TITLE)).to_be_visible()
