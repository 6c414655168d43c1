"""A page, who looks at it, where, and what they do there first."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.pages.town import Town

Step = Callable[[Page, Town], None]


@dataclass(frozen=True)
class Sight:
    """A page, who looks at it, and what has been pressed there."""

    who: str
    endpoint: str
    where: str
    what: str = ""
    step: Step | None = None

    def path(self, town: Town) -> str:
        """The address, with the town's own things put into it."""
        return self.where.format_map(town.places)

    @property
    def name(self) -> str:
        return "-".join(part for part in (self.who, self.endpoint, self.what) if part)


def click(page: Page, selector: str) -> None:
    with page.expect_navigation():
        page.locator(selector).first.click()


def submit(page: Page, town: Town) -> None:
    """Send the form without writing anything."""
    click(page, "main form:not([role=search]) .button.primary")


def press(selector: str) -> Step:
    return lambda page, town: click(page, selector)
