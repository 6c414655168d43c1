"""Questions as people write them: what is understood, and what is told instead of guessed."""

import pytest

from lms.authoring.formats.pasted_questions import read_questions

pytestmark = pytest.mark.pure


def one(text):
    (found,) = read_questions(text)
    return found


def bare(found):
    return {k: v for k, v in found.source.items() if k not in {"points", "stem", "type"}}


@pytest.mark.parametrize(
    ("text", "kind", "says"),
    [
        ("1. ¿Qué?\na) Uno\n*b) Dos\n", "single_choice",
         {"options": [{"text": "Uno"}, {"text": "Dos", "correct": True}]}),
        ("1) ¿Qué?\nA. Uno *\nB. Dos", "single_choice",
         {"options": [{"text": "Uno", "correct": True}, {"text": "Dos"}]}),
        ("1. ¿Qué?\n  a) Uno (correcta)\n  b) Dos\n", "single_choice",
         {"options": [{"text": "Uno", "correct": True}, {"text": "Dos"}]}),
        ("1. ¿Qué?\na) Uno\nb) Dos\nANSWER: B", "single_choice",
         {"options": [{"text": "Uno"}, {"text": "Dos", "correct": True}]}),
        ("1. ¿Qué?\n* a) Uno\n*b) Dos\nc) Tres", "multiple_choice",
         {"options": [{"text": "Uno", "correct": True}, {"text": "Dos", "correct": True},
                      {"text": "Tres"}]}),
        ("1. ¿Qué?\na) Uno\n-> Por eso.\n*b) Dos que\nsigue\nExplicación: Así\nes.",
         "single_choice",
         {"feedback": "Así es.", "options": [{"text": "Uno", "feedback": "Por eso."},
                                             {"text": "Dos que sigue", "correct": True}]}),
        ("1. Es así.\n*a) Verdadero\nb) Falso\n-> No.", "true_false",
         {"answer": True, "feedback_false": "No."}),
        ("1. Es así.\nRespuesta: Falso.", "true_false", {"answer": False}),
        ("1. ¿Cuánto?\nRespuesta: 1,250 ± 5 quetzales", "numerical",
         {"answer": 1250, "tolerance": 5, "unit": "quetzales"}),
        ("1. ¿Cuánto?\nRespuesta: 10 días\nTolerancia: 1", "numerical",
         {"answer": 10, "tolerance": 1, "unit": "días"}),
        ("1. ¿Cómo?\nRespuesta: acta | el acta", "short_answer", {"accept": ["acta", "el acta"]}),
        ("1. Una.\nActa = Concejo\nFactura = Tesorería", "matching",
         {"pairs": [{"left": "Acta", "right": "Concejo"},
                    {"left": "Factura", "right": "Tesorería"}]}),
        ("¿Qué?\n*a) Uno\nb) Dos\nDificultad: difícil", "single_choice",
         {"difficulty": 3, "options": [{"text": "Uno", "correct": True}, {"text": "Dos"}]}),
    ],
)  # fmt: skip
def test_each_way_of_asking_is_understood(text, kind, says):
    found = one(text)
    assert [each.message for each in found.problems] == []
    assert found.source["type"] == kind
    assert bare(found) == says
    assert "1" not in found.source["stem"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1. ¿Qué?\na) Uno\nb) Dos", "no option is marked as the right one"),
        ("1. ¿Qué?", "it has neither options nor an answer"),
        ("1. ¿Qué?\n*a) Uno", "`%(key)s` has %(count)s items and needs at least %(least)s"),
        ("1. ¿Qué?\n*a) Uno\nb) uno", "this option repeats another: “%(text)s”"),
        ("1. ¿Qué?\na) Uno\nb) Dos\nRespuesta: d", "there is no option %(letter)s)"),
        ("1. ¿Qué?\n*a) Uno\nb) Dos\nPuntos: muchos", "its points are no number"),
        ("1. ¿Qué?\n*a) Uno\nb) Dos\nDificultad: rara", "its difficulty is not understood"),
        ("*a) Uno\nb) Dos", "nothing is asked before its options"),
    ],
)
def test_what_is_not_understood_is_told(text, told):
    found = one(text)
    assert not found.is_sound
    assert told in [each.message for each in found.problems]


def test_several_are_told_apart_with_their_lines():
    found = read_questions("\n1. Una\n*a) Sí\nb) No\n\n2. Otra\nque sigue\n\n*a) Sí\nb) No\n")
    assert [(each.line, each.source["stem"]) for each in found] == [
        (2, "Una"),
        (6, "Otra que sigue"),
    ]
    apart = read_questions("Una\n*a) Sí\nb) No\n\nOtra\n\na) Sí\n*b) No\n")
    assert [each.source["stem"] for each in apart] == ["Una", "Otra"]
    assert all(each.is_sound for each in (*found, *apart))


def test_a_long_text_of_anything_is_read_in_time():
    assert read_questions("1. " + "a = " * 5_000)
    assert read_questions("*" * 20_000)
    assert read_questions("") == []
