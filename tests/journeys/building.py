"""Building a course in the browser as the guide says, and publishing it."""

import io
import re
import zipfile
from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Page, expect

from tests.journeys import week
from tests.journeys.people import fill
from tests.journeys.questions import WRITTEN
from tests.journeys.walking import follow, heading, look, press, wrong
from tests.journeys.writing import SAVED, state, text_of
from tests.pages.looking import violations

DONE = "Guardar borrador"


def seen(page: Page, name: str) -> None:
    """Nothing stands outside the page, and axe finds nothing in it."""
    look(page, f"semana-{name}")
    assert violations(page) == [], name


def build(page: Page, folder: Path) -> str:
    """Two modules, three lessons with pictures and a quiz of twenty questions, by the guide."""
    page.goto("/gestion")
    follow(page, "Autoría de cursos")
    follow(page, "Empezar un programa")
    press(page, "Empezarlo")
    assert len(wrong(page)) == 3
    fill(page, {"Título": week.TITLE, "Título de su primer curso": week.COURSE, "Horas": "2"})
    press(page, "Empezarlo")
    heading(page, week.TITLE)
    room = page.url.partition("?")[0]
    follow(page, "Datos del programa")
    page.get_by_label("Resumen").fill("Para quien atiende al público.")
    page.get_by_label("Qué sabe hacer quien egresa").fill("Recibe una solicitud.")
    page.get_by_label("Título de la constancia").fill("Constancia de aprobación")
    for each in ("Personal municipal", "Transparencia"):
        page.get_by_label(each).check()
    press(page, DONE)
    follow(page, week.COURSE, exact=True)
    there = page.url
    for module in week.MODULES:
        add(page, "Módulo", module)
    for module, title in zip(("Recibir", "Recibir", "Responder"), week.LESSONS, strict=True):
        add(page, "Lección", title, module)
    add(page, "Evaluación", week.QUIZ, "Responder")
    seen(page, "curso-empezado")
    expect(page.get_by_role("main")).not_to_contain_text(".yaml")
    for module in week.MODULES:
        follow(page, module, exact=True)
        page.get_by_label("Qué sabe hacer quien lo termina").fill("Responde a tiempo.")
        press(page, DONE)
    for number, title in enumerate(week.LESSONS):
        write_lesson(page, there, title, week.picture(folder, f"foto-{number}.jpg"))
    page.goto(there)
    follow(page, week.QUIZ, exact=True)
    write_quiz(page)
    page.goto(there)
    follow(page, "Datos del curso")
    fill(page, {"Resumen": "Recibir y responder.", week.QUIZ: "100"})
    page.get_by_label("Qué sabe hacer quien lo termina").fill("Recibe una solicitud.")
    page.get_by_label("Nota mínima, en porcentaje").fill("61")
    press(page, DONE)
    expect(page.locator(".wrongs .bad")).to_have_count(0)
    return room


def add(page: Page, what: str, title: str, module: str = "") -> None:
    form = page.locator("#agregar")
    form.get_by_role("radio", name=what, exact=True).check()
    form.get_by_label("Título", exact=True).fill(title)
    if module:
        form.get_by_label("En qué módulo").select_option(label=module)
    press(page, "Agregar")
    expect(page.get_by_role("main")).to_contain_text(title)


def write_lesson(page: Page, course: str, title: str, picture: Path) -> None:
    page.goto(course)
    follow(page, title, exact=True)
    text = text_of(page)
    page.get_by_label("Al terminar se podrá…").fill("recibir una solicitud")
    minutes = "30" if title in week.LESSONS[:2] else "40"
    fill(page, {"Minutos de lectura": minutes})
    text.fill(week.TEXT)
    text.press("Control+End")
    page.get_by_role("button", name="Figura").click()
    dialog = page.get_by_role("dialog")
    dialog.locator("input[type=file]").set_input_files(picture)
    fill(page, {"Pie de figura": title})
    dialog.get_by_label("Qué muestra", exact=True).fill("Una ventanilla vista de frente")
    dialog.get_by_role("button", name="Insertar").click()
    expect(text).to_have_value(re.compile(rf"media/{picture.name}"))
    expect(state(page)).to_contain_text(SAVED)
    expect(page.locator(".seen img")).to_have_count(1)
    if title == week.LESSONS[0]:
        seen(page, "leccion")
    press(page, "Guardar y volver")
    heading(page, week.COURSE)


def write_quiz(page: Page) -> None:
    """Six by form, one of each type, and fourteen pasted; the twentieth closes it."""
    for kind, written in WRITTEN.items():
        follow(page, kind, exact=True)
        written(page, 0)
        press(page, "Guardar pregunta")
        expect(page.locator(".toast")).to_contain_text("Pregunta agregada")
    follow(page, "Pegar preguntas")
    page.get_by_label("Preguntas").fill(week.PASTED)
    press(page, "Ver cómo quedan")
    seen(page, "preguntas-pegadas")
    press(page, "Agregar estas 14 preguntas")
    expect(page.locator("[data-item]")).to_have_count(20)
    follow(page, "Ajustes de la evaluación")
    fill(page, {"Minutos acreditados": "20"})
    press(page, DONE)
    seen(page, "evaluacion")


def published(page: Page, room: str) -> dict[str, Any]:
    """Looked at as who studies sees it, published; the quiz as it was written."""
    page.goto(room)
    expect(page.get_by_role("heading", name="Por corregir en el programa")).to_have_count(0)
    follow(page, "Ver como participante")
    follow(page, "Primera visita")
    expect(page.get_by_text(week.LESSONS[0]).first).to_be_visible()
    seen(page, "como-participante")
    page.goto(room)
    with page.expect_download() as sent:
        follow(page, "Descargar el borrador (ZIP)")
    with zipfile.ZipFile(io.BytesIO(sent.value.path().read_bytes())) as packed:
        (name,) = (each for each in packed.namelist() if each.endswith(".quiz.yaml"))
        quiz: dict[str, Any] = yaml.safe_load(packed.read(name))
    publish(page, room, "Primera versión.")
    return quiz


def publish(page: Page, room: str, why: str) -> None:
    page.goto(room)
    follow(page, "Ver lo que cambió, y publicar")
    page.get_by_label("Qué cambió, en una frase").fill(why)
    seen(page, "publicar")
    press(page, "Publicar")
    heading(page, "Versiones")
