"""Step 4: home, outline, lesson, marking as seen, coming back, and why something is locked."""

import re

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import PHONE, PROGRAMME, Browse, Device
from tests.journeys.house import House
from tests.journeys.people import enter_with_code, learner
from tests.journeys.walking import follow, heading, look, press, sign_in

pytestmark = pytest.mark.browser

COHORT = "Promoción abierta"
FIRST = "El derecho y sus principios"


def test_a_learner_reads_marks_and_comes_back(browse: Browse, house: House, device: Device):
    page = browse(device)
    _who, _password, classroom = learner(page, house, PROGRAMME, COHORT)
    look(page, "aula")
    outline = page.get_by_role("navigation", name="Módulos y lecciones")
    expect(outline.get_by_role("link", name=FIRST)).to_contain_text(re.compile(r"\d min|\d h"))
    expect(outline).to_contain_text(re.compile(r"\d kB"))
    expect(outline).to_contain_text(f"Se abre al terminar “{FIRST}”")

    page.goto("/inicio")
    expect(page.get_by_text("Comience aquí")).to_be_visible()
    expect(page.get_by_role("heading", name=FIRST)).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"\d+ kB"))
    look(page, "inicio")
    page.get_by_role("link", name=re.compile("^Comenzar: ")).click()
    heading(page, FIRST)
    expect(page.get_by_text("Lección 1 de 8")).to_be_visible()
    expect(page.get_by_text("Al terminar podrá")).to_be_visible()
    expect(page.locator(".prose table").first).to_be_visible()
    expect(page.locator(".prose .callout").first).to_be_visible()
    expect(page.get_by_role("heading", name="Fuentes")).to_be_visible()
    look(page, "leccion")
    press(page, "Marcar como vista y seguir")
    heading(page, "Información de oficio")
    expect(page.get_by_text("Lección 2 de 8")).to_be_visible()
    second = page.url

    page.goto("/inicio")
    expect(page.get_by_text("Siga donde se quedó")).to_be_visible()
    page.get_by_role("link", name=re.compile("^Seguir: ")).click()
    heading(page, "Información de oficio")
    page.get_by_role("link", name="Anterior").click()
    heading(page, FIRST)
    expect(page.get_by_role("link", name=re.compile("^Siguiente: "))).to_be_visible()
    press(page, "Todavía no la he visto")
    expect(page.get_by_text("La lección ya no está marcada como vista.")).to_be_visible()

    refused = page.goto(second)
    assert refused is not None
    assert refused.status == 409
    heading(page, "Información de oficio")
    expect(page.get_by_text(f"Se abre al terminar “{FIRST}”.")).to_be_visible()
    look(page, "cerrada")
    follow(page, f"Ir a {FIRST}")
    heading(page, FIRST)
    page.goto(f"{classroom}/transparencia/evaluacion-laip")
    expect(page.get_by_text("Se abre al terminar").first).to_be_visible()


def test_lessons_have_figures_recordings_and_files(browse: Browse, house: House, device: Device):
    page = enter_with_code(browse(device), house, "persona16")  # has seen every lesson
    page.goto("/inicio")
    follow(page, "Gestión Municipal y Transparencia")
    classroom = page.url
    seen = {"figure": 0, "audio": 0, "download": 0}
    for lesson in ("informacion-de-oficio", "tramitar-una-solicitud", "idiomas-nacionales"):
        page.goto(f"{classroom}/transparencia/{lesson}")
        for image in page.locator(".prose figure img").all():
            image.scroll_into_view_if_needed()
            address = image.get_attribute("src")
            assert image.get_attribute("alt")
            assert address
            assert page.request.get(address).ok
            seen["figure"] += 1
        seen["audio"] += page.locator("audio").count()
        for link in page.locator("a.download").all():
            address = link.get_attribute("href")
            assert address
            assert page.request.get(address).ok
            expect(link).to_contain_text("kB")
            seen["download"] += 1
    assert all(seen.values()), seen


def test_the_announcements_of_the_cohort_reach_the_learner(
    browse: Browse, house: House, device: Device
):
    staff = browse(device)
    sign_in(staff, house, "docente")
    staff.goto("/gestion/promociones")
    staff.get_by_role("link", name="Promoción 2026-II").click()
    staff.goto(f"{staff.url}/anuncios")
    look(staff, "escribir-anuncio")
    title = f"Sesión de consulta desde {device.name}"
    staff.get_by_label("Título").fill(title)
    staff.get_by_label("Mensaje").fill("Nos vemos el **martes**.\n\nTraigan sus preguntas.")
    press(staff, "Publicar y enviar")
    expect(staff.get_by_text(re.compile("Publicado. Se está avisando a"))).to_be_visible()

    page = browse(device)
    sign_in(page, house, "rosa")
    expect(page.get_by_role("link", name=title)).to_be_visible()
    page.get_by_role("link", name=title).click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    expect(page.locator("strong", has_text="martes").first).to_be_visible()
    assert "martes" in house.letter("rosa@", title)


def test_another_telephone_opens_the_lesson_where_it_was_left(browse: Browse, house: House):
    """Exact resume: the paragraph, not only the lesson."""
    page = browse(PHONE)
    who, password, classroom = learner(page, house, PROGRAMME, COHORT)
    page.goto(f"{classroom}/transparencia/derecho-y-principios")
    block = page.locator(".prose [id]:not(a)").nth(12)
    place = block.get_attribute("id")
    block.evaluate("each => window.scrollTo(0, each.offsetTop - 100)")
    page.goto("/inicio")
    house.until(lambda: house.rows("select 1 from enrollment where last_block = ?", place))

    other = browse(PHONE)
    sign_in(other, house, who.email, password)
    other.get_by_role("link", name=re.compile("^Seguir: ")).click()
    link = other.get_by_role("link", name="Seguir donde se quedó")
    expect(link).to_be_visible()
    href = link.get_attribute("href")
    assert href
    assert href.startswith("#")
    assert href == f"#{place}"
    link.click()
    expect(other.locator(href)).to_be_in_viewport()
