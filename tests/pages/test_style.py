"""The page that lists every component: readable, pressable, reachable, in every dress."""

from pathlib import Path

import pytest
from flask import Flask, render_template
from playwright.sync_api import Browser, expect

from lms.foundation.web.style import sample
from tests.pages.looking import DOUBLED, SPACED, overflowing, page_at, too_small, violations
from tests.pages.valid import html_errors


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing(chromium: Browser, served: str, width: int, scheme: str) -> None:
    with page_at(chromium, f"{served}/estilo", width, color_scheme=scheme) as page:
        assert violations(page) == []


@pytest.mark.parametrize(
    ("width", "style"), [(320, ""), (320, SPACED), (360, DOUBLED), (640, ""), (1280, DOUBLED)]
)
def test_nothing_overflows(chromium: Browser, served: str, width: int, style: str) -> None:
    with page_at(chromium, f"{served}/estilo", width) as page:
        assert overflowing(page, style) == []


def test_everything_pressable_is_large_enough(chromium: Browser, served: str) -> None:
    with page_at(chromium, f"{served}/estilo") as page:
        assert too_small(page) == []


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


def test_every_focus_is_seen_and_uncovered(chromium: Browser, served: str) -> None:
    covered = """() => {
      const one = document.activeElement, box = one.getBoundingClientRect();
      if (one === document.body) return 'end';
      const x = box.left + box.width / 2, y = box.top + Math.min(box.height / 2, 20);
      const top = document.elementFromPoint(x, y);
      const seen = top && (one.contains(top) || top.contains(one) || top.closest('.choice')
        || one.closest('.card, .figures'));
      return seen ? '' : one.outerHTML.slice(0, 90);
    }"""
    with page_at(chromium, f"{served}/estilo") as page:
        page.locator("main").focus()
        hidden = []
        for _ in range(200):
            page.keyboard.press("Tab")
            answer = page.evaluate(covered)
            if answer == "end":
                break
            if answer:
                hidden.append(answer)
        assert hidden == []


def test_the_page_is_valid_html(app: Flask, tmp_path: Path) -> None:
    with app.test_request_context("/estilo"):
        whole = render_template("foundation/style.html", **sample())
    assert html_errors(tmp_path, {"estilo": whole}) == []
