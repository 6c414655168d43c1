"""The cohort's list: sorted, narrowed, with chosen columns, kept, and taken away as files."""

import csv
import io
import re
import zipfile
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from sqlalchemy import insert, select, update

from lms.desk.models import KeptList
from lms.enrollment.models import Enrollment
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.ids import uuid7
from lms.people.models import Person
from tests.factories.teaching import QUIZZES
from tests.factories.world import make_person
from tests.statements import statements

PEOPLE = (("ana", "Zúñiga", "Sololá"), ("beto", "Álvarez", "Ácala"), ("carla", "Bámaca", "Zacapa"))


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}"


@pytest.fixture
def people(classroom, db, clock):
    """Ana finished, Beto failed one, Carla only came; each from a place of their own."""

    def make(work):
        for name, surname, _ in PEOPLE:
            person = make_person(work, name, given=name.capitalize())
            person.first_surname = surname
            work.session.flush()
            classroom.world.people[name] = person.id

    db.perform(make, SYSTEM)
    for name, _, place in PEOPLE:
        classroom.enrol(name, municipality=place)
        clock.advance(hours=1)
    classroom.finish("ana")
    classroom.see("beto", "derecho", "plazos")
    classroom.take("beto", QUIZZES[0], right=False)
    classroom.stop_at("carla", "derecho")
    return classroom


def order(browser, address: str) -> list[str]:
    """The surnames on the page, from top to bottom."""
    text = browser.get(address).text
    found = re.findall(r'<th scope="row"><a [^>]+>(\S+) López', text)
    return ["Quispe" if name not in {s for _, s, _ in PEOPLE} else name for name in found]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("nombre", ["Álvarez", "Bámaca", "Quispe", "Zúñiga"]),
        ("-nombre", ["Zúñiga", "Quispe", "Bámaca", "Álvarez"]),
        ("-nota", ["Zúñiga", "Álvarez", "Bámaca", "Quispe"]),
        ("notas:evaluacion-laip", ["Álvarez", "Zúñiga", "Bámaca", "Quispe"]),
        ("-notas:evaluacion-datos", ["Zúñiga", "Álvarez", "Bámaca", "Quispe"]),
        ("-avance", ["Zúñiga", "Álvarez", "Bámaca", "Quispe"]),
        ("ingreso", ["Álvarez", "Bámaca", "Zúñiga", "Quispe"]),
        ("-admision", ["Bámaca", "Álvarez", "Quispe", "Zúñiga"]),
        ("estado", ["Zúñiga", "Álvarez", "Bámaca", "Quispe"]),
    ],
)
def test_sorted_by_each_column_whoever_has_nothing_last(people, english, url, by, expected):
    assert order(english("registrar"), f"{url}?orden={by}") == expected


def test_places_are_sorted_without_accents_on_both_databases(people, english, url, db):
    db.perform(
        lambda work: work.session.execute(
            update(Enrollment)
            .where(Enrollment.id == people.enrollments["learner"].id)
            .values(municipality="almolonga")
        ),
        SYSTEM,
    )
    found = order(english("registrar"), f"{url}?orden=municipio")
    assert found == ["Álvarez", "Quispe", "Zúñiga", "Bámaca"]


def test_a_heading_says_its_order_and_turns_it_round(people, english, url):
    text = english("registrar").get(f"{url}?orden=-nota&q=a&col=nota").text
    heading = re.search(r'<th[^>]*aria-sort="descending"[^>]*><a href="([^"]+)"', text)
    assert heading is not None
    address = heading.group(1).replace("&amp;", "&")
    assert "orden=nota" in address
    assert "q=a" in address
    assert "col=nota" in address


def test_counts_are_of_those_whom_the_other_filters_leave(people, english, url):
    browser = english("registrar")
    text = " ".join(browser.get(f"{url}?municipio=Sololá").text.split())
    assert "1–1 of 1" in text
    assert "Everybody (1)" in text
    assert "Ready for the document (1)" in text
    assert "On the way" not in text.partition("personas")[0].partition("Which people")[2]
    assert "<b>4</b>" in text  # how many there are stays said
    assert "Nobody here" in browser.get(f"{url}?municipio=Sololá&ver=pendientes").text


def test_columns_are_chosen_and_stay_with_every_link(people, english, url):
    browser = english("registrar")
    text = browser.get(f"{url}?ver=todas&col=ingreso&col=documento").text
    heads = re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", text)
    assert heads == ["Person", "Last entry", "Identity document"]
    assert "col=ingreso&amp;col=documento" in text


@pytest.mark.parametrize(("role", "status"), [("registrar", True), ("instructor", False)])
def test_documents_and_telephones_are_for_who_answers_requests(people, english, url, role, status):
    browser = english(role)
    text = browser.get(f"{url}?ver=todas&col=correo&col=nota").text
    assert ("ana@example.org" in text) is status
    sheet = browser.get(f"{url}/notas.csv?ver=todas&col=correo&col=nota").get_data(as_text=True)
    assert ("ana@example.org" in sheet) is status


def test_a_list_is_kept_for_its_reader_alone(people, english, url, db):
    browser = english("registrar")
    answer = browser.send(f"{url}/recordar?ver=listas&orden=-nota&col=nota")
    assert answer.status_code == 303
    assert order(browser, url) == ["Zúñiga"]
    assert order(browser, f"{url}?ver=todas") == ["Álvarez", "Bámaca", "Quispe", "Zúñiga"]
    assert len(order(english("instructor"), url)) == 4
    with db.reading() as session:
        assert len(session.scalars(select(KeptList)).all()) == 1
    text = browser.get(url).text
    assert "Always open it like this" not in text
    assert "Always open it like this" in browser.get(f"{url}?ver=todas").text


def rows(answer) -> list[list[str]]:
    return list(csv.reader(io.StringIO(answer.get_data(as_text=True)[1:])))


def test_files_have_the_columns_the_order_and_the_people_of_the_page(people, english, url):
    browser = english("registrar")
    asked = "ver=todas&orden=-nota&col=ingreso&col=nota"
    found = rows(browser.get(f"{url}/notas.csv?{asked}"))
    assert found[0] == ["Surnames and given names", "Grade", "Last entry"]
    assert [row[0].split()[0] for row in found[1:3]] == ["Zúñiga", "Álvarez"]
    assert [row[0] for row in rows(browser.get(f"{url}/notas.csv?municipio=Zacapa"))][1:] == [
        "Bámaca López, Carla"
    ]


def test_moments_in_files_are_by_the_clock_of_the_institution(people, english, url):
    seen = people.row("ana").last_seen_at
    browser = english("registrar")
    found = rows(browser.get(f"{url}/notas.csv?q=ana&col=ingreso"))
    assert found[1][1] == f"{seen - timedelta(hours=6):%Y-%m-%d %H:%M}"  # Guatemala


def test_excel_gets_the_same(people, english, url):
    answer = english("registrar").get(f"{url}/notas.xlsx?ver=todas&orden=-nota&col=nota")
    assert "spreadsheetml" in answer.mimetype
    assert re.search(
        r'filename="?transparencia-2026-\d\d-\d\d\.xlsx', answer.headers["Content-Disposition"]
    )
    with zipfile.ZipFile(io.BytesIO(answer.get_data())) as archive:
        sheet = ElementTree.fromstring(archive.read("xl/worksheets/sheet1.xml"))
    texts = ["".join(row.itertext()) for row in sheet.iter() if row.tag.endswith("}row")]
    assert texts[0] == "Surnames and given namesGrade"
    assert texts[1] == "Zúñiga López, Ana100"


@pytest.mark.parametrize(
    ("role", "status"), [("learner", 404), ("signer", 403), ("otra-registrar", 404)]
)
def test_others_take_and_keep_nothing(people, as_person, url, role, status):
    browser = as_person(role)
    assert browser.get(f"{url}/notas.xlsx").status_code == status
    assert browser.send(f"{url}/recordar").status_code == status


def test_somebody_stuck_is_told_by_the_days(people, english, url, clock):
    for _ in range(8):
        clock.advance(days=1)
        people.stop_at("beto", "plazos")
    text = " ".join(english("registrar").get(f"{url}?ver=detenidas").text.split())
    assert "Stuck for 7 days (1)" in text
    assert "has finished nothing since 23 Nov" in text
    text = " ".join(english("registrar").get(f"{url}?ver=sin-entrar").text.split())
    assert "Last entry on 23 Nov." in text
    assert "has never entered." in text


def test_two_thousand_people_take_no_more_statements_and_a_page_loads_fifty(
    people, english, url, db
):
    browser = english("registrar")
    address = f"{url}?orden=-nota&municipio=Sololá"
    browser.get(address)
    with statements(db.engine) as few:
        browser.get(address)

    def crowd(work):
        now = work.now
        made = work.session.scalars(
            insert(Person).returning(Person.id),
            [
                {
                    "uid": uuid7(), "given_names": f"N{n}", "first_surname": f"A{n:04}",
                    "search": f"n{n}", "country": "GT", "created_at": now, "state": "active",
                }
                for n in range(2_000)
            ],
        ).all()  # fmt: skip
        work.session.execute(
            insert(Enrollment),
            [
                {
                    "uid": uuid7(), "institution_id": people.cohort.institution_id,
                    "cohort_id": people.cohort.id, "person_id": person, "sort_name": f"a{n:04}",
                    "municipality": "Sololá", "state": "enrolled", "applied_at": now,
                }
                for n, person in enumerate(made)
            ],
        )  # fmt: skip

    db.perform(crowd, SYSTEM)
    with statements(db.engine) as many:
        text = browser.get(address).text
    assert "1–50 of 2001" in text.replace(",", "")
    assert len(many) == len(few) <= 11
    assert text.count('<th scope="row">') == 50
    with statements(db.engine) as sheet:
        assert len(rows(browser.get(f"{url}/notas.csv?ver=todas"))) == 2_005
    assert len(sheet) <= 40
