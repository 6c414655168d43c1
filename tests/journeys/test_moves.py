"""A registrar withdraws somebody, transfers another and recognises a course; each can be undone."""

from urllib.parse import urlsplit
from uuid import UUID

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, Browse, Device, on
from tests.journeys.house import House, address_of
from tests.journeys.people import enter_with_code
from tests.journeys.walking import follow, heading, look, press, sign_in, wrong

pytestmark = pytest.mark.browser

RUNNING, COMING = "Promoción 2026-II", "Promoción 2027-I"
PAPER = {
    "name": "certificado.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF",
}  # fmt: skip


def person(desk: Page, house: House, who: str) -> str:
    """The page of somebody of the running cohort."""
    ((cohort, enrollment),) = house.rows(
        "SELECT cohort.uid, enrollment.uid FROM enrollment"
        " JOIN cohort ON cohort.id = enrollment.cohort_id"
        " JOIN identifier ON identifier.person_id = enrollment.person_id"
        " WHERE identifier.value = ? AND cohort.title = ?",
        address_of(who),
        RUNNING,
    )
    places = UUID(str(cohort)), UUID(str(enrollment))
    desk.goto("/gestion/promociones/{}/personas/{}".format(*places))
    return desk.get_by_role("heading", level=1).inner_text()


def state(page: Page, said: str) -> None:
    expect(page.get_by_role("main").locator("h1 + p .tag")).to_have_text(said)


@on(DESK)
def test_withdrawn_and_back(browse: Browse, own_house: House, device: Device):
    desk = browse(device)
    sign_in(desk, own_house, "registro")
    name = person(desk, own_house, "persona20")
    follow(desk, "Registrar retiro")
    press(desk, "Revisar")
    assert len(wrong(desk)) == 2  # the cause and the reason
    desk.get_by_label("Causa").select_option(label="Salud")
    desk.get_by_label("En palabras").fill("Reposo médico hasta enero")
    desk.locator("#document").set_input_files(PAPER)
    press(desk, "Revisar")
    heading(desk, f"¿Registrar el retiro de 1 persona de {RUNNING}?")
    look(desk, "retiro")
    press(desk, "Registrar el retiro de 1 persona")
    state(desk, "Retiro")
    expect(desk.get_by_role("link", name="certificado.pdf")).to_be_visible()
    assert "Reposo médico" in own_house.letter(address_of("persona20"), "Se registró su retiro")

    page = enter_with_code(browse(device), own_house, "persona20")
    page.goto("/inicio")
    follow(page, "Gestión Municipal y Transparencia")
    heading(page, f"Se registró su retiro de {RUNNING}")
    look(page, "retiro-participante")

    follow(desk, "Deshacer el retiro")
    desk.get_by_label("Motivo").fill("Se recuperó antes de lo previsto")
    press(desk, "Deshacer el retiro")
    expect(desk.get_by_text(f"{name} tiene cupo otra vez")).to_be_visible()
    state(desk, "Inscripción confirmada")
    page.reload()
    heading(page, "Gestión Municipal y Transparencia")


@on(DESK)
def test_transferred_and_recognised(browse: Browse, own_house: House, device: Device):
    desk = browse(device)
    sign_in(desk, own_house, "registro")
    name = person(desk, own_house, "persona22")
    here = urlsplit(desk.url).path
    follow(desk, "Trasladar a otra promoción")
    desk.get_by_label(COMING).check()
    desk.get_by_label("Causa").select_option(label="Familia")
    desk.get_by_label("En palabras").fill("Cuida a su madre hasta enero")
    press(desk, "Revisar")
    heading(desk, f"¿Trasladar a {name} a {COMING}?")
    expect(desk.get_by_text("lecciones vistas").first).to_be_visible()
    look(desk, "traslado")
    press(desk, "Trasladar")
    expect(desk.get_by_text(f"{name} estudia ahora en {COMING}")).to_be_visible()

    follow(desk, "Convalidar un curso")
    press(desk, "Convalidar el curso")
    assert len(wrong(desk)) == 6
    desk.get_by_label("Dónde se aprobó").fill("Instituto Nacional de Administración Pública")
    desk.get_by_label("Con qué nombre").fill("Transparencia municipal")
    desk.get_by_label("Horas").fill("24")
    desk.get_by_label("Aprobado el").fill("2025-05-01")
    desk.locator("#document").set_input_files(PAPER)
    desk.get_by_label("Por qué vale aquí").fill("Acta de convalidación 12-2026")
    press(desk, "Convalidar el curso")
    state(desk, "Completó")
    look(desk, "convalidado")
    assert "Acta de convalidación" in own_house.letter(address_of("persona22"), "Se convalidó")
    follow(desk, "Deshacer la convalidación")
    desk.get_by_label("Motivo").fill("El documento era de otra persona")
    press(desk, "Deshacer la convalidación")
    state(desk, "Inscripción confirmada")

    desk.goto(here)
    state(desk, "Traslado")
    follow(desk, "Deshacer el traslado")
    desk.get_by_label("Motivo").fill("Pidió quedarse")
    press(desk, "Deshacer el traslado")
    state(desk, "Inscripción confirmada")
