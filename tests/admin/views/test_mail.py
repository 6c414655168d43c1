"""The mail log: searched by person and address, read, sent again, noted as come back."""

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.actions import Addressee, mark_bounced, mark_failed, write
from lms.foundation.mail.models import Letter, LetterState
from lms.foundation.mail.transports import Files
from lms.people.models import Person
from tests.statements import statements

URL = "/gestion/administracion/correos"


def post(work, world, who: str, institution: str | None = "igm", /, **given) -> None:
    to = Addressee(f"{who}@example.org", "es_GT", "America/Guatemala", "Instituto")
    values = {
        "person_id": world.people[who],
        "institution_id": world.institutions[institution] if institution else None,
        "link": "/aula/x",
        "cohort": "Promoción 9", "programme": "Diplomado",
        "starts_at": "2026-11-23T00:00:00+00:00", "ends_at": "2026-12-23T00:00:00+00:00",
    }  # fmt: skip
    write(work, to, given.pop("template", "enrollment/enrolled"), **(values | given))


@pytest.fixture
def sent(app, db, world, do_jobs, tmp_path, monkeypatch):
    """Two letters that left, of two institutions, and one about an account."""
    monkeypatch.setitem(app.extensions, "cabildo.mail", Files(tmp_path))
    db.perform(post, SYSTEM, world, "learner")
    db.perform(post, SYSTEM, world, "otra-learner", "otra")
    db.perform(
        lambda work: post(
            work, world, "learner2", None, template="people/recover", link="/recuperar/secreto",
            secret=True, name="Rosa",
        ),
        SYSTEM,
    )  # fmt: skip
    do_jobs()
    with db.reading() as session:
        return list(session.scalars(select(Letter).order_by(Letter.id)))


def test_each_sees_the_letters_of_their_own_institution_only(as_person, operator, sent):
    mine, other, account = sent
    whole = operator.get(URL).text
    for letter in sent:
        assert letter.address in whole
    for name, sees, not_sees in (
        ("administrator", mine, other),
        ("otra-administrator", other, mine),
    ):
        browser = as_person(name)
        page = browser.get(URL).text
        assert f">{sees.address}<" in page
        assert f">{not_sees.address}<" not in page
        assert f">{account.address}<" not in page
        assert browser.get(f"{URL}/{sees.uid}").status_code == 200
        for hidden in (not_sees, account):
            assert browser.get(f"{URL}/{hidden.uid}").status_code == 404
            assert browser.send(f"{URL}/{hidden.uid}/reenviar", {}).status_code == 404
    assert as_person("registrar").get(URL).status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=learner@example.org", ["learner"]),
        ("q=LEARNER2@", ["learner2"]),
        ("q=otra-le", []),
        ("q=nadie+asi", []),
        ("estado=enviados", ["learner", "otra-learner", "learner2"]),
        ("estado=devueltos", []),
        ("tipo=people/recover", ["learner2"]),
        ("tipo=people/recover&q=learner@", []),
    ],
)
def test_letters_are_found_by_address_state_and_kind(operator, sent, query, found):
    rows = operator.get(f"{URL}?{query}").text.partition("<tbody>")[2]
    assert [name for name in ("learner", "otra-learner", "learner2")
            if f">{name}@example.org<" in rows] == found  # fmt: skip


def test_letters_are_found_by_the_name_of_their_reader(operator, db, sent):
    with db.reading() as session:
        surname = session.get(Person, sent[0].person_id).first_surname
    assert sent[0].address in operator.get(f"{URL}?q={surname[:4].lower()}").text


def test_what_it_said_can_be_read_but_no_link_that_opens_an_account(operator, db, world, sent):
    page = operator.get(f"{URL}/{sent[0].uid}").text
    assert "Promoción 9" in page
    assert "http://localhost/aula/x" in page
    secret = operator.get(f"{URL}/{sent[2].uid}").text
    assert "/recuperar/secreto" not in secret
    db.perform(
        lambda work: post(
            work, world, "learner2", None, template="people/recover", link="/recuperar/otro",
            secret=True, name="Rosa",
        ),
        SYSTEM,
    )  # fmt: skip
    with db.reading() as session:
        waiting = session.scalars(select(Letter).order_by(Letter.id.desc())).first()
    page = operator.get(f"{URL}/{waiting.uid}").text
    assert "/recuperar/otro" not in page
    assert "solo lo ve quien recibe" in page


def test_a_letter_is_sent_again(operator, db, sent, do_jobs, tmp_path):
    assert len(list(tmp_path.glob("*.eml"))) == 3
    (tmp_path / f"{sent[0].uid}.eml").unlink()
    assert operator.send(f"{URL}/{sent[0].uid}/reenviar", {}).status_code == 303
    do_jobs()
    assert (tmp_path / f"{sent[0].uid}.eml").exists()
    assert operator.send(f"{URL}/{sent[2].uid}/reenviar", {}).status_code == 409  # forgotten


def test_that_it_came_back_is_noted_by_hand_and_seen_in_words(operator, db, sent):
    url = f"{URL}/{sent[0].uid}"
    empty = operator.send(f"{url}/devuelto", {"why": " "})
    assert empty.status_code == 422
    assert operator.send(f"{url}/devuelto", {"why": "550 buzón lleno"}).status_code == 303
    with db.reading() as session:
        letter = session.get(Letter, sent[0].id)
    assert letter.state == LetterState.BOUNCED
    assert letter.last_error == "550 buzón lleno"
    assert "buzón lleno" in operator.get(url).text
    assert sent[0].address in operator.get(f"{URL}?estado=devueltos").text
    assert operator.send(f"{url}/devuelto", {"why": "otra vez"}).status_code == 409


def test_failures_are_told_in_words(operator, db, sent):
    def harm(work) -> None:
        mark_failed(work, sent[0].id, "SMTPAuthenticationError: (535, b'x')")
        mark_bounced(work, work.session.get(Letter, sent[1].id), "550 5.1.1 User unknown")

    db.perform(harm, SYSTEM)
    page = operator.get(URL).text
    assert "no aceptó el usuario" in page
    assert "rechazó este mensaje" in page
    assert "535" not in page


def test_the_list_is_paged_in_a_fixed_number_of_statements(operator, db, world):
    def many(work, count: int) -> None:
        for _ in range(count):
            post(work, world, "learner")

    db.perform(many, SYSTEM, 2)
    operator.get(URL)
    with statements(db.engine) as few:
        operator.get(URL)
    db.perform(many, SYSTEM, 118)
    with statements(db.engine) as more:
        page = operator.get(URL)
    assert len(more) == len(few)
    assert len(more) <= 7
    assert "1–50 de 120" in page.text
    assert "101–120 de 120" in operator.get(f"{URL}?pagina=3").text
