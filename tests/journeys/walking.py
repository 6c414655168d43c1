"""What somebody does on any page: sign in, press, look."""

import os
import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.house import House, address_of
from tests.pages.looking import overflowing

#: Where pictures of the journeys go, when somebody wants to see them.
PICTURES = os.environ.get("JOURNEY_PICTURES")


def look(page: Page, name: str) -> None:
    """Nothing stands outside the page; a picture of it, if pictures are wanted."""
    assert overflowing(page) == [], (name, page.url)
    if PICTURES:
        size = page.viewport_size
        assert size is not None
        page.screenshot(path=Path(PICTURES) / f"{name}-{size['width']}.png", full_page=True)


def heading(page: Page, words: str | re.Pattern[str]) -> None:
    """The page that is open is the one with this heading."""
    expect(page.get_by_role("heading", level=1)).to_have_text(words)


def press(page: Page, words: str, *, exact: bool = True) -> None:
    page.get_by_role("main").get_by_role("button", name=words, exact=exact).click()


def follow(page: Page, words: str, *, exact: bool = False) -> None:
    page.get_by_role("main").get_by_role("link", name=words, exact=exact).first.click()


def sign_in(page: Page, house: House, who: str, password: str | None = None) -> None:
    """Sign in by the form; a demo account knows its own password."""
    page.goto("/ingresar")
    page.get_by_label("Correo, teléfono o número de documento").fill(
        address_of(who) if password is None else who
    )
    page.get_by_label("Contraseña", exact=True).fill(password or house.password_of(who))
    press(page, "Ingresar")
    expect(page).not_to_have_url(re.compile("/ingresar"))


def wrong(page: Page) -> list[str]:
    """The sentences of the list of what is wrong, each of which leads to its field.

    A line of the list is "Label: sentence".
    """
    summary = page.get_by_role("alert")
    expect(summary).to_be_visible()
    links = summary.get_by_role("link")
    for link in links.all():
        target = link.get_attribute("href")
        assert target
        assert target.startswith("#")
        expect(page.locator(target)).to_have_count(1)
    return [text.partition(": ")[2] or text for text in links.all_inner_texts()]
