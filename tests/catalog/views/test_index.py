"""The catalogue as visitors and learners see it."""

import re
from datetime import timedelta

import pytest

from lms.foundation.kernel.actor import SYSTEM
from tests.factories.catalog import make_diploma, make_programme
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import make_person
from tests.statements import statements

DAY = timedelta(days=1)


@pytest.fixture
def catalogue(db, world):
    def lay(work):
        igm = world.institutions["igm"]
        make_diploma(work, igm)
        make_programme(work, igm, "taller", "Taller de <compras>", kind="workshop", hours=8)
        cohort = make_cohort(work, capacity=6)
        for number in range(2):
            put_in(work, cohort, make_person(work, f"p{number}").id)
        return cohort

    return db.perform(lay, SYSTEM)


def cards(page):
    return page.text.partition('<ul class="cards">')[2].split('<li class="card">')[1:]


def test_a_visitor_reads_the_cards(visitor, catalogue):
    page = visitor.get("/cursos")
    assert page.status_code == 200
    diploma, workshop = cards(page)
    assert 'href="/cursos/gestion-municipal"' in diploma
    for words in ("Gestión Municipal y Transparencia", "120", "320 kB", "23 dic 2026", "Instituto"):
        assert words in diploma
    assert "&lt;compras&gt;" in workshop


def test_words_and_filters_make_an_address_to_share(visitor, catalogue):
    assert len(cards(visitor.get("/cursos?q=GESTION&tipo=diploma&tema=finance&horas=101-"))) == 1
    assert len(cards(visitor.get("/cursos?q=gestion&tipo=workshop"))) == 0
    page = visitor.get("/cursos?q=gesti%C3%B3n&tema=finance&modalidad=online")
    assert 'value="gestión"' in page.text
    assert '<input type="hidden" name="tema" value="finance">' in page.text
    assert '<option value="online" selected>' in page.text
    assert re.search(r'<details class="filters-more" open>', page.text)
    assert 'href="/cursos?q=gesti%C3%B3n&amp;modalidad=online"' in page.text  # all topics


def test_nothing_found_has_a_way_out(visitor, catalogue):
    page = visitor.get("/cursos?q=no+existe+nada+as%C3%AD&pagina=7")
    assert page.status_code == 200
    assert 'class="empty"' in page.text
    assert 'href="/cursos"' in page.text.split('class="empty"')[1]


def test_an_empty_catalogue_says_so(visitor, world):
    page = visitor.get("/cursos")
    assert page.status_code == 200
    assert 'class="empty"' in page.text


@pytest.mark.parametrize(
    "query",
    ["q=%25", "q=_", "q=%5C", "pagina=0", "pagina=-1", "pagina=x", "q=" + "a" * 9000],
)
def test_odd_addresses_are_answered(visitor, catalogue, query):
    assert visitor.get(f"/cursos?{query}").status_code == 200


def test_the_last_page_stands_for_those_after_it(visitor, db, world):
    def lay(work):
        for number in range(25):
            make_programme(work, world.institutions["igm"], f"p{number}", f"Programa {number:02}")

    db.perform(lay, SYSTEM)
    seen = [visitor.get(f"/cursos?pagina={n}").text for n in (1, 2, 3, 99)]
    assert [text.count('<li class="card">') for text in seen] == [12, 12, 1, 1]
    assert "Programa 24" in seen[2]
    assert "Programa 24" in seen[3]
    assert 'href="/cursos?pagina=2"' in seen[0]


def test_a_learner_sees_how_they_stand(as_person, db, world, catalogue):
    db.perform(lambda work: put_in(work, catalogue, world.people["learner"], "applied"), SYSTEM)
    mine = cards(as_person("learner").get("/cursos"))[0]
    other = cards(as_person("learner2").get("/cursos"))[0]
    assert 'class="tag info"' in mine
    assert 'class="tag warn"' in other  # few seats


def test_however_long_the_catalogue_it_costs_the_same(as_person, visitor, db, world, catalogue):
    def lay(work):
        for number in range(30):
            make_diploma(work, world.institutions["igm"], f"p{number}")
            make_cohort(work, f"p{number}", key=f"c{number}")

    db.perform(lay, SYSTEM)
    db.perform(lambda work: put_in(work, catalogue, world.people["learner"]), SYSTEM)
    for browser in (as_person("learner"), visitor):
        browser.get("/cursos")
        for address in ("/cursos", "/cursos?pagina=2&q=gestion&tema=finance&tipo=diploma"):
            with statements(db.engine) as seen:
                assert browser.get(address).status_code == 200
            assert len(seen) <= 6, seen
