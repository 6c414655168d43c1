"""The staff's list of cohorts."""

from datetime import timedelta

import pytest

from lms.foundation.kernel.actor import SYSTEM
from tests.conftest import MORNING
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort, put_in
from tests.factories.world import make_person
from tests.statements import statements

LIST = "/gestion/promociones"
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("registrar", 200),
        ("instructor", 200),
        ("help_desk", 200),
        ("administrator", 200),
        ("signer", 403),
        ("tutor", 403),
        ("learner", 403),
    ],
)
def test_who_sees_the_list(as_person, open_cohort, person, status):
    open_cohort()
    assert as_person(person).get(LIST).status_code == status


def test_a_visitor_signs_in_first(visitor):
    assert visitor.get(LIST).status_code == 302


def test_each_institution_sees_its_own(as_person, db, world, open_cohort):
    open_cohort(title="La nuestra")

    def lay(work):
        make_diploma(work, world.institutions["otra"], "theirs")
        make_cohort(work, "theirs", key="theirs", title="La de ellos")

    db.perform(lay, SYSTEM)
    ours = as_person("registrar").get(LIST).text
    theirs = as_person("otra-registrar").get(LIST).text
    assert ("La nuestra" in ours, "La de ellos" in ours) == (True, False)
    assert ("La nuestra" in theirs, "La de ellos" in theirs) == (False, True)


def test_requests_and_seats_are_counted(as_person, db, world, open_cohort):
    cohort = open_cohort(capacity=40)

    def lay(work):
        for number, state in enumerate(("applied", "applied", "enrolled", "completed", "declined")):
            put_in(work, cohort, make_person(work, f"p{number}").id, state)

    db.perform(lay, SYSTEM)
    page = as_person("registrar").get(LIST)
    assert f'href="{LIST}/{cohort.uid}/solicitudes"' in page.text
    assert f'href="{LIST}/{cohort.uid}/solicitudes"' not in as_person("instructor").get(LIST).text


def test_searching_forgives_accents_and_filters_by_time(as_person, open_cohort):
    open_cohort(key="a", title="Generación Ñandú 2027")
    open_cohort(
        key="b", title="Promoción pasada", enrollment_opens_at=MORNING - 90 * DAY,
        enrollment_closes_at=MORNING - 80 * DAY, starts_at=MORNING - 70 * DAY,
        ends_at=MORNING - DAY,
    )  # fmt: skip
    open_cohort(
        key="c", title="Promoción en marcha", enrollment_opens_at=MORNING - 90 * DAY,
        enrollment_closes_at=MORNING - 80 * DAY, starts_at=MORNING - 70 * DAY,
        ends_at=MORNING + DAY,
    )  # fmt: skip
    browser = as_person("registrar")

    def found(query):
        text = browser.get(f"{LIST}?{query}").text
        return [name for name in ("Ñandú", "pasada", "en marcha") if name in text.split("<h1>")[1]]

    assert found("q=GENERACION+nandu") == ["Ñandú"]
    assert found("q=transparencia+marcha") == ["en marcha"]
    assert found("estado=inscribiendo") == ["Ñandú"]
    assert found("estado=en-curso") == ["en marcha"]
    assert found("estado=terminadas") == ["pasada"]
    assert found("estado=otra&q=%25") == []
    assert found("estado=otra&q=") == ["Ñandú", "pasada", "en marcha"]


def test_the_list_is_paged_in_a_fixed_number_of_statements(as_person, db, diploma, world):
    browser = as_person("registrar")
    browser.get(LIST)
    with statements(db.engine) as few:
        browser.get(LIST)

    def lay(work):
        for number in range(45):
            make_cohort(
                work, diploma, key=f"c{number}", title=f"Promoción {number:02}",
                starts_at=MORNING + (60 + number // 9) * DAY,
            )  # fmt: skip

    db.perform(lay, SYSTEM)
    with statements(db.engine) as many:
        first = browser.get(LIST).text
    assert len(few) == len(many) <= 8
    seen = []
    for number in (1, 2, 3):
        text = browser.get(f"{LIST}?pagina={number}").text
        seen += [n for n in range(45) if f"Promoción {n:02}<" in text]
    assert sorted(seen) == list(range(45))
    assert "Promoción 44<" in first
    assert browser.get(f"{LIST}?pagina=9").status_code == 200
