"""A jurist accepts by name what a course says of the law; publishing tells everybody."""

import re
from datetime import date

import pytest

from lms.authoring.formats.keys import keys_of
from lms.authoring.rules.acceptance import accepted, past
from tests.authoring.packages import COURSE, FACTS
from tests.authoring.room import FOLDER, hashed

ROOM = "/gestion/autoria"
ON = date(2026, 11, 20)


@pytest.fixture
def url(room):
    return f"{ROOM}/{room.uid}/cursos/{FOLDER}/revision-juridica"


@pytest.fixture
def browser(as_person):
    return as_person("instructor")


def filled(page, **more):
    """What the form would send, ticked."""
    sent = dict(re.findall(r'name="(opened:[^"]+)" value="([^"]*)"', page))
    sent |= {"by": "Lcda. Ana Tzul, asesora jurídica", "on": ON.isoformat(), "read": "y"}
    return sent | more


def review(room):
    return keys_of(COURSE, room.text(COURSE))["legal_review"]


def facts(room):
    return keys_of(FACTS, room.text(FACTS))["facts"]


def add(room, line):
    text = room.text(FACTS)
    room.save(FACTS, f"{text.rstrip()}\n{line}\n", hashed(text))


@pytest.mark.pure
def test_what_acceptance_writes_on_each_fact():
    mine = {"key": "a", "text": "Rige."}
    doubtful = {"key": "b", "text": "Quizá rige.", "doubtful": True}
    theirs = {"key": "c", "verified_on": date(2026, 1, 2), "verified_by": "Otra"}
    assert accepted([mine, doubtful, theirs], "Ana", ON) == [
        mine | {"verified_on": ON, "verified_by": "Ana"},
        doubtful,
        theirs,
    ]


@pytest.mark.pure
@pytest.mark.parametrize(
    ("expires", "found"), [(None, []), (ON, []), (date(2026, 11, 19), ["a"]), ("pronto", [])]
)
def test_a_fact_is_past_the_day_after_its_date(expires, found):
    assert past([{"key": "a", "expires": expires}], ON) == found


def test_the_page_shows_every_fact_and_proposes_the_reader(room, browser, url):
    page = browser.get(url).text
    assert all(each["source"] in page for each in facts(room))
    assert re.search(r'<input[^>]*name="by"[^>]*value="[^"]+"', page)
    assert "Leer y aceptar" in browser.get(f"{ROOM}/{room.uid}/datos-de-ley").text


def test_accepting_names_the_person_on_the_course_and_on_its_facts(room, browser, url):
    before = room.text(COURSE), room.text(FACTS)
    add(room, '  - {key: dudoso, text: "Quizá.", source: "Una nota", doubtful: true}')
    unsure = room.text(FACTS)
    answer = browser.send(url, filled(browser.get(url).text))
    assert answer.status_code == 303
    assert review(room) == {"state": "accepted", "by": "Lcda. Ana Tzul, asesora jurídica", "on": ON}
    by_key = {each["key"]: each for each in facts(room)}
    assert by_key.pop("dudoso").get("verified_on") is None
    assert {each["verified_on"] for each in by_key.values()} == {ON}
    assert {each["verified_by"] for each in by_key.values()} == {review(room)["by"]}
    (undo,) = re.findall(r'action="([^"]*deshacer)"', browser.get(answer.location).text)
    browser.send(undo)
    assert (room.text(COURSE), room.text(FACTS)) == (before[0], unsure)


def test_everybody_is_told_once_it_is_published(room, browser, visitor, url):
    public = f"/cursos/{room.programme.slug}"
    assert "En revisión jurídica" in visitor.get(public).text
    browser.send(url, filled(browser.get(url).text))
    assert "En revisión jurídica" in visitor.get(public).text
    room.publish("", FOLDER)
    page = visitor.get(public).text
    assert "En revisión jurídica" not in page
    assert "Lcda. Ana Tzul, asesora jurídica" in page


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"read": ""}, "su nombre responde por ellos"),
        ({"by": " "}, "Escriba el nombre y el cargo"),
        ({"on": ""}, "Escriba el día"),
    ],
)
def test_nothing_is_accepted_unread_or_unnamed(room, browser, url, wrong, said):
    sent = {key: each for key, each in filled(browser.get(url).text, **wrong).items() if each}
    answer = browser.send(url, sent)
    assert answer.status_code == 422
    assert said in answer.text
    assert review(room) == {"state": "pending"}


def test_a_day_that_has_not_come_is_refused_and_what_was_typed_stays(room, browser, url):
    answer = browser.send(url, filled(browser.get(url).text, on="2090-01-01"))
    assert answer.status_code == 409
    assert "Ese día todavía no llega" in answer.text
    assert "Lcda. Ana Tzul, asesora jurídica" in answer.text
    assert review(room) == {"state": "pending"}


def test_a_fact_past_its_date_stands_against_it(room, browser, url):
    add(room, '  - {key: viejo, text: "Regía.", source: "Una ley", expires: 2020-01-01}')
    page = browser.get(url).text
    assert "1 dato pasó su fecha" in page
    answer = browser.send(url, filled(page))
    assert answer.status_code == 409
    assert "Algunos datos pasaron su fecha" in answer.text
    assert review(room) == {"state": "pending"}


def test_facts_that_changed_since_they_were_read_are_not_accepted(room, browser, url):
    page = browser.get(url).text
    add(room, '  - {key: nuevo, text: "Rige.", source: "Una ley"}')
    assert browser.send(url, filled(page)).status_code == 409
    assert review(room) == {"state": "pending"}


def test_who_does_not_write_the_course_accepts_nothing(room, as_person, visitor, url):
    assert as_person("learner").get(url).status_code in {403, 404}
    assert as_person("learner").send(url, {"by": "Yo"}).status_code in {403, 404}
    assert visitor.get(url).status_code != 200
    assert review(room) == {"state": "pending"}
