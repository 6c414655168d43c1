"""Lessons, modules and questions dragged by their handle, with a mouse and with a finger."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import CDPSession, Locator, Page, expect

from tests.journeys import course, writing
from tests.journeys.conftest import DESK, PHONE, Browse, Demo, Device, on
from tests.journeys.house import House
from tests.journeys.walking import look, press, sign_in

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

STEPS = 8


@pytest.fixture(scope="module")
def house(demo: Demo, tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[House]:
    """The demo with a long course, served."""
    folder = tmp_path_factory.mktemp("dragging")
    served = demo.copied(folder / "data", f"house_{worker_id}")
    served.lms("courses", "import", str(writing.write(folder)), "--yes")
    served.start()
    yield served
    served.stop()


def tree(page: Page, house: House) -> None:
    """An instructor opens the page of the long course."""
    sign_in(page, house, "docente")
    page.goto(writing.address(house).partition("/actividades")[0])


def hold(page: Page, device: Device, grip: Locator) -> "Hand":
    """Take a handle: with a finger on a telephone, with a mouse on a desk."""
    grip.scroll_into_view_if_needed()
    page.evaluate("window.scrollBy({top: 160, behavior: 'instant'})")
    return (Finger if device is PHONE else Mouse)(page, grip)


class Hand:
    """What drags."""

    def __init__(self, page: Page, grip: Locator) -> None:
        self.page = page
        self.x, self.y = _middle(grip)
        self.down()

    def to(self, y: float) -> "Hand":
        before = self.y
        for step in range(1, STEPS + 1):
            self.y = before + (y - before) * step / STEPS
            self.move()
        return self

    def down(self) -> None: ...

    def move(self) -> None: ...

    def let_go(self) -> None: ...


class Mouse(Hand):
    def down(self) -> None:
        self.page.mouse.move(self.x, self.y)
        self.page.mouse.down()

    def move(self) -> None:
        self.page.mouse.move(self.x, self.y)

    def let_go(self) -> None:
        self.page.mouse.up()


class Finger(Hand):
    cdp: CDPSession

    def down(self) -> None:
        self.cdp = self.page.context.new_cdp_session(self.page)
        self._touch("touchStart")

    def move(self) -> None:
        self._touch("touchMove")

    def let_go(self) -> None:
        self._touch("touchEnd")

    def _touch(self, kind: str) -> None:
        points = [] if kind == "touchEnd" else [{"x": self.x, "y": self.y}]
        self.cdp.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})


def _middle(place: Locator) -> tuple[float, float]:
    box = place.bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def below(place: Locator) -> float:
    """A height within the lower half of something."""
    box = place.bounding_box()
    assert box is not None
    return box["y"] + box["height"] * 0.8


def names(rows: Locator) -> list[str]:
    return rows.evaluate_all("rows => rows.map(row => row.dataset.name)")


def grip_of(row: Locator) -> Locator:
    return row.locator("[data-grip]").first


def is_held(page: Page, name: str) -> None:
    """The page came back, and the handle of what was moved has the focus."""
    expect(page).to_have_url(re.compile("hecho="))
    held = page.locator("[data-grip]:focus")
    expect(held).to_have_accessible_name(f"Mover {name}")
    expect(page.locator(".toast")).to_contain_text(re.compile("^(Se movió|Pregunta movida)"))


@on(DESK, PHONE)
def test_a_lesson_is_dragged_within_its_module(browse: Browse, house: House, device: Device):
    page = browse(device, has_touch=device is PHONE)
    tree(page, house)
    module = page.locator("[data-part]").nth(1 if device is DESK else 2)
    rows = module.locator("[data-item]")
    one, two, three, *others = names(rows)
    hand = hold(page, device, grip_of(rows.nth(0)))
    hand.to(below(rows.nth(2)))
    expect(page.locator(".drop-here")).to_have_attribute("data-name", others[0])
    expect(rows.nth(0)).to_have_class(re.compile("carried"))
    hand.let_go()
    is_held(page, one)
    assert names(rows) == [two, three, one, *others]
    page.reload()
    assert names(rows) == [two, three, one, *others]
    press(page, "Deshacer")
    expect(page.locator(".toast")).to_contain_text("Se deshizo")
    assert names(rows) == [one, two, three, *others]


@on(DESK, PHONE)
def test_a_module_is_dragged_past_another(browse: Browse, house: House, device: Device):
    page = browse(device, has_touch=device is PHONE)
    tree(page, house)
    parts = page.locator("[data-part]")
    before = names(parts)
    hand = hold(page, device, grip_of(parts.nth(1)))
    for _step in range(40):  # the page scrolls while it is held at the edge
        if below(parts.nth(2)) < (device.height - 100):
            break
        hand.to(device.height - 20)
        page.evaluate("() => new Promise(requestAnimationFrame)")
    hand.to(device.height // 2)  # away from the edge it stands still: where things are can be told
    page.evaluate("() => new Promise(requestAnimationFrame)")
    hand.to(below(parts.nth(2)))
    hand.let_go()
    is_held(page, before[1])
    assert names(parts) == [before[0], before[2], before[1], *before[3:]]
    press(page, "Deshacer")
    expect(parts.nth(1)).to_have_attribute("data-name", before[1])


@on(DESK, PHONE)
def test_a_question_is_dragged(browse: Browse, house: House, device: Device):
    page = browse(device, has_touch=device is PHONE)
    sign_in(page, house, "docente")
    page.goto(writing.address(house, course.EXAM).removesuffix("/leccion") + "/preguntas")
    rows = page.locator("[data-item]")
    words = rows.locator(".item-title a").all_inner_texts()
    hand = hold(page, device, grip_of(rows.nth(1)))
    hand.to(below(rows.nth(2)))
    hand.let_go()
    is_held(page, "pregunta 3")
    moved = rows.locator(".item-title a").all_inner_texts()
    assert moved == [words[0], words[2], words[1], *words[3:]]
    press(page, "Deshacer")
    expect(rows.nth(1).locator(".item-title a")).to_have_text(words[1])


@on(DESK)
def test_with_the_keyboard_the_focus_stays_on_what_was_moved(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    tree(page, house)
    for rows in (
        page.locator("[data-part]").nth(3).locator("[data-item]"),
        page.locator("[data-part]"),
    ):
        before = names(rows)
        grip_of(rows.nth(1)).press("Enter")
        page.keyboard.press("ArrowDown")
        expect(page.locator("[data-say]")).to_contain_text(f"{before[1]}: lugar 3 de {len(before)}")
        page.keyboard.press("Enter")
        is_held(page, before[1])
        assert names(rows) == [before[0], before[2], before[1], *before[3:]]
        press(page, "Deshacer")
        expect(rows.nth(1)).to_have_attribute("data-name", before[1])


FAILURES: dict[str, Callable[[Page], None]] = {
    "no signal": lambda page: page.route("**/ordenar", lambda route: route.abort()),
    "a dead server": lambda page: page.route("**/ordenar", lambda route: route.fulfill(status=502)),
    "no session": lambda page: page.context.clear_cookies(),
}


@on(DESK)
@pytest.mark.parametrize("failure", FAILURES)
def test_what_was_not_kept_goes_back_and_says_so(
    browse: Browse, house: House, device: Device, failure: str
):
    page = browse(device)
    tree(page, house)
    rows = page.locator("[data-part]").nth(4).locator("[data-item]")
    before = names(rows)
    FAILURES[failure](page)
    hand = hold(page, device, grip_of(rows.nth(0)))
    hand.to(below(rows.nth(1)))
    hand.let_go()
    expect(page.locator("[data-failure]")).to_contain_text(f"{before[0]} no se movió")
    assert names(rows) == before
    look(page, "no-se-movio")


@on(DESK)
def test_a_session_begun_anew_elsewhere_moves_it_all_the_same(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    tree(page, house)
    page.context.clear_cookies()
    other = page.context.new_page()
    sign_in(other, house, "docente")
    rows = page.locator("[data-part]").nth(5).locator("[data-item]")
    one, two, *others = names(rows)
    hand = hold(page, device, grip_of(rows.nth(0)))
    hand.to(below(rows.nth(1)))
    hand.let_go()
    is_held(page, one)
    assert names(rows) == [two, one, *others]
