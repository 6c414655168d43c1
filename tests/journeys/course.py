"""A small course with a question of each type, and answering any quiz that is written as text."""

from pathlib import Path
from typing import Any

import yaml
from playwright.sync_api import Locator, Page

from lms.foundation.kernel.shipped import shipped

KEY = "taller-de-prueba"
COURSE = "taller"
EXAM = "examen"
TIMED = "contrarreloj"

_PROGRAMME = """\
format: 1
key: taller-de-prueba
title: Taller de solicitudes
kind: workshop
language: es
country: GT
audience: [staff]
topics: [transparency]
modes: [online]
hours: 1
academic_hour: 60
summary: Un taller breve para practicar.
outcomes:
  - {key: a, text: Responde a tiempo.}
entry: [Saber leer.]
certificate: {kind: course_certificate, title: Constancia de aprobación}
courses: [taller]
cover: {hue: plum, icon: landmark}
"""
_COURSE = """\
format: 1
key: taller
title: Solicitudes paso a paso
hours: 1
state: written
order: free
summary: Recibir, registrar y responder.
outcomes:
  - {key: solicitud, text: Tramita una solicitud.}
legal_review: {state: pending}
grading: {pass: 61, weights: {examen: 60, contrarreloj: 40}}
"""
_MODULE = """\
key: practica
title: Práctica
hours: 1
outcome: Responde una solicitud.
"""
_LESSON = """\
---
key: recibir
title: Recibir una solicitud
aim: recibir una solicitud sin devolver a nadie
minutes: {reading: 10, exercise: 10}
outcomes: [solicitud]
---
## La ventanilla

"""
PARAGRAPH = (
    "Quien llega a la ventanilla no tiene que decir para qué quiere la información. La persona"
    " que atiende escribe la solicitud, la lee en voz alta y entrega una constancia"
    " con la fecha.\n\n"
)
_EXAM = """\
key: examen
title: Examen del taller
intro: Seis preguntas, una de cada tipo.
minutes: {assessment: 20}
time_limit: null
attempts: null
counts: best
pass: 61
shuffle_options: true
questions:
  - key: plazo
    type: single_choice
    points: 1
    stem: "¿Cuántos días hábiles hay para responder?"
    feedback: "Son diez."
    options:
      - {text: "Diez", correct: true}
      - {text: "Veinte", feedback: "Con la prórroga, no antes."}
      - {text: "Treinta"}
  - key: publicar
    type: multiple_choice
    points: 2
    scoring: partial
    stem: "Señale lo que se publica de oficio."
    options:
      - {text: "El presupuesto", correct: true}
      - {text: "El directorio oficial", correct: true}
      - {text: "El celular del fontanero"}
  - key: motivo
    type: true_false
    points: 1
    stem: "La persona debe decir para qué quiere la información."
    answer: false
    feedback_true: "La ley no pide motivos."
  - key: oficinas
    type: matching
    points: 2
    stem: "Una cada oficina con lo que hace."
    pairs:
      - {left: "Secretaría", right: "Levanta las actas"}
      - {left: "Tesorería", right: "Paga"}
    distractors: ["Cobra multas de tránsito"]
  - key: copias
    type: numerical
    points: 1
    stem: "¿Cuánto cuestan 36 copias a Q0.40 cada una?"
    answer: 14.4
    tolerance: 0.01
    unit: quetzales
  - key: palabra
    type: short_answer
    points: 1
    stem: "Si lo pedido no existe, se declara la…"
    accept: ["inexistencia", "la inexistencia"]
    ignore_case: true
    ignore_accents: true
"""
_TIMED = """\
key: contrarreloj
title: Prueba con tiempo
intro: Dos preguntas y cuarenta minutos.
minutes: {assessment: 20}
time_limit: 40
attempts: 2
counts: best
pass: 61
shuffle_options: false
questions:
  - {key: uno, type: true_false, points: 1, stem: El acceso es gratuito., answer: true}
  - {key: dos, type: true_false, points: 1, stem: Hay que dar motivos., answer: false}
"""


def write(folder: Path) -> Path:
    """Write the package of the small course below a folder."""
    root = folder / KEY
    files = {
        "programme.yaml": _PROGRAMME,
        f"{COURSE}/course.yaml": _COURSE,
        f"{COURSE}/01-practica/module.yaml": _MODULE,
        f"{COURSE}/01-practica/01-recibir.md": _LESSON + PARAGRAPH * 40,
        f"{COURSE}/01-practica/02-examen.quiz.yaml": _EXAM,
        f"{COURSE}/01-practica/03-contrarreloj.quiz.yaml": _TIMED,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return root


def exam() -> dict[str, Any]:
    """The exam of the small course."""
    found: dict[str, Any] = yaml.safe_load(_EXAM)
    return found


def shipped_quiz(name: str, module: str) -> dict[str, Any]:
    """A quiz of the shipped course by its file, without the end, and its module."""
    (path,) = Path(shipped("courses")).glob(f"*/transparencia/{module}/{name}.quiz.yaml")
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def answer(page: Page, quiz: dict[str, Any], *, but: frozenset[int] = frozenset()) -> None:
    """Answer every question of the page well, except those at these places."""
    for place, question in enumerate(asked(page, quiz), start=1):
        if place not in but:
            answer_one(page.locator(f"#q{place}"), question)


def asked(page: Page, quiz: dict[str, Any]) -> list[dict[str, Any]]:
    """The questions that this page asks, known by how they begin: some are drawn from a bank."""
    count = quiz.get("draw") or len(quiz["questions"])
    shown = [page.locator(f"#q{place}").inner_text() for place in range(1, count + 1)]
    starts = [(question["stem"].split("\n")[0][:60], question) for question in quiz["questions"]]
    return [next(question for start, question in starts if start in text) for text in shown]


def answer_one(section: Locator, question: dict[str, Any]) -> None:
    """Answer one question well, as a hand would."""
    match question["type"]:
        case "single_choice" | "multiple_choice":
            for option in question["options"]:
                if option.get("correct"):
                    section.get_by_label(option["text"], exact=True).check()
        case "true_false":
            word = "Verdadero" if question["answer"] else "Falso"
            section.get_by_label(word, exact=True).check()
        case "matching":
            for pair in question["pairs"]:
                section.get_by_label(pair["left"], exact=True).select_option(pair["right"])
        case "numerical":
            section.get_by_role("textbox").fill(str(question["answer"]))
        case "short_answer":
            section.get_by_role("textbox").fill(question["accept"][0])
        case other:
            raise AssertionError(f"nobody knows how to answer {other}")
