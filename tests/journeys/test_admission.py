"""Step 3: a registrar admits one, several, and declines with a reason; everybody is told."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, Browse, Device
from tests.journeys.house import House, address_of
from tests.journeys.people import enter_with_code
from tests.journeys.walking import follow, heading, look, press, sign_in, wrong

pytestmark = pytest.mark.browser

RUNNING = "Promoción 2026-II"
WAITING = [f"persona{number}" for number in (26, 27, 28, 29)]


def test_a_registrar_answers_requests_and_each_person_is_told(
    browse: Browse, own_house: House, device: Device
):
    desk = browse(device)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion")
    look(desk, "gestion")
    desk.goto("/gestion/promociones")
    row = desk.get_by_role("row").filter(has_text=RUNNING)
    look(desk, "promociones")
    row.get_by_role("link", name="4 en espera").click()
    heading(desk, f"Solicitudes de inscripción en {RUNNING}")
    look(desk, "solicitudes")
    names = desk.locator("li > div > strong").all_inner_texts()
    assert len(names) == len(WAITING)

    press(desk, f"Admitir a {names[0]}")
    heading(desk, f"¿Admitir a 1 persona en {RUNNING}?")
    look(desk, "admitir")
    press(desk, "Admitir a 1 persona")
    expect(desk.get_by_text(f"Se admitió a {names[0]}.")).to_be_visible()

    press(desk, "Admitir a las marcadas")
    expect(desk.get_by_text("Elija al menos una persona.").first).to_be_visible()
    for name in names[1:3]:
        desk.get_by_role("checkbox", name=name).check()
    press(desk, "Admitir a las marcadas")
    press(desk, "Admitir a 2 personas")
    expect(desk.get_by_text("Se admitió a 2 personas.")).to_be_visible()

    press(desk, f"No admitir a {names[3]}")
    press(desk, "No admitir 1 solicitud")
    assert wrong(desk) == ["Escriba un motivo: la persona lo leerá."]
    look(desk, "no-admitir")
    reason = "Esta promoción es para personal municipal. Pida un lugar en la Promoción 2027-I."
    desk.get_by_label("Motivo", exact=True).fill(reason)
    press(desk, "No admitir 1 solicitud")
    expect(desk.get_by_text(f"No se admitió la solicitud de {names[3]}.")).to_be_visible()
    expect(desk.get_by_text("No hay nadie aquí")).to_be_visible()

    told = {own_house.letter(address_of(who), RUNNING): who for who in WAITING}
    assert sum("Ya tiene un cupo" in text for text in told) == 3
    (declined,) = (who for text, who in told.items() if reason in text)
    admitted = next(who for who in WAITING if who != declined)
    page = enter_with_code(browse(device), own_house, admitted)
    page.goto("/avisos")
    expect(page.get_by_role("main")).to_contain_text(f"Su solicitud para {RUNNING} fue admitida")
    look(page, "avisos")
    page.goto("/inicio")
    expect(page.get_by_text("El derecho y sus principios").first).to_be_visible()
    page = enter_with_code(browse(device), own_house, declined)
    page.goto("/avisos")
    expect(page.get_by_role("main")).to_contain_text(f"{RUNNING} no fue admitida")
    page.goto("/cursos")
    follow(page, "Gestión Municipal y Transparencia")
    cohort = page.get_by_role("article").filter(has_text=RUNNING)
    expect(cohort).to_contain_text(reason)


def test_two_registrars_answer_the_same_request(browse: Browse, own_house: House):
    """Whoever comes second is told that it was answered, and nothing is done twice."""
    first, second = browse(DESK), browse(DESK)
    for desk in (first, second):
        sign_in(desk, own_house, "registro")
        desk.goto("/gestion/promociones")
        desk.get_by_role("link", name="4 en espera").click()
        name = desk.locator("li > div > strong").first.inner_text()
        press(desk, f"Admitir a {name}")
    before = _admissions(own_house)
    press(first, "Admitir a 1 persona")
    expect(first.get_by_text(f"Se admitió a {name}.")).to_be_visible()
    press(second, "Admitir a 1 persona")
    expect(second.get_by_text(f"Ya con respuesta, sin cambios: {name}.")).to_be_visible()
    assert _admissions(own_house) == before + 1


def _admissions(house: House) -> int:
    deed = "enrollment.admitted"
    ((count,),) = house.rows("select count(*) from audit_entry where deed = ?", deed)
    return int(count)
