"""What is small enough for people who study already: words, and nothing that counts."""

from hashlib import sha256

import pytest

from lms.authoring.formats.readable import told
from lms.authoring.rules.changes import changes
from lms.authoring.rules.correction import reasons
from tests.authoring.packages import KINDS

pytestmark = pytest.mark.pure

LESSON = (
    "---\nkey: plazos\ntitle: Los plazos\naim: explicar los plazos\nminutes: {reading: 5}\n---\n\n"
    "La unidad responde en diez días hábiles desde que recibe la solicitud.\n"
)
QUIZ = """\
key: q
title: Prueba
minutes: {assessment: 10}
pass: 61
attempts: 3
questions:
  - key: uno
    type: single_choice
    points: 1
    stem: Dónde se entrega una solicitud de información pública.
    feedback: El artículo 38 lo dice.
    options:
      - {text: En la unidad de información, correct: true}
      - {text: En el despacho de la alcaldía}
  - {key: dos, type: true_false, points: 1, stem: El acceso es gratuito., answer: true}
"""
MODULE = "key: m\ntitle: Un módulo\nhours: 2\noutcome: Responde una solicitud.\n"
COURSE = (
    "format: 1\nkey: c\ntitle: Un curso\nhours: 4\nstate: written\norder: sequential\n"
    "summary: De qué trata.\noutcomes:\n  - {key: a, text: Tramita una solicitud.}\n"
    "legal_review: {state: pending}\n"
)
FACTS = "facts:\n  - {key: plazo, text: Diez días., source: Decreto 57-2008}\n"
FILES = {
    "c/01-m/01-plazos.md": LESSON,
    "c/01-m/02-q.quiz.yaml": QUIZ,
    "c/01-m/module.yaml": MODULE,
    "c/course.yaml": COURSE,
    "c/facts.yaml": FACTS,
}


def state(files):
    return {
        path: told(path, sha256(text.encode()).hexdigest(), len(text), text, KINDS)
        for path, text in files.items()
    }


def judged(files):
    return reasons(changes(state(FILES), state(files)))


def edited(path, old, new):
    text = next(each for name, each in FILES.items() if name.endswith(path))
    name = next(name for name in FILES if name.endswith(path))
    assert old in text
    return {**FILES, name: text.replace(old, new, 1)}


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("plazos.md", "diez días hábiles", "diez días hábiles, no más,"),
        ("plazos.md", "title: Los plazos", "title: Los plasos"),
        ("plazos.md", "aim: explicar", "aim: contar"),
        ("quiz.yaml", "Dónde se entrega", "Adónde se entrega"),
        ("quiz.yaml", "El artículo 38 lo dice.", "Lo dice el artículo 38, párrafo 2."),
        ("quiz.yaml", "    feedback: El artículo 38 lo dice.\n", ""),
        ("quiz.yaml", "En el despacho de la alcaldía", "En el despacho de alcaldía"),
        ("quiz.yaml", "title: Prueba", "title: Pruebas"),
        ("module.yaml", "Un módulo", "Un módulo corto"),
        ("course.yaml", "De qué trata.", "De qué se trata."),
        ("course.yaml", "Tramita una solicitud.", "Tramita solicitudes."),
        ("facts.yaml", "Diez días.", "Diez días hábiles."),
        ("facts.yaml", "source: Decreto 57-2008", "source: Decreto 57-2008, article: '42'"),
    ],
)
def test_words_are_a_small_correction(path, old, new):
    assert judged(edited(path, old, new)) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("plazos.md", "reading: 5", "reading: 50"),
        ("plazos.md", "aim:", "hidden: true\naim:"),
        ("plazos.md", LESSON.split("---\n\n")[1], "Otra cosa: nada tiene que ver.\n"),
        ("quiz.yaml", "answer: true", "answer: false"),
        ("quiz.yaml", "points: 1", "points: 2"),
        ("quiz.yaml", "attempts: 3", "attempts: 1"),
        ("quiz.yaml", "pass: 61", "pass: 70"),
        ("quiz.yaml", "En la unidad de información, correct: true}", "En la unidad}"),
        ("quiz.yaml", "      - {text: En el despacho de la alcaldía}\n", ""),
        ("quiz.yaml", "alcaldía}\n", "alcaldía}\n      - {text: En el mercado}\n"),
        ("quiz.yaml", "Dónde se entrega una solicitud de información pública.", "¿Qué es 2 + 2?"),
        ("quiz.yaml", "  - {key: dos", "  - {key: tres"),
        ("module.yaml", "hours: 2", "hours: 3"),
        ("course.yaml", "order: sequential", "order: free"),
        ("course.yaml", "title: Un curso", "title: Otro curso"),
        ("course.yaml", "key: c\n", "key: c\n# x\n" "grading: {pass: 70}\n"),
    ],
)  # fmt: skip
def test_what_counts_is_more_and_it_is_said_why(path, old, new):
    found = judged(edited(path, old, new))
    assert found
    assert all(each.message and each.change.title for each in found)


@pytest.mark.parametrize(
    "files",
    [
        {**FILES, "c/01-m/03-nueva.md": LESSON.replace("key: plazos", "key: nueva")},
        {path: text for path, text in FILES.items() if not path.endswith("plazos.md")},
        {
            ("c/01-m/03-plazos.md" if path.endswith("plazos.md") else path): text
            for path, text in FILES.items()
        },
    ],
    ids=["new", "gone", "elsewhere"],
)
def test_nothing_is_added_taken_out_or_put_elsewhere(files):
    assert judged(files)


def test_a_picture_may_be_another():
    with_picture = {
        **state(FILES),
        "c/media/a.svg": told("c/media/a.svg", "a" * 64, 9, None, KINDS),
    }
    other = {**state(FILES), "c/media/a.svg": told("c/media/a.svg", "b" * 64, 9, None, KINDS)}
    assert reasons(changes(with_picture, other)) == []
    assert reasons(changes(state(FILES), other)) == []
