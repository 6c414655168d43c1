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


def test_on_paper_the_totals_of_a_table_stand_once_at_its_end(
    chromium: Browser, served: str
) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        page.evaluate("document.querySelector('table').createTFoot()")
        page.emulate_media(media="print")
        expect(page.locator("thead").first).to_have_css("display", "table-header-group")
        expect(page.locator("tfoot")).to_have_css("display", "table-row-group")


def test_twice_the_text_on_the_narrowest_phone_leaves_room_for_words(
    chromium: Browser, served: str
) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        page.set_viewport_size({"width": 320, "height": 740})
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate(
            "document.querySelector('main').innerHTML = '<div class=\"sheet\"><ul><li>Sí <span "
            'class="tag">Su respuesta</span></li></ul><div class="actions"><a class="button" '
            'href="#"><span>Continuar: <i>minutos</i> de lectura</span><svg class="icon"></svg>'
            "</a></div></div>'"
        )
        room = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        assert page.evaluate(room)
        word = page.locator(".button i")
        assert word.evaluate("each => each.getClientRects().length") == 1  # whole, on one line


def test_the_caption_of_a_wide_table_is_read_without_scrolling(
    chromium: Browser, served: str
) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        region = (
            page.locator(".table-region:not(.stacks)").filter(has=page.locator("caption")).first
        )
        wide = "each => [each.scrollWidth, each.clientWidth]"
        full, seen = region.evaluate(wide)
        assert full > seen, "the table is wider than the screen"
        caption = region.locator("caption")
        for scrolled in (0, full):
            region.evaluate("(each, left) => { each.scrollLeft = left }", scrolled)
            box = caption.bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= 360


def test_on_a_phone_the_search_box_has_a_line_of_its_own(chromium: Browser, served: str) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        form = page.locator(".filters").first
        box = form.get_by_role("searchbox").bounding_box()
        button = form.get_by_role("button").bounding_box()
        assert box is not None
        assert button is not None
        assert box["width"] >= 300
        assert button["y"] >= box["y"] + box["height"]
