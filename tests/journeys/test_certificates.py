"""Steps 8 and 9: documents are issued once, downloaded, and verified by anybody."""

import io
import re
from pathlib import Path
from uuid import UUID

import pypdf
import pytest
import typst
import zxingcpp
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import DESK, PHONE, Browse, Device, on
from tests.journeys.house import House, address_of
from tests.journeys.people import enter_with_code
from tests.journeys.walking import follow, heading, look, press, sign_in

pytestmark = pytest.mark.browser

FINISHED = "Promoción 2026-I"
HOLDER, NAME = "persona06", "Óscar René Güitrón Núñez"
QUALIFY = 14  # of seventeen: one failed, two stopped half way


def test_issued_to_all_who_qualify_downloaded_and_verified(
    browse: Browse, own_house: House, device: Device, tmp_path: Path
):
    desk = browse(device)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion/promociones")
    follow(desk, FINISHED, exact=True)
    heading(desk, FINISHED)
    look(desk, "promocion")
    rows = desk.get_by_role("row")
    expect(rows.filter(has_text="Güitrón")).to_contain_text("con documento por emitir")
    follow(desk, f"Emitir {QUALIFY} documentos")
    heading(desk, f"Documentos de {FINISHED}")
    look(desk, "documentos")
    desk.get_by_role("navigation").get_by_role("link", name="Todavía no").click()
    expect(desk.get_by_role("table")).to_contain_text(re.compile("Curso sin completar: .*evaluaci"))
    people = desk.locator("tbody tr")  # on a phone each is a card, and the head is not shown
    expect(people).to_have_count(17 - QUALIFY)
    look(desk, "documentos-no")
    desk.get_by_role("navigation").get_by_role("link", name="Listos para emitir").click()

    press(desk, f"Emitir {QUALIFY} documentos")
    heading(desk, f"¿Emitir {QUALIFY} documentos?")
    look(desk, "emitir")
    _sample(desk)
    desk.get_by_role("main").get_by_role("button", name=f"Emitir {QUALIFY}", exact=True).dblclick()
    expect(desk.get_by_role("table")).to_be_visible()
    desk.go_back()
    press(desk, f"Emitir {QUALIFY}")  # whoever goes back and presses again changes nothing
    expect(desk.get_by_role("main")).to_contain_text(re.compile("emitid|emiten|emitiendo"))
    own_house.until(lambda: _sealed(own_house) == QUALIFY)
    desk.goto(f"{desk.url.partition('/constancias')[0]}/constancias?ver=emitidas")
    expect(people).to_have_count(QUALIFY)
    look(desk, "emitidos")
    assert own_house.rows("select count(*), count(distinct number) from credential") == [
        (QUALIFY, QUALIFY)
    ]

    own_house.letter(address_of(HOLDER), "Su documento está listo")
    page = enter_with_code(browse(device), own_house, HOLDER)
    page.goto("/inicio")
    expect(page.get_by_role("link", name=re.compile("Descargar su documento"))).to_be_visible()
    follow(page, "Todos mis documentos")
    heading(page, "Mis documentos")
    look(page, "mis-documentos")
    file = _download(page, tmp_path)
    words = _words(file)
    for text in (NAME, "Constancia de aprobación", "Transparencia", "24 horas"):
        assert text in words, (text, words)
    address = _scanned(file)
    assert address.startswith(f"{own_house.address}/v/")

    stranger = browse(device)
    stranger.goto(address)
    heading(stranger, "Verificación de un documento")
    expect(stranger.locator(".status")).to_contain_text("Vigente")
    main = stranger.get_by_role("main")
    for text in (NAME, "Transparencia", "24 horas", "Instituto de Gobierno Municipal"):
        expect(main).to_contain_text(text)
    look(stranger, "verificacion")
    _upload(stranger, file)
    expect(stranger.get_by_text("El archivo es el que se emitió")).to_be_visible()
    expect(stranger.locator(".status")).to_contain_text("Vigente")
    altered = tmp_path / "alterada.pdf"
    altered.write_bytes(file.read_bytes() + b"\n")
    _upload(stranger, altered)
    expect(stranger.locator(".status")).to_contain_text("Archivo alterado")
    expect(stranger.locator(".status")).not_to_contain_text("Vigente")
    look(stranger, "archivo-alterado")

    stranger.goto("/verificar")
    code = address.rpartition("/")[2]
    stranger.get_by_label("Código del documento").fill(f" {code.lower().replace('-', ' ')} ")
    press(stranger, "Verificar")
    expect(stranger.locator(".status")).to_contain_text("Vigente")
    stranger.goto("/verificar")
    stranger.get_by_label("Código del documento").fill("AAAA-BBBB-CCCC")
    press(stranger, "Verificar")
    heading(stranger, "Ningún documento tiene este código")
    look(stranger, "codigo-desconocido")


@on(PHONE)
def test_whoever_has_no_right_to_a_document_is_not_given_it(
    browse: Browse, own_house: House, device: Device
):
    desk = browse(DESK)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion/promociones")
    follow(desk, FINISHED, exact=True)
    follow(desk, f"Emitir {QUALIFY} documentos")
    desk.get_by_role("checkbox", name=re.compile("Güitrón")).check()
    press(desk, "Emitir a las marcadas")
    press(desk, "Emitir 1")
    own_house.until(lambda: _sealed(own_house) == 1)
    ((uid,),) = own_house.rows("select uid from credential")
    path = f"/constancias/{UUID(str(uid))}.pdf"

    page = browse(device)
    page.goto(path)
    heading(page, re.compile("Ingres"))
    sign_in(page, own_house, "rosa")
    refused = page.goto(path)
    assert refused is not None
    assert refused.status == 404
    heading(page, "No encontramos esa página")
    for part in ("gestion", "gestion/promociones", f"{desk.url.partition('/gestion/')[2]}"):
        refused = page.goto(f"/{part}" if part.startswith("gestion") else f"/gestion/{part}")
        assert refused is not None
        assert refused.status in (403, 404)
        expect(page.get_by_role("heading", level=1)).not_to_be_empty()
    look(page, "sin-permiso")


def _sealed(house: House) -> int:
    ((count,),) = house.rows("select count(*) from credential where sealed_sha256 is not null")
    return int(count)


def _sample(desk: Page) -> None:
    address = desk.get_by_role("link", name="Ver una muestra (PDF)").get_attribute("href")
    assert address
    words = _words(io.BytesIO(desk.request.get(address).body()))
    assert "Constancia de aprobación" in words


def _download(page: Page, folder: Path) -> Path:
    link = page.get_by_role("link", name=re.compile("^Abrir el PDF"))
    with page.expect_download() as download:
        link.click(modifiers=["Alt"])
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def _words(file: Path | io.BytesIO) -> str:
    text = "\n".join(each.extract_text() for each in pypdf.PdfReader(file).pages)
    return re.sub(r"\s+", " ", text)


def _scanned(file: Path) -> str:
    """What a telephone reads from the code of the printed file."""
    sheet = file.with_suffix(".typ")
    margin = "#set page(width: auto, height: auto, margin: 0pt)"
    sheet.write_text(f'{margin}\n#image("{file.name}")', "utf-8")
    picture = Image.open(io.BytesIO(typst.compile(sheet, format="png", ppi=150.0)))
    (found,) = zxingcpp.read_barcodes(picture)
    return str(found.text)


def _upload(page: Page, file: Path) -> None:
    page.locator("input[type=file]").set_input_files(file)
    press(page, "Comparar")
