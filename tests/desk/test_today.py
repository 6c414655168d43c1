"""What to do today, on the staff room's page: true counts, each leading to its list."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from lms.assessment.models import Answer, Attempt
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, LetterState
from lms.people.models import Person
from tests.factories.teaching import COURSE, QUIZZES
from tests.factories.world import make_person
from tests.statements import statements


def lines(browser) -> dict[str, str]:
    """The lines of the list, with where each leads."""
    text = browser.get("/gestion").text
    part = text.partition('id="hoy"')[2].partition("</section>")[0]
    found = re.findall(r'<a href="([^"]+)">([^<]+)</a>', part)
    return {said.replace("&#34;", '"'): url.replace("&amp;", "&") for url, said in found}


@pytest.fixture
def busy(classroom, db, clock):
    """Something of everything: a request of six days, somebody absent, stuck, a letter back, a
    late answer, a quiz that closes."""

    def make(work):
        for name in ("ana", "beto"):
            classroom.world.people[name] = make_person(work, name).id

    db.perform(make, SYSTEM)
    now = clock()
    classroom.enrol("learner2", "applied", applied_at=now - timedelta(days=6))
    classroom.enrol("ana", decided_at=now - timedelta(days=9))
    classroom.enrol("beto", decided_at=now - timedelta(days=9), last_seen_at=now)
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    closes = (now + timedelta(days=2)).isoformat()
    classroom.cohort_days(calendar={f"{COURSE}/{QUIZZES[1]}": {"closes_at": closes}})

    def more(work):
        work.session.add(
            Letter(
                person_id=classroom.world.people["beto"], address="x@example.org",
                template="people/recover", context={}, link=None, locale="es_GT", zone="UTC",
                sender_name="IGM", created_at=now, state=LetterState.BOUNCED, last_error=None,
            )
        )  # fmt: skip
        attempt = work.session.scalars(select(Attempt)).one()
        work.session.add(
            Answer(
                institution_id=attempt.institution_id, attempt_id=attempt.id, slot=1,
                client_key="tarde", sequence=9, value="true", received_at=now, late=True,
            )
        )  # fmt: skip

    db.perform(more, SYSTEM)
    return classroom


def test_the_registrar_sees_what_waits_and_for_how_long(busy, english):
    browser = english("registrar")
    found = lines(browser)
    here = f"/gestion/promociones/{busy.cohort.uid}"
    assert found == {
        "Answer 1 request: it waits for 6 days": f"{here}/solicitudes",
        "“Evaluación del módulo 2” closes on Wednesday 25 November, 10:42":
            f"{here}?ver=todas&orden=notas:evaluacion-datos",
        "1 person has not entered in 7 days": f"{here}?ver=sin-entrar",
        "1 person enters and has finished nothing in 7 days": f"{here}?ver=detenidas",
        "The letters to 1 person come back": f"{here}?ver=todas&correo=devuelto",
    }  # fmt: skip
    for said, url in found.items():
        assert browser.get(url).status_code == 200, said
    for url in (f"{here}?ver=sin-entrar", f"{here}?ver=detenidas", found[
        "The letters to 1 person come back"
    ]):  # fmt: skip
        assert "1–1 of 1" in browser.get(url).text


def test_the_instructor_sees_late_answers_and_no_requests(busy, english):
    found = lines(english("instructor"))
    assert "1 attempt with late answers" in found
    assert not any("request" in said for said in found)


@pytest.mark.parametrize("role", ["otra-registrar", "otra-instructor"])
def test_nothing_of_another_institution(busy, english, role):
    assert lines(english(role)) == {}
    assert "Nothing waits in your cohorts." in english(role).get("/gestion").text


def test_documents_and_names_wait(busy, english, db):
    busy.see("learner", "datos")
    busy.take("learner", QUIZZES[1])
    found = lines(english("registrar"))
    here = f"/gestion/promociones/{busy.cohort.uid}"
    assert found["Issue 1 document"] == f"{here}/constancias"

    def unname(work):
        work.session.execute(update(Person).values(name_confirmed_at=None))

    db.perform(unname, SYSTEM)
    found = lines(english("registrar"))
    assert found["1 person has not confirmed their name"] == f"{here}?ver=sin-nombre"


def test_its_statements_do_not_grow_with_people_or_cohorts(busy, english, db, clock):
    browser = english("registrar")
    browser.get("/gestion")
    with statements(db.engine) as few:
        browser.get("/gestion")

    def crowd(work):
        for number in range(20):
            name = f"x{number}"
            busy.world.people[name] = make_person(work, name).id
        work.session.execute(update(Enrollment).values(last_seen_at=clock() - timedelta(days=20)))

    db.perform(crowd, SYSTEM)
    for number in range(20):
        busy.enrol(f"x{number}", decided_at=clock() - timedelta(days=9))
    with statements(db.engine) as many:
        found = lines(browser)
    assert "22 people have not entered in 7 days" in found
    assert len(many) == len(few) <= 8
