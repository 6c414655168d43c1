"""Writing a file as text: saved as one types, two versions side by side, who else is writing."""

import re

import pytest

from lms.authoring.queries import drafts as queries
from tests.authoring.packages import LESSON
from tests.authoring.room import FOLDER, hashed
from tests.authoring.views.test_course import give_course
from tests.statements import statements

ROOM = "/gestion/autoria"
KEY = "recibir-una-peticion"


@pytest.fixture
def here(room):
    return f"{ROOM}/{room.uid}"


@pytest.fixture
def course(here):
    return f"{here}/cursos/{FOLDER}"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


@pytest.fixture
def colleague(room, world, as_person):
    """Somebody else who writes the same course."""
    give_course(room, world, "tutor")
    return as_person("tutor")


@pytest.fixture
def url(course):
    return f"{course}/actividades/{KEY}/texto"


def script(browser, url, fields):
    """Send what the page's own script sends as one types."""
    headers = {"X-CSRFToken": browser.token(), "Accept": "application/json"}
    return browser.post(url, data={"path": LESSON} | fields, headers=headers)


def send(browser, url, room, text, **more):
    page = browser.get(url).text
    opened, tab = (
        re.search(rf'name="{name}"[^>]*value="([^"]*)"', page).group(1)
        for name in ("opened", "tab")
    )
    return browser.send(url, {"text": text, "opened": opened, "tab": tab} | more)


def test_a_text_is_saved_as_a_draft(room, browser, url):
    text = room.text(LESSON) + "\nMás.\n"
    assert send(browser, url, room, text.replace("\n", "\r\n")).status_code == 303
    assert room.text(LESSON) == text
    assert room.standing().changed == [LESSON]


def test_every_file_can_be_written_and_media_cannot(room, browser, here):
    for path in room.standing().files:
        status = browser.get(f"{here}/archivos/{path}").status_code
        assert status == (404 if "/media/" in path else 200), path


def test_two_tabs_are_shown_both_versions_and_nothing_is_overwritten(room, browser, url):
    before = room.text(LESSON)
    opened = hashed(before)
    mine = before.replace("## ", "## Mi ")
    theirs = f"{before}\nDe la otra.\n"
    room.save(LESSON, theirs, opened, "other")
    sent = {"text": mine, "opened": opened, "tab": "this"}
    answer = browser.send(url, sent)
    assert answer.status_code == 409
    assert "Su versión" in answer.text
    assert "De la otra." in answer.text
    assert "## Mi " in answer.text
    assert room.text(LESSON) == theirs
    both = browser.send(url, sent | {"go": "both"})
    assert both.status_code == 200
    assert "## Mi " in both.text
    assert "De la otra." in both.text
    assert room.text(LESSON) == theirs
    kept = browser.send(url, sent | {"go": "mine", "seen": hashed(theirs)})
    assert kept.status_code == 303
    assert room.text(LESSON) == mine
    with room.db.reading() as session:
        step = queries.last_steps(session, room.programme.id)[0]
    assert step.changes[0]["before"] == hashed(theirs)


def test_mine_is_not_saved_over_a_version_that_was_not_shown(room, browser, url):
    before = room.text(LESSON)
    room.save(LESSON, "uno", hashed(before), "other")
    room.save(LESSON, "dos", hashed("uno"), "other")
    sent = {"text": "mío", "opened": hashed(before), "tab": "this", "go": "mine"}
    sent["path"] = LESSON
    assert browser.send(url, sent | {"seen": hashed("uno")}).status_code == 409
    assert room.text(LESSON) == "dos"


def test_a_lesson_that_moved_meanwhile_is_saved_where_it_stands_now(room, browser, url, course):
    text = room.text(LESSON)
    browser.send(f"{course}/ordenar", {"down": LESSON})
    sent = {"text": f"{text}\nMás.\n", "opened": hashed(text), "tab": "t", "path": LESSON}
    assert browser.send(url, sent).status_code == 303
    assert LESSON not in room.standing().files
    assert room.text(LESSON.replace("/01-recibir", "/02-recibir")) == f"{text}\nMás.\n"


def test_its_key_may_be_written_too(room, browser, url, course):
    text = room.text(LESSON)
    sent = {"opened": hashed(text), "tab": "t", "path": LESSON}
    done = browser.send(url, sent | {"text": text.replace(f"key: {KEY}", "key: otra-clave")})
    assert "/archivos/" in done.location
    later = text.replace(f"key: {KEY}", "key: otra-clave-mas")
    again = browser.send(url, sent | {"text": later})
    assert again.status_code == 303
    assert room.text(LESSON) == later
    assert browser.get(f"{course}/actividades/otra-clave-mas/texto").status_code == 200


def test_what_is_typed_is_kept_and_the_page_is_given_the_new_hash(room, browser, url):
    text = room.text(LESSON)
    sent = {
        "text": f"{text}a".replace("\n", "\r\n"),
        "opened": hashed(text),
        "tab": "t",
        "number": 1,
    }
    kept = script(browser, url, sent).get_json()
    assert kept == {"now": hashed(f"{text}a"), "at": "10:42", "place": ""}
    assert room.text(LESSON) == f"{text}a"
    other = script(browser, url, sent | {"text": "b", "tab": "u"})
    assert other.status_code == 409
    assert other.get_json()["now"] == hashed(f"{text}a")
    assert room.text(LESSON) == f"{text}a"


def test_what_is_given_up_on_the_way_and_arrives_late_changes_nothing(room, browser, url):
    text = room.text(LESSON)
    sent = {"opened": hashed(text), "tab": "t"}
    script(browser, url, sent | {"text": f"{text}ab", "number": 2})
    late = script(browser, url, sent | {"text": f"{text}a", "number": 1})
    assert late.status_code == 409
    assert room.text(LESSON) == f"{text}ab"


def test_a_text_that_is_too_long_is_refused_in_words(room, browser, url):
    text = room.text(LESSON)
    sent = {"text": "a" * 1_048_577, "opened": hashed(text), "tab": "t"}
    refused = script(browser, url, sent)
    assert refused.status_code == 422
    assert refused.get_json() == {"said": "Texto: El texto es demasiado largo. Divídalo."}
    assert room.text(LESSON) == text


def test_a_session_that_ended_is_said_and_nothing_is_taken(room, visitor, url):
    text = room.text(LESSON)
    sent = {"text": "otro", "opened": hashed(text), "tab": "t"}
    assert script(visitor, url, sent).status_code == 401
    assert room.text(LESSON) == text


@pytest.mark.parametrize("name", ["learner", "registrar", "otra-instructor"])
def test_whoever_does_not_write_this_course_saves_nothing(room, as_person, url, name):
    text = room.text(LESSON)
    sent = {"text": "otro", "opened": hashed(text), "tab": "t"}
    assert script(as_person(name), url, sent).status_code in {403, 404}
    assert room.text(LESSON) == text


def test_another_key_gives_the_page_another_address(room, browser, url, here):
    text = room.text(LESSON)
    sent = {"text": text.replace(KEY, "otra"), "opened": hashed(text), "tab": "t", "number": 1}
    kept = script(browser, url, sent).get_json()
    assert kept["place"] == f"{here}/archivos/{LESSON}"
    again = script(browser, kept["place"], sent | {"text": text.replace(KEY, "otra-mas")})
    assert again.get_json()["place"] == ""


def test_one_is_told_who_else_wrote_a_moment_ago(room, world, browser, colleague, url, clock):
    text = room.text(LESSON)
    headers = {"Accept": "application/json"}

    def asked(tab):
        answer = browser.get(f"{url}?tab={tab}&path={LESSON}", headers=headers)
        return answer.get_json()["said"]

    assert asked("mine") == ""
    theirs = f"{text}De otra persona.\n"
    sent = {"text": theirs, "opened": hashed(text), "tab": "theirs", "number": 1}
    script(colleague, url, sent)
    said = asked("mine")
    assert said.endswith("guardó este texto a las 10:42.")
    assert said in browser.get(url).text
    sent = {"text": text, "opened": hashed(theirs), "tab": "mine", "number": 1}
    script(browser, url, sent)
    assert asked("mine") == ""
    assert asked("second") == "Usted guardó este texto a las 10:42 desde otra página."
    assert "Usted guardó este texto" not in browser.get(url).text  # only the script knows more
    clock.advance(minutes=6)
    assert asked("second") == ""


def test_what_did_not_arrive_is_shown_beside_what_is_saved(room, browser, url):
    text = room.text(LESSON)
    kept = {"text": f"{text}\nNo llegó.\n", "opened": hashed(text), "tab": "old", "go": "compare"}
    page = browser.send(url, kept)
    assert page.status_code == 200
    assert "Lo que está guardado" in page.text
    assert "No llegó." in page.text
    assert 'name="tab" type="hidden" value="old"' in page.text
    assert room.text(LESSON) == text
    same = browser.send(url, kept | {"text": text})
    assert same.status_code == 303
    assert same.location == f"{url}?guardado=old"


def test_what_is_replaced_on_purpose_is_a_step_of_its_own(room, browser, url):
    """Also within one sitting of one person: the other tab's version must come back."""
    text = room.text(LESSON)
    script(browser, url, {"text": "de una", "opened": hashed(text), "tab": "a", "number": 1})
    sent = {"text": "de la otra", "opened": hashed(text), "tab": "b", "go": "mine", "path": LESSON}
    assert browser.send(url, sent | {"seen": hashed("de una")}).status_code == 303
    with room.db.reading() as session:
        last = queries.last_steps(session, room.programme.id)[0]
    assert last.changes[0]["before"] == hashed("de una")
    browser.send(f"{ROOM}/{room.uid}/pasos/{last.uid}/deshacer")
    assert room.text(LESSON) == "de una"


def test_a_save_costs_the_same_however_long_the_course(room, browser, url):
    text = room.text(LESSON)
    more = {
        f"{FOLDER}/02-otro/{n:02d}-l{n}.md": room.content(text.replace(f"key: {KEY}", f"key: l{n}"))
        for n in range(1, 60)
    }

    def count(said):
        nonlocal text
        sent = {"text": f"{text}{said}", "opened": hashed(text), "tab": "t"}
        with statements(room.db.engine) as found:
            assert script(browser, url, sent).status_code == 200
        text = f"{text}{said}"
        return len(found)

    count("a")
    few = count("b")
    room.change(more | {f"{FOLDER}/02-otro/module.yaml": room.content("key: otro\n")})
    count("c")
    assert count("d") == few <= 20
