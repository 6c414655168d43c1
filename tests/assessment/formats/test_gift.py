"""GIFT as people and Moodle write it."""

import pytest

from lms.assessment.formats import FORMATS
from lms.assessment.formats.interface import Verdict

pytestmark = pytest.mark.pure
GIFT, AIKEN = FORMATS["gift"], FORMATS["aiken"]


def read(text, encoding="utf-8"):
    return GIFT.read(text.encode(encoding))


def one(text):
    (found,) = read(text)
    return found


def own(text):
    source = one(text).item.source
    return {k: v for k, v in source.items() if k not in ("points", "stem")}


def options(*texts, right=0, why=()):
    made = [{"text": each} for each in texts]
    for n, each in why:
        made[n]["feedback"] = each
    made[right]["correct"] = True
    return made


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("¿Quién firma?{~El síndico =El alcalde#Así es. ~Nadie}",
         {"type": "single_choice",
          "options": options("El síndico", "El alcalde", "Nadie", right=1, why=[(1, "Así es.")])}),
        ("El acta es pública.{T#No.#Sí.}",
         {"type": "true_false", "answer": True, "feedback_false": "No.", "feedback_true": "Sí."}),
        ("Nunca se publica.{FALSE####Véase la ley.}",
         {"type": "true_false", "answer": False, "feedback": "Véase la ley."}),
        ("¿Cómo se llama?{=acta =el acta}",
         {"type": "short_answer", "accept": ["acta", "el acta"]}),
        ("¿Cómo se llama?{=act*}",
         {"type": "short_answer", "accept": ["act*"], "wildcards": True}),
        ("¿Cómo se llama?{=elección}",
         {"type": "short_answer", "accept": ["elección"], "ignore_accents": False}),
        ("¿Cuántos días?{#10:2}", {"type": "numerical", "answer": 10, "tolerance": 2}),
        ("¿Cuántos días?{#9..12}", {"type": "numerical", "answer": 10.5, "tolerance": 1.5}),
        ("¿Cuántos días?{#\n\t=10:0#Bien.\n}",
         {"type": "numerical", "answer": 10, "tolerance": 0, "feedback": "Bien."}),
        ("Una. {\n=Acta -> Concejo\n=Recibo -> Tesorería\n= -> Nadie\n}",
         {"type": "matching", "distractors": ["Nadie"],
          "pairs": [{"left": "Acta", "right": "Concejo"},
                    {"left": "Recibo", "right": "Tesorería"}]}),
        ("¿Cuáles?{~%50%Una ~%50%Dos ~%-50%Tres}",
         {"type": "multiple_choice", "scoring": "partial",
          "options": [{"text": "Una", "correct": True}, {"text": "Dos", "correct": True},
                      {"text": "Tres"}]}),
        ("¿Cuánto es \\{1\\}?{=\\=1 ~2\\:3 ~a\\\\b}",
         {"type": "single_choice", "options": options("\\=1", "2:3", "a\\\\b")}),
    ],
)  # fmt: skip
def test_each_kind_is_read_whole(text, says):
    assert one(text).verdict is Verdict.TAKEN
    assert own(text) == says


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("El {~acta =concejo} decide.", "El \\_\\_\\_\\_\\_ decide."),
        ("¿Cuál es?{=uno =dos}.", "¿Cuál es?"),
        ("[html]<p>Es <b>así</b><br>o no</p>{T}", "Es **así**\\\no no"),
        ("[markdown]Es **así**\\n\\n- uno{T}", "Es **así**\n\n- uno"),
        ("[plain]Es <b>así</b>{T}", "Es \\<b>así\\</b>"),
        ("Una línea\nque sigue{T}", "Una línea que sigue"),
        ("::Nombre\\: uno::Es así{T}", "Es así"),
    ],
)
def test_what_is_asked_is_markdown(text, stem):
    assert one(text).item.source["stem"] == stem


@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("¿Cuál?{=Una ~%50%Media ~Nada}", "an option was right in part (50 %): it counts as wrong"),
        ("¿Cuál?{=Una =%75%Casi}",
         "an answer was right in part (75 %): it is not accepted: “Casi”"),
        ("¿Cuáles?{~%60%Una ~%40%Dos ~%-50%Tres}",
         "right options had different weights: here all have the same share"),
        ("[html]Es<script>alert(1)</script> así{T}",
         "a script or something from elsewhere that would run: it was taken out"),
    ],
)  # fmt: skip
def test_what_is_lost_is_named(text, lost):
    found = one(text)
    assert found.verdict is Verdict.WITH_LOSS
    assert lost in [each.message % each.params for each in found.lost]
    assert "script" not in str(found.item.source)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("¿Qué? {=uno ~dos", "its braces do not close"),
        ("¿Qué {=a} y {=b}?", "it has more than one pair of braces"),
        ("¿Qué?{~uno ~dos}", "no option is right"),
        ("¿Qué?{=uno =dos ~tres}", "a second option is right"),
        ("¿Cuánto?{#mucho}", "its answer is no number"),
        ("¿Qué?{así}", "what stands between its braces is no answer"),
        ("{=uno ~dos}", "`stem` is missing"),
    ],
)
def test_what_cannot_come_in_says_why(text, why):
    found = one(text)
    assert found.verdict is Verdict.REFUSED
    assert found.refused.message % {**found.refused.params, "key": "stem"} == why
    assert found.item is None


FILE = """\
// Preguntas del módulo

$CATEGORY: $course$/top/Leyes/Acceso  a la información

// [id:plazo] [tag:ley 57] [tag:plazos]
::Plazo::¿Cuántos días hay?{#10}

// un comentario
// de dos líneas
El acta {
  ~se quema

  =se publica
}

$CATEGORY: $course$/top

¿Es pública? {T}
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
def test_files_of_every_program_are_read_alike(encoding, ends):
    found = GIFT.read(FILE.replace("\n", ends).encode(encoding))
    first, second, third = [each.item.source for each in found]
    assert [each.line for each in found] == [6, 10, 18]
    assert first["key"] == "plazo"
    assert first["tags"] == ["ley 57", "plazos"]
    assert first["category"] == second["category"] == "Leyes/Acceso a la información"
    assert second["stem"] == "El acta"
    assert "category" not in third
    assert third["stem"] == "¿Es pública?"


def test_aiken_is_read_to_its_end():
    text = (
        "¿Quién firma?\nA) El síndico\nB. El alcalde\nANSWER: B\n\n"
        "Sin respuesta\nA) Una\nB) Dos\n\nOtra\nA) Una\nB) Dos\nANSWER: C\n"
    )
    good, none, wrong = AIKEN.read(text.encode("cp1252"))
    assert good.item.source["options"] == options("El síndico", "El alcalde", right=1)
    assert none.refused.message == "its line ANSWER is missing"
    assert (none.line, wrong.line) == (6, 10)
    assert wrong.refused.message == "there is no option %(letter)s)"
