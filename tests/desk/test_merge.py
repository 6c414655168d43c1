"""Two accounts of one person on screen: found, compared, joined and parted by the help desk."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.people.actions.help_desk import NewPerson, create
from lms.people.formats.documents import document
from lms.people.formats.phones import phone
from lms.people.models import Merge, Person
from lms.people.rules.names import written
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort, put_in
from tests.statements import statements

SENT = {"how": "document", "note": "DPI", "reason": "Se registró dos veces"}


@pytest.fixture
def uids(world) -> tuple[str, str]:
    """The account that stays, and the one that closes."""
    return world.uids["learner2"], world.uids["learner"]


@pytest.fixture
def address(uids) -> str:
    return f"/gestion/personas/{uids[0]}/unir/{uids[1]}"


@pytest.fixture
def desk(english):
    return english("help_desk")


def read(browser, address: str, status: int = 200) -> str:
    answer = browser.get(address)
    assert answer.status_code == status
    return " ".join(answer.text.split())


def state_of(db, uid) -> str:
    with db.reading() as session:
        return session.scalars(select(Person.state).where(Person.uid == UUID(uid))).one()


def merge_uid(db):
    with db.reading() as session:
        return session.scalars(select(Merge.uid)).one()


def test_found_by_name_and_by_what_they_are_known_by(desk, db, uids):
    choose = f"/gestion/personas/{uids[0]}/unir"
    assert "Join with another account" in read(desk, f"/gestion/personas/{uids[0]}")
    found = read(desk, f"{choose}?q=learner@example.org")
    assert f"/unir/{uids[1]}" in found
    assert f"{choose}/{uids[0]}" not in read(desk, f"{choose}?q=learner2@example.org")
    assert "Nobody else found" in read(desk, f"{choose}?q=learner2@example.org")


def test_those_who_are_likely_the_same_person(desk, db, world):
    def make(work):
        def person(given, first, **known):
            return create(work, NewPerson(written(given, first, None), "GT", **known), "t").uid

        return [
            person("Ana", "Cux", email="ana.cux@example.org", phone=phone("5512 3456", "GT"),
                   document=document("passport", "A1234567", "GT")),
            person("Otra", "Persona", document=document("passport", "A1234576", "GT")),
            person("Ana", "Cux", email="x@example.org"),
            person("Alguien", "Más", email="ana.cux@ejemplo.gt"),
            person("Nadie", "Parecido", document=document("passport", "B7654321", "GT")),
        ]  # fmt: skip

    ana, slip, name, mail, nobody = db.perform(make, SYSTEM)
    text = read(desk, f"/gestion/personas/{ana}/unir")
    for uid, why in (
        (slip, "equal but for one slip"), (name, "The same name in the same country"),
        (mail, "Nearly the same e-mail"),
    ):  # fmt: skip
        assert f"/unir/{uid}" in text
        assert why in text
    assert str(nobody) not in text


def test_nobody_of_another_house_is_proposed(db, world, english, classroom):
    """Two of the same name, one of whom studies only elsewhere."""

    def study(work):
        version = make_diploma(work, world.institutions["otra"], "gestion-secreta")
        cohort = make_cohort(work, version.programme.slug)
        put_in(work, cohort, world.people["otra-learner"])
        work.session.execute(
            update(Person)
            .where(Person.id.in_([world.people["learner"], world.people["otra-learner"]]))
            .values(search="la misma")
        )

    db.perform(study, SYSTEM)
    choose = f"/gestion/personas/{world.uids['learner']}/unir"
    assert world.uids["otra-learner"] not in read(english("help_desk"), choose)
    answer = english("help_desk").get(f"{choose}/{world.uids['otra-learner']}")
    assert answer.status_code == 404
    sent = english("help_desk").send(f"{choose}/{world.uids['otra-learner']}", SENT)
    assert sent.status_code == 404
    for name in ("otra-help_desk", "otra-administrator"):
        assert english(name).get(choose).status_code == 404


@pytest.mark.parametrize("name", ["registrar", "instructor", "tutor", "signer"])
def test_other_roles_join_nobody(english, address, name, db, uids):
    assert english(name).get(address).status_code == 403
    assert english(name).send(address, SENT).status_code == 403
    assert state_of(db, uids[1]) == "active"


def test_a_preview_says_what_goes_along_and_writes_nothing(classroom, desk, db, address, uids):
    classroom.see("learner", "derecho")
    with statements(db.engine) as seen:
        text = read(desk, address)
    assert not [each for each in seen if not each.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert "1 enrollment with its progress and grades" in text
    assert "1 e-mail, phone or document" in text
    assert "learner@example.org" in text
    assert "learner2@example.org" in text
    assert "The names are not written alike" in text
    assert f"/gestion/personas/{uids[1]}/unir/{uids[0]}" in text  # the other way round
    assert state_of(db, uids[1]) == "active"


def test_joined_and_parted_on_screen(classroom, desk, db, address, uids, as_person):
    sent = desk.send(address, SENT)
    assert sent.status_code == 303
    assert sent.location == f"/gestion/personas/{uids[0]}"
    page = read(desk, f"/gestion/personas/{uids[0]}")
    assert "Another account of this person is part of this one" in page
    assert "Promoción 1 de 2027" in page
    assert state_of(db, uids[1]) == "merged"
    # The address of the one that closed leads to the one that stays.
    assert "learner2@example.org" in read(desk, f"/gestion/personas/{uids[1]}")
    assert as_person("learner").get("/inicio").status_code == 302
    assert "Gestión Municipal" in as_person("learner2").get("/inicio").text
    part = f"/gestion/personas/{uids[0]}/separar/{merge_uid(db)}"
    assert "goes back" in read(desk, part)
    assert desk.send(part, {"reason": ""}).status_code == 422
    assert desk.send(part, {"reason": "Eran dos personas"}).status_code == 303
    assert "The accounts are two again" in read(desk, f"/gestion/personas/{uids[0]}")
    assert state_of(db, uids[1]) == "active"
    assert "were parted already" in desk.send(part, {"reason": "Otra vez"}).text
    assert "cannot be parted now" in read(desk, part)


def test_sent_twice_it_is_joined_once(desk, db, address):
    sent = SENT | {"form_key": "una-sola-vez-0001"}
    assert desk.send(address, sent).status_code == 303
    assert desk.send(address, sent).status_code == 303
    assert merge_uid(db)


@pytest.mark.parametrize("missing", ["how", "reason"])
def test_nothing_without_how_and_why(desk, db, address, uids, missing):
    answer = desk.send(address, SENT | {missing: ""})
    assert answer.status_code == 422
    assert state_of(db, uids[1]) == "active"


def test_what_does_not_fit_is_said_instead_of_the_form(classroom, desk, db, address, uids):
    classroom.enrol("learner2")
    text = read(desk, address)
    assert "Both accounts have a place in Promoción 1 de 2027" in text
    assert "Join the accounts" not in text
    answer = desk.send(address, SENT)
    assert answer.status_code == 409
    assert "Record the withdrawal" in answer.text
    assert state_of(db, uids[1]) == "active"


def test_the_place_that_stays_behind_is_said(classroom, desk, db, address):
    classroom.enrol("learner2")

    def decline(work):
        work.session.get_one(Enrollment, classroom.enrollments["learner"].id).state = "declined"

    db.perform(decline, SYSTEM)
    text = read(desk, address)
    assert "holds no seat: it stays behind" in text
    assert "enrollment with its progress" not in text


def test_of_another_house_nothing_is_told(classroom, desk, db, world, address):
    """Both have a seat in a cohort of the other house: refused, and not said where."""

    def study(work):
        version = make_diploma(work, world.institutions["otra"], "gestion-secreta")
        cohort = make_cohort(work, version.programme.slug, title="Promoción secreta")
        for name in ("learner", "learner2"):
            put_in(work, cohort, world.people[name])
        here = make_cohort(work, key="2027-9", title="Promoción 9 de 2027")
        put_in(work, here, world.people["learner2"])

    db.perform(study, SYSTEM)
    text = read(desk, address)
    assert "secreta" not in text
    assert "1 enrollment with" in text
    assert "looks after all institutions" in text
    assert "secreta" not in desk.send(address, SENT).text


def test_an_account_with_more_rights_is_refused_in_a_sentence(desk, world, uids):
    other = world.uids["registrar"]
    text = read(desk, f"/gestion/personas/{uids[0]}/unir/{other}")
    assert "rights that yours does not have" in text
    assert "Join the accounts" not in text
    assert desk.send(f"/gestion/personas/{uids[0]}/unir/{other}", SENT).status_code == 409
    assert "Join with another account" not in read(desk, f"/gestion/personas/{other}")


def test_a_merge_is_parted_only_where_it_is(desk, db, address, uids, world, english):
    desk.send(address, SENT)
    uid = merge_uid(db)
    assert desk.get(f"/gestion/personas/{world.uids['tutor']}/separar/{uid}").status_code == 404
    sent = {"reason": "No lo es"}
    part = f"/gestion/personas/{uids[0]}/separar/{uid}"
    assert english("registrar").send(part, sent).status_code == 403
    assert english("otra-help_desk").send(part, sent).status_code == 404
    assert state_of(db, uids[1]) == "merged"


def test_pages_cost_the_same_however_much_there_is(classroom, db, desk, address, uids):
    def count(url):
        with statements(db.engine) as seen:
            read(desk, url)
        return len(seen)

    choose = f"/gestion/personas/{uids[0]}/unir?q=lopez"
    read(desk, address)
    before = count(address), count(choose)
    classroom.see("learner", "derecho", "plazos")

    def more(work):
        for number in range(3):
            create(
                work,
                NewPerson(
                    written("Rosa", "López", None), "GT", email=f"learner.{number}@example.org"
                ),
                "t",
            )

    db.perform(more, SYSTEM)
    assert (count(address), count(choose)) == before
    assert before[0] <= 45
    assert before[1] <= 14


def test_signing_in_by_what_the_other_was_known_by_enters_the_one_that_stays(
    app, db, desk, world, address
):
    from lms.people.formats.hashes import hash_password
    from tests.people.conftest import PASSWORD, english

    def give(work):
        stays = work.session.get_one(Person, world.people["learner2"])
        stays.password_hash = hash_password(PASSWORD)
        work.session.get_one(Person, world.people["learner"]).password_hash = hash_password("otra")

    db.perform(give, SYSTEM)
    desk.send(address, SENT)
    visitor = english(app)
    sent = {"identifier": "learner@example.org", "password": PASSWORD}
    assert visitor.send("/ingresar", sent).status_code == 303
    assert "learner2@example.org" in visitor.get("/cuenta").text
    old = english(app).send("/ingresar", sent | {"password": "otra"})
    assert old.status_code == 422
