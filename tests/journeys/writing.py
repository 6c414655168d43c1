"""A course of more than sixty items, and writing one of its lessons as an instructor does."""

from pathlib import Path
from uuid import UUID

from playwright.sync_api import Locator, Page, expect

from tests.journeys import course
from tests.journeys.house import House

PROGRAMME = "curso-largo"
FOLDER = "taller"
LESSON = "leccion-30"
MODULES = 6
EACH = 10
SAVED = "Guardado a las"

_LESSON = """\
---
key: leccion-{n}
title: Lección {n}
aim: recibir una solicitud sin devolver a nadie
minutes: {{reading: 3, exercise: 3}}
---
## La ventanilla

"""


def write(folder: Path) -> Path:
    """Write the package: the small course, and six modules of ten lessons after it."""
    root = course.write(folder).rename(folder / PROGRAMME)
    for name, old, new in (
        ("programme.yaml", course.KEY, PROGRAMME),
        ("programme.yaml", "hours: 1", f"hours: {MODULES + 1}"),
        (f"{FOLDER}/course.yaml", "hours: 1", f"hours: {MODULES + 1}"),
    ):
        path = root / name
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    number = 0
    for module in range(MODULES):
        place = root / FOLDER / f"{module + 2:02}-modulo"
        place.mkdir(parents=True)
        name = f"key: modulo-{module}\ntitle: Módulo {module}\nhours: 1\noutcome: Responde.\n"
        (place / "module.yaml").write_text(name, "utf-8")
        for position in range(EACH):
            number += 1
            text = _LESSON.format(n=number) + course.PARAGRAPH * 6
            (place / f"{position + 1:02}-leccion.md").write_text(text, "utf-8")
    return root


def address(
    house: House, key: str = LESSON, programme: str = PROGRAMME, folder: str = FOLDER
) -> str:
    """The page on which a lesson is written, of the long course unless another is named."""
    ((uid,),) = house.rows("select uid from programme where key = ?", programme)
    return f"/gestion/autoria/{UUID(str(uid))}/cursos/{folder}/actividades/{key}/leccion"


def text_of(page: Page) -> Locator:
    """Where one writes, once the page watches over it."""
    expect(page.locator("[data-writing][data-ready]")).to_have_count(1)
    return page.get_by_label("Texto", exact=True)


def add(page: Page, words: str) -> None:
    """Type at the end of the text."""
    field = text_of(page)
    field.press("Control+End")
    field.press_sequentially(words)


def state(page: Page) -> Locator:
    return page.locator("[data-save-state]")
