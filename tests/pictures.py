"""The pictures of README and guides, taken from the demo: `make pictures`.

They are taken by hand when pages have changed, not by the tests: what pages look like is asserted
in `tests/pages`.
"""

import io
import re
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page

from tests.journeys.house import House
from tests.journeys.walking import sign_in
from tests.pages.browser import shared_browser

FOLDER = Path(__file__).parents[1] / "docs/pictures"
COLOURS = 96
PHONE, DESK = (360, 740), (1280, 860)
Walk = Callable[[Page], None]


@dataclass(frozen=True)
class Picture:
    """One picture: its name, who looks, at what size, and how they get there."""

    name: str
    who: str
    size: tuple[int, int]
    walk: Walk


def to(path: str) -> Walk:
    def walk(page: Page) -> None:
        page.goto(path)

    return walk


def along(path: str, *links: str) -> Walk:
    """From an address on by links of the page, each a pattern of its words."""

    def walk(page: Page) -> None:
        page.goto(path)
        for words in links:
            page.get_by_role("main").get_by_role("link", name=re.compile(words)).first.click()
            page.wait_for_load_state()

    return walk


PICTURES = (
    Picture("home", "rosa", DESK, to("/inicio")),
    Picture("catalogue-phone", "", PHONE, to("/cursos")),
    Picture("home-phone", "rosa", PHONE, to("/inicio")),
    Picture("lesson-phone", "rosa", PHONE, along("/inicio", "Continuar|Seguir|Comenzar")),
    Picture("missing-phone", "rosa", PHONE, along("/inicio", "^Gestión Municipal", "Qué me falta")),
    Picture("document-phone", "ana", PHONE, to("/constancias")),
    Picture("staff-room", "registro", DESK, to("/gestion")),
    Picture("cohort", "registro", DESK, along("/gestion", "Promoción 2026-II$")),
    Picture("requests", "registro", DESK, along("/gestion", "Responder")),
    Picture("documents", "registro", DESK, along("/gestion", "Emitir")),
)


def main() -> None:
    """Fill a demo, serve it and take every picture anew."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        house = House(Path(folder) / "data")
        house.lms("demo")
        house.start()
        try:
            _take(house)
        finally:
            house.stop()


def _take(house: House) -> None:
    with shared_browser() as browser:
        for each in PICTURES:
            width, height = each.size
            context = browser.new_context(
                viewport={"width": width, "height": height},
                locale="es-GT", timezone_id="America/Guatemala", base_url=house.address,
                device_scale_factor=2 if width < DESK[0] else 1,
            )  # fmt: skip
            page = context.new_page()
            if each.who:
                sign_in(page, house, each.who)
            each.walk(page)
            save(each.name, page.screenshot())
            context.close()


def save(name: str, png: bytes) -> None:
    """Few colours are enough for pages, and the repository stays light."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    few = picture.quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(FOLDER / f"{name}.png", optimize=True)
    print(f"{name}.png {(FOLDER / f'{name}.png').stat().st_size // 1000} kB {picture.size}")


if __name__ == "__main__":
    main()
