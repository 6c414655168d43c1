"""A call with documents: apply from a phone, one paper observed, corrected, admitted."""

import io
import re
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.journeys.conftest import DESK, PHONE, PLAIN, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.walking import follow, heading, look, press, sign_in

pytestmark = pytest.mark.browser

CALLED = "Promoción 2027, con documentos"


def photograph(folder: Path, name: str) -> Path:
    """A picture such as a phone takes."""
    drawn = io.BytesIO()
    Image.new("RGB", (1200, 900), "#c9b899").save(drawn, "JPEG")
    path = folder / name
    path.write_bytes(drawn.getvalue())
    return path


@on(PHONE, PLAIN)
def test_an_application_is_observed_corrected_and_admitted(
    browse: Browse, own_house: House, device: Device, tmp_path: Path
):
    phone = browse(device)
    sign_in(phone, own_house, "ana")
    phone.goto("/cursos")
    follow(phone, "Gestión Municipal y Transparencia")
    cohort = phone.get_by_role("article").filter(has_text=CALLED)
    cohort.get_by_role("link", name="Solicitar inscripción").click()
    look(phone, "convocatoria")
    press(phone, "Comenzar mi solicitud")
    heading(phone, f"Mi solicitud para {CALLED}")
    expect(phone.get_by_role("button", name="Entregar", exact=True)).to_have_count(0)
    look(phone, "solicitud-vacia")

    for words, name in (("Documento de identidad", "dpi.jpg"), ("Nombramiento", "acta.jpg")):
        part = phone.get_by_role("region", name=re.compile(words))
        part.get_by_label("Elija el archivo o tome una fotografía").set_input_files(
            photograph(tmp_path, name)
        )
        part.get_by_role("button", name="Enviar este archivo").click()
        expect(phone.get_by_role("status")).to_contain_text("quedó guardado")
    # The day is over; somewhere else it goes on where it was.
    phone.goto("/inicio")
    follow(phone, f"Termine su solicitud para {CALLED}")
    phone.get_by_label("Su respuesta").fill("Ordenar el archivo.")
    press(phone, "Guardar la respuesta")
    expect(phone.get_by_text("No falta nada: ya puede entregar.")).to_be_visible()
    look(phone, "solicitud-lista")
    press(phone, "Entregar")
    expect(phone.get_by_text("Solicitud entregada")).to_be_visible()
    look(phone, "solicitud-entregada")

    desk = browse(DESK)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion/promociones?q=documentos")
    row = desk.get_by_role("row").filter(has_text=CALLED)
    row.get_by_role("link", name="en espera").click()
    follow(desk, "Ana Lucía Paz")
    heading(desk, re.compile("Ana Lucía Paz"))
    acta = desk.get_by_role("region", name=re.compile("Nombramiento"))
    acta.get_by_label("Por corregir").check()
    acta.get_by_label("Qué debe corregirse").fill("No se lee la fecha.")
    look(desk, "revisar")
    press(desk, "Devolver para corregir")
    expect(desk.get_by_text("Se devolvió a Ana Lucía Paz")).to_be_visible()

    phone.goto("/inicio")
    follow(phone, f"Corrija su solicitud para {CALLED}")
    expect(phone.get_by_text("No se lee la fecha.")).to_be_visible()
    expect(phone.get_by_role("button", name="Enviar este archivo")).to_have_count(1)
    look(phone, "corregir")
    phone.get_by_label("Otro archivo en su lugar").set_input_files(
        photograph(tmp_path, "acta-completa.jpg")
    )
    press(phone, "Enviar este archivo")
    press(phone, "Entregar")
    expect(phone.get_by_text("Solicitud entregada")).to_be_visible()

    desk.reload()
    follow(desk, "Ana Lucía Paz")
    expect(desk.get_by_role("link", name="acta-completa.jpg")).to_be_visible()
    with desk.expect_popup() as opened:
        desk.get_by_role("link", name="acta-completa.jpg").click()
    assert "/archivos/" in opened.value.url
    press(desk, "Admitir")
    press(desk, "Admitir a 1 persona")
    expect(desk.get_by_text("Se admitió a Ana Lucía Paz")).to_be_visible()
    phone.goto("/avisos")
    expect(phone.get_by_role("main")).to_contain_text(f"Su solicitud para {CALLED} fue admitida")


@on(DESK)
def test_a_seat_that_was_kept_goes_to_the_waiting_list(
    browse: Browse, own_house: House, device: Device
):
    desk = browse(device)
    sign_in(desk, own_house, "registro")
    desk.goto("/gestion/promociones?q=espera")
    follow(desk, "Promoción 2027, con lista de espera")
    desk.get_by_text("Administrar esta promoción").click()
    follow(desk, "Cupos: público y por convenio")
    look(desk, "cupos")
    press(desk, "Liberar ahora")
    expect(desk.get_by_text("pasó al público")).to_be_visible()
    desk.goto("/gestion")
    follow(desk, "1 cupo libre, y hay lista de espera")
    heading(desk, "¿Dar 1 cupo a la lista de espera?")
    look(desk, "dar-cupos")
    press(desk, "Dar 1 cupo")
    expect(desk.get_by_text("1 persona de la lista ya tiene cupo")).to_be_visible()
    expect(desk.get_by_role("link", name="Lista de espera (2)")).to_be_visible()
    look(desk, "lista-de-espera")
