"""Step 2: a visitor becomes a learner, with e-mail, with only a phone, or with neither."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse, Device
from tests.journeys.house import House
from tests.journeys.people import PASSWORD, confirm_name, fill, newcomer
from tests.journeys.walking import follow, heading, look, press, sign_in, wrong

pytestmark = pytest.mark.browser

CONSENT = "Leí el aviso de privacidad"
COMING = "Promoción 2027-I"


def test_whoever_writes_it_wrong_reads_why_and_loses_nothing(browse: Browse, device: Device):
    page = browse(device)
    page.goto("/registro")
    heading(page, "Cree su cuenta")
    press(page, "Crear mi cuenta")
    assert set(wrong(page)) >= {
        "Escriba sus nombres.",
        "Escriba su primer apellido.",
        "Escriba un correo o un teléfono.",
        "Escriba el número de su documento.",
        "Escriba su departamento, región o estado.",
        "Escriba su municipio o distrito.",
        "Escriba su cargo u ocupación.",
        "Escriba una contraseña.",
        "Para registrarse hace falta aceptar el aviso de privacidad.",
    }
    expect(page).to_have_title(re.compile("^Error: "))
    look(page, "registro-vacio")

    someone = newcomer()
    typed = someone.fields() | {
        "Nombres": "María 4",
        "Correo": "mafer.example.org",
        "Teléfono": "55",
        "Número de documento": "2345",
        "Contraseña": "corta",
    }
    fill(page, typed)
    page.get_by_label(CONSENT).check()
    press(page, "Crear mi cuenta")
    said = wrong(page)
    assert set(said) >= {
        "Un nombre lleva solo letras, apóstrofos, guiones y espacios.",
        "Escriba el correo completo, por ejemplo rosa@example.org.",
        "Escriba el teléfono con todas sus cifras, por ejemplo 5512 3456.",
        "El número de DPI (CUI) tiene 13 cifras.",
        "Use al menos 10 caracteres. Tres o cuatro palabras son fáciles de recordar.",
    }, said
    look(page, "registro-errores")
    for label, text in typed.items():
        if label != "Contraseña":  # a password is never written back into a page
            expect(page.get_by_label(label, exact=True)).to_have_value(text)
    expect(page.get_by_label(CONSENT)).to_be_checked()


def test_from_registering_to_asking_for_a_seat(browse: Browse, house: House, device: Device):
    page, someone = browse(device), newcomer()
    page.goto("/cursos")
    follow(page, "Gestión Municipal y Transparencia")
    _cohort(page).get_by_role("link", name="Solicitar inscripción").click()
    heading(page, re.compile("Ingrese|Ingresar"))
    follow(page, "Cree su cuenta")
    _register(page, someone.fields())
    heading(page, "Falta un paso")
    look(page, "falta-un-paso")

    page.goto(house.link(someone.email, "Confirme su correo", "/confirmar/"))
    expect(page.get_by_text(someone.name)).to_be_visible()
    look(page, "confirmar")
    press(page, "Confirmar")
    heading(page, "Ingresar")
    expect(page.get_by_text("Su correo está confirmado.")).to_be_visible()

    sign_in(page, house, someone.email, PASSWORD)
    expect(page.get_by_text("Todavía no tiene cursos")).to_be_visible()
    look(page, "inicio-sin-cursos")
    page.goto("/cursos")
    follow(page, "Gestión Municipal y Transparencia")
    _cohort(page).get_by_role("link", name="Solicitar inscripción").click()
    heading(page, "Así aparecerá su nombre en el diploma")
    expect(page.get_by_text(someone.name)).to_be_visible()
    look(page, "nombre")
    press(page, "Sí, mi nombre es correcto")
    heading(page, "Solicitar inscripción")
    expect(page.get_by_text(someone.name)).to_be_visible()
    look(page, "solicitar")
    press(page, "Solicitar inscripción")
    expect(page.get_by_text("Recibimos su solicitud").first).to_be_visible()
    house.letter(someone.email, f"Recibimos su solicitud para {COMING}")

    page.goto("/cursos/gestion-municipal-y-transparencia")
    expect(_cohort(page)).to_contain_text("Le avisaremos por correo y en Avisos")
    expect(_cohort(page).get_by_role("link", name="Solicitar inscripción")).to_have_count(0)

    for known_as in (someone.phone, someone.dpi.replace(" ", "")):
        _sign_out(page)
        sign_in(page, house, known_as, PASSWORD)
        heading(page, re.compile(f"{someone.given.split()[0]}"))


def test_a_name_is_corrected_letter_by_letter_before_it_is_confirmed(
    browse: Browse, house: House, device: Device
):
    page, someone = browse(device), newcomer()
    _join(page, house, someone.fields(), someone.email)
    page.goto("/cuenta/nombre")
    page.get_by_label("Primer apellido").fill("Q'eqchí")
    press(page, "Corregir")
    expect(page.get_by_text("Su nombre está corregido.")).to_be_visible()
    expect(page.locator(".status")).to_contain_text(f"{someone.given} Q'eqchí {someone.second}")
    press(page, "Sí, mi nombre es correcto")
    expect(page.get_by_text("Gracias.").first).to_be_visible()


def test_only_a_phone_opens_with_an_invitation_key(browse: Browse, house: House, device: Device):
    page, someone = browse(device), newcomer()
    page.goto("/registro")
    _register(page, someone.fields() | {"Correo": ""})
    heading(page, "Falta un paso")
    key = house.lms("cohorts", "key", "2027-invitados", "--until", "2099-01-01").strip()
    follow(page, "Tengo una clave de invitación")
    _write_credentials(page, someone.phone)
    heading(page, "Su cuenta está por confirmar")
    look(page, "por-confirmar")
    page.get_by_label("Clave de invitación").fill("AAAA-AAAA-AAAA")
    press(page, "Abrir mi cuenta")
    assert len(wrong(page)) == 1
    expect(page.get_by_label("Clave de invitación")).to_have_value("AAAA-AAAA-AAAA")
    page.get_by_label("Clave de invitación").fill(key.lower())
    press(page, "Abrir mi cuenta")
    expect(page.get_by_text("Su cuenta está abierta.")).to_be_visible()
    heading(page, "Así aparecerá su nombre en el diploma")
    press(page, "Sí, mi nombre es correcto")
    heading(page, "Solicitar inscripción")
    expect(page.get_by_label("Clave de invitación")).to_have_value(key)
    look(page, "inscribirse")
    press(page, "Inscribirse")
    expect(page.get_by_text("Promoción por convenio 2027").first).to_be_visible()


def test_the_help_desk_gives_a_code_that_works_once(browse: Browse, house: House, device: Device):
    page, someone = browse(device), newcomer()
    page.goto("/registro")
    _register(page, someone.fields() | {"Correo": ""})
    code = house.lms("users", "code", someone.dpi.replace(" ", ""), "--by", "mesa").strip()
    follow(page, "Tengo un código de la mesa de ayuda")
    heading(page, "Ingresar con un código")
    look(page, "codigo")
    for typed, password in ((code, "corta"), ("ABCD-EFGH-JKMN", "maiz azul y flor")):
        fill(page, {"Código de la mesa de ayuda": typed, "Contraseña nueva": password})
        press(page, "Ingresar")
        assert len(wrong(page)) == 1
        expect(page.get_by_label("Código de la mesa de ayuda")).to_have_value(typed)
    fill(page, {"Código de la mesa de ayuda": code, "Contraseña nueva": "maiz azul y flor"})
    press(page, "Ingresar")
    expect(page.get_by_text("Ya ingresó.")).to_be_visible()
    _sign_out(page)
    page.goto("/ingresar/codigo")
    fill(page, {"Código de la mesa de ayuda": code, "Contraseña nueva": "frijol negro y sal"})
    press(page, "Ingresar")
    assert len(wrong(page)) == 1
    sign_in(page, house, someone.phone, "maiz azul y flor")


def test_registering_twice_tells_only_the_owner_of_the_address(
    browse: Browse, house: House, device: Device
):
    page, someone = browse(device), newcomer()
    _join(page, house, someone.fields(), someone.email)
    other = browse(device)
    other.goto("/registro")
    _register(other, someone.fields())
    heading(other, "Falta un paso")
    house.letter(someone.email, "Usted ya tiene una cuenta")


def test_a_forgotten_password_is_made_anew_by_letter(browse: Browse, house: House, device: Device):
    page, someone = browse(device), newcomer()
    _join(page, house, someone.fields(), someone.email)
    _sign_out(page)
    page.goto("/ingresar")
    _write_credentials(page, someone.email, "no me acuerdo bien")
    expect(page.get_by_text("No reconocemos esos datos juntos.")).to_be_visible()
    expect(page.get_by_label("Correo, teléfono")).to_have_value(someone.email)
    follow(page, "Olvidé mi contraseña")
    page.get_by_label("Correo, teléfono").fill(someone.email)
    page.get_by_role("main").get_by_role("button").first.click()
    page.goto(house.link(someone.email, "contraseña", "/recuperar/"))
    page.get_by_label("Contraseña nueva", exact=True).fill("cardamomo de altura")
    press(page, "Guardar mi contraseña")
    sign_in(page, house, someone.email, "cardamomo de altura")


def test_a_cohort_that_is_by_invitation_says_so_and_why_not(
    browse: Browse, house: House, device: Device
):
    page, someone = browse(device), newcomer()
    _join(page, house, someone.fields(), someone.email)
    confirm_name(page)
    page.goto("/cursos/gestion-municipal-y-transparencia")
    invited = page.get_by_role("article").filter(has_text="por convenio")
    invited.get_by_role("link", name="Solicitar inscripción").click()
    page.get_by_label("Clave de invitación").fill("K7QX-9M3P-4RTD")
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("Clave de invitación")).to_have_value("K7QX-9M3P-4RTD")
    look(page, "clave-mala")
    key = house.lms("cohorts", "key", "2027-invitados", "--until", "2099-01-01").strip()
    page.get_by_label("Clave de invitación").fill(key)
    page.get_by_role("main").get_by_role("button").first.click()
    expect(page.get_by_text("Tiene un cupo en Promoción por convenio 2027").first).to_be_visible()


def _cohort(page: Page):
    return page.get_by_role("article").filter(has_text=COMING)


def _register(page: Page, fields: dict[str, str]) -> None:
    fill(page, fields)
    page.get_by_label(CONSENT).check()
    press(page, "Crear mi cuenta")


def _write_credentials(page: Page, known_as: str, password: str = PASSWORD) -> None:
    fill(page, {"Correo, teléfono o número de documento": known_as, "Contraseña": password})
    press(page, "Ingresar")


def _sign_out(page: Page) -> None:
    page.goto("/cuenta")
    press(page, "Salir")
    expect(page.get_by_text("Salió de su cuenta.")).to_be_visible()


def _join(page: Page, house: House, fields: dict[str, str], email: str) -> None:
    page.goto("/registro")
    _register(page, fields)
    page.goto(house.link(email, "Confirme su correo", "/confirmar/"))
    press(page, "Confirmar")
    sign_in(page, house, email, PASSWORD)
