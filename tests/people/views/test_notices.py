import pytest

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import tell
from tests.people.conftest import PASSWORD


@pytest.fixture
def mine(reader, rosa):
    reader.send("/ingresar", {"identifier": "rosa@example.org", "password": PASSWORD})
    return reader


def test_without_notices_the_page_says_what_will_stand_there(mine):
    assert "You have no notices" in mine.get("/avisos").text


def test_notices_are_read_newest_first_with_their_link_and_marked_read(mine, rosa, db, clock):
    db.perform(tell, SYSTEM, rosa.id, "people/email_changed", name="Rosa")
    clock.advance(minutes=5)
    db.perform(
        tell, SYSTEM, rosa.id, "people/password_changed", link="/cuenta", name="D'Ángela <b>"
    )
    page = mine.get("/avisos").text
    assert page.index("Your password was changed") < page.index("Your e-mail was changed")
    assert "Hello, D&#39;Ángela &lt;b&gt;." in page
    assert '<a href="/cuenta">My account' in page
    assert "2 notices you have not read." in page
    assert page.count(">New<") == 2
    assert '<span class="count">2</span>' in page
    assert mine.send("/avisos/leidos").location == "/avisos"
    page = mine.get("/avisos").text
    assert ">New<" not in page
    assert "Mark all as read" not in page


def test_reading_the_page_marks_nothing(mine, rosa, db):
    db.perform(tell, SYSTEM, rosa.id, "people/email_changed", name="Rosa")
    mine.get("/avisos")
    assert "1 notice you have not read." in mine.get("/avisos").text


def test_there_are_twenty_to_a_page(mine, rosa, db):
    for _ in range(21):
        db.perform(tell, SYSTEM, rosa.id, "people/email_changed", name="Rosa")
    assert mine.get("/avisos").text.count("<article>") == 20
    assert mine.get("/avisos?pagina=2").text.count("<article>") == 1
    assert mine.get("/avisos?pagina=99").status_code == 200


def test_nobody_reads_or_marks_those_of_others(mine, as_person, rosa, db):
    db.perform(tell, SYSTEM, rosa.id, "people/email_changed", name="Rosa")
    other = as_person("learner")
    assert "<article>" not in other.get("/avisos").text
    other.send("/avisos/leidos")
    assert "1 notice you have not read." in mine.get("/avisos").text
