"""A browser, and the application served to it."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser
from werkzeug.serving import make_server

from tests.conftest import MORNING, Clock, Place
from tests.pages.browser import shared_browser
from tests.pages.town import Town, build_town
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


@pytest.fixture(scope="module")
def settled(_application: Flask, place: Place, _clock: Clock) -> Iterator[Town]:
    """One town for all the looks of a module, on a database of its own."""
    database = _application.extensions["cabildo.database"]
    database.close()
    place.refresh()
    _application.extensions.pop("cabildo.site", None)
    _clock.now = MORNING
    yield build_town(_application, database)
    database.close()


@pytest.fixture
def served(app: Flask) -> Iterator[str]:
    """The address at which the application answers a real browser."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
