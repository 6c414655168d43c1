"""Roles on screen: seen, given with a look at whom, ended after being asked, explained."""

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter
from lms.people.models import Grant, Identifier, Person
from tests.statements import statements


@pytest.fixture
def english(as_person):
    def browser(name: str):
        found = as_person(name)
        found.set_cookie("idioma", "en")
        return found

    return browser


@pytest.fixture
def room(classroom):
    return classroom


def read(browser, address: str) -> str:
    answer = browser.get(address)
    assert answer.status_code == 200
    return " ".join(answer.text.split())


def grants_of(db, person_id: int) -> list[Grant]:
    with db.reading() as session:
        return list(session.scalars(select(Grant).where(Grant.person_id == person_id)))


def test_the_list_shows_who_holds_what_in_ones_own_house(room, english, world):
    text = read(english("administrator"), "/gestion/funciones")
    assert text.count("<tr>") == 7  # six people with a role, and the head
    assert world.uids["otra-registrar"] not in text
    only = read(english("administrator"), "/gestion/funciones?funcion=signer")
    assert only.count("<tr>") == 2
    assert "Nobody holds such a role" in read(
        english("administrator"), "/gestion/funciones?ver=futuras"
    )


def test_the_list_costs_the_same_however_many(room, db, english, world):
    browser = english("administrator")
    read(browser, "/gestion/funciones")
    counts = []
    for _ in range(2):
        with statements(db.engine) as seen:
            read(browser, "/gestion/funciones")
        counts.append(len(seen))

        def more(work):
            for name in ("learner", "learner2"):
                work.session.add(
                    Grant(
                        person_id=world.people[name], institution_id=world.institutions["igm"],
                        role="tutor", kind="cohort", cohort_id=room.cohort.id, starts_at=work.now,
                    )
                )  # fmt: skip

        db.perform(more, SYSTEM)
    assert counts[0] == counts[1] <= 5


def test_whom_is_shown_before_anything_is_given(room, db, english, world):
    browser = english("administrator")
    sent = {
        "who": "learner@example.org", "role": "tutor", "kind": "cohort",
        "cohort": str(room.cohort.uid),
    }  # fmt: skip
    shown = browser.send("/gestion/funciones/dar", sent)
    assert shown.status_code == 200
    assert "Is this the person?" in shown.text
    assert grants_of(db, world.people["learner"]) == []
    done = browser.send("/gestion/funciones/dar", sent | {"seen": world.uids["learner"]})
    assert done.status_code == 303
    [row] = grants_of(db, world.people["learner"])
    assert (row.role, row.cohort_id) == ("tutor", room.cohort.id)
    page = read(browser, done.location)
    assert "The role is given." in page
    assert "See attempts with their answers" in page
    assert "given by" in page


def test_whom_none_of_ones_institutions_knows_is_not_named(room, db, english, world):
    browser, key = english("administrator"), world.people["otra-registrar"]
    with db.reading() as session:
        person = session.get_one(Person, key)
    sent = {"who": "otra-registrar@example.org", "role": "registrar", "kind": "institution"}
    asked = browser.send("/gestion/funciones/dar", sent)
    assert (asked.status_code, person.full_name in asked.text) == (422, False)
    assert 'name="first_surname"' in asked.text
    guess = {"given_names": "Zenobia", "first_surname": "Quintanar"}
    wrong = browser.send("/gestion/funciones/dar", sent | guess)
    assert (wrong.status_code, person.full_name in wrong.text) == (422, False)
    assert "under another name" in wrong.text
    assert [row.institution_id for row in grants_of(db, key)] == [world.institutions["otra"]]
    name = {"given_names": person.given_names, "first_surname": person.first_surname}
    assert browser.send("/gestion/funciones/dar", sent | name).status_code == 303
    assert world.institutions["igm"] in {row.institution_id for row in grants_of(db, key)}


def test_whoever_is_not_here_yet_is_invited_with_the_role(room, db, english, world):
    browser = english("administrator")
    sent = {"who": "nueva@example.org", "role": "registrar", "kind": "institution"}
    asked = browser.send("/gestion/funciones/dar", sent)
    assert asked.status_code == 422
    assert "Write the person’s e-mail and name" in asked.text
    assert 'name="first_surname"' in asked.text
    name = {"given_names": "Marta", "first_surname": "Tzul"}
    done = browser.send("/gestion/funciones/dar", sent | name)
    assert done.status_code == 303
    assert "the invitation is on its way" in read(browser, done.location)
    with db.reading() as session:
        person = session.scalars(
            select(Person).join(Identifier).where(Identifier.value == "nueva@example.org")
        ).one()
    assert person.state == "invited"
    assert [row.role for row in grants_of(db, person.id)] == ["registrar"]
    with db.reading() as session:
        letters = session.scalars(select(Letter).where(Letter.person_id == person.id)).all()
    assert "people/invited_to_work" in {each.template for each in letters}


def test_a_role_from_one_day_to_another_in_the_time_of_the_house(room, db, english, world):
    english("administrator").send(
        "/gestion/funciones/dar",
        {
            "who": "learner@example.org", "seen": world.uids["learner"], "role": "registrar",
            "kind": "institution", "starts_on": "2026-12-01", "ends_on": "2026-12-15",
        },
    )  # fmt: skip
    [row] = grants_of(db, world.people["learner"])
    assert row.starts_at.isoformat() == "2026-12-01T06:00:00+00:00"
    assert row.ends_at.isoformat() == "2026-12-16T06:00:00+00:00"


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"who": "nadie@example.org", "seen": ""}, "Nobody here has"),
        ({"role": ""}, "Choose the role"),
        ({"kind": "installation"}, "Choose one from the list"),
        ({"role": "tutor", "kind": "institution"}, "say which"),
        ({"role": "tutor", "kind": "cohort"}, "in which cohort"),
        ({"ends_on": "2026-11-01"}, "before it begins"),
    ],
)
def test_what_is_wrong_is_said_in_the_form(room, db, english, world, changed, says):
    sent = {
        "who": "learner@example.org", "seen": world.uids["learner"], "role": "registrar",
        "kind": "institution",
    }  # fmt: skip
    answer = english("administrator").send("/gestion/funciones/dar", sent | changed)
    assert answer.status_code in {409, 422}
    assert says in answer.text
    assert grants_of(db, world.people["learner"]) == []


def test_a_registrar_is_offered_only_who_teaches_a_cohort(room, english):
    text = read(english("registrar"), "/gestion/funciones/dar")
    assert 'value="tutor"' in text
    assert 'value="instructor"' in text
    assert 'value="administrator"' not in text
    assert 'value="institution"' not in text


def test_a_role_is_ended_after_having_been_asked(room, db, english, world):
    with db.reading() as session:
        signer = session.scalars(
            select(Grant.uid).where(Grant.person_id == world.people["signer"])
        ).one()
    browser = english("administrator")
    where = f"/gestion/funciones/{signer}/terminar"
    assert "End this role" in read(browser, where)
    assert browser.send(where).status_code == 303
    page = read(browser, f"/gestion/personas/{world.uids['signer']}/funciones")
    assert "Has ended" in page
    assert "Sign documents" not in page


def test_the_last_administrator_is_told_why_not(room, db, english, world):
    with db.reading() as session:
        own = session.scalars(
            select(Grant.uid).where(Grant.person_id == world.people["administrator"])
        ).one()
    answer = english("administrator").send(f"/gestion/funciones/{own}/terminar")
    assert answer.status_code == 409
    assert "Nobody would be left" in answer.text


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("help_desk", 200), ("registrar", 200), ("administrator", 200), ("instructor", 403),
        ("signer", 403), ("otra-administrator", 404), ("learner", 404),
    ],
)  # fmt: skip
def test_who_may_see_why_somebody_may_what(room, as_person, world, name, status):
    page = f"/gestion/personas/{world.uids['tutor']}/funciones"
    assert as_person(name).get(page).status_code == status


def test_help_desk_sees_and_gives_nothing(room, english, world):
    browser = english("help_desk")
    text = read(browser, f"/gestion/personas/{world.uids['registrar']}/funciones")
    assert "Admit and decline requests" in text
    assert "Academic records" in text
    assert "End it" not in text
    assert "Give a role" not in text
    assert browser.get("/gestion/funciones/dar").status_code == 403
