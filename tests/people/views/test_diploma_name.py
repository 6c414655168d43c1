import pytest
from sqlalchemy import select

from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.people import issued
from lms.people.models import Person
from tests.people.conftest import PASSWORD

NAME = {"given_names": "Rosa", "first_surname": "Tz'utujil", "second_surname": ""}


@pytest.fixture
def mine(reader, rosa):
    reader.send("/ingresar", {"identifier": "rosa@example.org", "password": PASSWORD})
    return reader


@pytest.fixture
def a_document():
    """As if certificates had issued one to everybody."""
    before = list(issued._answers)
    issued.use_issued(lambda session, person_id: True)
    yield
    issued._answers[:] = before


def person(db, rosa):
    with db.reading() as session:
        return session.get_one(Person, rosa.id)


def test_the_name_is_shown_large_and_confirmed(mine, rosa, db, clock):
    page = mine.get("/cuenta/nombre").text
    assert "<span>Rosa María Q’eqchi’ Ñáñez</span>" in page
    assert person(db, rosa).name_confirmed_at is None
    assert mine.send("/cuenta/nombre/confirmar").location == "/cuenta"
    assert person(db, rosa).name_confirmed_at == clock.now
    assert "You confirmed it" in mine.get("/cuenta/nombre").text


def test_one_goes_back_to_where_one_was_asked(mine):
    page = mine.get("/cuenta/nombre?next=/cursos").text
    assert "/cuenta/nombre/confirmar?next=/cursos" in page
    assert mine.send("/cuenta/nombre/confirmar?next=/cursos").location == "/cursos"
    assert mine.send("/cuenta/nombre/confirmar?next=//x.example").location == "/cuenta"


def test_a_correction_is_kept_as_written_and_confirmed_anew(mine, rosa, db):
    mine.send("/cuenta/nombre/confirmar")
    assert mine.send("/cuenta/nombre", NAME).status_code == 303
    found = person(db, rosa)
    assert (found.given_names, found.first_surname, found.second_surname) == (
        "Rosa", "Tz'utujil", None,
    )  # fmt: skip
    assert found.search == "rosa tz'utujil"
    assert found.name_confirmed_at is None
    assert "Tz&#39;utujil" in mine.get("/cuenta/nombre").text
    with db.reading() as session:
        entry = session.scalar(select(AuditEntry).filter_by(deed="person.name_corrected"))
        values = session.get_one(AuditPersonal, entry.id).values
    assert entry.detail == {}
    assert values == {"before": "Rosa María Q’eqchi’ Ñáñez", "after": "Rosa Tz'utujil"}


def test_correcting_to_the_same_name_keeps_the_confirmation(mine, rosa, db):
    mine.send("/cuenta/nombre/confirmar")
    same = {"given_names": "Rosa  María ", "first_surname": "Q’eqchi’", "second_surname": "Ñáñez"}
    mine.send("/cuenta/nombre", same)
    assert person(db, rosa).name_confirmed_at is not None


@pytest.mark.parametrize("wrong", [{"given_names": ""}, {"first_surname": "R2D2"}])
def test_a_name_needs_its_letters(mine, rosa, db, wrong):
    answer = mine.send("/cuenta/nombre", NAME | wrong)
    assert answer.status_code == 422
    assert person(db, rosa).given_names == "Rosa María"


def test_once_a_document_bears_it_the_page_says_how_to_rectify(mine, rosa, db, a_document):
    page = mine.get("/cuenta/nombre").text
    assert "new edition" in page
    assert 'name="given_names"' not in page
    answer = mine.send("/cuenta/nombre", NAME)
    assert answer.status_code == 409
    assert "academic records" in answer.text
    assert person(db, rosa).given_names == "Rosa María"
