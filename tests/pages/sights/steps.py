"""What several kinds of people do on a page."""

from playwright.sync_api import Page

from tests.pages.sights.sight import click
from tests.pages.town import Town


def send_post(page: Page) -> None:
    page.locator("#position").fill("Tesorera")
    click(page, "main form .button.primary")


def open_all(page: Page, town: Town) -> None:
    """What lies folded in the tree of a course."""
    for each in page.locator("main summary").all()[:6]:
        each.click()
