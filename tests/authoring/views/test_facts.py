"""Facts of law on one page: what they touch, changed in several courses at once, with undo."""

import re

import pytest

from lms.authoring.formats.keys import keys_of
from lms.authoring.formats.scaffold import scaffold
from tests.authoring.packages import FACTS, LESSON, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.authoring.views.test_course import give_course
from tests.statements import statements

ROOM = "/gestion/autoria"


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}/datos-de-ley"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def key(room):
    return keys_of(FACTS, room.text(FACTS))["facts"][0]["key"]


@pytest.fixture
def url(here, key):
    return f"{ROOM}/{here.split('/')[3]}/cursos/{FOLDER}/datos-de-ley/{key}"


def filled(page, **more):
    """What the form of a fact would send."""
    sent = dict(re.findall(r'name="(opened:[^"]+)" value="([^"]*)"', page))
    for name in ("source", "article", "url", "verified_on", "verified_by", "expires"):
        found = re.search(rf'<input[^>]*name="{name}"[^>]*>', page).group(0)
        sent[name] = re.search(r'value="([^"]*)"', found).group(1)
    sent["text"] = re.search(r'<textarea[^>]*name="text"[^>]*>\r?\n?(.*?)</textarea>', page).group(
        1
    )
    return sent | more


def cite(room, key):
    """The lesson and one question cite it."""
    text = room.text(LESSON)
    room.save(LESSON, f"{text}\nVea esto [[{key}]].\n", hashed(text))
    text = room.text(QUIZ)
    stem = re.search(r"\n( +)stem: ", text)
    cited = f"{text[: stem.start()]}\n{stem.group(1)}facts: [{key}]{text[stem.start() :]}"
    room.save(QUIZ, cited, hashed(text))


def second_course(room):
    """The same facts in another course of the programme."""
    files = {
        path.replace(FOLDER, "segundo-curso"): text
        for path in list(room.standing().files)
        if path.startswith(f"{FOLDER}/") and (text := room.text(path)) is not None
    }
    head = room.text("programme.yaml").replace(f"{FOLDER}]", f"{FOLDER}, segundo-curso]")
    room.change({path: room.content(text) for path, text in files.items()})
    room.change({"programme.yaml": room.content(head)})
    return f"segundo-curso{FACTS.removeprefix(FOLDER)}"


def test_the_page_lists_every_fact_with_its_state(room, browser, here, key):
    page = browser.get(here).text
    fact = keys_of(FACTS, room.text(FACTS))["facts"][0]
    assert fact["source"] in page
    assert f"/datos-de-ley/{key}" in page
    assert browser.get(f"{here}?q=zzzz").text.count("/datos-de-ley/") < page.count("/datos-de-ley/")


def test_a_fact_lists_the_lessons_and_the_questions_that_it_touches(room, browser, url, key):
    cite(room, key)
    page = browser.get(url).text
    assert "1 lección o evaluación" not in page
    assert "2 lecciones y evaluaciones" in page
    stem = re.search(r"stem: \"?(.{20})", room.text(QUIZ)).group(1)
    assert stem in page


def test_changing_it_keeps_everything_else_and_can_be_undone(room, browser, url, key):
    before = room.text(FACTS)
    page = browser.get(url).text
    sent = filled(page, text="Son veinte días.", verified_by="Lcda. Ana Tzul")
    answer = browser.send(url, sent)
    assert answer.status_code == 303
    fact = keys_of(FACTS, room.text(FACTS))["facts"][0]
    assert (fact["key"], fact["text"]) == (key, "Son veinte días.")
    assert fact["verified_by"] == "Lcda. Ana Tzul"
    page = browser.get(answer.location).text
    assert "Vuelva a mirar lo que toca" in page
    (undo,) = re.findall(r'action="([^"]*deshacer)"', page)
    browser.send(undo)
    assert room.text(FACTS) == before


def test_a_change_of_it_is_told_by_what_it_is_and_not_by_its_file(room, browser, url):
    browser.send(url, filled(browser.get(url).text, text="Son veinte días."))
    page = browser.get(f"{ROOM}/{room.uid}/cambios").text
    assert "<b>Datos de ley</b>" in page
    assert ">facts.yaml<" not in page


def test_saving_without_a_change_changes_not_a_byte(room, browser, url):
    before = room.text(FACTS)
    assert browser.send(url, filled(browser.get(url).text)).status_code == 303
    assert room.text(FACTS) == before
    assert room.standing().changed == []


def test_the_same_fact_in_another_course_changes_with_it_if_it_is_ticked(room, browser, url):
    other = second_course(room)
    before = room.text(other)
    page = browser.get(url).text
    assert 'value="segundo-curso"' in page
    browser.send(url, filled(page, text="Uno."))
    assert room.text(other) == before
    browser.send(url, filled(browser.get(url).text, text="Dos."))
    assert "Dos." in room.text(FACTS)
    room.change({FACTS: room.content(before)})
    page = browser.get(url).text
    assert browser.send(url, filled(page, text="Tres.", also=["segundo-curso"])).status_code == 303
    assert "Tres." in room.text(FACTS)
    assert "Tres." in room.text(other)


def test_what_somebody_saved_meanwhile_is_not_written_over(room, browser, url):
    page = browser.get(url).text
    text = room.text(FACTS)
    room.save(FACTS, f"{text}# nota\n", hashed(text))
    assert browser.send(url, filled(page, text="Otra cosa.")).status_code == 409
    assert room.text(FACTS) == f"{text}# nota\n"


@pytest.mark.parametrize("wrong", [{"text": ""}, {"source": ""}, {"expires": "mañana"}])
def test_what_is_missing_is_said(room, browser, url, wrong):
    assert browser.send(url, filled(browser.get(url).text) | wrong).status_code == 422
    assert room.standing().changed == []


def test_a_new_fact_gets_a_key_of_its_own(room, browser, here):
    sent = {"course": FOLDER, "text": "El plazo es de diez días.", "source": "Decreto 57-2008"}
    answer = browser.send(f"{here}/agregar", sent)
    assert answer.status_code == 303
    assert answer.location.endswith("/datos-de-ley/el-plazo-es-de-diez-dias")
    assert "El plazo es de diez días." in browser.get(answer.location).text
    browser.send(f"{here}/agregar", sent)
    assert "el-plazo-es-de-diez-dias-2" in room.text(FACTS)
    assert browser.send(f"{here}/agregar", sent | {"course": "otro"}).status_code == 422


def test_who_may_only_read_is_shown_no_form(room, as_person, here, url):
    page = as_person("administrator").get(url).text
    assert "<textarea" not in page
    assert as_person("administrator").send(url, {}).status_code == 403
    for name in ("registrar", "tutor", "signer"):
        assert as_person(name).get(here).status_code == 403
    for each in (here, url):
        assert as_person("otra-instructor").get(each).status_code == 404


def test_who_writes_one_course_changes_only_there(room, world, as_person, url):
    second_course(room)
    give_course(room, world, "tutor")
    browser = as_person("tutor")
    page = browser.get(url).text
    assert 'value="segundo-curso"' not in page
    assert browser.send(url, filled(page, text="X.", also=["segundo-curso"])).status_code == 422
    assert browser.send(url, filled(page, text="X.")).status_code == 303


def test_the_same_article_in_other_programmes_is_named(room, browser, url):
    fact = keys_of(FACTS, room.text(FACTS))["facts"][0]
    assert fact.get("article")
    room.bring(scaffold("otro", "Otro programa"))
    page = browser.get(url).text
    assert "Otro programa" in page


def test_the_list_costs_the_same_however_many_facts(room, browser, here):
    browser.get(here)
    with statements(room.db.engine) as few:
        browser.get(here)
    text = room.text(FACTS)
    more = "".join(f"  - {{key: n{n}, text: Dato {n}., source: Ley}}\n" for n in range(60))
    room.save(FACTS, text.rstrip("\n") + "\n" + more, hashed(text))
    with statements(room.db.engine) as many:
        assert "61 datos" in browser.get(here).text
    assert len(many) == len(few)
