"""From the registrar's word to the stranger's telephone, in a real browser, without JavaScript."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from lms.foundation.web.identity import SESSION_COOKIE
from tests.pages.looking import SPACED, overflowing, too_small, violations

pytestmark = pytest.mark.browser

Open = Callable[..., Page]


@pytest.fixture
def at(chromium: Browser, served: str, world) -> Open:
    """A page in a browser of its own: `at("/verificar")`, `at("/constancias", "learner")`."""
    contexts = []

    def open_page(path: str, name: str | None = None, *, width: int = 360, **options) -> Page:
        context = chromium.new_context(
            viewport={"width": width, "height": 740}, accept_downloads=True, **options
        )
        contexts.append(context)
        if name:
            cookie = {"name": SESSION_COOKIE, "value": world.token_of(name), "url": served}
            context.add_cookies([cookie])
        page = context.new_page()
        page.goto(served + path)
        return page

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_issued_downloaded_and_verified_without_javascript(
    at, cohort, graduate, do_jobs, app, tmp_path: Path, width
):
    graduate("learner")
    desk = at(
        f"/gestion/promociones/{cohort}/constancias",
        "registrar",
        width=width,
        java_script_enabled=False,
    )
    desk.locator("button[name=which][value=all]").click()
    expect(desk.get_by_text("MUESTRA-CA-2026-000001").first).to_be_visible()
    desk.locator("form[action$='/emitir'] button.primary").click()
    expect(desk.locator("table")).to_contain_text("MUESTRA-CA-2026-000001")
    do_jobs()
    desk.reload()
    expect(desk.locator("progress")).to_have_count(0)

    mine = at("/constancias", "learner", width=width, java_script_enabled=False)
    link = mine.locator("a[href$='.pdf']")
    with mine.expect_download() as download:
        link.click(modifiers=["Alt"])
    file = tmp_path / download.value.suggested_filename
    download.value.save_as(file)
    assert file.name == "constancia-MUESTRA-CA-2026-000001.pdf"
    code = mine.locator("a[href*='/v/']").get_attribute("href").rpartition("/")[2]

    stranger = at("/verificar", width=width, java_script_enabled=False)
    stranger.locator("#codigo").fill(code.lower().replace("-", " "))
    stranger.locator("form[role=search] button").click()
    expect(stranger.locator(".status")).to_be_visible()
    stranger.locator("input[type=file]").set_input_files(file)
    stranger.locator("form[enctype] button").click()
    expect(stranger.locator(".notice.good")).to_be_visible()
    file.write_bytes(file.read_bytes().replace(b"2026", b"2025"))
    stranger.locator("input[type=file]").set_input_files(file)
    stranger.locator("form[enctype] button").click()
    expect(stranger.locator(".status.bad")).to_be_visible()


def pages(cohort, code: str) -> list[tuple[str, str | None]]:
    desk = f"/gestion/promociones/{cohort}/constancias"
    return [
        (desk, "registrar"),
        (f"{desk}?ver=no-cumplen", "registrar"),
        (f"{desk}?ver=emitidas", "registrar"),
        ("/constancias", "learner"),
        ("/constancias", "tutor"),
        ("/verificar", None),
        ("/verificar?codigo=", None),
        (f"/v/{code}", None),
        ("/v/AAAA-AAAA-AAAA", None),
    ]


@pytest.fixture
def code(db, graduate, graduates, issue_to_all, do_jobs) -> str:
    """The code of a document, in a cohort where others are still waiting for theirs."""
    from sqlalchemy import select

    from lms.certificates.models import Credential

    graduate("learner")
    issue_to_all()
    do_jobs()
    graduates(2)
    with db.reading() as session:
        return session.scalars(select(Credential.code)).one()


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (1280, "light"), (360, "dark")])
def test_axe_finds_nothing_and_nothing_overflows(at, cohort, code, width, scheme):
    wrong = []
    for path, name in pages(cohort, code):
        page = at(path, name, width=width, color_scheme=scheme, bypass_csp=True)
        found = violations(page) + overflowing(page)
        if width == 360:
            found += too_small(page)
            page.set_viewport_size({"width": 320, "height": 640})
            found += overflowing(page) + overflowing(page, SPACED)
        wrong += [(path, each) for each in found]
    assert wrong == []


def test_on_paper_the_verification_says_where_to_look_again(at, code):
    page = at(f"/v/{code}")
    page.emulate_media(media="print")
    expect(page.get_by_text(f"http://localhost/v/{code}")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
