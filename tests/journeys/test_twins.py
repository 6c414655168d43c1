"""The help desk joins two accounts of one person, undoes it, and does it again."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, PLAIN, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.walking import follow, heading, look, press, sign_in, wrong

pytestmark = pytest.mark.browser

NAME = "Rosa Elena Xiloj Tzunún"
PLACES = ("Promoción 2026-II", "Promoción 2027-I")


@on(PHONE, PLAIN)
def test_joined_parted_and_joined_again(browse: Browse, own_house: House, device: Device):
    desk = browse(device)
    sign_in(desk, own_house, "ayuda")
    desk.goto("/gestion/personas?q=xiloj+rosa")
    found = desk.get_by_role("main").get_by_role("link", name=NAME)
    expect(found).to_have_count(2)
    found.first.click()
    stays = desk.url
    assert [_studies(desk, each) for each in PLACES] == [True, False]

    _compare(desk)
    press(desk, "Unir las cuentas")
    assert len(wrong(desk)) == 2  # how it was seen, and why
    look(desk, "unir-dos-cuentas")
    _join(desk)
    assert desk.url.partition("?")[0] == stays
    assert [_studies(desk, each) for each in PLACES] == [True, True]
    desk.goto("/gestion/personas?q=xiloj+rosa")
    expect(found).to_have_count(1)

    desk.goto(stays)
    follow(desk, "Separar de nuevo")
    desk.get_by_label("Motivo").fill("Eran dos personas")
    look(desk, "separar-dos-cuentas")
    press(desk, "Separar las cuentas")
    desk.goto(stays)
    assert [_studies(desk, each) for each in PLACES] == [True, False]
    _compare(desk)
    _join(desk)
    assert [_studies(desk, each) for each in PLACES] == [True, True]


def _compare(desk: Page) -> None:
    follow(desk, "Unir con otra cuenta")
    heading(desk, f"¿Qué otra cuenta es de {NAME}?")
    desk.get_by_role("link", name=re.compile("^Comparar las dos")).first.click()
    heading(desk, "Unir dos cuentas de una persona")


def _join(desk: Page) -> None:
    desk.get_by_label("He visto su documento de identidad").check()
    desk.get_by_label("Motivo").fill("Se registró con correo y la invitaron con su documento")
    press(desk, "Unir las cuentas")
    heading(desk, NAME)


def _studies(desk: Page, cohort: str) -> bool:
    """Whether the page of the person names an enrollment of theirs in a cohort."""
    enrollments = desk.locator("section").filter(
        has=desk.get_by_role("heading", name="Inscripciones", exact=True)
    )
    return cohort in enrollments.inner_text()
