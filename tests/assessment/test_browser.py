"""Taking a quiz on a telephone, in a real browser against the real application."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from lms.foundation.web.identity import SESSION_COOKIE
from tests.assessment.test_pages import intro
from tests.assessment.test_sitting import setting
from tests.pages.looking import DOUBLED, SPACED, overflowing, too_small, violations

pytestmark = pytest.mark.browser

Phone = Callable[..., BrowserContext]


@pytest.fixture
def phone(chromium: Browser, served: str, world) -> Phone:
    """A telephone in which somebody has signed in."""
    opened = []

    def take(name: str = "learner", **options) -> BrowserContext:
        context = chromium.new_context(viewport={"width": 360, "height": 740}, **options)
        cookie = {"name": SESSION_COOKIE, "value": world.token_of(name), "url": served}
        context.add_cookies([cookie])
        opened.append(context)
        return context

    yield take
    for context in opened:
        context.close()


def begin(context: BrowserContext, served: str, school) -> Page:
    page = context.new_page()
    page.on("pageerror", lambda error: pytest.fail(str(error)))
    page.goto(served + intro(school))
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/intentos/*")
    return page


def saved(page: Page, slot: int) -> None:
    expect(page.locator(f"#q{slot} [data-save-state]")).to_have_text("Saved at 10:42")


def test_every_kind_is_saved_as_given_and_found_again_on_another_telephone(
    phone,
    served,
    school,
):
    first = phone()
    page = begin(first, served, school)
    page.get_by_label("Diez").check()
    page.get_by_label("El presupuesto").check()
    page.get_by_label("Las contrataciones").check()
    page.get_by_label("True").check()
    for left, right in (
        ("Secretaría", "Levanta las actas"),
        ("Tesorería", "Paga"),
        ("Unidad de información", "Responde solicitudes"),
    ):
        page.get_by_label(left).select_option(right)
    page.locator("#q5-in").fill("42,000")
    page.locator("#q6-in").fill("recurso de revisión")
    page.locator("#q6-in").blur()
    for slot in range(1, 7):
        saved(page, slot)
    address = page.url
    first.close()

    other = phone().new_page()
    other.goto(address)
    expect(other.get_by_label("Diez")).to_be_checked()
    expect(other.locator("#q5-in")).to_have_value("42,000")
    other.get_by_role("button", name="Review and hand in").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Review before handing in")
    expect(other.get_by_text("All questions are answered")).to_be_visible()
    other.get_by_role("button", name="Hand in").click()
    expect(other.get_by_text("You reached 10 of 10 points.")).to_be_visible()


def test_what_comes_after_the_time_is_said_beside_its_question(
    phone,
    served,
    school,
    clock,
):
    page = begin(phone(), served, school)
    clock.advance(minutes=41)
    page.get_by_label("Diez").check()
    expect(page.locator("#q1 [data-save-state]")).to_contain_text("It does not count")


def test_what_cannot_be_read_is_said_beside_its_question(phone, served, school):
    page = begin(phone(), served, school)
    page.locator("#q5-in").fill("cuarenta")
    page.locator("#q5-in").blur()
    expect(page.locator("#q5 [data-save-state]")).to_contain_text("Write a number")


def test_the_whole_way_without_scripts(phone, served, school):
    page = begin(phone(java_script_enabled=False), served, school)
    page.get_by_label("Diez").check()
    page.get_by_role("button", name="Save answers").click()
    expect(page.get_by_text("Answers saved at 10:42.")).to_be_visible()
    expect(page.get_by_label("Diez")).to_be_checked()
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.get_by_text("5 answers are missing")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You reached 1 of 10 points.")).to_be_visible()


TRIES = {"behaviour": "tries", "tries": 2, "penalty": 0.25}


@pytest.mark.parametrize("scripts", [True, False])
def test_an_answer_is_checked_and_tried_again(phone, served, school, db, scripts):
    """What is said of it stands in sight; what was given on the page before is kept too."""
    setting(db, school, **TRIES)
    page = begin(phone(java_script_enabled=scripts), served, school)
    page.locator("#q6-in").fill("revisión")
    page.get_by_label("Veinte").check()
    page.locator("#q1").get_by_role("button", name="Check this answer").click()
    page.wait_for_url("**#q1-checked")
    said = page.locator("#q1-checked")
    expect(said).to_be_in_viewport()
    expect(said).to_contain_text("You can try 1 more time.")
    expect(page.locator("#q6-in")).to_have_value("revisión")
    page.get_by_label("Diez").check()
    page.locator("#q1").get_by_role("button", name="Check this answer").click()
    expect(said).to_contain_text("Right · 0.75 of 1 point")
    expect(page.locator("#q1 input")).to_have_count(0)
    expect(page.get_by_role("button", name="Check this answer")).to_have_count(5)
    expect(page.get_by_text("2 of 6 answered")).to_be_visible()
    page.get_by_role("button", name="Review and hand in").click()
    expect(page.get_by_text("4 answers are missing")).to_be_visible()
    page.get_by_role("button", name="Hand in").click()
    expect(page.get_by_text("You reached 1.75 of 10 points.")).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_what_was_checked_reads_well_in_any_dress(phone, served, school, db, scheme):
    setting(db, school, **TRIES)
    page = begin(phone(bypass_csp=True, color_scheme=scheme), served, school)
    page.get_by_label("Diez").check()
    page.locator("#q1").get_by_role("button", name="Check this answer").click()
    page.wait_for_url("**#q1-checked")
    page.get_by_label("Los expedientes médicos").check()
    page.locator("#q2").get_by_role("button", name="Check this answer").click()
    page.wait_for_url("**#q2-checked")
    _look(page, page.url.partition("#")[0])


def test_the_key_enter_checks_nothing(phone, served, school, db):
    setting(db, school, **TRIES)
    page = begin(phone(java_script_enabled=False), served, school)
    page.locator("#q6-in").fill("revisión")
    page.locator("#q6-in").press("Enter")
    expect(page.get_by_text("Answers saved at 10:42.")).to_be_visible()
    expect(page.locator("[id$=-checked]")).to_have_count(0)


def test_without_scripts_one_saves_in_the_middle_of_a_long_page(phone, served, school):
    """The button stands after each question, saves all that is answered, and one goes on there."""
    context = phone(java_script_enabled=False)
    page = context.new_page()
    page.goto(served + intro(school))
    # Playwright's words and roles pass over <noscript>, whether it is shown or not.
    assert "nothing is saved by itself" in page.locator("main").inner_text()
    assert "Each answer is saved as you give it" not in page.locator("main").inner_text()
    page.get_by_role("button", name="Begin").click()
    assert "nothing is saved by itself" in page.locator("main").inner_text()
    buttons = page.locator(".question noscript button")
    assert buttons.all_inner_texts() == ["Save and go on"] * 5  # the last stands above its own
    expect(buttons.first).to_be_visible()
    page.get_by_label("Diez").check()
    page.get_by_label("True").check()
    page.locator("#q3 noscript button").click()
    assert page.url.endswith("#q3-saved")
    for slot in (1, 3):
        saved(page, slot)
    expect(page.locator("#q3-saved")).to_be_in_viewport()
    expect(page.locator("#q4")).to_be_in_viewport()
    page.close()
    again = context.new_page()
    again.goto(served + page.url.removeprefix(served))
    expect(again.get_by_label("Diez")).to_be_checked()
    expect(again.get_by_label("True")).to_be_checked()


def test_with_scripts_there_is_no_button_to_save_after_each_question(phone, served, school):
    page = begin(phone(), served, school)
    assert page.locator("noscript button").count() == 0
    assert "nothing is saved by itself" not in page.locator("main").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_page_reads_well_in_any_dress(phone, served, school, scheme):
    """axe, 320 px with wide spacing, text twice as large, and targets for a thumb."""
    page = begin(phone(bypass_csp=True, color_scheme=scheme), served, school)
    attempt = page.url
    page.locator("#q5-in").fill("42.000")
    page.locator("#q5-in").blur()
    saved(page, 5)
    for address in (served + intro(school), attempt, f"{attempt}/revisar"):
        _look(page, address)
    page.goto(f"{attempt}/revisar")
    page.get_by_role("button", name="Hand in").click()
    page.wait_for_url("**/resultado")
    _look(page, page.url)
    staff = phone("instructor", bypass_csp=True, color_scheme=scheme).new_page()
    _look(staff, attempt.replace("/intentos/", "/gestion/intentos/"))
    _look(staff, f"{served}/gestion/promociones/{school.cohort}/intentos")


def _look(page: Page, address: str) -> None:
    for width, style in ((1280, ""), (320, SPACED), (360, DOUBLED), (360, "")):
        page.set_viewport_size({"width": width, "height": 740})
        page.goto(address)
        if not style:
            assert violations(page) == [], (address, width)
        assert overflowing(page, style) == [], (address, width, style)
    assert too_small(page) == [], address
