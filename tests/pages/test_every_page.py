"""Every page, as the person it is for: readable, pressable, reachable, valid, in every dress."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page, Response, expect
from playwright.sync_api import Error as PlaywrightError
from werkzeug.serving import make_server

from tests.pages.looking import (
    AGAIN,
    COLOURS,
    DOUBLED,
    SPACED,
    lost_focus,
    overflowing,
    too_small,
    violations,
)
from tests.pages.sights import NO_PAGES, SIGHTS, Sight
from tests.pages.town import Town
from tests.pages.valid import Judge

pytestmark = pytest.mark.browser

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 800}
SMALL = {"width": 320, "height": 640}


@pytest.fixture(scope="module")
def town(settled: Town, _application: Flask) -> Iterator[Town]:
    """The town, served to a real browser."""
    server = make_server("127.0.0.1", 0, _application, threaded=True)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    settled.url = f"http://127.0.0.1:{server.port}"
    yield settled
    server.shutdown()
    thread.join()


class Looker:
    """A browser window; it remembers what went wrong in the page and what the page was made of."""

    def __init__(self, context: BrowserContext, town: Town) -> None:
        self.context, self.town = context, town
        self.page = context.new_page()
        self._deep = context.new_cdp_session(self.page)
        self.heard: list[str] = []
        self.answer: Response | None = None
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("console", lambda said: self._hear(said.type, said.text))
        self.page.on("response", self._keep)
        self.page.on("dialog", lambda dialog: dialog.accept())

    def open(self, sight: Sight) -> Page:
        """The page of a sight, after what is done there."""
        self.heard.clear()
        self._forget()
        self.context.add_cookies(self.town.cookies(sight.who))
        self.page.set_viewport_size(PHONE)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(self.town.url + sight.path(self.town))
        if sight.step is not None:
            sight.step(self.page, self.town)
        return self.page

    def _forget(self) -> None:
        """Nobody was here before: what one sight leaves on the device is nothing of the next."""
        self.page.goto("about:blank")
        self.context.clear_cookies()
        place = {"origin": self.town.url, "storageTypes": "indexeddb,local_storage"}
        self._deep.send("Storage.clearDataForOrigin", place)

    @property
    def source(self) -> str:
        assert self.answer is not None
        return self.answer.text()

    def _hear(self, kind: str, text: str) -> None:
        # A page that says no (404, 409 …) is a page all the same.
        if kind in {"error", "warning"} and "the server responded with a status of 4" not in text:
            self.heard.append(f"console: {text}")

    def _keep(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.status not in range(300, 400):
            self.answer = response


# A few sights a test, so that two processes share the looking.
HANDFUL = 10
HANDFULS = {
    f"{group}-{start // HANDFUL + 1}": sights[start : start + HANDFUL]
    for group, sights in SIGHTS.items()
    for start in range(0, len(sights), HANDFUL)
}


@pytest.mark.parametrize("handful", HANDFULS)
def test_every_page(handful: str, town: Town, chromium: Browser, judge: Judge) -> None:
    context = chromium.new_context(viewport=PHONE, locale="es-GT", reduced_motion="reduce")
    looker = Looker(context, town)
    wrong: list[str] = []
    sources: dict[str, str] = {}
    for sight in HANDFULS[handful]:
        try:
            found = _seen(looker.open(sight)) + looker.heard
            sources[sight.name] = looker.source
        except PlaywrightError as error:
            found = [f"cannot be looked at: {error.message.splitlines()[0]}"]
        wrong += [f"{sight.name}: {each}" for each in found]
    context.close()
    wrong += judge.errors(sources)
    assert not wrong, "\n".join(wrong)


def _seen(page: Page) -> list[str]:
    """What one sees that is wrong, on a phone and on a desk, by day and by night, enlarged."""
    found = violations(page) + too_small(page) + lost_focus(page)
    found += _wide(page, "360, double text", DOUBLED)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {each}" for each in violations(page, COLOURS)]
    page.emulate_media(color_scheme="light")
    page.set_viewport_size(SMALL)
    found += _wide(page, "320") + _wide(page, "320, spaced", SPACED)
    page.set_viewport_size(DESK)
    found += [f"desk: {each}" for each in violations(page, AGAIN)]
    return found + _wide(page, "1280") + _wide(page, "1280, double text", DOUBLED)


def _wide(page: Page, where: str, style: str = "") -> list[str]:
    return [f"overflows at {where}: {each}" for each in overflowing(page, style)]


# What shows and does nothing without its script; forms that cannot be sent without one.
# On a phone a link to the search page stands for the search form of the staff (`find`).
_DEAD = """() => [
  ...[...document.querySelectorAll('[data-print], [data-reveal], [data-select-all], [data-outbox]')]
    .filter((each) => each.getClientRects().length),
  ...[...document.querySelectorAll('form:not(.find)')].filter((each) => !each.querySelector(
    'button:not([type=button])')?.getClientRects().length),
  ...[document.querySelector('h1'), document.querySelector('main')]
    .filter((each) => !each || !each.getClientRects().length),
].map((each) => each ? each.outerHTML.slice(0, 90) : 'no heading')"""


@pytest.mark.parametrize("group", ["visitor", "learner"])
def test_without_scripts_nothing_is_missing_or_dead(
    group: str, town: Town, chromium: Browser
) -> None:
    context = chromium.new_context(viewport=PHONE, locale="es-GT", java_script_enabled=False)
    looker = Looker(context, town)
    wrong = []
    for sight in SIGHTS[group]:
        page = looker.open(sight)
        wrong += [f"{sight.name}: {each}" for each in page.evaluate(_DEAD)]
        links = page.locator(".nav a")
        if links.count():
            expect(links.last).to_be_in_viewport()
    context.close()
    assert not wrong, "\n".join(wrong)


def test_no_page_is_left_out(app: Flask) -> None:
    """Whoever adds a page adds it to the table of sights too."""
    fetched = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    seen = {sight.endpoint for sights in SIGHTS.values() for sight in sights} - {""}
    assert fetched - seen == set(NO_PAGES)
    assert seen <= fetched
