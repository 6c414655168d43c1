"""The registrar's page: tick, look, decide; nobody else's business."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Identifier
from lms.people.models.person import IdentifierKind
from tests.factories.certificates import complete
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import make_person
from tests.statements import statements

NAMES = ("Ana Lucía", "Julián", "O'Higgins <b>")


@pytest.fixture
def cohort(db, open_cohort):
    return open_cohort(capacity=2)


@pytest.fixture
def askers(db, cohort):
    def put(work):
        found = []
        for number, given in enumerate(NAMES):
            person = make_person(work, f"asker{number}", given=given)
            value = f"GT:dpi:234567890010{number}"
            work.session.add(
                Identifier(
                    person_id=person.id, kind=IdentifierKind.DOCUMENT, value=value,
                    shown="•••• 5678 •••••", created_at=work.now,
                )
            )  # fmt: skip
            at = work.now + timedelta(minutes=number)
            found.append(put_in(work, cohort, person.id, "applied", applied_at=at).uid)
        return found

    return db.perform(put, SYSTEM)


def url(cohort, tail=""):
    return f"/gestion/promociones/{cohort.uid}/solicitudes{tail}"


def rows(text):
    """The requests of a page, one piece of it each."""
    return text.partition('<ul class="tasks">')[2].partition("</ul>")[0].split("<li>")[1:]


def states(db):
    with db.reading() as session:
        rows = session.scalars(select(Enrollment).order_by(Enrollment.applied_at))
        return [row.state for row in rows]


def flashed(browser):
    with browser.session_transaction() as session:
        return " ".join(text for _tone, text in session.get("_flashes", []))


def test_the_page_shows_who_asked_and_hides_the_document(as_person, cohort, askers):
    page = as_person("registrar").get(url(cohort))
    assert page.status_code == 200
    assert page.text.index("Ana Lucía") < page.text.index("Julián") < page.text.index("Higgins")
    assert "&lt;b&gt;" in page.text
    assert "Secretaria municipal" in page.text
    assert "San Marcos La Laguna" in page.text
    assert "•••• 5678 •••••" in page.text
    assert "2345678900" not in page.text


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("registrar", 200),
        ("instructor", 403),
        ("tutor", 403),
        ("help_desk", 403),
        ("signer", 403),
        ("administrator", 403),
        ("learner", 404),
        ("otra-registrar", 404),
        ("otra-administrator", 404),
    ],
)
def test_only_the_registrar_of_the_institution_decides(
    as_person, db, cohort, askers, person, status
):
    browser = as_person(person)
    assert browser.get(url(cohort)).status_code == status
    fields = {"who": [str(askers[0])], "admit": "selected", "reason": "Falta algo"}
    for tail in ("/revisar", "/admitir", "/no-admitir"):
        response = browser.send(url(cohort, tail), fields)
        assert response.status_code == status or status == 200
    if status != 200:
        assert states(db) == ["applied"] * 3


def test_a_visitor_signs_in_first(visitor, cohort):
    assert visitor.get(url(cohort)).status_code == 302


def test_the_preview_writes_nothing_and_tells_who_is_left(as_person, db, cohort, askers):
    browser = as_person("registrar")
    with statements(db.engine) as seen:
        preview = browser.send(
            url(cohort, "/revisar"), {"who": [str(uid) for uid in askers], "admit": "selected"}
        )
    assert preview.status_code == 200
    assert not [each for each in seen if not each.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert "Higgins" in preview.text
    assert preview.text.index("Higgins") < preview.text.index("Ana Lucía")
    assert states(db) == ["applied"] * 3
    assert len(re.findall(r'name="who"', preview.text)) == 3


def test_several_are_admitted_while_seats_remain(as_person, db, cohort, askers):
    browser = as_person("registrar")
    fields = {"who": [str(uid) for uid in askers], "form_key": "a" * 24}
    sent = browser.send(url(cohort, "/admitir"), fields)
    assert (sent.status_code, sent.location) == (303, url(cohort))
    assert states(db) == ["enrolled", "enrolled", "applied"]
    assert "Higgins" in flashed(browser)
    again = browser.send(url(cohort, "/admitir"), fields)
    assert again.status_code == 303
    refused = browser.send(url(cohort, "/admitir"), fields | {"form_key": "b" * 24})
    assert refused.status_code == 409
    assert "data-summary" in refused.text
    assert states(db) == ["enrolled", "enrolled", "applied"]


def test_one_button_admits_one(as_person, db, cohort, askers):
    browser = as_person("registrar")
    preview = browser.send(url(cohort, "/revisar"), {"admit": str(askers[1])})
    assert preview.status_code == 200
    assert str(askers[1]) in preview.text
    assert str(askers[0]) not in preview.text
    browser.send(url(cohort, "/admitir"), {"who": str(askers[1])})
    assert states(db) == ["applied", "enrolled", "applied"]
    assert "Julián" in flashed(browser)


def test_declining_asks_for_a_reason_and_keeps_what_was_typed(as_person, db, cohort, askers):
    browser = as_person("registrar")
    preview = browser.send(
        url(cohort, "/revisar"), {"who": [str(uid) for uid in askers[:2]], "decline": "selected"}
    )
    assert preview.status_code == 200
    assert 'name="reason"' in preview.text
    for reason in ("", "no", "x" * 501):
        fields = {"who": [str(uid) for uid in askers[:2]], "reason": reason}
        wrong = browser.send(url(cohort, "/no-admitir"), fields)
        assert wrong.status_code == 422
        assert reason in wrong.text
        assert len(re.findall(r'name="who"', wrong.text)) == 2
    assert states(db) == ["applied"] * 3
    good = {"who": [str(uid) for uid in askers[:2]], "reason": "Falta la constancia laboral."}
    assert browser.send(url(cohort, "/no-admitir"), good).status_code == 303
    assert states(db) == ["declined", "declined", "applied"]
    page = browser.get(url(cohort) + "?estado=no-admitidas")
    assert "Falta la constancia laboral." in page.text
    assert "Julián" in page.text


def test_nobody_ticked_is_told(as_person, cohort, askers):
    browser = as_person("registrar")
    for fields in ({"admit": "selected"}, {"decline": "selected"}, {}, {"admit": "nonsense"}):
        response = browser.send(url(cohort, "/revisar"), fields)
        assert response.status_code == 422
        assert "data-summary" in response.text


def test_people_of_another_cohort_cannot_be_smuggled_in(
    as_person, db, world, open_cohort, cohort, askers
):
    other = open_cohort(key="2027-2")
    browser = as_person("registrar")
    fields = {"who": str(askers[0]), "reason": "Falta algo", "admit": "selected"}
    for tail in ("/admitir", "/no-admitir"):
        assert browser.send(url(other, tail), fields).status_code == 404
    assert browser.send(url(other, "/revisar"), fields).status_code == 409
    assert states(db) == ["applied"] * 3


@pytest.mark.parametrize("shown", ["", "?estado=admitidas", "?estado=no-admitidas", "?estado=x"])
def test_an_empty_list_has_a_way_out(as_person, cohort, shown):
    page = as_person("registrar").get(url(cohort) + shown)
    assert page.status_code == 200
    assert 'href="/gestion/promociones"' in page.text


def test_after_the_end_the_list_only_reads(as_person, db, open_cohort, world, clock):
    cohort = open_cohort(ends_at=clock.now + timedelta(days=50))
    db.perform(lambda work: put_in(work, cohort, world.people["learner"], "applied"), SYSTEM)
    browser = as_person("registrar")
    assert 'name="admit"' in browser.get(url(cohort)).text
    clock.advance(days=50)
    page = browser.get(url(cohort))
    assert page.status_code == 200
    assert 'name="admit"' not in page.text


def test_however_many_ask_the_page_costs_the_same(as_person, db, cohort, askers):
    def crowd(work):
        for number in range(60):
            person = make_person(work, f"crowd{number}")
            put_in(work, cohort, person.id, "applied")

    browser = as_person("registrar")
    browser.get(url(cohort))
    with statements(db.engine) as few:
        browser.get(url(cohort))
    db.perform(crowd, SYSTEM)
    with statements(db.engine) as many:
        page = browser.get(url(cohort))
    assert len(few) == len(many) <= 9
    assert page.text.count('name="who"') == 25
    last = browser.get(url(cohort) + "?pagina=3")
    assert last.text.count('name="who"') == 13


@pytest.fixture
def doubles(db, open_cohort, cohort, askers, clock):
    """The first of those who ask holds a seat elsewhere, the second has passed the course."""

    def make(work):
        people = {
            row.uid: row.person_id
            for row in work.session.scalars(select(Enrollment).order_by(Enrollment.id))
        }
        other = make_cohort(work, key="otra", title="Promoción de enero")
        put_in(work, other, people[askers[0]])
        earlier = make_cohort(work, key="antes", title="Promoción anterior")
        complete(work, put_in(work, earlier, people[askers[1]], "completed"))
        earlier.closed_at = work.now

    db.perform(make, SYSTEM)


def test_a_registrar_is_warned_beside_the_request_and_before_admitting(
    as_person, db, cohort, askers, doubles
):
    browser = as_person("registrar")
    browser.set_cookie("idioma", "en")
    first, second, third = rows(browser.get(url(cohort)).text)
    assert "Holds a seat in Promoción de enero, which teaches the same until" in first
    assert "Has already passed “Transparencia” in Promoción anterior." in second
    assert 'class="notice' not in third
    both = {"who": [str(uid) for uid in askers[:2]], "admit": "selected"}
    preview = browser.send(url(cohort, "/revisar"), both).text
    assert "Look again before you admit" in preview
    assert preview.count("Promoción de enero") == preview.count("Promoción anterior") == 1
    alone = browser.send(url(cohort, "/revisar"), {"admit": str(askers[2])}).text
    assert "Look again before you admit" not in alone
    # It is said, not refused: the registrar may know better.
    assert browser.send(url(cohort, "/admitir"), both).status_code == 303
    with db.reading() as session:
        admitted = select(Enrollment.state).where(Enrollment.uid.in_(askers[:2]))
        assert session.scalars(admitted).all() == ["enrolled", "enrolled"]


def test_what_was_decided_is_listed_without_warnings(as_person, cohort, askers, doubles):
    browser = as_person("registrar")
    browser.send(url(cohort, "/admitir"), {"who": str(askers[0])})
    [row] = rows(browser.get(url(cohort) + "?estado=admitidas").text)
    assert 'class="notice' not in row


def test_requests_are_a_list_that_a_phone_shows_whole(as_person, cohort, askers):
    """A table would hide the buttons behind a sideways scroll."""
    text = as_person("registrar").get(url(cohort)).text
    assert "<table" not in text
    assert len(rows(text)) == 3
    for row in rows(text):
        assert row.count('name="admit"') == row.count('name="decline"') == 1
        assert 'name="who"' in row


def test_the_list_costs_the_same_whatever_its_length(as_person, db, cohort, askers, doubles):
    browser = as_person("registrar")
    browser.get(url(cohort))
    with statements(db.engine) as few:
        browser.get(url(cohort))

    def crowd(work):
        for number in range(20):
            person = make_person(work, f"más{number}")
            put_in(work, cohort, person.id, "applied")

    db.perform(crowd, SYSTEM)
    with statements(db.engine) as many:
        browser.get(url(cohort))
    assert len(few) == len(many) <= 9
