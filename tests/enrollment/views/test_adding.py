"""One person, or a list with everything wrong that lists have: looked at first, then enrolled."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.enrollment.models import Enrollment, Roster, RosterRow
from lms.foundation.kernel.actor import SYSTEM
from lms.people.models import Person
from tests.enrollment.lists import cui, pasted
from tests.factories.enrollment import put_in
from tests.statements import statements

BAD = "\r\n".join(
    [
        "\ufeffNo.;Nombres;Apellidos;DPI;Correo electrónico;Municipio",
        f"1;Ana\u00a0Lucía;de la Cruz Paz;{cui(1)[:4]} {cui(1)[4:9]}-{cui(1)[9:]};ana@x.gt;Nebaj",
        f"2;Delia;Tzoc;{cui(2)};;San José",
        "3;Rosa;López;;learner@example.org;",
        "4;Pedro;Ruiz;;esto no es;",
        f"5;Ana Lucía;de la Cruz Paz;{cui(1)};;Nebaj",
        "",
    ]
)


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=10)


@pytest.fixture
def registrar(as_person, cohort):
    return as_person("registrar")


def at(cohort, tail="agregar"):
    return f"/gestion/promociones/{cohort.uid}/{tail}"


def paste(browser, cohort, text):
    sent = browser.send(at(cohort, "agregar/lista"), {"text": text})
    assert sent.status_code == 303, sent.text
    return sent.location


def outcomes(db):
    with db.reading() as session:
        rows = session.scalars(select(RosterRow).order_by(RosterRow.roster_id, RosterRow.position))
        return [row.outcome for row in rows]


def enrolled(db):
    with db.reading() as session:
        return session.scalar(select(func.count()).select_from(Enrollment))


def writes(seen):
    return [each for each in seen if not each.lstrip().upper().startswith(("SELECT", "WITH"))]


@pytest.mark.parametrize(
    ("person", "status"),
    [
        ("registrar", 200), ("instructor", 403), ("tutor", 403), ("administrator", 403),
        ("help_desk", 403), ("learner", 404), ("otra-registrar", 404),
    ],
)  # fmt: skip
def test_only_the_registrar_adds_people(as_person, db, cohort, person, status):
    browser = as_person(person)
    assert browser.get(at(cohort)).status_code == status
    assert browser.get(at(cohort, "invitadas")).status_code == status
    sent = browser.send(at(cohort, "agregar/lista"), {"text": pasted(1)})
    assert sent.status_code == (303 if status == 200 else status)
    one = {"email": "learner@example.org", "go": "add"}
    browser.send(at(cohort, "agregar/persona"), one)
    assert enrolled(db) == (status == 200)


def test_a_person_is_looked_up_then_enrolled(registrar, db, world, cohort):
    with statements(db.engine) as seen:
        page = registrar.send(
            at(cohort, "agregar/persona"), {"email": " LEARNER@example.org ", "go": "look"}
        )
    assert page.status_code == 200
    assert writes(seen) == []
    with db.reading() as session:
        name = session.get_one(Person, world.people["learner"]).full_name
    assert f"¿Inscribir a {name}?" in page.text
    kept = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.text))
    sent = registrar.send(at(cohort, "agregar/persona"), kept | {"go": "add"})
    assert (sent.status_code, sent.location) == (303, at(cohort))
    assert enrolled(db) == 1
    again = registrar.send(
        at(cohort, "agregar/persona"), {"email": "learner@example.org", "go": "look"}
    )
    assert again.status_code == 422
    assert "ya tiene cupo aquí" in again.text


def test_a_person_whom_nobody_knows_needs_a_name_and_is_invited(registrar, db, cohort):
    url = at(cohort, "agregar/persona")
    unknown = registrar.send(url, {"email": "nueva@x.gt", "go": "look"})
    assert unknown.status_code == 422
    assert "se invitará a la persona" in unknown.text
    assert 'href="#given_names"' in unknown.text
    fields = {"email": "nueva@x.gt", "given_names": "Juana", "first_surname": "Ixcot"}
    page = registrar.send(url, fields | {"go": "look"})
    assert "¿Invitar a Juana Ixcot?" in page.text
    back = registrar.send(url, fields | {"go": "edit"})
    assert 'value="Ixcot"' in back.text
    assert registrar.send(url, fields | {"go": "add"}).status_code == 303
    invited = registrar.get(at(cohort, "invitadas"))
    assert "Juana Ixcot" in invited.text
    assert "nueva@x.gt" in invited.text


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"email": "no es"}, "email"),
        ({}, "email"),
        ({"document_number": "123"}, "document_number"),
        (
            {
                "email": "n@x.gt",
                "given_names": "A",
                "first_surname": "B",
                "municipality": "San José",
            },
            "region",
        ),
        (
            {"email": "learner@example.org", "given_names": "Pedro", "first_surname": "Ruiz"},
            "same_person",
        ),
    ],
)
def test_what_is_wrong_about_one_person_is_beside_its_field(registrar, db, cohort, fields, field):
    for step in ("look", "add"):
        sent = registrar.send(at(cohort, "agregar/persona"), fields | {"go": step})
        assert sent.status_code in {409, 422}
        assert f'href="#{field}"' in sent.text
    assert enrolled(db) == 0


def test_a_bad_list_is_read_and_nobody_is_enrolled(registrar, db, cohort):
    where = paste(registrar, cohort, BAD)
    assert outcomes(db) == ["invite", "refused", "enroll", "refused", "repeated"]
    assert enrolled(db) == 0
    page = registrar.get(where)
    assert page.status_code == 200
    assert "Hay varios: Escuintla, Petén." in page.text
    assert "esto no es" in page.text
    ready = registrar.get(where + "?ver=listas")
    assert "Ana Lucía de la Cruz Paz" in ready.text
    assert "La misma persona está en la fila 1." in registrar.get(where + "?ver=otras").text


def test_rows_are_corrected_in_place_and_checked_again(registrar, db, cohort):
    where = paste(registrar, cohort, BAD)
    page = registrar.get(where)
    names = dict(re.findall(r'name="([0-9a-f-]{36}-[a-z_]+)"[^>]*value="([^"]*)"', page.text))
    region = next(name for name in names if name.endswith("-region") and not names[name])
    second = region.rpartition("-")[0]
    fields = {
        name: value for name, value in names.items() if not name.endswith(("-drop", "person"))
    }
    mended = registrar.send(where + "/corregir", fields | {region: "Petén"})
    assert mended.location == where + "?ver=corregir"
    assert outcomes(db) == ["invite", "invite", "enroll", "refused", "repeated"]
    page = registrar.get(where)
    assert second not in page.text
    last = re.search(r'name="([0-9a-f-]{36})-drop"', page.text).group(1)
    done = registrar.send(where + "/corregir", {f"{last}-given_names": "x", f"{last}-drop": "y"})
    assert done.location == where + "?ver=listas"
    assert outcomes(db) == ["invite", "invite", "enroll", "dropped", "repeated"]


def test_the_list_is_confirmed_with_its_number_and_carried_out(registrar, db, cohort, do_jobs):
    where = paste(registrar, cohort, BAD)
    page = registrar.send(where + "/revisar")
    assert "¿Inscribir a 2 personas en Promoción 1 de 2027?" in page.text
    assert "1 cuenta nueva" in page.text
    assert "Quedan 2 filas por corregir." in page.text
    expected = re.search(r'name="expected" value="(\d+)"', page.text).group(1)
    assert registrar.send(where + "/inscribir", {"expected": "3"}).status_code == 409
    assert registrar.send(where + "/inscribir", {"expected": expected}).status_code == 303
    running = registrar.get(where)
    assert "Puede salir de esta página" in running.text
    assert 'action="' + where + '/revisar"' not in running.text
    do_jobs()
    assert enrolled(db) == 2
    assert "Con invitación" in registrar.get(where + "?ver=hechas").text
    assert registrar.get(at(cohort)).text.count("Lista de 5 filas") == 1
    again = paste(registrar, cohort, BAD)
    assert outcomes(db)[5:] == ["already", "refused", "already", "refused", "repeated"]
    assert registrar.send(again + "/revisar").status_code == 409


def test_a_list_whose_worker_gave_up_goes_on(registrar, db, cohort, do_jobs, monkeypatch):
    where = paste(registrar, cohort, pasted(3))
    registrar.send(where + "/inscribir", {"expected": "3"})

    def give_up(work):
        work.session.execute(Job.__table__.update().values(state="failed"))

    from lms.foundation.jobs.models import Job

    db.perform(give_up, SYSTEM)
    assert "La lista se detuvo" in registrar.get(where).text
    assert registrar.send(where + "/seguir").status_code == 303
    do_jobs()
    assert enrolled(db) == 3


def test_columns_taken_for_something_else_are_set_right(registrar, db, cohort):
    where = paste(registrar, cohort, f"Paz\tAna\t{cui(1)}\nTzoc\tDelia\t{cui(2)}")
    with db.reading() as session:
        assert session.scalars(select(RosterRow)).first().entry["given_names"] == "Paz"
    columns = {"column-0": "surnames", "column-1": "given", "column-2": "document"}
    assert registrar.send(where + "/columnas", columns).status_code == 303
    with db.reading() as session:
        rows = session.scalars(select(RosterRow).order_by(RosterRow.position)).all()
        assert [row.entry["given_names"] for row in rows] == ["Ana", "Delia"]
        assert [row.outcome for row in rows] == ["invite", "invite"]


@pytest.mark.parametrize("text", ["", "  \n ", "\n".join(f"a{n}\tb" for n in range(1100))])
def test_what_is_no_list_stays_in_the_field(registrar, db, cohort, text):
    sent = registrar.send(at(cohort, "agregar/lista"), {"text": text})
    assert sent.status_code == 422
    assert 'href="#text"' in sent.text
    with db.reading() as session:
        assert session.scalars(select(Roster)).all() == []


def test_a_list_sent_twice_is_one_list(registrar, db, cohort):
    fields = {"text": pasted(3), "form_key": "k" * 24}
    first, second = (registrar.send(at(cohort, "agregar/lista"), fields) for _ in range(2))
    assert first.location == second.location
    assert len(outcomes(db)) == 3


def test_a_list_of_another_cohort_or_institution_does_not_exist(as_person, open_cohort, cohort):
    registrar = as_person("registrar")
    where = paste(registrar, cohort, pasted(1))
    other = open_cohort(key="otra")
    elsewhere = where.replace(str(cohort.uid), str(other.uid))
    for browser, address in ((registrar, elsewhere), (as_person("otra-registrar"), where)):
        assert browser.get(address).status_code == 404
        for tail in ("corregir", "columnas", "revisar", "inscribir", "desechar", "seguir"):
            assert browser.send(f"{address}/{tail}").status_code == 404


def test_a_list_is_thrown_away(registrar, db, cohort, do_jobs):
    where = paste(registrar, cohort, pasted(2))
    registrar.send(where + "/inscribir", {"expected": "2"})
    assert registrar.send(where + "/desechar").status_code == 409
    do_jobs()
    assert registrar.send(where + "/desechar").status_code == 303
    assert outcomes(db) == []
    assert enrolled(db) == 2
    assert registrar.get(where).status_code == 404


def test_pages_cost_the_same_however_long_the_list(registrar, db, cohort):
    def cost(where):
        registrar.get(where)
        with statements(db.engine) as seen:
            assert registrar.get(where).status_code == 200
        return len(seen)

    short = paste(registrar, cohort, pasted(3))
    long = paste(registrar, cohort, pasted(400, first=10))
    assert cost(short + "?ver=listas") == cost(long + "?ver=listas") <= 9
    assert cost(at(cohort)) <= 8


def test_after_the_end_the_page_only_says_so(registrar, open_cohort, clock):
    cohort = open_cohort(key="corta", ends_at=clock.now + timedelta(days=45))
    clock.advance(days=46)
    page = registrar.get(at(cohort))
    assert "ya no se agregan personas" in page.text
    assert 'name="text"' not in page.text


def test_whoever_was_invited_is_sent_the_letter_again_or_handed_a_code(
    registrar, as_person, db, world, cohort, visitor, do_jobs
):
    for fields in (
        {"email": "ana@x.gt", "given_names": "Ana", "first_surname": "Paz"},
        {"phone": "5512 3456", "given_names": "Delia", "first_surname": "Tzoc"},
    ):
        registrar.send(at(cohort, "agregar/persona"), fields | {"go": "add"})
    db.perform(lambda work: put_in(work, cohort, world.people["learner"]), SYSTEM)
    page = registrar.get(at(cohort, "invitadas"))
    uids = re.findall(r'name="who" value="([^"]+)"', page.text)
    assert len(uids) == 2
    assert "Sin correo: entregue un código" in page.text
    again = registrar.send(at(cohort, "invitadas/enviar"), {"who": uids})
    assert again.status_code == 303
    for tail in ("enviar", "codigos"):
        assert registrar.send(at(cohort, f"invitadas/{tail}")).status_code == 422
    codes = registrar.send(at(cohort, "invitadas/codigos"), {"who": uids})
    assert codes.headers["Cache-Control"] == "no-store"
    found = re.findall(r"<dd>([0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4})</dd>", codes.text)
    assert len(found) == 2
    sent = visitor.send("/invitacion", {"code": found[1].lower()})
    assert sent.status_code == 303
    other = as_person("otra-registrar")
    assert other.send(at(cohort, "invitadas/codigos"), {"who": uids}).status_code == 404
