"""A new site: nothing but its first page, until whoever runs the server has filled it in."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, select

from lms.foundation.kernel.points import points
from lms.foundation.web.identity import SESSION_COOKIE
from lms.people.models import Grant, Identifier, Installation, Institution, Person
from lms.people.rules.institution import setup_code

CODE = setup_code("only for tests")
PASSWORD = "tortillas con frijol"


@pytest.fixture
def filled():
    return {
        "code": CODE.lower().replace("-", " "),
        "name": "Instituto de Desarrollo Municipal", "short_name": "Instituto Municipal",
        "place": "Lima", "country": "PE", "contact": "mesa@idm.example", "scale": "0-20",
        "pass_mark": "11", "academic_hour_minutes": "45", "hue": "green", "zone": "", "locale": "",
        "key": "", "given_names": "Rosa", "first_surname": "Quispe", "email": "rosa@idm.example",
        "document_kind": "dni", "document_number": "45678912", "password": PASSWORD,
    }  # fmt: skip


@pytest.fixture
def english(visitor):
    visitor.set_cookie("idioma", "en")
    return visitor


@pytest.mark.parametrize("door", ["/", "/cursos", "/registro", "/ingresar"])
def test_every_door_leads_to_the_first_page(english, door):
    answer = english.get(door)
    assert answer.status_code == 302
    assert answer.location == "/instalar"


def test_one_form_makes_institution_and_administrator_and_lets_them_in(english, db, filled):
    assert english.get("/instalar").status_code == 200
    answer = english.send("/instalar", filled)
    assert answer.status_code == 303, answer.text
    with db.reading() as session:
        made = session.scalars(select(Institution)).one()
        grant = session.scalars(select(Grant)).one()
        site = session.scalars(select(Installation)).one()
    assert (made.key, made.zone, made.locale) == ("im", "America/Lima", "es_PE")
    assert (made.scale, made.pass_mark, made.demo) == ("0-20", points("0.55"), False)
    assert (grant.role, grant.kind, grant.institution_id) == (
        "administrator",
        "installation",
        made.id,
    )
    assert site.institution_id == made.id
    assert english.get_cookie(SESSION_COOKIE) is not None
    page = english.get(answer.location, follow_redirects=True)
    assert "Before you open the doors" in page.text
    # Nothing leads to the first page any more, and nothing can be set up twice.
    assert english.get("/cursos").status_code == 200
    assert english.get("/instalar").status_code == 302


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("code", "AAAA-AAAA-AAAA", "This is not the code"),
        ("name", "", "Write the name of the institution"),
        ("pass_mark", "21", "The pass mark lies between"),
        ("pass_mark", "once", "Write the mark as a number"),
        ("academic_hour_minutes", "5", "An academic hour has 30 to 90 minutes"),
        ("key", "Ñ", "Write 2 to 12 letters"),
        ("email", "rosa", "e-mail"),
        ("password", "1234567890", "Many people use this password"),
        ("document_number", "1", "document"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(english, db, filled, field, value, said):
    answer = english.send("/instalar", filled | {field: value})
    assert answer.status_code in (409, 422)
    assert said in " ".join(answer.text.split())
    assert "Instituto Municipal" in answer.text
    with db.reading() as session:
        assert session.scalar(select(func.count(Institution.id))) == 0
        assert session.scalar(select(func.count(Person.id))) == 0


def test_guessing_the_code_is_stopped(english, filled):
    for _ in range(10):
        english.send("/instalar", filled | {"code": "AAAA-AAAA-AAAA"})
    answer = english.send("/instalar", filled)
    assert answer.status_code == 429
    assert "Retry-After" in answer.headers


def test_two_at_the_same_moment_make_one(app, db, filled):
    """Two browsers send the form at once: one site, one institution, one administrator."""

    def send(n: int) -> int:
        browser = app.test_client()
        other = {
            "email": f"rosa{n}@idm.example",
            "document_number": f"4567891{n}",
            "key": f"idm{n}",
        }
        return browser.send("/instalar", filled | other).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(send, (1, 2)))
    assert answers[0] == 303
    assert answers[1] in (302, 409)
    with db.reading() as session:
        assert session.scalar(select(func.count(Institution.id))) == 1
        assert session.scalar(select(func.count(Grant.id))) == 1
        assert session.scalar(select(func.count(Identifier.id))) == 2


def test_a_site_that_has_an_institution_is_never_set_up_again(english, world, db, filled):
    assert english.get("/instalar").status_code == 302
    assert english.send("/instalar", filled).status_code == 302
    with db.reading() as session:
        assert session.scalar(select(func.count(Institution.id))) == 2
