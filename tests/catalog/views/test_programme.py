"""A programme's page: what it gives, what it asks, and how one gets in."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.catalog.models import Programme
from lms.foundation.kernel.actor import SYSTEM
from tests.conftest import MORNING
from tests.factories.catalog import make_course, make_diploma, make_programme
from tests.factories.enrollment import make_cohort, put_in
from tests.statements import statements

PAGE = "/cursos/gestion-municipal"
DAY = timedelta(days=1)


@pytest.fixture
def diploma(db, world):
    db.perform(lambda work: make_diploma(work, world.institutions["igm"]), SYSTEM)


@pytest.fixture
def cohort(db, diploma):
    return db.perform(lambda work: make_cohort(work, capacity=6), SYSTEM)


def test_a_visitor_reads_everything_before_asking(visitor, cohort):
    page = visitor.get(PAGE)
    assert page.status_code == 200
    for words in (
        "Gestión Municipal y Transparencia",
        "Responde solicitudes de información a tiempo.",
        "Saber leer y escribir en español.",
        "Transparencia", "Finanzas", "Ley de acceso", "Gobierno abierto",
        "El derecho y sus principios", "320 kB", "Constancia de aprobación",
        "Promoción 1 de 2027",
    ):  # fmt: skip
        assert words in page.text, words
    assert f'href="/promociones/{cohort.uid}/solicitar"' in page.text
    assert "Guatemala" in page.text.split('id="promociones"')[1]  # the zone of the closing


def test_a_course_in_preparation_and_a_legal_review_are_marked(visitor, db, world, diploma):
    def lay(work):
        igm = world.institutions["igm"]
        pending = make_course(
            work, igm, "a", programme="p", detail={"legal_review": {"state": "pending"}}
        )
        make_programme(work, igm, "p", "Otro", courses=[pending])

    db.perform(lay, SYSTEM)
    with_outline, under_review = visitor.get(PAGE).text, visitor.get("/cursos/p").text
    assert (with_outline.count('class="tag info"'), with_outline.count("notice warn")) == (1, 0)
    assert (under_review.count('class="tag info"'), under_review.count("notice warn")) == (0, 1)


def test_without_a_cohort_it_says_so(visitor, diploma):
    page = visitor.get(PAGE)
    assert "/solicitar" not in page.text
    assert 'id="promociones"' in page.text


@pytest.mark.parametrize(
    ("given", "moment", "asks"),
    [
        ({}, MORNING, True),
        ({"enrollment_opens_at": MORNING + DAY}, MORNING, False),
        ({}, MORNING + 31 * DAY, False),
    ],
)
def test_the_button_is_there_while_requests_are_taken(
    visitor, db, diploma, clock, given, moment, asks
):
    db.perform(lambda work: make_cohort(work, **given), SYSTEM)
    clock.now = moment
    page = visitor.get(PAGE)
    assert page.status_code == 200
    assert ("/solicitar" in page.text) is asks


@pytest.mark.parametrize(
    ("state", "classroom"),
    [("enrolled", True), ("completed", True), ("failed", True), ("applied", False),
     ("declined", False), ("withdrawn", False), ("waitlisted", False)],
)  # fmt: skip
def test_one_reads_how_one_stands(as_person, db, world, cohort, state, classroom):
    row = db.perform(
        lambda work: put_in(work, cohort, world.people["learner"], state, reason="Falta el <DPI>"),
        SYSTEM,
    )
    mine = as_person("learner").get(PAGE)
    assert "/solicitar" not in mine.text
    assert (f"/aula/{row.uid}" in mine.text) is classroom
    assert "Falta el &lt;DPI&gt;" in mine.text
    other = as_person("learner2").get(PAGE)
    assert "/solicitar" in other.text
    assert "DPI" not in other.text


def test_a_new_version_is_shown_at_once(visitor, db, world, diploma):
    assert "Nuevo nombre" not in visitor.get(PAGE).text

    def publish(work):
        new = make_programme(work, world.institutions["igm"], "nuevo", "Nuevo nombre")
        old = work.session.scalars(
            select(Programme).where(Programme.slug == "gestion-municipal")
        ).one()
        old.current_version_id = new.id

    db.perform(publish, SYSTEM)
    assert "Nuevo nombre" in visitor.get(PAGE).text


@pytest.mark.parametrize("slug", ["no-existe", "..", "retirado"])
def test_what_is_not_published_does_not_exist(visitor, db, world, slug):
    def lay(work):
        version = make_programme(work, world.institutions["igm"], "retirado", "Retirado")
        work.session.get_one(Programme, version.programme_id).withdrawn_at = work.now

    db.perform(lay, SYSTEM)
    assert visitor.get(f"/cursos/{slug}").status_code == 404


def test_the_page_costs_the_same_however_long_the_programme_is(
    as_person, visitor, db, world, cohort
):
    def lay(work):
        igm = world.institutions["igm"]
        courses = [
            make_course(work, igm, f"c{n}", programme="largo", modules=[f"M{m}" for m in range(9)])
            for n in range(9)
        ]
        make_programme(work, igm, "largo", "Largo", courses=courses)
        for number in range(9):
            make_cohort(work, "largo", key=f"largo-{number}")

    db.perform(lay, SYSTEM)
    for browser in (as_person("learner"), visitor):
        browser.get(PAGE)
        for address in (PAGE, "/cursos/largo", "/cursos/largo"):
            with statements(db.engine) as seen:
                assert browser.get(address).status_code == 200
            assert len(seen) <= 8, seen
