"""The page of components stands for all pages in what changes with the screen or on paper."""

import pytest
from playwright.sync_api import Browser, expect

from tests.pages.looking import page_at

pytestmark = pytest.mark.browser


def test_the_bar_under_the_thumb_gives_way_on_a_short_screen(
    chromium: Browser, served: str
) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        bar = page.get_by_role("navigation").first
        expect(bar).to_have_css("position", "fixed")
        page.set_viewport_size({"width": 740, "height": 360})
        expect(bar).to_have_css("position", "static")


def test_paper_carries_no_navigation(chromium: Browser, served: str) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        page.emulate_media(media="print")
        for name in (".nav", ".foot", ".actions", ".crumbs", ".clock"):
            expect(page.locator(name).first).to_be_hidden()
        expect(page.locator("body")).to_have_css("background-color", "rgb(255, 255, 255)")
