"""Files from a telephone, in a real browser: in pieces, photographs made smaller, nothing lost."""

import io

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, expect
from sqlalchemy import select

from lms.assignments.models import HandedFile
from lms.foundation.web.identity import SESSION_COOKIE
from tests.assignments.school import here

pytestmark = pytest.mark.browser
DATA = b"%PDF-1.4\n" + b"plan de trabajo " * 40_000


@pytest.fixture
def page(chromium: Browser, served: str, world, school) -> Page:
    context = chromium.new_context(viewport={"width": 360, "height": 740})
    cookie = {"name": SESSION_COOKIE, "value": world.token_of("learner"), "url": served}
    context.add_cookies([cookie])
    opened = context.new_page()
    opened.on("pageerror", lambda error: pytest.fail(str(error)))
    opened.goto(served + here(school))
    yield opened
    context.close()


def choose(page: Page, name: str, data: bytes, kind: str = "application/pdf") -> None:
    page.locator("input[type=file]").set_input_files(
        {"name": name, "mimeType": kind, "buffer": data}
    )


def files(db):
    with db.reading() as session:
        return session.scalars(select(HandedFile).order_by(HandedFile.id)).all()


def test_a_file_goes_in_pieces_while_the_text_stays_as_typed(page, db):
    page.locator("#text").fill("Todavía escribo.")
    sent = []
    page.on("request", lambda each: sent.append(each.url) if "/piezas/" in each.url else None)
    choose(page, "plan.pdf", DATA)
    expect(page.locator("[data-sending]")).to_have_text("plan.pdf has arrived.")
    assert len(sent) == 3
    assert page.locator("#text").input_value() == "Todavía escribo."
    expect(page.locator("[data-arrived] a")).to_have_text("plan.pdf")
    (kept,) = files(db)
    assert kept.size == len(DATA)


def test_a_photograph_is_made_smaller_before_it_leaves(page, db):
    out = io.BytesIO()
    Image.effect_noise((2600, 1300), 12).convert("RGB").save(out, "JPEG", quality=95)
    sent = []
    page.on(
        "request",
        lambda each: sent.append(each.post_data_buffer or b"") if "/piezas" in each.url else None,
    )
    choose(page, "hoja.jpeg", out.getvalue(), "image/jpeg")
    expect(page.locator("[data-sending]")).to_have_text("hoja.jpg has arrived.", timeout=20_000)
    assert sum(len(each) for each in sent) < len(out.getvalue())
    assert files(db)[0].filename == "hoja.jpg"


def test_without_signal_it_is_said_and_goes_on_where_it_was(page, db):
    lost = {"after": 1}

    def lose(route):
        if lost["after"] > 0:
            lost["after"] -= 1
            route.continue_()
        else:
            route.abort()

    page.clock.install()
    page.route("**/piezas/*/*", lose)
    choose(page, "plan.pdf", DATA)
    said = page.locator("[data-sending]")
    for _ in range(80):  # it tries again by itself, later each time
        page.clock.run_for(10_000)
        if "There is no signal." in said.inner_text():
            break
    expect(said).to_contain_text("There is no signal.")
    page.unroute("**/piezas/*/*")
    sent = []
    page.on("request", lambda each: sent.append(each.url) if "/piezas/" in each.url else None)
    page.locator("input[type=file]").set_input_files([])
    choose(page, "plan.pdf", DATA)
    expect(page.locator("[data-sending]")).to_have_text("plan.pdf has arrived.")
    assert [url.rpartition("/")[2] for url in sent] == ["1", "2"]


def test_what_is_not_taken_is_said_and_the_field_is_free_again(page, db):
    choose(page, "virus.pdf", b"MZ" + b"\x00" * 200)
    expect(page.locator("[data-sending]")).to_have_text("This kind of file is not taken here.")
    assert page.locator("input[type=file]").input_value() == ""
    assert files(db) == []
