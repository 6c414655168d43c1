"""One box over everything: each kind is found, within reach, in few statements."""

import pytest
from sqlalchemy import select

from lms.certificates.models import Credential
from lms.certificates.tasks import issue_all
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person
from tests.factories.certificates import fill
from tests.factories.enrollment import make_cohort
from tests.factories.teaching import open_classroom
from tests.statements import statements


@pytest.fixture
def house(app, db, world):
    """A cohort of people, one of whom has a document, in each of the two institutions."""
    rooms = {}
    for key, title in (("igm", "Promoción del altiplano"), ("otra", "Promoción de la selva")):
        rooms[key] = open_classroom(app, db, world, institution=key, title=title)

        def people(work, key=key):
            fill(work, rooms[key].cohort, 2, given="Ana" if key == "igm" else "Brígida")

        db.perform(people, SYSTEM)
    rooms["igm"].enrol("learner")
    issue_all(db, rooms["igm"].actor("registrar"), rooms["igm"].cohort.uid, "http://localhost")
    return rooms


@pytest.fixture
def find(as_person):
    def run(name: str, text: str) -> str:
        browser = as_person(name)
        browser.set_cookie("idioma", "en")
        answer = browser.get("/gestion/buscar", query_string={"q": text})
        assert answer.status_code == 200
        return " ".join(answer.text.split()).partition("<main")[2]

    return run


def test_the_box_is_in_the_header_of_staff_and_of_nobody_else(house, as_person):
    for name in ("registrar", "help_desk", "administrator", "signer"):
        text = as_person(name).get("/inicio").text
        assert 'action="/gestion/buscar"' in text
        assert "/static/staff." in text
    text = as_person("learner").get("/inicio").text
    assert "/gestion/buscar" not in text
    assert "/static/staff." not in text


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        ("help_desk", "cojti", ["Ana Cojtí000 Ñáñez", "Ana Cojtí001 Ñáñez", "/gestion/personas/"]),
        ("registrar", "cojti", ["Ana Cojtí000 Ñáñez", "/gestion/promociones/"]),
        ("instructor", "COJTÍ001", ["Ana Cojtí001 Ñáñez"]),
        ("registrar", "altiplano", ["Promoción del altiplano", "Cohorts"]),
        ("registrar", "transparencia", ["Gestión Municipal y Transparencia", "Transparencia"]),
        ("registrar", "plazos", ["Gestión Municipal y Transparencia"]),
        ("signer", "gestion muni", ["Gestión Municipal y Transparencia"]),
    ],
)
def test_each_kind_is_found_without_minding_accents(house, find, name, text, expected):
    found = find(name, text)
    for each in expected:
        assert each in found


@pytest.mark.parametrize("name", ["help_desk", "registrar", "instructor", "administrator"])
@pytest.mark.parametrize("text", ["brigida", "selva", "cojti"])
def test_nothing_of_another_house_is_found(house, find, name, text):
    found = find(name, text)
    assert "Brígida" not in found
    assert "Promoción de la selva" not in found


def test_a_person_is_found_by_number_only_where_one_helps(house, find, db, rosa_of_igm):
    assert "Rosa María" in find("help_desk", "2345 67899 0101")
    assert "Nothing found" in find("otra-help_desk", "2345 67899 0101")


@pytest.fixture
def rosa_of_igm(db, world):
    from lms.people.actions.help_desk import NewPerson, create
    from lms.people.formats.documents import document
    from lms.people.rules.names import written

    def make(work) -> Person:
        return create(
            work,
            NewPerson(
                name=written("Rosa María", "Ixcoy", None), country="GT", password_hash=None,
                document=document("dpi", "2345678990101", "GT"),
            ),
            "test",
        )  # fmt: skip

    return db.perform(make, SYSTEM)


def test_a_document_is_reached_by_its_code_and_its_number(house, db, as_person):
    with db.reading() as session:
        one = session.scalars(select(Credential).order_by(Credential.id)).first()
    browser = as_person("registrar")
    written_small = one.code.lower().replace("-", " ")
    for typed in (one.code, written_small, f"{one.series}-{one.number:06}"):
        answer = browser.get("/gestion/buscar", query_string={"q": typed})
        assert answer.status_code == 303
        assert answer.location == f"/v/{one.code}"
    other = as_person("otra-registrar").get("/gestion/buscar", query_string={"q": one.code})
    assert other.status_code == 200


def test_a_search_costs_the_same_for_one_hit_and_for_many(house, db, as_person, world):
    browser = as_person("registrar")
    browser.get("/gestion/buscar?q=cojti")
    counts = []
    for _ in range(2):
        with statements(db.engine) as seen:
            assert browser.get("/gestion/buscar?q=a+promocion").status_code == 200
        with statements(db.engine) as also:
            assert browser.get("/gestion/buscar?q=cojti").status_code == 200
        counts.append((len(seen), len(also)))

        def more(work):
            for number in range(9):
                make_cohort(
                    work,
                    "gestion-municipal",
                    key=f"{len(counts)}-{number}",
                    title=f"Promoción {number}",
                )
            fill(work, house["igm"].cohort, 30, given="Ana María")

        db.perform(more, SYSTEM)
    assert counts[0] == counts[1]
    assert max(counts[0]) <= 9


def test_an_empty_box_shows_the_form_and_odd_letters_find_nothing(house, find):
    assert "Nothing found" not in find("registrar", "")
    for odd in ("%", "_", "'", "x" * 300):
        assert "Ana Cojtí" not in find("registrar", odd)


@pytest.mark.parametrize("name", ["learner", "otra-learner"])
def test_learners_have_no_box(house, as_person, name):
    assert as_person(name).get("/gestion/buscar?q=ana").status_code == 403
