"""A browser, and the application served to it."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.pages.browser import shared_browser
from tests.pages.valid import Judge, judging


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser for all the pages that one test process looks at."""
    with shared_browser() as browser:
        yield browser


@pytest.fixture(scope="session")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """The judge of HTML, woken once for all the pages that one test process looks at."""
    with judging(tmp_path_factory.mktemp("judge")) as awake:
        yield awake


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The address at which the application answers a real browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
