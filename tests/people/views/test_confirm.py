import pytest
from sqlalchemy import select

from lms.enrollment.actions.keys import make_key
from lms.enrollment.models import Cohort, Enrollment, InvitationKey
from lms.foundation.kernel.actor import SYSTEM
from lms.people.actions import profile
from lms.people.actions.confirm import confirm_by_invitation
from lms.people.models import Identifier, Person
from lms.people.models.person import PersonState
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort
from tests.people.conftest import PASSWORD, everybody


@pytest.fixture
def link(reader, rosa_writes, mailbox):
    """The path of the letter that Rosa got when she registered."""
    reader.send("/registro", rosa_writes)
    return mailbox.link()


def rosa_of(db) -> Person:
    return everybody(db)[-1]


def test_opening_the_link_changes_nothing_and_the_button_confirms(reader, link, db, clock):
    page = reader.get(link)
    assert page.status_code == 200
    assert "Rosa María Q’eqchi’ Ñáñez" in page.text
    assert "rosa@example.org" in page.text
    for _ in range(3):
        reader.get(link)
    assert rosa_of(db).state == PersonState.PENDING
    answer = reader.send(link)
    assert (answer.status_code, answer.location) == (303, "/ingresar")
    assert "Your e-mail is confirmed." in reader.get("/ingresar").text
    assert rosa_of(db).state == PersonState.ACTIVE
    with db.reading() as session:
        [kept] = session.scalars(select(Identifier).filter_by(value="rosa@example.org"))
    assert (kept.verified_at, kept.verified_by) == (clock.now, "letter")


def test_the_link_works_in_a_browser_that_never_saw_the_form(app, link, db, visitor):
    assert visitor.send(link).status_code == 303
    assert rosa_of(db).state == PersonState.ACTIVE


def test_the_link_is_good_once(reader, link):
    reader.send(link)
    page = reader.get(link)
    assert "This link was already used" in page.text
    assert reader.send(link).status_code == 409


def test_the_link_is_good_for_48_hours_and_another_can_be_had(reader, link, db, clock, mailbox):
    clock.advance(hours=48)
    assert "This link is too old" in reader.get(link).text
    assert reader.send(link).status_code == 409
    assert rosa_of(db).state == PersonState.PENDING
    assert reader.send(link + "/reenviar").location == "/registro/recibido/correo"
    assert mailbox.last()["To"] == "rosa@example.org"
    assert mailbox.link() != link
    assert reader.send(mailbox.link()).status_code == 303
    assert rosa_of(db).state == PersonState.ACTIVE


def test_a_link_that_is_not_whole_opens_nothing(reader, link):
    answer = reader.get(link[:-3])
    assert answer.status_code == 404
    assert "Copy it whole" in answer.text


def test_the_owner_of_the_address_can_say_that_it_was_not_them(reader, link, db, rosa_writes):
    before = len(everybody(db))
    assert reader.send(link + "/no-fui-yo").status_code == 303
    assert len(everybody(db)) == before - 1
    with db.reading() as session:
        assert session.scalar(select(Identifier).filter_by(value="rosa@example.org")) is None
    assert reader.get(link).status_code == 404
    assert reader.send("/registro", rosa_writes).status_code == 303


def test_nobody_disowns_an_account_that_was_confirmed(reader, link, db):
    reader.send(link)
    assert reader.send(link + "/no-fui-yo").status_code == 409
    assert rosa_of(db).state == PersonState.ACTIVE


def test_letters_are_sent_again_a_few_times_only(reader, link, clock):
    answers = [reader.send(link + "/reenviar").status_code for _ in range(6)]
    assert answers[0] == 303
    assert answers[-1] == 429


# Accounts without e-mail


@pytest.fixture
def key_of_the_institute(db, world, clock):
    """An invitation key to a cohort, as it is handed out on paper."""

    def make(work):
        make_diploma(work, world.institutions["igm"])
        cohort = make_cohort(work, door="key")
        return make_key(work, cohort.uid, uses=1, until=clock.now.date())

    return db.perform(make, SYSTEM).lower().replace("-", " ")


@pytest.fixture
def phone_only(reader, rosa_writes):
    fields = {name: value for name, value in rosa_writes.items() if name != "email"}
    reader.send("/registro", fields)


def pending_of(page: str) -> str:
    return page.partition('name="pending" type="hidden" value="')[2].partition('"')[0]


def enter(reader, password=PASSWORD):
    return reader.send("/ingresar", {"identifier": "5512 3456", "password": password})


def test_an_invitation_key_opens_an_account_with_only_a_phone(
    reader, phone_only, key_of_the_institute, db
):
    page = enter(reader)
    assert page.status_code == 200
    assert "Your account waits to be confirmed" in page.text
    assert "cabildo=" not in str(page.headers.getlist("Set-Cookie"))
    wrong = reader.send("/ingresar/pendiente", {"pending": pending_of(page.text), "key": "AAAA"})
    assert wrong.status_code == 409
    assert "That invitation key is not right" in wrong.text
    assert rosa_of(db).state == PersonState.PENDING
    answer = reader.send(
        "/ingresar/pendiente", {"pending": pending_of(wrong.text), "key": key_of_the_institute}
    )
    assert answer.status_code == 303
    assert rosa_of(db).state == PersonState.ACTIVE
    assert "Rosa María" in reader.get("/cuenta").text


def test_a_key_that_opened_an_account_leads_to_its_cohort_and_is_not_asked_twice(
    reader, phone_only, key_of_the_institute, db
):
    opened = reader.send(
        "/ingresar/pendiente",
        {"pending": pending_of(enter(reader).text), "key": key_of_the_institute},
    )
    with db.reading() as session:
        cohort, code = session.execute(
            select(Cohort.uid, InvitationKey.code).join(
                InvitationKey, InvitationKey.cohort_id == Cohort.id
            )
        ).one()
    seat = f"/promociones/{cohort}/solicitar"
    assert opened.location == seat
    name = reader.get(seat)
    assert name.location.startswith("/cuenta/nombre?next=")
    assert "Two steps remain" in reader.get(name.location).text
    confirmed = reader.send(f"/cuenta/nombre/confirmar?next={seat}")
    assert confirmed.location == seat
    page = reader.get(seat).text
    assert f'value="{code}"' in page
    assert reader.send(seat, {"key": code}).location == "/inicio"
    with db.reading() as session:
        row = session.scalars(select(Enrollment)).one()
        assert (row.person_id, row.state) == (rosa_of(db).id, "enrolled")
        assert session.scalars(select(InvitationKey.uses_left)).one() == 0


def test_a_key_is_written_only_where_it_opens(reader, phone_only, key_of_the_institute, db):
    page = enter(reader).text
    typed = {"pending": pending_of(page), "key": key_of_the_institute}
    assert reader.send("/ingresar/pendiente", typed).status_code == 303
    db.perform(profile.confirm_name, SYSTEM, rosa_of(db).id)
    other = db.perform(lambda work: make_cohort(work, key="otra", door="key"), SYSTEM)
    with db.reading() as session:
        code = session.scalars(select(InvitationKey.code)).one()
    assert code not in reader.get(f"/promociones/{other.uid}/solicitar").text


def test_registering_says_that_a_key_confirms_a_phone(reader):
    assert "confirmed by the invitation key" in reader.get("/registro").text


def test_only_who_proved_the_password_may_use_a_key(reader, phone_only, key_of_the_institute, db):
    assert enter(reader, "otra clave muy larga").status_code == 422
    forged = reader.send(
        "/ingresar/pendiente", {"pending": str(rosa_of(db).uid), "key": key_of_the_institute}
    )
    assert forged.status_code == 409
    assert rosa_of(db).state == PersonState.PENDING


def test_a_key_of_yesterday_opens_nothing(reader, phone_only, key_of_the_institute, db, clock):
    page = enter(reader).text
    clock.advance(days=1)
    late = {"pending": pending_of(page), "key": key_of_the_institute}
    assert reader.send("/ingresar/pendiente", late).status_code == 409
    assert rosa_of(db).state == PersonState.PENDING


def test_enrollment_confirms_by_invitation(phone_only, db):
    db.perform(confirm_by_invitation, SYSTEM, rosa_of(db).id)
    assert rosa_of(db).state == PersonState.ACTIVE


def test_whoever_waits_for_the_letter_can_have_it_again(reader, link, mailbox):
    page = reader.send("/ingresar", {"identifier": "rosa@example.org", "password": PASSWORD})
    assert "rosa@example.org" in page.text
    answer = reader.send("/ingresar/pendiente/correo", {"pending": pending_of(page.text)})
    assert answer.status_code == 303
    assert [letter["Subject"] for letter in mailbox.letters()] == ["Confirm your e-mail"] * 2
