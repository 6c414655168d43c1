"""Two institutions of one site: the registrar of each finds only their own."""

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, Browse, on
from tests.journeys.house import House
from tests.journeys.walking import heading, look, sign_in

pytestmark = pytest.mark.browser


@on(DESK)
def test_the_neighbours_registrar_sees_nothing_of_this_institution(
    browse: Browse, house: House, device
):
    desk = browse(device)
    sign_in(desk, house, "registro.mx")
    desk.goto("/gestion")
    look(desk, "gestion-vecina")
    desk.goto("/gestion/promociones")
    heading(desk, "Promociones")
    expect(desk.get_by_role("main")).not_to_contain_text("Promoción 2026-II")
    desk.goto("/gestion/buscar?q=persona")
    expect(desk.get_by_role("main")).not_to_contain_text("persona16")
    desk.goto("/gestion/buscar?q=2026-II")
    expect(desk.get_by_role("main")).not_to_contain_text("Promoción 2026-II")
    # The same searches by the registrar whose cohort it is.
    here = browse(device)
    sign_in(here, house, "registro")
    here.goto("/gestion/buscar?q=2026-II")
    expect(here.get_by_role("main")).to_contain_text("Promoción 2026-II")
