"""The first page of a new site, before there is anything else to look at."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.pages.looking import COLOURS, overflowing, page_at, too_small, violations
from tests.pages.valid import Judge

pytestmark = pytest.mark.browser


@pytest.fixture
def empty_site(app: Flask) -> Iterator[str]:
    """A site that has no institution yet."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_it_is_readable_and_pressable(
    empty_site: str, chromium: Browser, width: int, judge: Judge
) -> None:
    with page_at(chromium, f"{empty_site}/cursos", width, locale="es-GT") as page:
        assert page.url == f"{empty_site}/instalar"
        assert not overflowing(page)
        assert not violations(page)
        if width < 1280:
            assert not too_small(page)
        # Sent empty, it says what is missing and stays as readable.
        page.locator("main form .button.primary").click()
        page.wait_for_selector(".wrong")
        assert not overflowing(page)
        assert not violations(page)
        page.emulate_media(color_scheme="dark")
        assert not violations(page, COLOURS)
        assert not judge.errors({"first": page.request.get(page.url).text()})
