"""A session ends while somebody writes: nothing of it is lost."""

import html
import re

import pytest
from sqlalchemy import select

from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.identity import SESSION_COOKIE
from lms.people.actions import sessions
from lms.people.formats.hashes import hash_password
from lms.people.models import Person, Post
from tests.people.conftest import PASSWORD, english

POST = {
    "form_key": "the key of that page",
    "position": "Tesorera “municipal” <b>",
    "country": "GT",
    "region": "Sololá",
    "municipality": "Panajachel",
}


@pytest.fixture
def signed_in(reader, rosa):
    reader.send("/ingresar", {"identifier": "rosa@example.org", "password": PASSWORD})
    return reader


@pytest.fixture
def other(db, world):
    """Another person with the same device in hand, who has a password too."""

    def give(work):
        work.session.get_one(Person, world.people["tutor"]).password_hash = hash_password(PASSWORD)

    db.perform(give, SYSTEM)


def hidden(page: str) -> dict[str, str]:
    """The hidden fields of the form of a page."""
    inputs = re.findall(r"<input[^>]*type=\"?hidden\"?[^>]*>", page)
    found = {}
    for each in inputs:
        name = re.search(r'name="([^"]*)"', each)
        value = re.search(r'value="([^"]*)"', each)
        assert name
        found[name[1]] = html.unescape(value[1]) if value else ""
    return found


def posts(db, person_id):
    with db.reading() as session:
        return session.scalars(select(Post).filter_by(person_id=person_id)).all()


def test_what_was_being_sent_is_sent_after_signing_in_again(signed_in, rosa, db):
    db.perform(sessions.end_others, SYSTEM, rosa.id)
    ended = signed_in.send("/cuenta/cargos/nuevo", POST)
    assert ended.status_code == 401
    assert "Sign in to go on" in ended.text
    assert posts(db, rosa.id) == []

    entered = signed_in.post(
        "/ingresar",
        data=hidden(ended.text) | {"identifier": "rosa@example.org", "password": PASSWORD},
    )
    assert entered.status_code == 200
    assert 'action="/cuenta/cargos/nuevo"' in entered.text
    assert "Tesorera “municipal” &lt;b&gt;" in entered.text
    assert PASSWORD not in entered.text

    # The form on that very page belongs to the session that was just opened.
    sent = signed_in.post("/cuenta/cargos/nuevo", data=hidden(entered.text))
    assert (sent.status_code, sent.location) == (303, "/cuenta")
    [post] = posts(db, rosa.id)
    assert post.position == POST["position"]
    assert signed_in.post("/cuenta/cargos/nuevo", data=hidden(entered.text)).status_code == 303
    assert len(posts(db, rosa.id)) == 1


def test_a_wrong_password_on_the_way_loses_nothing(signed_in, rosa, db):
    db.perform(sessions.end_others, SYSTEM, rosa.id)
    ended = signed_in.send("/cuenta/cargos/nuevo", POST)
    wrong = signed_in.post(
        "/ingresar", data=hidden(ended.text) | {"identifier": "rosa@example.org", "password": "x"}
    )
    assert wrong.status_code == 422
    assert "What you were sending is kept." in wrong.text
    entered = signed_in.post(
        "/ingresar",
        data=hidden(wrong.text) | {"identifier": "rosa@example.org", "password": PASSWORD},
    )
    assert 'action="/cuenta/cargos/nuevo"' in entered.text


def test_when_the_cookie_is_gone_too_it_only_takes_one_more_press(signed_in, rosa, db):
    token = signed_in.token()
    signed_in.delete_cookie(SESSION_COOKIE)
    again = signed_in.post("/cuenta/cargos/nuevo", data=POST | {"csrf_token": token})
    assert again.status_code == 400
    assert 'action="/cuenta/cargos/nuevo"' in again.text
    ended = signed_in.post("/cuenta/cargos/nuevo", data=hidden(again.text))
    assert ended.status_code == 401
    entered = signed_in.post(
        "/ingresar",
        data=hidden(ended.text) | {"identifier": "rosa@example.org", "password": PASSWORD},
    )
    signed_in.post("/cuenta/cargos/nuevo", data=hidden(entered.text))
    assert len(posts(db, rosa.id)) == 1


@pytest.mark.parametrize("cookie", ["ended", "gone"])
def test_what_somebody_had_written_is_not_shown_to_whoever_signs_in_next(
    signed_in, rosa, other, db, cookie
):
    token = signed_in.token()
    if cookie == "ended":
        db.perform(sessions.end_others, SYSTEM, rosa.id)
        ended = signed_in.post("/cuenta/cargos/nuevo", data=POST | {"csrf_token": token})
    else:
        signed_in.delete_cookie(SESSION_COOKIE)
        again = signed_in.post("/cuenta/cargos/nuevo", data=POST | {"csrf_token": token})
        ended = signed_in.post("/cuenta/cargos/nuevo", data=hidden(again.text))
    assert ended.status_code == 401
    theirs = {"identifier": "tutor@example.org", "password": PASSWORD}
    entered = signed_in.post("/ingresar", data=hidden(ended.text) | theirs)
    assert entered.status_code == 200
    assert "This is not yours" in entered.text
    assert POST["municipality"] not in entered.text
    assert 'action="/cuenta/cargos/nuevo"' not in entered.text
    assert posts(db, rosa.id) == []


def test_what_was_kept_cannot_be_made_up(reader, rosa):
    answer = reader.send(
        "/ingresar",
        {"identifier": "rosa@example.org", "password": PASSWORD, "resume": "made up"},
    )
    assert answer.status_code == 303


def test_what_was_too_long_to_keep_is_said(signed_in, rosa, db):
    db.perform(sessions.end_others, SYSTEM, rosa.id)
    ended = signed_in.send("/cuenta/cargos/nuevo", POST | {"region": "x" * 70_000})
    entered = signed_in.post(
        "/ingresar",
        data=hidden(ended.text) | {"identifier": "rosa@example.org", "password": PASSWORD},
    )
    assert entered.status_code == 200
    assert "too long to be kept" in entered.text


def test_passwords_and_keys_are_sent_again_but_never_shown(signed_in, rosa, db, app):
    secret = "una clave que nadie ve"
    db.perform(sessions.end_others, SYSTEM, rosa.id)
    ended = signed_in.send("/cuenta/contrasena", {"current_password": PASSWORD, "password": secret})
    entered = signed_in.post(
        "/ingresar",
        data=hidden(ended.text) | {"identifier": "rosa@example.org", "password": PASSWORD},
    )
    shown = re.sub(r"<input[^>]*>", "", entered.text)
    assert secret not in shown
    assert PASSWORD not in shown
    assert signed_in.post("/cuenta/contrasena", data=hidden(entered.text)).status_code == 303
    browser = english(app)
    answer = browser.send("/ingresar", {"identifier": "rosa@example.org", "password": secret})
    assert answer.status_code == 303
