import re

import pytest
from sqlalchemy import select

from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.web.identity import SESSION_COOKIE, hash_of
from lms.foundation.web.models import Count
from lms.people.actions.help_desk import issue_code
from lms.people.formats import hashes
from lms.people.models import Grant, Identifier, LoginSession, Person
from lms.people.models.person import PersonState
from lms.people.views import sign_in as views
from tests.people.conftest import DPI, PASSWORD, english

ANDROID = "Mozilla/5.0 (Linux; Android 8.1.0) Chrome/106.0.0.0 Mobile Safari/537.36"


def enter(browser, identifier="rosa@example.org", password=PASSWORD, **more):
    return browser.send("/ingresar", {"identifier": identifier, "password": password} | more)


def cookie_of(answer) -> str:
    [line] = [c for c in answer.headers.getlist("Set-Cookie") if c.startswith(f"{SESSION_COOKIE}=")]
    return line


def living(db, person_id):
    with db.reading() as session:
        return session.scalars(
            select(LoginSession)
            .where(LoginSession.person_id == person_id, LoginSession.revoked_at.is_(None))
            .order_by(LoginSession.id)
        ).all()


@pytest.mark.parametrize(
    "identifier",
    ["rosa@example.org", " ROSA@Example.org", "5512 3456", "+502 5512-3456", DPI, "2345678990101"],
)
def test_one_signs_in_by_e_mail_phone_or_document(reader, rosa, identifier):
    answer = enter(reader, identifier)
    assert answer.status_code == 303
    assert "Rosa María Q’eqchi’ Ñáñez" in reader.get("/cuenta").text


def test_the_cookie_is_opaque_lasting_and_for_the_server_only(reader, rosa, db, app):
    line = cookie_of(enter(reader))
    assert "HttpOnly" in line
    assert "SameSite=Lax" in line
    assert "Path=/" in line
    assert f"Max-Age={60 * 24 * 3600}" in line
    assert "Secure" not in line
    token = line.partition("=")[2].partition(";")[0]
    assert len(token) >= 43
    [session] = living(db, rosa.id)
    assert session.token_hash == hash_of(token)
    app.config["SESSION_COOKIE_SECURE"] = True
    try:
        assert "Secure" in cookie_of(enter(english(app)))
    finally:
        app.config["SESSION_COOKIE_SECURE"] = False


def test_signing_in_again_gives_another_token_and_ends_the_one_before(reader, rosa, db):
    first = cookie_of(enter(reader))
    second = cookie_of(enter(reader))
    assert first != second
    assert len(living(db, rosa.id)) == 1


def test_a_token_planted_before_signing_in_opens_nothing(reader, rosa, db):
    reader.carry("a token somebody else knows")
    enter(reader)
    [session] = living(db, rosa.id)
    assert session.token_hash != hash_of("a token somebody else knows")


def test_the_browser_is_remembered_by_a_name(reader, rosa, db):
    fields = {"csrf_token": reader.token(), "identifier": "rosa@example.org", "password": PASSWORD}
    reader.post("/ingresar", data=fields, headers={"User-Agent": ANDROID})
    assert living(db, rosa.id)[0].device == "Chrome · Android"


def page_without_chance(answer) -> str:
    """The page with what differs on every page (tokens, form keys) and what was typed taken out."""
    text = re.sub(r'(name="(csrf_token|form_key)"[^>]*value=)"[^"]*"', "", answer.text)
    return re.sub(r'id="identifier"[^>]*', "", text)


@pytest.mark.parametrize("identifier", ["nadie@example.org", "5512 0000", "9999999999999", "¿?"])
def test_nobody_learns_whether_an_account_exists(reader, rosa, identifier):
    wrong = enter(reader, password="no es esta clave")
    unknown = enter(reader, identifier, password="no es esta clave")
    assert wrong.status_code == unknown.status_code == 422
    assert page_without_chance(wrong) == page_without_chance(unknown)
    assert "We do not know that combination." in wrong.text
    assert "no es esta clave" not in wrong.text
    assert 'value="rosa@example.org"' in wrong.text


def test_an_unknown_account_costs_one_hashing_like_a_known_one(reader, rosa, monkeypatch):
    counted = []
    real = hashes._HASHER.verify

    class Counting:
        def __getattr__(self, name):
            return getattr(hashes_hasher, name)

        def verify(self, stored, password):
            counted.append(stored)
            return real(stored, password)

    hashes_hasher = hashes._HASHER
    monkeypatch.setattr(hashes, "_HASHER", Counting())
    enter(reader, password="no es esta clave")
    known = len(counted)
    enter(reader, "nadie@example.org", password="no es esta clave")
    assert (known, len(counted) - known) == (1, 1)


@pytest.mark.parametrize("state", [PersonState.CLOSED])
def test_a_closed_account_is_nobody(reader, rosa, db, state):
    def close(work):
        work.session.get_one(Person, rosa.id).state = state

    db.perform(close, SYSTEM)
    assert enter(reader).status_code == 422
    assert living(db, rosa.id) == []


def test_two_people_whose_numbers_look_alike_are_told_apart_by_their_password(reader, rosa, db):
    """A Guatemalan phone and a Peruvian DNI may be the same eight figures."""

    def other(work):
        person = Person(
            given_names="Julián", first_surname="Mejía", search="julian mejia", country="PE",
            state=PersonState.ACTIVE, created_at=work.now,
            password_hash=hashes.hash_password("seis llamas en la puna"),
        )  # fmt: skip
        work.session.add(person)
        work.session.flush()
        work.session.add(
            Identifier(
                person_id=person.id, kind="document", value="PE:dni:55123456", shown="•••234••",
                created_at=work.now,
            )
        )  # fmt: skip

    db.perform(other, SYSTEM)
    enter(reader, "55123456", "seis llamas en la puna")
    assert "Julián Mejía" in reader.get("/cuenta").text
    enter(reader, "55123456", PASSWORD)
    assert "Rosa María" in reader.get("/cuenta").text


def test_a_weak_hash_of_former_days_is_made_anew(reader, rosa, db):
    from argon2 import PasswordHasher

    weak = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(PASSWORD)

    def weaken(work):
        work.session.get_one(Person, rosa.id).password_hash = weak

    db.perform(weaken, SYSTEM)
    assert enter(reader).status_code == 303
    with db.reading() as session:
        stored = session.get_one(Person, rosa.id).password_hash
    assert stored != weak
    assert not hashes.is_outdated(stored)
    assert hashes.is_password(stored, PASSWORD)


# Limits


def test_ten_wrong_tries_close_the_door_of_an_account_for_a_quarter_of_an_hour(
    app, reader, rosa, clock
):
    clock.now = clock.now.replace(minute=46, second=0)
    for spelling in [DPI, "2345678990101"] * 5:
        assert enter(reader, spelling, "no es esta clave").status_code == 422
    answer = enter(english(app), DPI)
    assert answer.status_code == 429
    assert "Too many tries. Wait 15 minutes" in answer.text
    assert "to correct" not in answer.text, "nothing that was typed is at fault"
    assert 'class="notice warn" role="alert"' in answer.text
    assert answer.headers["Retry-After"] == "841"
    assert enter(english(app), "rosa@example.org").status_code == 303
    clock.advance(minutes=15)
    assert enter(english(app), DPI).status_code == 303


def test_the_limit_says_nothing_of_who_exists(reader, world, clock):
    clock.now = clock.now.replace(minute=46, second=0)
    answers = [enter(reader, "nadie@example.org", "x").status_code for _ in range(11)]
    assert answers == [422] * 10 + [429]


def test_fifty_wrong_tries_from_one_place_close_it_for_all(app, reader, rosa, clock):
    clock.now = clock.now.replace(minute=46, second=0)
    for number in range(50):
        enter(reader, f"nadie{number}@example.org", "x")
    assert enter(english(app)).status_code == 429


def test_right_tries_are_not_counted(reader, rosa, clock):
    clock.now = clock.now.replace(minute=46, second=0)
    for _ in range(12):
        assert enter(reader).status_code == 303


def test_a_try_is_counted_before_the_password_is_judged(reader, rosa, db, monkeypatch):
    """Judging takes a while: whoever sends many at once must find them counted already."""
    seen = []

    def judge(stored, password):
        with db.reading() as session:
            seen.append(sorted(session.scalars(select(Count.times))))
        return hashes.is_password(stored, password)

    monkeypatch.setattr(views, "is_password", judge)
    enter(reader, password="no es esta clave")
    enter(reader, password="no es esta clave")
    enter(reader)
    assert seen == [[1, 1], [2, 2], [3, 3]]
    with db.reading() as session:
        assert session.scalars(select(Count.times)).all() == [2, 2]


# Where one goes on to


@pytest.mark.parametrize(
    ("target", "goal"),
    [
        ("/cuenta/nombre?next=/cursos", "/cuenta/nombre?next=/cursos"),
        ("https://ladron.example/", "/inicio"),
        ("//ladron.example", "/inicio"),
        ("/\\ladron.example", "/inicio"),
        ("javascript:alert(1)", "/inicio"),
    ],
)
def test_one_goes_on_within_this_site_only(reader, rosa, app, target, goal):
    with app.test_request_context():
        home = app.url_for("desk.home")
    page = reader.get("/ingresar", query_string={"next": target})
    assert page.status_code == 200
    answer = enter(reader, next=target)
    assert answer.location == (home if goal == "/inicio" else goal)
    again = reader.get("/ingresar", query_string={"next": target})
    assert again.location == (home if goal == "/inicio" else goal)


def grant(db, world, person_id, role, **days):
    def give(work):
        work.session.add(
            Grant(
                institution_id=world.institutions["igm"], person_id=person_id, role=role,
                kind=ScopeKind.INSTITUTION, **({"starts_at": work.now} | days),
            )
        )  # fmt: skip

    db.perform(give, SYSTEM)


@pytest.mark.parametrize(
    "role", ["registrar", "instructor", "help_desk", "administrator", "signer"]
)
def test_staff_arrive_where_their_work_is(reader, rosa, db, world, role):
    grant(db, world, rosa.id, role)
    assert enter(reader).location == "/gestion"


def test_staff_go_on_to_the_page_they_asked_for(reader, rosa, db, world):
    grant(db, world, rosa.id, "registrar")
    assert enter(reader, next="/cuenta").location == "/cuenta"


def test_whose_grant_has_ended_arrives_at_home(reader, rosa, db, world):
    grant(db, world, rosa.id, "registrar", ends_at=db.clock())
    assert enter(reader).location == "/inicio"


def test_a_code_of_the_help_desk_leads_staff_to_their_work(reader, rosa, db, world):
    grant(db, world, rosa.id, "registrar")
    code = db.perform(issue_code, SYSTEM, rosa.id, "test")
    new = "una frase que solo yo junto"
    assert reader.send("/ingresar/codigo", {"code": code, "password": new}).location == "/gestion"


def test_a_page_for_members_leads_to_the_door_and_back(reader, rosa):
    door = reader.get("/cuenta/idioma?x=1")
    assert door.status_code == 302
    assert door.location.startswith("/ingresar?next=")
    page = reader.get(door.location)
    assert 'value="/cuenta/idioma?x=1"' in page.text


# Out again


def test_signing_out_ends_the_session_and_takes_the_cookie(reader, rosa, db):
    enter(reader)
    answer = reader.send("/salir")
    assert answer.status_code == 303
    assert "Max-Age=0" in cookie_of(answer)
    assert living(db, rosa.id) == []
    assert reader.get("/cuenta").status_code == 302
    assert reader.send("/salir").status_code == 303


def test_signing_out_needs_the_token_of_a_form(reader, rosa, db):
    enter(reader)
    assert reader.post("/salir").status_code == 400
    assert reader.get("/salir").status_code == 405
    assert len(living(db, rosa.id)) == 1


def test_a_session_ends_by_itself_after_sixty_days(reader, rosa, clock):
    enter(reader)
    clock.advance(days=59)
    assert reader.get("/cuenta").status_code == 200
    clock.advance(days=1)
    assert reader.get("/cuenta").status_code == 302


# By a code of the help desk


@pytest.fixture
def code(db, rosa):
    return db.perform(issue_code, SYSTEM, rosa.id, "Lucía de mesa de ayuda")


def enter_by_code(browser, code, password="nueva clave de rosas"):
    return browser.send("/ingresar/codigo", {"code": code, "password": password})


def test_a_code_lets_in_once_with_a_new_password(app, reader, rosa, code, db, clock, mailbox):
    enter(english(app))
    answer = enter_by_code(reader, code.lower().replace("-", " "))
    assert answer.status_code == 303
    assert "Rosa María" in reader.get("/cuenta").text
    assert len(living(db, rosa.id)) == 1
    assert enter(english(app)).status_code == 422
    assert enter(english(app), password="nueva clave de rosas").status_code == 303
    assert mailbox.last()["Subject"] == "Your password was changed"
    again = enter_by_code(english(app), code)
    assert again.status_code == 422
    assert "That code was already used." in again.text


def test_a_code_is_good_for_24_hours(reader, code, clock):
    clock.advance(hours=24)
    answer = enter_by_code(reader, code)
    assert answer.status_code == 422
    assert "That code is too old." in answer.text


def test_the_new_password_follows_the_rules_and_the_code_is_not_lost(reader, code):
    answer = enter_by_code(reader, code, "RosaMaría55")
    assert answer.status_code == 422
    assert "Do not use your name" in answer.text
    assert f'value="{code}"' in answer.text
    assert enter_by_code(reader, code).status_code == 303


def test_a_code_confirms_an_account_and_the_document_that_was_seen(reader, rosa_writes, db, world):
    fields = {name: value for name, value in rosa_writes.items() if name != "email"}
    reader.send("/registro", fields)
    with db.reading() as session:
        person = session.scalar(select(Person).order_by(Person.id.desc()).limit(1))
    code = db.perform(issue_code, SYSTEM, person.id, "Lucía")
    assert enter_by_code(reader, code).status_code == 303
    with db.reading() as session:
        assert session.get_one(Person, person.id).state == PersonState.ACTIVE
        document = session.scalar(
            select(Identifier).filter_by(person_id=person.id, kind="document")
        )
    assert document.verified_by == "help desk: Lucía"


def test_a_newer_code_cancels_the_one_before(reader, rosa, code, db):
    newer = db.perform(issue_code, SYSTEM, rosa.id, "Lucía")
    assert enter_by_code(reader, code).status_code == 422
    assert enter_by_code(reader, newer).status_code == 303


def test_codes_cannot_be_guessed_at(reader, world, clock):
    clock.now = clock.now.replace(minute=46, second=0)
    answers = [enter_by_code(reader, f"AAAA-AAAA-{n:04}").status_code for n in range(21)]
    assert answers == [422] * 20 + [429]
