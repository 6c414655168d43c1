"""Those who judge pages do find what is wrong: a judge that is always content proves nothing."""

import pytest
from playwright.sync_api import Browser

from tests.pages.looking import COLOURS, lost_focus, overflowing, violations
from tests.pages.valid import Judge

pytestmark = pytest.mark.browser

PAGE = """<!doctype html><html lang="es"><head><title>Página</title></head><body><main>
<h1>Página</h1><img src="x.png"><p style="color:#aaa;background:#fff">Apenas se lee</p>
<div style="width:2000px">ancha</div></main></body></html>"""


def test_what_is_not_valid_is_told_with_its_line(judge: Judge) -> None:
    told = judge.errors({"a": PAGE, "b": "<!doctype html>\n<html lang=es><title>b</title><foo>"})
    assert any(each.startswith("a:2: An “img” element must have an “alt”") for each in told), told
    assert any(each.startswith("b:2: Element “foo”") for each in told), told


def test_what_cannot_be_read_or_reached_is_told(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(PAGE)
    told = {each.partition(":")[0] for each in violations(page)}
    assert {"image-alt", "color-contrast"} <= told
    assert {each.partition(":")[0] for each in violations(page, COLOURS)} == {"color-contrast"}
    assert overflowing(page)
    page.close()


UNSEEN = """<!doctype html><title>Página</title><style>
:focus-visible {outline: 3px solid} a {margin-top: 300px; display: block}</style>
<a href="/">Bien</a><a href="/" style="outline: none">Sin marca</a>
<a href="/" style="position: absolute; left: -9999px">Fuera</a><button tabindex="2">Antes</button>
<a href="/" style="position: fixed; top: 0; left: 0; margin: 0">Debajo</a>
<div style="position: fixed; top: 0; left: 0; width: 400px; height: 200px">Tapa</div>
<a href="/" hidden>Nadie llega</a>"""


def test_where_the_focus_is_lost_is_told(chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 360, "height": 740})
    page.set_content(UNSEEN)
    told = [each.partition(":")[0] for each in lost_focus(page)]
    assert told == ["not marked", "not seen", "out of order", "not seen"]
    page.close()
