"""One browser for a whole test process, however many folders of tests look through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from tests.pages.looking import launch


class _Shared:
    users = 0
    playwright: Any = None
    browser: Browser


@contextmanager
def shared_browser() -> Iterator[Browser]:
    """The browser; it is started for the first who asks and closed after the last."""
    if _Shared.users == 0:
        _Shared.playwright = sync_playwright().start()
        _Shared.browser = launch(_Shared.playwright)
    _Shared.users += 1
    try:
        yield _Shared.browser
    finally:
        _Shared.users -= 1
        if _Shared.users == 0:
            _Shared.browser.close()
            _Shared.playwright.stop()
