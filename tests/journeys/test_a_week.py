"""A whole week: a course from nothing, a cohort, forty people, a correction, another machine."""

import re
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys import course as answers
from tests.journeys import week
from tests.journeys.building import build, publish, published, seen
from tests.journeys.conftest import DESK, PHONE, Browse, Demo, Device, on
from tests.journeys.house import House, address_of
from tests.journeys.people import PASSWORD, Newcomer, confirm_name, fill
from tests.journeys.walking import follow, heading, press, sign_in
from tests.journeys.writing import SAVED, state, text_of

pytestmark = pytest.mark.browser


@on(DESK, PHONE)
def test_a_week(
    browse: Browse, demo: Demo, own_house: House, device: Device, tmp_path: Path, worker_id: str
) -> None:
    teacher, desk = browse(device), browse(device)
    sign_in(teacher, own_house, "docente")
    room = build(teacher, tmp_path)
    quiz = published(teacher, room)
    sign_in(desk, own_house, "registro")
    cohort = opened(desk)
    people = brought_in(desk, own_house, cohort)
    learner = browse(device)
    lesson = studied(learner, own_house, people[0].email, quiz)
    corrected(teacher, room, learner, lesson)
    code = issued(desk, own_house, cohort)
    copy = backed_up(browse(device), own_house, tmp_path)

    there = demo.elsewhere(tmp_path / "otra", f"elsewhere_{worker_id}")
    (there.folder / "secret_key").write_text("ninguna otra la tiene " * 3, "utf-8")
    there.lms("restore", str(copy))
    there.start()
    try:
        found_again(browse(device, base_url=there.address), there, people[0].email, lesson, code)
    finally:
        there.stop()


def opened(page: Page) -> str:
    """A cohort of what was just published, planned, looked over and opened; its address."""
    page.goto("/gestion/promociones")
    follow(page, "Abrir una promoción")
    follow(page, week.TITLE, exact=True)
    today = date.today()
    fill(
        page,
        {
            "Título": week.COHORT,
            "Abre la inscripción": f"{today - timedelta(2)}T08:00",
            "Cierre de la inscripción": f"{today + timedelta(10)}T23:59",
            "Inicio": f"{today - timedelta(1)}T08:00",
            "Fin": f"{today + timedelta(60)}T23:59",
        },
    )
    page.get_by_label("Ernesto Villeda Cárcamo").check()
    press(page, "Revisar")
    heading(page, f"¿Abrir {week.COHORT}?")
    seen(page, "abrir")
    press(page, "Abrir la promoción")
    heading(page, week.COHORT)
    seen(page, "promocion-vacia")
    return page.url


def brought_in(page: Page, house: House, cohort: str) -> list[Newcomer]:
    """Forty people of a bad list: what is wrong is said row by row, mended, and all come in."""
    given = week.bad_list("Xiloj Tzunún, Rosa Elena", address_of("rosa"))
    page.goto(cohort)
    follow(page, "Agregar personas", exact=True)
    page.get_by_label("La lista", exact=True).fill(given.text)
    press(page, "Leer la lista")
    expect(page.get_by_text("Se leyeron 41 filas.")).to_be_visible()
    rows = page.get_by_role("region", name=re.compile("^Fila "))
    expect(rows).to_have_count(len(given.mended))
    seen(page, "lista")
    for number, fields in given.mended.items():
        row = page.get_by_role("region", name=f"Fila {number}", exact=True)
        expect(row.locator(".field-error, .error").first).to_be_visible()
        for label, text in fields.items():
            row.get_by_label(label, exact=True).fill(text)
    press(page, "Guardar y comprobar")
    expect(page.get_by_role("link", name="Por corregir (0)")).to_be_visible()
    expect(page.get_by_role("link", name="Nada que hacer (1)")).to_be_visible()
    press(page, f"Inscribir a {week.PEOPLE} personas…")
    expect(page.get_by_text("Se crean 39 cuentas nuevas")).to_be_visible()
    seen(page, "inscribir")
    press(page, f"Inscribir a {week.PEOPLE} personas")
    seated = (
        "select 1 from enrollment join cohort on cohort.id = cohort_id"
        " where title = ? and state = 'enrolled'"
    )
    house.until(lambda: len(house.rows(seated, week.COHORT)) == week.PEOPLE)
    page.goto(cohort)
    expect(page.get_by_role("link", name=f"Todas ({week.PEOPLE})")).to_be_visible()
    for accented in ("Pérezó Ñáñez, Águeda", "Pérez Ñáñez, María de los Ángeles"):
        expect(page.get_by_role("link", name=accented).first).to_be_visible()
    seen(page, "promocion")
    return given.people


def studied(page: Page, house: House, email: str, quiz: dict[str, Any]) -> str:
    """Somebody of the list enters by the letter, reads, and passes; a lesson's address."""
    page.goto(house.link(email, "Su cupo en", "/invitacion/"))
    page.get_by_label("Contraseña nueva", exact=True).fill(PASSWORD)
    page.get_by_role("checkbox").check()
    press(page, "Entrar")
    confirm_name(page)
    page.goto("/inicio")
    page.get_by_role("link", name=re.compile("^Comenzar: ")).click()
    heading(page, week.LESSONS[0])
    first = page.url
    expect(page.get_by_role("main")).to_contain_text(week.TYPO)
    seen(page, "aula")
    for _ in week.LESSONS:
        press(page, "Marcar como vista y seguir")
    heading(page, week.QUIZ)
    press(page, "Comenzar")
    for place, question in enumerate(quiz["questions"], start=1):
        answers.answer_one(page.locator(f"#q{place}"), question)
    seen(page, "intento")
    press(page, "Revisar y entregar")
    press(page, "Entregar")
    expect(page.get_by_text("Obtuvo 20 de 20 puntos.")).to_be_visible()
    seen(page, "resultado")
    return first


def corrected(page: Page, room: str, learner: Page, lesson: str) -> None:
    """A typing error is mended, published, and reaches who is studying after a look at it."""
    page.goto(room)
    follow(page, week.COURSE, exact=True)
    follow(page, week.LESSONS[0], exact=True)
    text = text_of(page)
    text.fill(text.input_value().replace(week.TYPO, week.RIGHT))
    expect(state(page)).to_contain_text(SAVED)
    publish(page, room, "Se corrigió una errata.")
    learner.goto(lesson)
    expect(learner.get_by_role("main")).to_contain_text(week.TYPO)  # the version it began with
    follow(page, "Versión 2", exact=True)
    follow(page, "Ver a quiénes llegaría")
    expect(page.get_by_role("main")).to_contain_text(f"{week.PEOPLE} personas")
    expect(page.get_by_role("main")).to_contain_text("1 persona")
    seen(page, "correccion")
    page.get_by_label("Que siga con la versión 2").check()
    press(page, "Corregir las promociones elegidas")
    expect(page.get_by_role("alert").or_(page.locator(".toast")).first).to_be_visible()
    learner.goto(lesson)
    expect(learner.get_by_role("main")).to_contain_text(week.RIGHT)
    expect(learner.get_by_role("main")).not_to_contain_text(week.TYPO)


def issued(page: Page, house: House, cohort: str) -> str:
    """The document of who completed the course, registered and sealed; its code."""
    page.goto(cohort)
    follow(page, "Emitir 1 documento")
    press(page, "Emitir 1 documento")
    press(page, "Emitir 1")
    sealed = (
        "select code from credential join cohort on cohort.id = cohort_id"
        " where title = ? and sealed_sha256 is not null"
    )
    return str(house.until(lambda: house.rows(sealed, week.COHORT))[0][0])


def backed_up(page: Page, house: House, folder: Path) -> Path:
    """A backup made and taken away on the page."""
    sign_in(page, house, "administra")
    page.goto("/gestion/administracion/copias")
    kept = house.folder / "backups"
    before = set(kept.glob("cabildo-*.tar"))
    press(page, "Hacer una copia ahora")
    made = house.until(lambda: next(iter(set(kept.glob("cabildo-*.tar")) - before), None))
    page.goto("/gestion/administracion/copias")
    seen(page, "copias")
    newest = page.locator("tr").filter(has_text=made.name)
    with page.expect_download() as sent:
        newest.get_by_role("button", name="Descargar").click()
    copy = folder / "semana.tar"
    sent.value.save_as(copy)
    return copy


def found_again(page: Page, house: House, email: str, lesson: str, code: str) -> None:
    """On the other machine are the person, what they read and answered, and their document."""
    where = lesson.partition("/aula/")[2]
    sign_in(page, house, email, PASSWORD)
    page.goto(f"/aula/{where}")
    expect(page.get_by_role("main")).to_contain_text(week.RIGHT)
    picture = page.locator("figure img").first
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("(image) => image.naturalWidth") > 0
    page.goto(f"/v/{code}")
    expect(page.get_by_role("main")).to_contain_text("Vigente")
    page.goto("/constancias")
    expect(page.get_by_role("main")).to_contain_text(week.TITLE)
    ((attempts, people),) = house.rows(
        "select (select count(*) from attempt join enrollment on enrollment.id = enrollment_id"
        " join cohort on cohort.id = cohort_id where title = ?),"
        " (select count(*) from enrollment join cohort on cohort.id = cohort_id where title = ?)",
        week.COHORT, week.COHORT,
    )  # fmt: skip
    assert (attempts, people) == (1, week.PEOPLE)
