"""Step 11: everything in Spanish and in English, hours in the zone of each person."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course
from tests.journeys.conftest import PROGRAMME, Browse, Device
from tests.journeys.house import House
from tests.journeys.people import learner
from tests.journeys.walking import follow, heading, look, press, sign_in

pytestmark = pytest.mark.browser

COHORT = "Promoción del taller"


def test_a_visitor_reads_the_same_page_in_english_and_back(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    page.goto(f"/cursos/{PROGRAMME}")
    _footer(page, "English")
    expect(page).to_have_url(re.compile(f"/cursos/{PROGRAMME}$"))
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("heading", name="What you will be able to do")).to_be_visible()
    expect(page.get_by_text("120 hours").first).to_be_visible()
    look(page, "programa-en-ingles")
    page.goto("/ingresar")
    heading(page, "Sign in")
    _footer(page, "Español")
    heading(page, "Ingresar")
    expect(page.locator("html")).to_have_attribute("lang", re.compile("^es"))


def test_a_browser_that_asks_for_english_is_answered_in_english(browse: Browse, device: Device):
    page = browse(device, locale="en-US")
    page.goto("/cursos")
    heading(page, "Courses")
    _footer(page, "Español")
    heading(page, "Cursos")


def test_language_and_zone_go_with_the_person_to_any_device(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    who, password, classroom = learner(page, house, course.KEY, COHORT)
    expect(page.get_by_text(re.compile(r"23:59 \(hora de Guatemala\)"))).to_be_visible()
    page.goto("/cuenta")
    follow(page, "Idioma y zona horaria")
    page.get_by_label("Idioma").select_option("English")
    page.get_by_label("Zona horaria").select_option("Lima")
    press(page, "Guardar")
    heading(page, "My account")
    expect(page.get_by_text("Your language and time zone are saved.")).to_be_visible()
    look(page, "cuenta-en-ingles")

    other = browse(device)
    sign_in(other, house, who.email, password)
    other.goto(classroom)
    expect(other.locator("html")).to_have_attribute("lang", "en")
    expect(other.get_by_text(re.compile(r"\b0?0:59 \(Lima time\)"))).to_be_visible()
    look(other, "aula-en-ingles")
    other.goto("/cuenta")
    follow(other, "Language and time zone")
    other.get_by_label("Language").select_option("Español")
    other.get_by_label("Time zone").select_option("The institute's: Guatemala")
    press(other, "Save")
    heading(other, "Mi cuenta")


def test_a_browser_in_another_zone_sees_the_hours_of_the_institution(
    browse: Browse, house: House, device: Device
):
    page = browse(device, timezone_id="Asia/Tokyo")
    _who, _password, classroom = learner(page, house, course.KEY, COHORT)
    expect(page.get_by_text(re.compile(r"23:59 \(hora de Guatemala\)"))).to_be_visible()
    page.goto(f"{classroom}/{course.COURSE}/{course.TIMED}")
    press(page, "Comenzar")
    clock = page.locator("[data-clock]")
    expect(clock).to_contain_text("hora de Guatemala")
    shown = re.search(r"\d{1,2}:\d\d", clock.inner_text())
    assert shown
    ((deadline,),) = house.rows(
        "select deadline from attempt where activity_key = ? order by id desc limit 1",
        course.TIMED,
    )
    assert shown.group().zfill(5) == f"{in_guatemala(deadline):%H:%M}"
    if device.scripts:  # what is left is counted from the server's hour, not from the device's
        expect(clock.locator("[data-clock-left]")).to_have_text(re.compile(r"^(40:00|39:\d\d)$"))


def in_guatemala(moment: datetime | str) -> datetime:
    """A moment as the database gives it (SQLite: text in UTC), on the clocks of Guatemala."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return moment.astimezone(ZoneInfo("America/Guatemala"))


def _footer(page: Page, language: str) -> None:
    page.get_by_role("contentinfo").get_by_role("link", name=language).click()
