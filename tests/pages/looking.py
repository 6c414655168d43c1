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
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
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
      if (getComputedStyle(up).overflowX !== 'visible') {
        return up.getBoundingClientRect().right <= wide + 1;
      }
    }
    return false;
  };
  return [...document.querySelectorAll('body *')]
    .filter((each) => each.getBoundingClientRect().right > wide + 1)
    .filter((each) => !scrolls(each) && !each.closest('.visually-hidden, .skip'))
    .map((each) => each.outerHTML.slice(0, 90));
}"""

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
    """A page in a context of its own. The policy is set aside only so that axe may run in it."""
    context = browser.new_context(
        viewport={"width": width, "height": 740}, bypass_csp=True, **wishes
    )
    page = context.new_page()
    page.goto(url)
    yield page
    context.close()


def violations(page: Page) -> list[str]:
    """What axe finds, one line each."""
    page.wait_for_load_state("networkidle")
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:160]}" for each in found for node in each["nodes"]]


def overflowing(page: Page, style: str = "") -> list[str]:
    """What stands outside the right edge of the page and in no region that scrolls."""
    if style:
        page.add_style_tag(content=style)
    found: list[str] = page.evaluate(_OVERFLOW)
    return found


def too_small(page: Page) -> list[str]:
    """What one presses and is lower than 44 pixels (links inside a sentence may be)."""
    found: list[str] = page.evaluate(_SMALL)
    return found
