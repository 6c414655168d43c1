"""A quiz by form: every type of question, its rows, its order, and who saved it meanwhile."""

import re

import pytest

from lms.assessment.types import TYPES
from lms.authoring.formats.keys import keys_of
from lms.catalog.formats.yaml_write import plain
from tests.authoring.packages import LESSON, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.authoring.views.test_describing import filled
from tests.statements import statements

KEYS = {
    "single_choice": "primer-paso",
    "multiple_choice": "datos-del-registro",
    "true_false": "constancia-siempre",
    "matching": "para-que-sirve",
    "numerical": "cuantos-datos",
    "short_answer": "nombre-del-papel",
}
NEW = {
    "single_choice": {
        "own_options-0-text": "Uno", "own_options-1-text": "Dos", "own_options-mark": "1",
        "own_options-1-feedback": "Así es.",
    },
    "multiple_choice": {
        "own_options-0-text": "Uno", "own_options-1-text": "Dos", "own_options-2-text": "Tres",
        "own_options-0-correct": "y", "own_options-1-correct": "y", "own_scoring": "partial",
    },
    "true_false": {"own_answer": "false", "own_feedback_true": "No es así."},
    "matching": {
        "own_pairs-0-left": "Acta", "own_pairs-0-right": "Concejo", "own_pairs-1-left": "Factura",
        "own_pairs-1-right": "Tesorería", "own_distractors-0-value": "Nadie",
    },
    "numerical": {"own_answer": "1,250.50", "own_tolerance": "0.5", "own_unit": "quetzales"},
    "short_answer": {
        "own_accept-0-value": "acta", "own_accept-1-value": "el acta", "own_ignore_accents": "y",
    },
    "ordering": {
        "own_items-0-value": "Recibir", "own_items-1-value": "Sellar",
        "own_items-2-value": "Responder", "own_scoring": "neighbours",
    },
    "classification": {
        "own_groups-0-name": "Ingresos", "own_groups-0-items": "IUSI\r\nArbitrios\r\n",
        "own_groups-1-name": "Gastos", "own_groups-1-items": "Planilla",
    },
    "essay": {"own_least": "50", "own_most": "300", "own_guidance": "Nombra el plazo."},
    "scale": {"own_steps-0-value": "Nunca", "own_steps-1-value": "Siempre"},
    "missing_words": {
        "own_passage": "Se responde en {{1}} días {{2}}.", "own_words-0-text": "diez",
        "own_words-1-text": "hábiles", "own_words-1-group": "clase", "own_words-2-text": "treinta",
        "own_words-3-text": "naturales", "own_words-3-group": "clase",
    },
    "cloze": {
        "own_passage": "El decreto {{1}} da {{2}} días y cuesta {{3}}.",
        "own_gaps-0-answers": "57-2008\r\nDecreto 57-2008", "own_gaps-0-type": "short_answer",
        "own_gaps-1-answers": "* diez\r\ntreinta", "own_gaps-1-type": "single_choice",
        "own_gaps-1-weight": "2",
        "own_gaps-2-answers": "42,000 ± 0.5 quetzales", "own_gaps-2-type": "numerical",
    },
}  # fmt: skip
SAID = {
    "single_choice": {"options": [{"text": "Uno"},
                                  {"text": "Dos", "feedback": "Así es.", "correct": True}]},
    "multiple_choice": {"options": [{"text": "Uno", "correct": True},
                                    {"text": "Dos", "correct": True}, {"text": "Tres"}],
                        "scoring": "partial"},
    "true_false": {"answer": False, "feedback_true": "No es así."},
    "matching": {"pairs": [{"left": "Acta", "right": "Concejo"},
                           {"left": "Factura", "right": "Tesorería"}],
                 "distractors": ["Nadie"]},
    "numerical": {"unit": "quetzales"},
    "short_answer": {"accept": ["acta", "el acta"], "ignore_case": False},
    "ordering": {"items": ["Recibir", "Sellar", "Responder"], "scoring": "neighbours"},
    "classification": {"groups": [{"name": "Ingresos", "items": ["IUSI", "Arbitrios"]},
                                  {"name": "Gastos", "items": ["Planilla"]}]},
    "essay": {"least": 50, "most": 300, "guidance": "Nombra el plazo."},
    "scale": {"steps": ["Nunca", "Siempre"], "points": 0},
    "missing_words": {"words": [{"text": "diez"}, {"text": "hábiles", "group": "clase"},
                                {"text": "treinta"}, {"text": "naturales", "group": "clase"}]},
    "cloze": {"gaps": [
        {"type": "short_answer", "accept": ["57-2008", "Decreto 57-2008"]},
        {"type": "single_choice", "weight": 2,
         "options": [{"text": "diez", "correct": True}, {"text": "treinta"}]},
        {"type": "numerical", "answer": 42000, "tolerance": 0.5, "unit": "quetzales"}]},
}  # fmt: skip


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def here(room):
    return f"/gestion/autoria/{room.uid}/cursos/{FOLDER}/actividades/evaluacion-final"


def questions(room):
    return plain(keys_of(QUIZ, room.text(QUIZ))["questions"])


def keys(room):
    return [each["key"] for each in questions(room)]


def last(browser, answer):
    """The page that a form leads to."""
    assert answer.status_code == 303, answer.text
    return browser.get(answer.headers["Location"].partition("#")[0]).text


def test_the_list_says_of_each_question_its_type_answer_points_and_outcome(room, browser, here):
    page = browser.get(f"{here}/preguntas").text
    for words in ("Selección única", "Escuchar qué pide.", "Número: Encontrarla después", "5 datos",
                  "constancia", "Verdadero", "Puntos: 3", "9 puntos en total"):  # fmt: skip
        assert words in page
    assert page.count('data-item="') == 6


def test_the_list_costs_the_same_whatever_stands_in_it(room, browser, here):
    browser.send(f"{here}/preguntas/ordenar", {"duplicate": "primer-paso"})
    browser.get(f"{here}/preguntas")
    with statements(room.db.engine) as few:
        browser.get(f"{here}/preguntas")
    for _ in range(2):
        browser.send(f"{here}/preguntas/ordenar", {"duplicate": "primer-paso"})
    with statements(room.db.engine) as many:
        assert browser.get(f"{here}/preguntas").text.count('data-item="') == 9
    assert len(many) == len(few)


def test_the_course_leads_to_the_editor(room, browser, here):
    page = browser.get(f"/gestion/autoria/{room.uid}/cursos/{FOLDER}").text
    assert f'href="{here}/preguntas"' in page


def written(browser, here, kind):
    """A new question of a type as a browser sends it."""
    page = browser.get(f"{here}/preguntas/nueva?tipo={kind}").text
    sent = filled(page) | {
        "stem": "¿Qué papel es?", "points": "2", "difficulty": "2", "outcome": "constancia",
        "feedback": "Véase la lección.", **NEW[kind],
    }  # fmt: skip
    if kind == "short_answer":
        sent.pop("own_ignore_case")
    if not TYPES[kind].graded:
        assert 'name="points"' not in page
        sent.pop("points")
    return sent


def test_every_type_has_a_form_here(room):
    assert set(NEW) == set(SAID) == set(TYPES)


@pytest.mark.parametrize("kind", TYPES)
def test_saving_a_question_without_a_change_changes_not_a_byte(room, browser, here, kind):
    if kind not in KEYS:
        browser.send(f"{here}/preguntas/nueva?tipo={kind}", written(browser, here, kind))
    before, steps = room.text(QUIZ), room.standing().changed
    url = f"{here}/pregunta/{KEYS.get(kind, 'que-papel-es')}"
    last(browser, browser.send(url, filled(browser.get(url).text)))
    assert room.text(QUIZ) == before
    assert room.standing().changed == steps


@pytest.mark.parametrize("kind", TYPES)
def test_a_question_of_every_type_is_added_and_can_be_taken_back(room, browser, here, kind):
    url = f"{here}/preguntas/nueva?tipo={kind}"
    sent = written(browser, here, kind)
    page = last(browser, browser.send(url, sent))
    assert "Pregunta agregada: ¿Qué papel es?" in page
    new = questions(room)[-1]
    assert new["key"] == "que-papel-es"
    common = {"type": kind, "points": 2, "difficulty": 2, "feedback": "Véase la lección."}
    assert {**new, **common, **SAID[kind]} == new
    assert "Hay que corregir" not in page
    undo = re.search(r'action="([^"]*deshacer)"', page).group(1)
    assert (
        browser.send(undo, {"back": f"{here}/preguntas"}).headers["Location"].endswith("preguntas")
    )
    assert len(questions(room)) == 6


@pytest.mark.parametrize(
    ("kind", "sent", "said"),
    [
        ("single_choice", {"own_options-mark": None}, "No option is right"),
        ("single_choice", {"own_options-1-text": ""}, "Escríbala"),
        ("single_choice", {"own_options-1-text": "uno"}, "repite otra"),
        ("multiple_choice", {"own_options-0-correct": None, "own_options-1-correct": None}, ""),
        ("true_false", {"own_answer": None}, "Elija una"),
        ("matching", {"own_pairs-1-left": "", "own_pairs-1-right": ""}, "al menos 2"),
        ("matching", {"own_distractors-0-value": "Concejo"}, ""),
        ("numerical", {"own_answer": "mil"}, "Escriba un número"),
        ("numerical", {"own_tolerance": "-1"}, ""),
        ("short_answer", {"own_accept-0-value": "", "own_accept-1-value": ""}, "al menos 1"),
        ("short_answer", {"own_accept-1-value": "ácta"}, ""),
        ("true_false", {"stem": " "}, "Escriba lo que se pregunta"),
        ("true_false", {"points": "muchos"}, "Escriba un número"),
    ],
)
def test_what_cannot_be_a_question_is_told_and_nothing_typed_is_lost(
    room, browser, here, kind, sent, said
):
    url = f"{here}/preguntas/nueva?tipo={kind}"
    whole = {"stem": "¿Qué papel es?", "points": "1", "feedback": "Larga.", **NEW[kind], **sent}
    answer = browser.send(url, {name: each for name, each in whole.items() if each is not None})
    assert answer.status_code == 422
    assert "Larga." in answer.text
    assert 'class="summary"' in answer.text
    assert len(questions(room)) == 6


def test_rows_are_added_and_taken_away_without_saving(room, browser, here):
    url = f"{here}/pregunta/primer-paso"
    sent = filled(browser.get(url).text) | {"own_options-2-text": "Otra cosa"}
    page = browser.send(url, sent | {"more": "options"})
    assert page.status_code == 200
    assert 'name="own_options-3-text"' in page.text
    assert "Otra cosa" in page.text
    less = browser.send(url, filled(page.text) | {"less": "options:1"}).text
    assert 'name="own_options-1-text"' not in less
    assert room.standing().changed == []
    last(browser, browser.send(url, filled(less)))
    options = questions(room)[0]["options"]
    assert [each["text"] for each in options] == ["Escuchar qué pide.", "Otra cosa"]
    assert options[0]["correct"] is True


def test_what_no_form_knows_stays_and_so_do_comments(room, browser, here):
    text = room.text(QUIZ).replace(
        "  - key: primer-paso\n", "  - key: primer-paso\n    autor: Ana   # quien la escribió\n"
    ).replace('{text: "Darle un número.",', '{text: "Darle un número.", nota: "x",')  # fmt: skip
    room.save(QUIZ, text, hashed(room.text(QUIZ)))
    url = f"{here}/pregunta/primer-paso"
    sent = filled(browser.get(url).text) | {"stem": "Otra: cosa", "own_options-2-text": "No"}
    last(browser, browser.send(url, sent))
    after = room.text(QUIZ)
    assert "    autor: Ana   # quien la escribió\n" in after
    assert 'nota: "x"' in after
    assert "time_limit: 30                # minutos, o null" in after
    assert '    stem: "¿Qué datos lleva el registro?"\n' in after
    changed = [a for a, b in zip(text.split("\n"), after.split("\n"), strict=True) if a != b]
    assert len(changed) == 2


def test_people_at_different_questions_do_not_meet(room, browser, here):
    first, second = (f"{here}/pregunta/{key}" for key in ("primer-paso", "cuantos-datos"))
    one, two = filled(browser.get(first).text), filled(browser.get(second).text)
    last(browser, browser.send(first, one | {"stem": "Una"}))
    last(browser, browser.send(second, two | {"stem": "Otra"}))
    assert [each["stem"] for each in questions(room)][::4] == ["Una", "Otra"]


def test_a_stale_form_shows_both_versions_and_overwrites_nothing(room, browser, here):
    url = f"{here}/pregunta/primer-paso"
    stale = filled(browser.get(url).text)
    last(browser, browser.send(url, stale | {"stem": "La de ellos", "form_key": "a" * 24}))
    answer = browser.send(url, stale | {"stem": "La mía", "form_key": "b" * 24})
    assert answer.status_code == 409
    assert "La mía" in answer.text
    assert "de ellos" in answer.text
    assert questions(room)[0]["stem"] == "La de ellos"
    again = browser.send(url, filled(answer.text) | {"form_key": "c" * 24})
    assert again.status_code == 409
    last(browser, browser.send(url, filled(again.text) | {"go": "mine", "form_key": "d" * 24}))
    assert questions(room)[0]["stem"] == "La mía"


def test_questions_are_moved_duplicated_and_taken_out(room, browser, here):
    url = f"{here}/preguntas/ordenar"
    before = keys(room)
    last(browser, browser.send(url, {"down": before[0]}))
    assert keys(room)[:2] == [before[1], before[0]]
    last(browser, browser.send(url, {"into": before[5], "place": "0", "first": "0"}))
    assert keys(room)[0] == before[5]
    last(browser, browser.send(url, {"duplicate": before[5]}))
    assert questions(room)[1] == questions(room)[0] | {"key": keys(room)[1]}
    last(browser, browser.send(url, {"delete": before[5]}))
    assert before[5] not in keys(room)
    assert "ya no" not in browser.send(url, {"delete": before[5]}).text
    assert len(keys(room)) == 6


def test_settings_keep_what_they_do_not_know_and_say_no_limit(room, browser, here):
    url = f"{here}/ajustes"
    before = room.text(QUIZ)
    last(browser, browser.send(url, filled(browser.get(url).text)))
    assert room.text(QUIZ) == before
    sent = filled(browser.get(url).text) | {
        "attempts": "", "time_limit": "45", "pass_mark": "70.5", "counts": "last",
    }  # fmt: skip
    last(browser, browser.send(url, sent))
    data = plain(keys_of(QUIZ, room.text(QUIZ)))
    assert (data["attempts"], data["time_limit"], str(data["pass"])) == (None, 45, "70.5")
    assert data["counts"] == "last"
    assert browser.send(url, sent | {"pass_mark": "101", "form_key": "x" * 24}).status_code == 422
    stale = browser.send(url, sent | {"title": "Otro", "form_key": "y" * 24})
    assert stale.status_code == 409


def test_what_is_wrong_with_a_question_is_told_beside_it(room, browser, here):
    text = room.text(QUIZ).replace(
        'correct: true}\n      - {text: "Darle', 'correct: false}\n      - {text: "Darle'
    )
    room.save(QUIZ, text, hashed(room.text(QUIZ)))
    item = browser.get(f"{here}/preguntas").text.split('data-item="')[1]
    assert "ninguna opción es correcta" in item
    assert "ninguna opción es correcta" in browser.get(f"{here}/pregunta/primer-paso").text
    assert "ninguna opción" not in browser.get(f"{here}/pregunta/cuantos-datos").text


def test_a_lesson_has_no_questions(room, browser, here):
    assert (
        browser.get(
            here.replace("evaluacion-final", "recibir-una-peticion") + "/preguntas"
        ).status_code
        == 404
    )
    assert browser.get(f"{here}/pregunta/ninguna").status_code == 404
    assert browser.get(f"{here}/preguntas/nueva?tipo=ensayo").status_code == 404
    assert LESSON in room.standing().files


@pytest.mark.parametrize("name", ["tutor", "registrar", "administrator"])
def test_who_writes_no_courses_writes_no_questions(room, as_person, here, name):
    other = as_person(name)
    for url in ("preguntas", "preguntas/nueva?tipo=matching", "pregunta/primer-paso", "ajustes"):
        assert other.get(f"{here}/{url}").status_code == 403
    assert other.send(f"{here}/preguntas/ordenar", {"delete": "primer-paso"}).status_code == 403
    assert as_person("otra-instructor").get(f"{here}/preguntas").status_code == 404


PASTED = "1. ¿Una?\n*a) Sí\nb) No\nPuntos: 2\n\n2. Otra.\nRespuesta: falso\n"


def test_pasted_questions_are_looked_at_and_then_added_in_one_step(room, browser, here):
    url = f"{here}/preguntas/pegar"
    page = browser.send(url, {"text": PASTED}).text
    assert "2 preguntas" in page
    assert len(questions(room)) == 6
    sent = filled(page) | {"add": "1"}
    again = browser.send(
        url, sent | {"text": PASTED.replace("Sí", "Tal vez"), "form_key": "z" * 24}
    )
    assert again.status_code == 200, "another text than the one that was looked at"
    assert len(questions(room)) == 6
    page = last(browser, browser.send(url, sent))
    assert "2 preguntas agregadas" in page
    assert [(each["type"], each["points"]) for each in questions(room)[6:]] == [
        ("single_choice", 2), ("true_false", 1)
    ]  # fmt: skip
    undo = re.search(r'action="([^"]*deshacer)"', page).group(1)
    browser.send(undo, {})
    assert len(questions(room)) == 6


def test_nothing_is_added_while_one_of_them_is_not_understood(room, browser, here):
    url = f"{here}/preguntas/pegar"
    page = browser.send(url, {"text": PASTED + "3. ¿Qué?\na) Uno\nb) Dos\n"}).text
    assert "no se puede agregar" in page
    answer = browser.send(url, filled(page) | {"add": "1"})
    assert answer.status_code == 422
    assert "¿Qué?" in answer.text
    assert len(questions(room)) == 6
    assert browser.send(url, {"text": ""}).status_code == 422


def test_a_case_is_written_in_the_settings_and_chosen_in_its_questions(room, browser, here):
    settings, question = f"{here}/ajustes", f"{here}/pregunta/primer-paso"
    assert 'name="case"' not in browser.get(question).text
    half = filled(browser.get(settings).text) | {"cases-0-title": "El contrato"}
    refused = browser.send(settings, half)
    assert refused.status_code == 422
    assert "cases-0-text" in refused.text
    sent = half | {"cases-0-text": "Una vecina pide verlo.", "form_key": "z" * 24}
    page = last(browser, browser.send(settings, sent))
    assert "inguna pregunta trata de este caso" in page
    case = {"key": "el-contrato", "title": "El contrato", "text": "Una vecina pide verlo."}
    assert plain(keys_of(QUIZ, room.text(QUIZ)))["cases"] == [case]
    chosen = filled(browser.get(question).text) | {"case": "el-contrato"}
    assert "inguna pregunta trata" not in last(browser, browser.send(question, chosen))
    assert questions(room)[0]["case"] == "el-contrato"
    again = filled(browser.get(settings).text) | {"cases-0-title": "El contrato del rastro"}
    last(browser, browser.send(settings, again))
    assert plain(keys_of(QUIZ, room.text(QUIZ)))["cases"][0]["key"] == "el-contrato"


def test_what_is_drawn_is_written_by_rows(room, browser, here):
    settings = f"{here}/ajustes"
    question = f"{here}/pregunta/primer-paso"
    sent = filled(browser.get(question).text) | {"category": "Trámites", "tags": "acta, sello,acta"}
    last(browser, browser.send(question, sent))
    assert questions(room)[0]["category"] == "Trámites"
    assert questions(room)[0]["tags"] == ["acta", "sello"]
    page = browser.get(settings).text
    assert "Trámites" in page
    assert "Sin categoría" in page

    rows = {"rows-0-category": "tramites", "rows-0-title": "Papeles", "rows-0-tags": "sello"}
    without = browser.send(settings, filled(page) | rows)
    assert without.status_code == 422
    assert "Escriba un número." in without.text
    assert 'value="Papeles"' in without.text
    rows |= {"rows-0-count": "2", "rows-1-count": "1", "rows-1-difficulty": "2"}
    both = browser.send(settings, filled(page) | rows | {"draw": "3"})
    assert both.status_code == 422
    assert "no las dos cosas" in both.text
    page = last(browser, browser.send(settings, filled(page) | rows))
    assert "Se sortean 3" in page
    assert "esta fila sortea 2 preguntas y solo hay 1 como las que pide" in page
    assert plain(keys_of(QUIZ, room.text(QUIZ))["draw"]) == [
        {"count": 2, "title": "Papeles", "category": "tramites", "tags": ["sello"]},
        {"count": 1, "difficulty": 2},
    ]
    before = room.text(QUIZ)
    last(browser, browser.send(settings, filled(browser.get(settings).text)))
    assert room.text(QUIZ) == before
    emptied = filled(browser.get(settings).text) | {
        f"rows-{n}-{name}": "" for n in (0, 1) for name in ("count", "title", "category", "tags")
    }
    assert "Se preguntan todas" in last(browser, browser.send(settings, emptied))
    assert "draw" not in plain(keys_of(QUIZ, room.text(QUIZ)))


def test_how_it_is_taken_is_written_in_the_settings(room, browser, here):
    settings = f"{here}/ajustes"
    sent = filled(browser.get(settings).text) | {
        "attempts": "2", "wait": "60", "time_limit": "45", "grace": "5", "at_expiry": "abandon",
        "password": " lago azul ", "per_page": "5", "sequential": "y", "build_on_last": "y",
    }  # fmt: skip
    last(browser, browser.send(settings, sent))
    data = plain(keys_of(QUIZ, room.text(QUIZ)))
    assert (data["wait"], data["grace"], data["at_expiry"], data["password"]) == (
        60, 5, "abandon", "lago azul",
    )  # fmt: skip
    assert (data["per_page"], data["sequential"], data["build_on_last"]) == (5, True, True)
    page = browser.get(settings).text
    assert 'value="lago azul"' in page
    back = filled(page) | {"wait": "", "grace": "", "at_expiry": "hand_in", "password": ""}
    last(browser, browser.send(settings, back))
    data = plain(keys_of(QUIZ, room.text(QUIZ)))
    assert {"wait", "grace", "password"}.isdisjoint(data)
    assert data["per_page"] == 5
    assert browser.send(settings, filled(page) | {"grace": "61"}).status_code == 422


def test_answers_may_be_checked_while_answering(room, browser, here):
    settings = f"{here}/ajustes"
    sent = filled(browser.get(settings).text) | {
        "behaviour": "tries", "tries": "4", "penalty": "12.5", "review_during": ["answer", "right"],
    }  # fmt: skip
    sent.pop("usual_review")
    last(browser, browser.send(settings, sent))
    data = plain(keys_of(QUIZ, room.text(QUIZ)))
    assert (data["behaviour"], data["tries"], str(data["penalty"])) == ("tries", 4, "0.125")
    assert data["review"]["during"] == ["answer", "right"]
    before, page = room.text(QUIZ), browser.get(settings).text
    assert 'value="12.5"' in page
    last(browser, browser.send(settings, filled(page)))
    assert room.text(QUIZ) == before
    for wrong in ({"tries": "1"}, {"penalty": "101"}, {"tries": "11"}):
        assert browser.send(settings, filled(page) | wrong).status_code == 422
    page = browser.get(settings).text
    back = filled(page) | {"behaviour": "deferred", "tries": "", "penalty": "", "usual_review": "y"}
    last(browser, browser.send(settings, back))
    data = plain(keys_of(QUIZ, room.text(QUIZ)))
    assert {"tries", "penalty", "review"}.isdisjoint(data)


def test_what_is_shown_afterwards_is_chosen_by_moment(room, browser, here):
    settings = f"{here}/ajustes"
    page = browser.get(settings).text
    assert re.search(r'name="usual_review"[^>]* checked', page)
    ticked = {
        name: re.findall(rf'name="{name}" value="(\w+)"[^>]* checked', page)
        for name in ("review_after", "review_closed")
    }
    assert ticked == {
        "review_after": ["answer", "marks"],
        "review_closed": ["answer", "marks", "right", "feedback"],
    }
    sent = filled(page) | {"review_after": ["answer"], "review_closed": ["answer", "right"]}
    sent.pop("usual_review")
    sent["review_open"] = []
    last(browser, browser.send(settings, sent))
    said = plain(keys_of(QUIZ, room.text(QUIZ)))["review"]
    assert said == {"after": ["answer"], "open": [], "closed": ["answer", "right"]}
    before, page = room.text(QUIZ), browser.get(settings).text
    assert 'name="usual_review"' in page
    assert not re.search(r'name="usual_review"[^>]* checked', page)
    last(browser, browser.send(settings, filled(page)))
    assert room.text(QUIZ) == before
    usual = filled(browser.get(settings).text) | {"usual_review": "y"}
    last(browser, browser.send(settings, usual))
    assert "review" not in plain(keys_of(QUIZ, room.text(QUIZ)))
