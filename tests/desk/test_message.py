"""Writing to a filtered list: who is on it, who has no mail, once, and never to others."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, LetterState
from lms.learning.models import Message, MessageReader
from lms.people.models import Identifier
from tests.factories.world import make_person
from tests.statements import statements

TEXT = {"title": "Le falta poco", "body": "Entre **esta semana**."}


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}/mensaje"


@pytest.fixture
def people(classroom, db, clock):
    """Three who have not entered for a week: one without mail, one whose letters come back."""

    def make(work):
        for name in ("ana", "beto", "carla"):
            classroom.world.people[name] = make_person(work, name, given=name.capitalize()).id
        work.session.execute(
            update(Identifier)
            .where(Identifier.person_id == classroom.world.people["ana"])
            .values(verified_at=None)
        )
        work.session.add(
            Letter(
                person_id=classroom.world.people["beto"], address="x@example.org",
                template="people/recover", context={}, link=None, locale="es_GT", zone="UTC",
                sender_name="IGM", created_at=work.now, state=LetterState.BOUNCED,
                last_error=None,
            )
        )  # fmt: skip

    db.perform(make, SYSTEM)
    for name in ("ana", "beto", "carla"):
        classroom.enrol(name, decided_at=clock() - timedelta(days=9))
    return classroom


def read(browser, address: str) -> str:
    return " ".join(browser.get(address).text.split())


def seen(text: str) -> str:
    return re.search(r'name="seen"[^>]*value="([^"]+)"', text).group(1)


def count(db, table) -> int:
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(table)) or 0


def test_it_says_who_how_many_and_who_has_no_mail(people, english, url):
    text = read(english("instructor"), f"{url}?ver=sin-entrar")
    assert "Write to 3 people" in text
    assert "Not entered in 7 days" in text
    assert "Send to 3 people" in text
    assert re.search(r"1 has no e-mail and reads it on the site only:</b> \S+ López, Ana<", text)
    assert re.search(r"The last letter to 1 came back:</b> \S+ López, Beto<", text)


def test_the_preview_writes_nothing(people, english, url, db):
    browser = english("instructor")
    answer = browser.send(f"{url}/vista-previa?ver=sin-entrar", TEXT)
    assert answer.status_code == 200
    assert "Entre <strong>esta semana</strong>." in answer.text
    assert "Nothing has been sent yet." in answer.text
    assert count(db, Message) == 0
    assert browser.send(f"{url}/vista-previa?ver=sin-entrar", {"title": "x"}).status_code == 422


def test_pressed_twice_it_is_sent_once_and_stands_below(people, english, url, db, do_jobs):
    browser = english("instructor")
    address = f"{url}?ver=sin-entrar"
    form = TEXT | {"seen": seen(read(browser, address)), "form_key": "una-sola-vez"}
    first, second = (browser.send(address, form) for _ in range(2))
    assert first.status_code == second.status_code == 303
    assert first.headers["Location"] == second.headers["Location"]
    assert (count(db, Message), count(db, MessageReader)) == (1, 3)
    do_jobs()
    text = read(browser, address)
    assert "Le falta poco" in text
    assert "to 3 people" in text
    assert count(db, Letter) == 1 + 2  # beside the one that came back: Beto and Carla


def test_a_list_that_became_another_is_looked_at_again(people, english, url, db):
    browser = english("instructor")
    address = f"{url}?ver=sin-entrar"
    form = TEXT | {"seen": seen(read(browser, address))}

    def enters(work):
        work.session.execute(
            update(Enrollment)
            .where(Enrollment.id == people.enrollments["ana"].id)
            .values(last_seen_at=work.now)
        )

    db.perform(enters, SYSTEM)
    answer = browser.send(address, form)
    assert answer.status_code == 409
    assert "it has 2 people now" in answer.text
    assert "Le falta poco" in answer.text  # nothing that was written is lost
    assert count(db, Message) == 0
    again = TEXT | {"seen": seen(answer.text)}
    assert browser.send(address, again).status_code == 303


@pytest.mark.parametrize(
    ("role", "status"),
    [("registrar", 200), ("help_desk", 403), ("signer", 403), ("learner", 404),
     ("otra-registrar", 404)],
)  # fmt: skip
def test_who_may_write(people, as_person, url, role, status):
    browser = as_person(role)
    assert browser.get(url).status_code == status
    if status != 200:
        assert browser.send(url, TEXT).status_code == status
        assert browser.send(f"{url}/vista-previa", TEXT).status_code == status


def test_its_statements_do_not_grow_with_the_list(people, english, url, db):
    browser = english("instructor")
    browser.get(f"{url}?ver=todas")
    with statements(db.engine) as few:
        browser.get(f"{url}?ver=todas")

    def crowd(work):
        for number in range(30):
            name = f"x{number}"
            people.world.people[name] = make_person(work, name).id

    db.perform(crowd, SYSTEM)
    for number in range(30):
        people.enrol(f"x{number}")
    with statements(db.engine) as many:
        text = read(browser, f"{url}?ver=todas")
    assert "and 22 more" in text
    assert len(many) <= len(few) + 3 <= 14
