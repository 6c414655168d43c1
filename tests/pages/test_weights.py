"""What a page costs over the wire: the demo's own pages, served as an institute serves them."""

import re
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, StorageState

from lms.foundation.web.assets import asset, manifest
from tests.journeys.conftest import demo, house  # noqa: F401 (fixtures)
from tests.journeys.house import House
from tests.journeys.walking import sign_in

pytestmark = pytest.mark.browser

FIRST_BYTES, FIRST_REQUESTS = 25_000, 8
NEXT_BYTES, NEXT_REQUESTS = 8_000, 1
STYLE_BYTES = 6_000
# What keeps the page that verifies without a network, once: its script, its worker, its book, and
# the page as a visitor sees it.
KEPT_BYTES, KEPT_REQUESTS = 14_000, 4
PHONE: dict[str, Any] = {"viewport": {"width": 360, "height": 740}, "locale": "es-GT"}
PROGRAMME = "/cursos/gestion-municipal-y-transparencia"
VISITED = ("/", "/cursos", PROGRAMME, "/ingresar", "/registro", "/verificar", "/ayuda")
OWN = ("/inicio", "/cursos", PROGRAMME, "/avisos", "/cuenta", "/cuenta/nombre", "/constancias")


@dataclass
class View:
    """What came over the wire for one page, without the lesson's own pictures and recordings."""

    sizes: list[int] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)
    strange: list[str] = field(default_factory=list)
    """What was asked of another host."""

    @property
    def size(self) -> int:
        return sum(self.sizes)

    def too_much(self, path: str, most_bytes: int, most_requests: int) -> list[str]:
        if self.size <= most_bytes and len(self.fetched) <= most_requests and not self.strange:
            return []
        weighed = zip(self.fetched, self.sizes, strict=True)
        parts = [f"{path} {size}" for path, size in weighed] + self.strange
        return [f"{path}: {self.size} bytes in {len(self.fetched)}: {', '.join(parts)}"]


class Scales:
    """Weighs what a browser window receives; what its cache gives weighs nothing."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._urls: dict[str, str] = {}
        self.view, self.host = View(), ""
        wire = page.context.new_cdp_session(page)
        wire.on("Network.requestWillBeSent", self._asked)
        wire.on("Network.loadingFinished", self._came)
        wire.send("Network.enable")

    def weigh(self, address: str) -> View:
        self.view, self.host = View(), urlsplit(address).netloc
        self.page.goto(address, wait_until="networkidle")
        return self.view

    def _asked(self, event: dict[str, Any]) -> None:
        if led_on := event.get("redirectResponse"):
            self._add(led_on["url"], led_on["encodedDataLength"])
        url = self._urls[event["requestId"]] = event["request"]["url"]
        if urlsplit(url).netloc not in {self.host, ""}:  # none: data: of the browser's own
            self.view.strange.append(url)

    def _came(self, event: dict[str, Any]) -> None:
        self._add(self._urls[event["requestId"]], event["encodedDataLength"])

    def _add(self, url: str, size: float) -> None:
        if size and not urlsplit(url).path.startswith("/medios/"):
            self.view.sizes.append(int(size))
            self.view.fetched.append(urlsplit(url).path)


@pytest.fixture(scope="module")
def rosa(house: House, chromium: Browser) -> StorageState:  # noqa: F811
    """The cookies of a learner to whom the whole course is open."""
    context = chromium.new_context(base_url=house.address, **PHONE)
    page = context.new_page()
    sign_in(page, house, "rosa")
    page.goto(_first(page, "/inicio", r"/aula/[0-9a-f-]{36}"))
    while (further := page.locator(".actions .button.primary").first).count():
        further.click()
        page.wait_for_load_state()
        if "/evaluaciones/" in page.url:
            break
    state = context.storage_state()
    context.close()
    return state


def _first(page: Page, path: str, pattern: str) -> str:
    """The first address of this form on a page."""
    return _all(page, path, pattern)[0]


def _all(page: Page, path: str, pattern: str) -> list[str]:
    page.goto(path)
    return sorted(set(re.findall(rf'href="({pattern})"', page.content())))


@pytest.fixture(scope="module")
def studied(house: House, chromium: Browser, rosa: StorageState) -> list[str]:  # noqa: F811
    """Every page of her classroom, an attempt at each quiz among them."""
    context = chromium.new_context(base_url=house.address, storage_state=rosa, **PHONE)
    page = context.new_page()
    room = _first(page, "/inicio", r"/aula/[0-9a-f-]{36}")
    inside = _all(page, room, rf"{room}/[^\"#]+")
    lessons = [path for path in inside if "/transparencia/" in path and "/modulos/" not in path]
    assert len(lessons) == 8, "the shipped course has eight lessons, all of them open by now"
    attempts = []
    for quiz in (path for path in inside if "/evaluaciones/" in path):
        page.goto(quiz)
        page.locator("main form button").last.click()
        page.wait_for_url("**/intentos/*")
        attempts.append(urlsplit(page.url).path)
    assert len(attempts) == 2, "the shipped course has two quizzes"
    context.close()
    return [room, *inside, *(f"{each}{end}" for each in attempts for end in ("", "/revisar"))]


@pytest.fixture
def scales(chromium: Browser) -> Iterator[Any]:
    """A new window, whose cache is empty: `scales(state)`."""
    opened = []

    def take(state: StorageState | None = None) -> Scales:
        opened.append(chromium.new_context(storage_state=state, **PHONE))
        return Scales(opened[-1].new_page())

    yield take
    for context in opened:
        context.close()


def fetched(house: House, path: str, coding: str = "br") -> Any:  # noqa: F811
    asked = urllib.request.Request(house.address + path, headers={"Accept-Encoding": coding})
    return urllib.request.urlopen(asked, timeout=20)


def test_the_first_page_of_a_learner_is_light(
    house: House,  # noqa: F811
    rosa: StorageState,
    studied: list[str],
    scales: Any,
) -> None:
    wrong: list[str] = []
    for path, state in [*((p, None) for p in VISITED), *((p, rosa) for p in (*OWN, *studied))]:
        view = scales(state).weigh(house.address + path)
        kept = path == "/verificar"
        most = (FIRST_BYTES + kept * KEPT_BYTES, FIRST_REQUESTS + kept * KEPT_REQUESTS)
        wrong += view.too_much(path, *most)
    assert not wrong, "\n".join(wrong)


def test_each_next_page_is_one_small_request(
    house: House,  # noqa: F811
    rosa: StorageState,
    studied: list[str],
    scales: Any,
) -> None:
    wrong: list[str] = []
    for walk, state in ((VISITED[1:], None), ((*OWN, *studied), rosa)):
        window = scales(state)
        window.weigh(house.address + "/cursos?q=primera")
        for path in walk:
            view = window.weigh(house.address + path)
            # The page before an attempt brings the attempt's script, the first time.
            ahead = 1 if "/evaluaciones/" in path and len(view.fetched) > 1 else 0
            most = (NEXT_BYTES, NEXT_REQUESTS + ahead)
            if path == "/verificar":
                most = (NEXT_BYTES + KEPT_BYTES, NEXT_REQUESTS + KEPT_REQUESTS)
            wrong += view.too_much(path, *most)
    assert not wrong, "\n".join(wrong)


def test_the_page_that_answers_are_saved_from_came_with_its_script(
    house: House,  # noqa: F811
    rosa: StorageState,
    studied: list[str],
    scales: Any,
) -> None:
    window = scales(rosa)
    quiz = next(path for path in studied if "/evaluaciones/" in path)
    window.weigh(house.address + quiz)
    attempt = next(path for path in studied if path.startswith("/intentos/"))
    assert window.weigh(house.address + attempt).fetched == [attempt]


def test_what_is_built_is_compressed_and_kept_for_a_year(house: House) -> None:  # noqa: F811
    for name in manifest():
        for coding in ("br", "gzip"):
            answer = fetched(house, asset(name), coding)
            assert answer.headers["Content-Encoding"] == coding, name
            assert "immutable" in answer.headers["Cache-Control"], name
            assert "max-age=31536000" in answer.headers["Cache-Control"], name
    assert len(fetched(house, asset("css")).read()) <= STYLE_BYTES
