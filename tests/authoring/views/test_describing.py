"""Programme, course and module by form: the file keeps what the form does not touch."""

import html
import re

import pytest

from lms.authoring.formats.keys import keys_of
from lms.authoring.rules.outcomes import keyed
from lms.authoring.rules.shapes import LANGUAGES
from tests.authoring.packages import COURSE, LESSON, MODULE, QUIZ
from tests.authoring.room import FOLDER, hashed

ROOM = "/gestion/autoria"
HEAD = "programme.yaml"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def filled(page: str) -> dict[str, object]:
    """What the main form of a page would send if nothing were changed."""
    found: dict[str, object] = {}
    form = max(re.findall(r"<form method=\"post\".*?</form>", page, re.S), key=len)
    for tag in re.findall(r"<input[^>]*>", form):
        attrs = dict(re.findall(r'([a-z-]+)="([^"]*)"', tag))
        name = attrs.get("name")
        if name in {None, "csrf_token"}:
            continue
        value = html.unescape(attrs.get("value", ""))
        if attrs.get("type") in {"checkbox", "radio"}:
            if " checked" in tag:
                found.setdefault(name, []).append(value)
        else:
            found[name] = value
    for name, body in re.findall(
        r'<textarea[^>]*name="([^"]*)"[^>]*>\r?\n?(.*?)</textarea>', form, re.S
    ):
        found[name] = html.unescape(body)
    for name, body in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        found[name] = chosen.group(1) if chosen else ""
    return found


@pytest.fixture
def urls(room):
    here = f"{ROOM}/{room.uid}"
    module = MODULE.split("/")[1]
    return {
        HEAD: f"{here}/datos",
        COURSE: f"{here}/cursos/{FOLDER}/datos",
        MODULE: f"{here}/cursos/{FOLDER}/modulos/{module}",
    }


@pytest.mark.parametrize("path", [HEAD, COURSE, MODULE])
def test_saving_without_a_change_changes_not_a_byte(room, browser, urls, path):
    before = room.text(path)
    answer = browser.send(urls[path], filled(browser.get(urls[path]).text))
    assert answer.status_code == 303, answer.text
    assert room.text(path) == before
    assert room.standing().changed == []


@pytest.mark.parametrize(
    ("path", "changes", "key", "value"),
    [
        (HEAD, {"title": "Otro: título"}, "title", "Otro: título"),
        (HEAD, {"topics": ["services", "finance"]}, "topics", ["services", "finance"]),
        (HEAD, {"final_title": "Un plan", "final_hours": "2", "final_description": "Hágalo."},
         "final_work", {"title": "Un plan", "hours": 2, "description": "Hágalo."}),
        (COURSE, {"order": "free"}, "order", "free"),
        (COURSE, {"pass_mark": "70.5"}, "grading", None),
        (COURSE, {"review": "accepted", "reviewed_by": "Lic. Paz", "reviewed_on": "2026-11-01"},
         "legal_review", None),
        (MODULE, {"outcome": "Otra cosa."}, "outcome", "Otra cosa."),
        (MODULE, {"practice_title": "", "practice_minutes": "", "practice_text": "",
                  "practice_answer": ""}, "practice", ...),
        (MODULE, {"forum_title": "F", "forum_minutes": "10", "forum_question": "¿Qué?"},
         "forum", {"title": "F", "minutes": 10, "question": "¿Qué?"}),
    ],
)  # fmt: skip
def test_a_field_becomes_its_key_and_the_rest_stays_as_it_was_written(
    room, browser, urls, path, changes, key, value
):
    before = room.text(path)
    sent = filled(browser.get(urls[path]).text) | changes
    assert browser.send(urls[path], sent).status_code == 303
    after = room.text(path)
    data = keys_of(path, after)
    if value is ...:
        assert key not in data
    elif value is not None:
        assert data[key] == value
    else:
        assert data[key] != keys_of(path, before).get(key)
    comments = [line for line in before.split("\n") if line.startswith("#") or " # " in line]
    kept = [line for line in comments if not line.startswith(key)]
    assert [line for line in kept if line not in after] == []


@pytest.mark.parametrize(
    ("path", "wrong"),
    [(HEAD, {"title": ""}), (HEAD, {"audience": []}), (HEAD, {"hours": "muchas"}),
     (COURSE, {"hours": "0"}), (COURSE, {"pass_mark": "101"}), (MODULE, {"outcome": ""})],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_saved(room, browser, urls, path, wrong):
    sent = filled(browser.get(urls[path]).text) | wrong
    assert browser.send(urls[path], sent).status_code == 422
    assert room.standing().changed == []


def test_a_file_that_was_saved_meanwhile_stands_beside_and_is_not_overwritten(room, browser, urls):
    sent = filled(browser.get(urls[MODULE]).text) | {"title": "El mío"}
    text = room.text(MODULE)
    room.save(MODULE, text.replace("Primer módulo", "El de otra persona"), hashed(text))
    answer = browser.send(urls[MODULE], sent)
    assert answer.status_code == 409
    assert "El mío" in answer.text
    assert "El de otra persona" in answer.text
    assert "El de otra persona" in room.text(MODULE)
    again = filled(answer.text)
    assert again["title"] == "El mío"
    assert browser.send(urls[MODULE], again).status_code == 303
    assert "El mío" in room.text(MODULE)


def test_what_cannot_be_read_leads_to_its_text(room, browser, urls):
    room.save(COURSE, "esto: no: es\n- yaml", hashed(room.text(COURSE)))
    page = browser.get(urls[COURSE])
    assert page.status_code == 200
    assert f"/archivos/{COURSE}" in page.text


def test_a_hidden_quiz_keeps_its_weight(room, browser, urls):
    course = f"{ROOM}/{room.uid}/cursos/{FOLDER}"
    browser.send(f"{course}/ordenar", {"hide": QUIZ})
    sent = filled(browser.get(urls[COURSE]).text) | {"pass_mark": "61"}
    assert browser.send(urls[COURSE], sent).status_code == 303
    assert keys_of(COURSE, room.text(COURSE))["grading"]["weights"] == {"evaluacion-final": 100}


class TestBeginning:
    FORM = {
        "title": "Agua para todos", "kind": "workshop", "hours": "9", "first_course": "Cloración",
    }  # fmt: skip

    def test_a_programme_is_begun_as_a_draft_that_nobody_sees(self, room, browser, visitor):
        done = browser.send(f"{ROOM}/nuevo", self.FORM)
        assert done.status_code == 303, done.text
        page = browser.get(done.location).text
        assert "Agua para todos" in page
        assert "Cloración" in page
        assert "Agua para todos" in browser.get(f"{ROOM}?q=agua").text
        assert "Sin publicar" in browser.get(ROOM).text
        assert "Agua para todos" not in visitor.get("/cursos").text
        assert visitor.get("/cursos/agua-para-todos").status_code == 404

    def test_the_rest_is_likely_or_asked_for_where_it_is_written(self, room, browser):
        done = browser.send(f"{ROOM}/nuevo", self.FORM)
        sent = filled(browser.get(f"{done.location}/datos").text)
        assert (sent["title"], sent["hours"]) == ("Agua para todos", "9")
        assert sent["kind"] == ["workshop"]
        assert (sent["country"], sent["language"], sent["academic_hour"]) == ("GT", "es", "60")
        assert sent["modes"] == ["online"]
        assert sent["icon"] == "landmark"
        page = browser.get(done.location).text
        for each in ("Resumen", "Para quién es", "Temas", "Título de la constancia"):
            assert f"«{each}»" in page, each
        sent = filled(browser.get(f"{done.location}/cursos/cloracion/datos").text)
        assert sent["hours"] == "9"
        assert "sus partes suman" not in page

    def test_every_language_has_a_name(self, room, browser):
        page = browser.get(f"{ROOM}/{room.uid}/datos").text
        named = dict(re.findall(r'<option[^>]*value="([a-z]{2,3})"[^>]*>([^<]+)<', page))
        assert {code for code in LANGUAGES if named[code] == code} == {"mam"}

    def test_the_same_title_twice_is_two_programmes(self, browser):
        urls = {browser.send(f"{ROOM}/nuevo", self.FORM).location for _ in range(2)}
        assert len(urls) == 2
        assert {browser.get(url).status_code for url in urls} == {200}

    def test_what_is_missing_is_said(self, browser):
        assert browser.send(f"{ROOM}/nuevo", self.FORM | {"title": ""}).status_code == 422
        assert browser.send(f"{ROOM}/nuevo", self.FORM | {"kind": "secta"}).status_code == 422

    def test_an_administrator_begins_none(self, room, as_person):
        assert as_person("administrator").get(f"{ROOM}/nuevo").status_code == 403


class TestCourses:
    def test_courses_are_added_ordered_and_taken_out(self, room, browser):
        here = f"{ROOM}/{room.uid}"
        assert browser.send(f"{here}/cursos", {"title": "Segundo curso"}).status_code == 303
        assert keys_of(HEAD, room.text(HEAD))["courses"] == [FOLDER, "segundo-curso"]
        browser.send(f"{here}/ordenar", {"up": "segundo-curso"})
        assert keys_of(HEAD, room.text(HEAD))["courses"] == ["segundo-curso", FOLDER]
        done = browser.send(f"{here}/ordenar", {"delete": FOLDER})
        assert LESSON not in room.standing().files
        page = browser.get(done.location).text
        (undo,) = re.findall(r'action="([^"]*/deshacer)"', page)
        assert browser.send(undo).status_code == 303
        assert LESSON in room.standing().files

    def test_a_title_that_is_too_long_is_said_and_kept(self, room, browser):
        answer = browser.send(f"{ROOM}/{room.uid}/cursos", {"title": "Agua " * 50})
        assert answer.status_code == 422
        assert "Agua Agua" in answer.text
        assert "200" in answer.text
        assert room.standing().changed == []

    def test_at_the_end_it_stays_and_what_is_not_there_is_not_found(self, room, browser):
        here = f"{ROOM}/{room.uid}"
        assert browser.send(f"{here}/ordenar", {"up": FOLDER}).status_code == 303
        assert browser.send(f"{here}/ordenar", {"up": "no-hay"}).status_code == 404
        assert browser.send(f"{here}/ordenar", {"delete": "no-hay"}).status_code == 404
        assert browser.send(f"{here}/ordenar", {}).status_code == 404
        assert room.standing().changed == []


@pytest.mark.pure
@pytest.mark.parametrize(
    ("lines", "keys"),
    [
        (["Uno", "Dos"], ["a", "b"]),
        (["Uno, mejor dicho", "Dos"], ["a", "b"]),
        (["Dos"], ["b"]),
        (["Dos", "Uno"], None),
        (["Uno", "Uno y medio", "Dos"], ["a", "uno-y-medio", "b"]),
        ([], []),
    ],
)
def test_an_outcome_keeps_its_key_under_other_words(lines, keys):
    old = [{"key": "a", "text": "Uno"}, {"key": "b", "text": "Dos"}]
    found = keyed(lines, old)
    assert [each["text"] for each in found] == lines
    assert len({each["key"] for each in found}) == len(found)
    if keys is not None:
        assert [each["key"] for each in found] == keys
