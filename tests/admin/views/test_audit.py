"""The log: by person, thing, deed and day; before and after; out as CSV; values erasable."""

import csv
import io

import pytest
from sqlalchemy import select

from lms.foundation.audit.actions import changed, record
from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.actions.merge import By, Why, merge
from lms.people.models import Person
from lms.people.queries.reach import Reach
from tests.statements import statements

URL = "/gestion/administracion/bitacora"


@pytest.fixture
def log(db, world, clock):
    """Four deeds on four days, of two institutions and of nobody."""

    def act(work, deed: str, name: str, institution: str | None, **given) -> None:
        person = work.session.get_one(Person, world.people[name])
        institution_id = world.institutions[institution] if institution else None
        record(work, deed, person, institution_id=institution_id, **given)

    registrar = Actor(world.people["registrar"])
    db.perform(
        act, registrar, "enrollment.admitted", "learner", "igm",
        detail=changed({"state": "applied"}, {"state": "enrolled"}),
    )  # fmt: skip
    clock.advance(days=1)
    db.perform(
        act, Actor(world.people["learner"]), "person.name_corrected", "learner", "igm",
        personal={"before": "Rosa Xiloj", "after": "Rosa Elena Xiloj"},
    )  # fmt: skip
    clock.advance(days=1)
    db.perform(act, SYSTEM, "cohort.opened", "learner2", "otra", detail={"number": 7})
    clock.advance(days=1)
    db.perform(act, SYSTEM, "session.started", "learner2", None)


def listed(page) -> str:
    return page.text.partition('<ol class="log')[2].partition("</ol>")[0]


def deeds(page) -> list[str]:
    words = {
        "Admitió una solicitud": "admitted", "Corrigió el nombre": "corrected",
        "Abrió una promoción": "opened", "Ingresó": "started",
    }  # fmt: skip
    rows = listed(page).split("<li>")[1:]
    return [words[key] for row in rows for key in words if f">{key}<" in row]


def test_the_latest_comes_first_with_before_and_after(operator, log):
    page = operator.get(URL)
    assert deeds(page) == ["started", "opened", "corrected", "admitted"]
    assert "<del>Solicitud recibida</del> → <ins>Inscripción confirmada</ins>" in page.text
    assert "<del>Rosa Xiloj</del> → <ins>Rosa Elena Xiloj</ins>" in page.text


WORDS = [
    ({"state": "enrolled"}, {"state": "withdrawn"}, ["Estado: Inscripción confirmada", "Retir"]),
    ({"ends_at": None}, {"ends_at": "2026-12-01T16:00:00+00:00"}, ["Fin: —", "1 de diciembre"]),
    ({"starts_on": "2025-01-02"}, {"starts_on": None}, ["Desde: 2 de enero de 2025", "—"]),
    ({"policy": {"pass_mark": 610000}}, {"policy": {"pass_mark": 700000}}, ["61 %", "70 %"]),
    (
        {"calendar": {"examen": {"closes_at": "2026-12-01T16:00:00+00:00"}}},
        {"calendar": {}},
        ["examen · Cierra: ", "1 de diciembre", "—"],
    ),
    ({"country": "GT"}, {"country": "PE"}, ["País: Guatemala", "Perú"]),
    ({"language": "es"}, {"language": "en"}, ["Idioma: Español", "English"]),
    ({"mode": "online"}, {"mode": "in_person"}, ["En línea", "Presencial"]),
]


@pytest.mark.parametrize(("before", "after", "said"), WORDS)
def test_before_and_after_are_in_words(operator, db, world, before, after, said):
    def act(work) -> None:
        person = work.session.get_one(Person, world.people["learner"])
        record(work, "person.post_saved", person, personal=changed(before, after))

    db.perform(act, SYSTEM)
    page = listed(operator.get(URL))
    cell = page.partition('class="change"')[2].partition("</p>")[0]
    told = "".join(part.partition(">")[2] for part in f"<{cell}".split("<"))
    at = 0
    for each in said:
        assert each in told[at:], told
        at = told.index(each, at) + len(each)


def test_each_sees_the_log_of_their_own_institution_only(as_person, log):
    assert deeds(as_person("administrator").get(URL)) == ["corrected", "admitted"]
    assert deeds(as_person("otra-administrator").get(URL)) == ["opened"]
    for name in ("registrar", "help_desk", "learner"):
        assert as_person(name).get(URL).status_code == 403
        assert as_person(name).get(f"{URL}.csv").status_code == 403


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("persona=registrar@example.org", ["admitted"]),
        ("persona=learner@example.org", ["corrected", "admitted"]),
        ("persona=learner@example.org&papel=hizo", ["corrected"]),
        ("persona=learner@example.org&papel=referida", ["corrected", "admitted"]),
        ("persona=nadie@example.org", []),
        ("area=enrollment", ["admitted"]),
        ("area=nada", ["started", "opened", "corrected", "admitted"]),
        ("hecho=cohort.opened", ["opened"]),
        ("desde=2026-11-24", ["started", "opened", "corrected"]),
        ("hasta=2026-11-24", ["corrected", "admitted"]),
        ("desde=2026-11-24&hasta=2026-11-24", ["corrected"]),
        ("desde=ayer", ["started", "opened", "corrected", "admitted"]),
    ],
)
def test_the_log_is_searched_by_person_deed_and_day(operator, log, query, found):
    assert deeds(operator.get(f"{URL}?{query}")) == found


def test_the_log_is_searched_by_the_thing_and_by_the_person_of_a_row(operator, world, log):
    uid = world.uids["learner"]
    for thing in (uid, f"https://aula.example.org/gestion/personas/{uid}/codigo"):
        found = operator.get(URL, query_string={"objeto": thing})
        assert deeds(found) == ["corrected", "admitted"]
    assert deeds(operator.get(f"{URL}?objeto=nada")) == []
    assert deeds(operator.get(f"{URL}?persona={uid}")) == ["corrected", "admitted"]


def test_pages_follow_one_another_without_gap_in_a_fixed_number_of_statements(operator, db, world):
    def many(work, count: int) -> None:
        person = work.session.get_one(Person, world.people["learner"])
        for _ in range(count):
            record(work, "session.started", person, detail={"number": len(written)})
            written.append(len(written))

    written: list[int] = []
    db.perform(many, SYSTEM, 3)
    operator.get(URL)
    with statements(db.engine) as few:
        operator.get(URL)
    db.perform(many, SYSTEM, 117)
    with statements(db.engine) as more:
        page = operator.get(URL)
    assert len(more) == len(few)
    assert len(more) <= 5
    total = deeds(page)
    while 'rel="next"' in page.text or "Anteriores" in page.text:
        link = page.text.partition("Anteriores")[0].rpartition('href="')[2].partition('"')[0]
        page = operator.get(link.replace("&amp;", "&"))
        total += deeds(page)
    assert len(total) == 120


def test_everything_found_goes_out_as_a_sheet(operator, log, db):
    answer = operator.get(f"{URL}.csv?desde=2026-11-24&hasta=2026-11-25")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Cache-Control"] == "no-store"
    rows = list(csv.reader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row[1] for row in rows[1:]] == ["Abrió una promoción", "Corrigió el nombre"]
    assert rows[2][-2:] == ["Rosa Xiloj", "Rosa Elena Xiloj"]
    assert rows[1][-3:] == ["Número", "", "7"]


def test_personal_values_are_erased_for_good_and_the_deeds_stay(
    operator, as_person, db, world, log
):
    uid = world.uids["learner"]
    erase = f"{URL}/{uid}/borrar"
    assert as_person("administrator").get(erase).status_code == 403
    assert as_person("administrator").send(erase, {}).status_code == 403
    assert f'href="{erase}"' in operator.get(f"{URL}?persona={uid}").text
    assert operator.get(erase).status_code == 200
    assert operator.send(erase, {}).status_code == 303
    page = operator.get(f"{URL}?persona={uid}")
    assert "Rosa Xiloj" not in listed(page)
    assert deeds(page) == ["corrected", "admitted"]
    with db.reading() as session:
        assert session.scalars(select(AuditPersonal)).all() == []
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert (last.deed, last.detail) == ("person.personal_erased", {"number": 1})


def test_the_page_changes_nothing(operator, db, log, clock):
    with db.reading() as session:
        before = session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all()
    clock.advance(hours=1)
    operator.get(URL)
    operator.get(f"{URL}.csv")
    with db.reading() as session:
        assert session.scalars(select(AuditEntry.id).order_by(AuditEntry.id)).all() == before


def test_what_is_on_record_of_a_joined_account_is_told_of_the_one_that_stays(
    operator, db, world, log
):
    """And erased with it."""
    stays, goes = world.uids["learner2"], world.uids["learner"]
    why, everywhere = Why("document", "Se registró dos veces"), By(Reach(everywhere=True))
    pair = world.people["learner2"], world.people["learner"]
    db.perform(merge, Actor(world.people["operator"]), *pair, why, everywhere)
    for uid in (stays, goes):
        page = operator.get(f"{URL}?persona={uid}")
        assert "Rosa Xiloj" in listed(page)
        assert f"{URL}/{uid}/borrar" in page.text
    assert operator.send(f"{URL}/{stays}/borrar", {}).status_code == 303
    assert "Rosa Xiloj" not in listed(operator.get(f"{URL}?persona={stays}"))
