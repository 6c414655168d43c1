"""A real browser looks at a page: what overflows, what is too small to press, what axe finds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Playwright

from tests.provide import browser as browser_path

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
_AXE = Axe().axe_script
_FOUND = """(rules) => axe.run(rules).then(({violations}) => violations.flatMap(
  ({id, nodes}) => nodes.map(({html}) => `${id}: ${html.slice(0, 160)}`)))"""
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
#: The same without reading the style sheets once more, which only a look at their media needs.
AGAIN = RULES | {"preload": False}
#: What can change when only the colours do.
COLOURS = {
    "runOnly": {"type": "rule", "values": ["color-contrast"]},
    "resultTypes": ["violations"],
    "preload": False,
}
#: Text spacing that WCAG 1.4.12 lets a reader ask for.
SPACED = (
    "* {line-height: 1.5 !important; letter-spacing: .12em !important;"
    " word-spacing: .16em !important} p {margin-bottom: 2em !important}"
)
DOUBLED = "html {font-size: 200% !important}"

_OVERFLOW = """() => {
  const wide = document.documentElement.clientWidth;
  const scrolls = (each) => {
    for (let up = each.parentElement; up; up = up.parentElement) {
      const inside = up.getBoundingClientRect().right <= wide + 1;
      if (inside && getComputedStyle(up).overflowX !== 'visible') return true;
    }
    return false;
  };
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > wide + 1)
    .filter((each) => !scrolls(each) && !each.closest('.visually-hidden, .skip'))
    .map((each) => each.outerHTML.slice(0, 90));
}"""

_WEAR = """(style) => {
  const worn = new CSSStyleSheet();
  worn.replaceSync(style);
  document.adoptedStyleSheets = [worn];
}"""

# Each place that the focus can be at, in order (nothing has another place in it: see below): in
# sight, uncovered, and marked by more than a change of colour. The marks of somebody who uses keys
# are shown once a key was pressed. No key leads out of an open dialog.
_FOCUS = """() => [...(document.querySelector('dialog:modal') || document).querySelectorAll(
  'a[href], button, input, select, textarea, summary, audio[controls], [tabindex]'
)].flatMap((one) => {
  if (one.tabIndex > 0) return 'out of order: ' + one.outerHTML.slice(0, 90);
  if (one.tabIndex < 0) return [];
  one.focus();
  if (document.activeElement !== one) return [];
  const box = one.getClientRects()[0] || one.getBoundingClientRect();
  const x = Math.min(Math.max(box.left + box.width / 2, 1), innerWidth - 1);
  // A long text is scrolled to where one writes, which need not be its first line; a table taller
  // than the screen shows its middle.
  const ys = [Math.min(box.top + Math.min(box.height / 2, 20), innerHeight - 1)];
  if (one.matches('textarea, .table-region'))
    ys.push((Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2);
  const near = one.matches('.choice input') ? one.nextElementSibling : one;
  const seen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth
    && ys.map((y) => document.elementFromPoint(x, y)).some((top) => top && (top === one
      || near.contains(top) || top.contains(near) || top.closest('.card, .figures, .tick')));
  const marked = [getComputedStyle(near), getComputedStyle(near, '::after')]
    .some((style) => style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2);
  const name = one.outerHTML.slice(0, 90);
  return [...(seen ? [] : ['not seen: ' + name]), ...(marked ? [] : ['not marked: ' + name])];
})"""

_SMALL = """() => [...document.querySelectorAll(
    'a, button, select, textarea, summary, .choice label, input')]
  .filter((each) => !['hidden', 'radio', 'checkbox'].includes(each.type))
  .filter((each) => !each.closest('.visually-hidden, .skip, .table-region, .figures, .card'))
  .filter((each) => !(each.matches('a') && each.closest('p, h2, h3, dd, .prose')))
  .filter((each) => each.parentElement.textContent.trim() === each.textContent.trim()
    || !each.matches('li > a, li > span > a'))
  .filter((each) => each.getClientRects().length && each.getBoundingClientRect().height < 43.5)
  .map((each) => each.outerHTML.slice(0, 90))"""


def launch(playwright: Playwright) -> Browser:
    """The browser of this machine, never one downloaded by the tool."""
    return playwright.chromium.launch(executable_path=browser_path(), args=ARGUMENTS)


@contextmanager
def page_at(browser: Browser, url: str, width: int = 360, **wishes: Any) -> Iterator[Page]:
    """A page in a context of its own, where nothing moves."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, reduced_motion="reduce", **wishes
    )
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def violations(page: Page, rules: dict[str, Any] = RULES) -> list[str]:
    """What axe finds, one line each, once nothing moves any more."""
    page.evaluate("Promise.all(document.getAnimations().map((each) => each.finished))")
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(_AXE)
    found: list[str] = page.evaluate(_FOUND, rules)
    return found


def overflowing(page: Page, style: str = "") -> list[str]:
    """What stands outside the right edge of the page and in no region that scrolls.

    ``style`` is what the reader's own style sheet adds for this look; our policy does not stop it.
    """
    page.wait_for_load_state()  # a page just followed to may have no document yet
    page.evaluate(_WEAR, style)
    found: list[str] = page.evaluate(_OVERFLOW)
    page.evaluate(_WEAR, "")
    return found


def too_small(page: Page) -> list[str]:
    """What one presses and is lower than 44 pixels (links inside a sentence may be)."""
    found: list[str] = page.evaluate(_SMALL)
    return found


def lost_focus(page: Page) -> list[str]:
    """Where the tab key leads out of sight, under something else, or to nothing one can see."""
    page.evaluate("document.activeElement.blur(); window.scrollTo(0, 0)")
    page.keyboard.press("Tab")
    wrong: list[str] = page.evaluate(_FOCUS)
    return wrong
