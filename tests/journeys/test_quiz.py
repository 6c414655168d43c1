"""Step 5: an attempt from beginning to receipt, and what nothing may take away from it."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course
from tests.journeys.conftest import DESK, PHONE, PLAIN, Browse, Device, on
from tests.journeys.house import House
from tests.journeys.people import learner
from tests.journeys.walking import heading, look, press, sign_in

pytestmark = pytest.mark.browser

COHORT = "Promoción del taller"
SAVED = re.compile(r"^Guardada a las \d{1,2}:\d\d$")
QUESTIONS = course.exam()["questions"]


def test_each_type_of_question_from_the_first_answer_to_the_receipt(
    browse: Browse, house: House, device: Device
):
    page = browse(device)
    who, password, classroom = learner(page, house, course.KEY, COHORT)
    _open(page, classroom, course.EXAM)
    expect(page.get_by_text("Puede intentarlo las veces que quiera.")).to_be_visible()
    look(page, "evaluacion")
    press(page, "Comenzar")
    heading(page, "Examen del taller")
    course.answer(page, course.exam())
    _save(page, device)
    look(page, "preguntas")
    page.reload()
    _all_there(page)

    other = browse(device)
    sign_in(other, house, who.email, password)
    other.goto(page.url)
    _all_there(other)
    press(other, "Revisar y entregar")
    heading(other, "Revise antes de entregar")
    expect(other.get_by_text("Todas las preguntas están respondidas")).to_be_visible()
    look(other, "revisar")
    press(page, "Revisar y entregar")
    heading(page, "Revise antes de entregar")
    press(page, "Entregar")
    heading(page, "Resultado: Examen del taller")
    expect(page.locator(".status")).to_contain_text("Aprobó")
    expect(page.get_by_text("Obtuvo 8 de 8 puntos.")).to_be_visible()
    expect(page.get_by_text("6 de 6 preguntas")).to_be_visible()
    receipt = page.locator("dd").last.inner_text()
    look(page, "resultado")

    press(other, "Entregar")  # the same attempt, handed in a second time on another telephone
    heading(other, "Resultado: Examen del taller")
    expect(other.locator("dd").last).to_have_text(receipt)
    _open(page, classroom, course.EXAM)
    expect(page.get_by_text("Aprobó esta evaluación")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile(r"^Intento \d"))).to_have_count(1)


def test_wrong_and_missing_answers_are_explained(browse: Browse, house: House, device: Device):
    page = browse(device)
    _who, _password, classroom = learner(page, house, course.KEY, COHORT)
    _open(page, classroom, course.EXAM)
    press(page, "Comenzar")
    course.answer(page, course.exam(), but=frozenset({1, 3, 5, 6}))
    page.locator("#q1").get_by_label("Veinte").check()
    page.locator("#q3").get_by_label("Verdadero").check()
    page.locator("#q5").get_by_role("textbox").fill("catorce")
    press(page, "Revisar y entregar")
    expect(page.get_by_role("alert")).to_contain_text("Escriba un número")
    expect(page.locator("#q5").get_by_role("textbox")).to_have_value("catorce")
    expect(page.locator("#q1").get_by_label("Veinte")).to_be_checked()
    look(page, "respuesta-que-no-se-lee")
    page.locator("#q5").get_by_role("textbox").fill("14,40")
    press(page, "Revisar y entregar")
    heading(page, "Revise antes de entregar")
    expect(page.get_by_text("Falta una respuesta")).to_be_visible()
    press(page, "Entregar")
    expect(page.locator("#q1")).to_contain_text("Con la prórroga, no antes.")
    expect(page.locator("#q1")).not_to_contain_text("Son diez.")
    expect(page.get_by_text("Cuando haya cerrado para toda su promoción, el ")).to_be_visible()
    expect(page.locator("#q3")).to_contain_text("La ley no pide motivos.")
    expect(page.locator("#q6")).to_contain_text("Sin responder")
    expect(page.get_by_text("Obtuvo 5 de 8 puntos.")).to_be_visible()
    press(page, "Comenzar otro intento")
    heading(page, "Examen del taller")
    expect(page.get_by_text("Intento 2").first).to_be_visible()


@on(PHONE, PLAIN)
def test_the_current_fails_and_nothing_that_was_saved_is_lost(
    browse: Browse, own_house: House, device: Device
):
    page = browse(device)
    _who, _password, classroom = learner(page, own_house, course.KEY, COHORT)
    _open(page, classroom, course.EXAM)
    press(page, "Comenzar")
    course.answer(page, course.exam())
    _save(page, device)
    own_house.kill()
    own_house.start()
    page.reload()
    _all_there(page)
    press(page, "Revisar y entregar")
    press(page, "Entregar")
    expect(page.get_by_text("Obtuvo 8 de 8 puntos.")).to_be_visible()


def test_without_signal_an_answer_waits_on_the_telephone_and_is_sent_later(
    browse: Browse, own_house: House
):
    page = browse(PHONE)
    _who, _password, classroom = learner(page, own_house, course.KEY, COHORT)
    _open(page, classroom, course.EXAM)
    press(page, "Comenzar")
    attempt = page.url
    course.answer_one(page.locator("#q1"), QUESTIONS[0])
    _saved(page, 1)

    _lose_signal(page, own_house)
    course.answer_one(page.locator("#q2"), QUESTIONS[1])
    course.answer_one(page.locator("#q3"), QUESTIONS[2])
    for place in (2, 3):
        expect(_state(page, place)).to_contain_text("Sin enviar")
    expect(page.get_by_text("2 respuestas sin enviar")).to_be_visible()
    look(page, "sin-enviar")
    press(page, "Revisar y entregar")
    expect(page.get_by_text("No hay señal.")).to_be_visible()
    _find_signal(page, own_house)
    for place in (2, 3):
        _saved(page, place)
    expect(page.locator("[data-pending]")).to_be_hidden()

    _lose_signal(page, own_house)
    course.answer_one(page.locator("#q4"), QUESTIONS[3])
    expect(_state(page, 4)).to_contain_text("Sin enviar")
    telephone = page.context
    page.close(run_before_unload=False)
    _find_signal(page, own_house)
    page = telephone.new_page()
    page.goto("/inicio")
    expect(page.get_by_text("Una respuesta está sin enviar.")).to_be_visible()
    look(page, "respuesta-en-el-telefono")
    page.goto(attempt)
    _saved(page, 4)
    page.reload()
    for left, right in (("Secretaría", "Levanta las actas"), ("Tesorería", "Paga")):
        chosen = page.get_by_label(left, exact=True).locator("option:checked")
        expect(chosen).to_have_text(right)


def test_an_attempt_past_its_time_counts_what_had_arrived(browse: Browse, own_house: House):
    """What comes later is kept beside it for the instructor, marked late."""
    page = browse(PHONE)
    who, password, classroom = learner(page, own_house, course.KEY, COHORT)
    _open(page, classroom, course.TIMED)
    press(page, "Comenzar")
    expect(page.get_by_text(re.compile("Quedan? |Hora límite"))).not_to_have_count(0)
    page.locator("#q1").get_by_label("Verdadero").check()
    _saved(page, 1)

    _lose_signal(page, own_house)
    earlier = (
        "{0} = datetime({0}, '-1 hour')" if own_house.is_sqlite else "{0} = {0} - interval '1h'"
    )
    own_house.change(
        f"update attempt set {earlier.format('started_at')}, {earlier.format('deadline')}"
        " where activity_key = 'contrarreloj'"
    )
    page.locator("#q2").get_by_label("Falso").check()
    expect(_state(page, 2)).to_contain_text("Sin enviar")
    _find_signal(page, own_house)
    expect(_state(page, 2)).to_contain_text("después de la hora límite")
    look(page, "tarde")

    other = browse(PLAIN)
    sign_in(other, own_house, who.email, password)
    _open(other, classroom, course.TIMED)
    expect(
        other.get_by_text("Tiempo terminado").or_(other.get_by_text("No aprobó"))
    ).to_be_visible()
    other.get_by_role("link", name="Intento 1").click()
    expect(other.get_by_text("El tiempo de este intento se terminó.")).to_be_visible()
    expect(other.get_by_text("Obtuvo 1 de 2 puntos.")).to_be_visible()
    expect(other.get_by_text("Le queda 1 intento.")).to_be_visible()
    look(other, "por-tiempo")

    staff = browse(DESK)
    sign_in(staff, own_house, "docente")
    staff.goto("/gestion/promociones")
    staff.get_by_role("link", name=COHORT).click()
    staff.goto(f"{staff.url}/intentos")
    expect(staff.get_by_text("1 respuesta tardía")).to_be_visible()
    look(staff, "intentos")
    staff.get_by_role("row").filter(has_text=who.first).get_by_role("link").first.click()
    expect(staff.get_by_text("1 respuesta llegó tarde")).to_be_visible()
    look(staff, "intento")


def test_a_session_that_ends_in_the_middle_keeps_the_answers(browse: Browse, house: House):
    page = browse(PHONE)
    who, password, classroom = learner(page, house, course.KEY, COHORT)
    _open(page, classroom, course.EXAM)
    press(page, "Comenzar")
    course.answer_one(page.locator("#q1"), QUESTIONS[0])
    _saved(page, 1)
    other = page.context.new_page()  # signs out in another tab
    other.goto("/cuenta")
    press(other, "Salir")
    course.answer_one(page.locator("#q2"), QUESTIONS[1])
    expect(_state(page, 2)).to_contain_text("Sin enviar: su sesión terminó.")
    look(page, "sesion-terminada")
    page.get_by_role("link", name="Ingrese para enviarla").click()
    page.get_by_label("Correo, teléfono o número de documento").fill(who.email)
    page.get_by_label("Contraseña", exact=True).fill(password)
    press(page, "Ingresar")
    heading(page, "Examen del taller")
    _saved(page, 2)
    page.reload()
    for option in QUESTIONS[1]["options"]:
        box = page.get_by_label(option["text"], exact=True)
        expect(box).to_be_checked(checked=bool(option.get("correct")))


def _open(page: Page, classroom: str, quiz: str) -> None:
    page.goto(f"{classroom}/{course.COURSE}/{quiz}")


def _lose_signal(page: Page, house: House) -> None:
    """Nothing answers any more, and the telephone knows that it has no signal."""
    house.stop()
    page.context.set_offline(True)


def _find_signal(page: Page, house: House) -> None:
    house.start()
    page.context.set_offline(False)


def _state(page: Page, place: int):
    return page.locator(f"#q{place} [data-save-state]")


def _saved(page: Page, place: int) -> None:
    expect(_state(page, place)).to_have_text(SAVED)


def _save(page: Page, device: Device) -> None:
    """Answers are saved as they are given, or by the button where there are no scripts."""
    if not device.scripts:
        press(page, "Guardar respuestas")
        expect(page.get_by_text(re.compile(r"Respuestas guardadas a las \d"))).to_be_visible()
        return
    page.locator("input[type=text]").last.blur()
    for place in range(1, len(QUESTIONS) + 1):
        _saved(page, place)


def _all_there(page: Page) -> None:
    """Every answer of the exam stands on the page as it was given."""
    for place, question in enumerate(QUESTIONS, start=1):
        section = page.locator(f"#q{place}")
        match question["type"]:
            case "single_choice" | "multiple_choice":
                for option in question["options"]:
                    box = section.get_by_label(option["text"], exact=True)
                    expect(box).to_be_checked(checked=bool(option.get("correct")))
            case "true_false":
                expect(section.get_by_label("Falso", exact=True)).to_be_checked()
            case "matching":
                for pair in question["pairs"]:
                    chosen = section.get_by_label(pair["left"], exact=True).locator(
                        "option:checked"
                    )
                    expect(chosen).to_have_text(pair["right"])
            case "numerical":
                expect(section.get_by_role("textbox")).to_have_value("14.4")
            case _:
                expect(section.get_by_role("textbox")).to_have_value("inexistencia")
