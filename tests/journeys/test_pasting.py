"""Ctrl+V from Word into a lesson, and Ctrl+Z after it and after each button of the bar."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.journeys import course
from tests.journeys.conftest import DESK, PHONE, Browse, on
from tests.journeys.house import House
from tests.journeys.walking import look, sign_in
from tests.journeys.writing import address, text_of

# About the scripts of a page, whatever the database: once is enough.
pytestmark = [pytest.mark.browser, pytest.mark.sqlite]

_BULLET = (
    "<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'><![if !supportLists]>"
    "<span style='mso-list:Ignore'>·<span>&nbsp;&nbsp;</span></span><![endif]>{}<o:p></o:p></p>"
)
WORD = (
    '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>'
    "<meta name=Generator content='Microsoft Word 15'></head><body lang=ES-GT>"
    "<h1>El plazo<o:p></o:p></h1><p class=MsoNormal>Son <b>diez</b> días <i>hábiles</i>, por"
    " <a href='https://example.org/ley'>la ley</a>.<o:p></o:p></p>"
    f"{_BULLET.format('Primero')}{_BULLET.format('Segundo')}"
    "<table class=MsoTableGrid><tr><td><p class=MsoNormal>Acta</p></td>"
    "<td><p class=MsoNormal>Concejo</p></td></tr><tr><td><p class=MsoNormal>Factura</p></td>"
    "<td><p class=MsoNormal>Tesorería</p></td></tr></table></body></html>"
)
CLEAN = """\
## El plazo

Son **diez** días *hábiles*, por [la ley](https://example.org/ley).

- Primero
- Segundo

| Acta | Concejo |
| --- | --- |
| Factura | Tesorería |"""
PLAIN = ("heading", "subheading", "bold", "italic", "bullets", "numbers", "quote")
ASKING = ("callout", "table")
_COPY = """async ([page, words]) => navigator.clipboard.write([new ClipboardItem({
  'text/html': new Blob([page], {type: 'text/html'}),
  'text/plain': new Blob([words], {type: 'text/plain'})})])"""


@on(DESK, PHONE)
def test_what_word_gives_is_clean_and_everything_is_taken_back(
    browse: Browse, house: House, device
):
    page = browse(device)
    sign_in(page, house, "docente")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    copy(page, WORD, "El plazo")
    page.goto(address(house, "recibir", course.KEY, course.COURSE))
    text = text_of(page)
    before = text.input_value()

    text.press("Control+End")
    text.press("Control+v")
    said = page.locator("[data-paste-said]")
    expect(said).to_contain_text("Ctrl+Z lo quita")
    assert text.input_value() == before + CLEAN
    look(page, "pegado-de-word")
    text.press("Control+z")
    expect(text).to_have_value(before)

    text.press("Control+Shift+v")
    expect(text).to_have_value(f"{before}El plazo")
    text.press("Control+z")
    expect(text).to_have_value(before)

    for name in (*PLAIN, *ASKING):
        page.locator(f"[data-mark={name}]").click()
        if name in ASKING:
            page.get_by_role("dialog").get_by_role("button", name="Insertar").click()
        expect(text).not_to_have_value(before)
        expect(text).to_be_focused()
        page.keyboard.press("Control+z")
        expect(text).to_have_value(before)


def copy(page: Page, html: str, words: str) -> None:
    """As copied elsewhere: in a page of another program, which knows nothing of our policy."""

    def elsewhere(route: Route) -> None:
        route.fulfill(body="<title>Word</title>", content_type="text/html")

    page.route("**/otro-programa", elsewhere)
    page.goto("/otro-programa")
    page.evaluate(_COPY, [html, words])
