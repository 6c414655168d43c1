"""An institution describes itself, shows its logo, words its notice, says who signs."""

import io
from datetime import date
from uuid import UUID

import pytest
from PIL import Image
from sqlalchemy import select

from lms.enrollment.queries.opening import signers_of
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.points import points
from lms.people.models import Grant, Institution, Person, Signer
from tests.people.conftest import rosa_writes  # noqa: F401 (what somebody writes to register)
from tests.statements import statements


@pytest.fixture
def here(db, world):
    with db.reading() as session:
        uid = session.get_one(Institution, world.institutions["igm"]).uid
    return f"/gestion/institucion/{uid}"


@pytest.fixture
def there(db, world):
    with db.reading() as session:
        uid = session.get_one(Institution, world.institutions["otra"]).uid
    return f"/gestion/institucion/{uid}"


@pytest.fixture
def boss(as_person):
    browser = as_person("administrator")
    browser.set_cookie("idioma", "en")
    return browser


@pytest.fixture
def everywhere(db, world, boss):
    """The same administrator, of the whole installation."""

    def widen(work):
        grant = work.session.scalars(
            select(Grant).where(Grant.person_id == world.people["administrator"])
        ).one()
        grant.kind = "installation"

    db.perform(widen, SYSTEM)
    return boss


def described(**other):
    return {
        "name": "Instituto de Gobierno Municipal", "short_name": "IGM", "place": "Quetzaltenango",
        "country": "GT", "zone": "", "locale": "", "contact": "2232 0000", "scale": "0-100",
        "pass_mark": "70", "academic_hour_minutes": "50", "hue": "plum",
    } | other  # fmt: skip


def institution(db, world, key="igm"):
    with db.reading() as session:
        return session.get_one(Institution, world.institutions[key])


def logo(size=(400, 400)):
    out = io.BytesIO()
    Image.new("RGB", size, (11, 90, 102)).save(out, "PNG")
    return out.getvalue()


PAGES = ("", "/datos", "/logo", "/privacidad", "/firmas", "/firmas/nueva")


@pytest.mark.parametrize("page", PAGES)
def test_only_its_administrators_open_it(boss, as_person, here, there, page):
    assert boss.get(here + page).status_code == 200
    assert boss.get(there + page).status_code == 404
    for name in ("registrar", "instructor", "help_desk", "learner"):
        assert as_person(name).get(here + page).status_code in (403, 404)


def test_the_only_one_is_opened_at_once_and_several_are_listed(boss, here):
    answer = boss.get("/gestion/institucion")
    assert answer.location == here


def test_administrators_of_all_see_all_and_open_more(everywhere, db, there):
    page = everywhere.get("/gestion/institucion").text
    assert "Escuela de Gobierno Local" in page
    assert everywhere.get(there).status_code == 200
    sent = described(name="Red Municipal", short_name="Red Municipal", country="MX", key="")
    answer = everywhere.send("/gestion/institucion/nueva", sent)
    assert answer.status_code == 303, answer.text
    with db.reading() as session:
        made = session.scalars(select(Institution).where(Institution.key == "rm")).one()
    assert made.zone == "America/Mexico_City"
    again = everywhere.send("/gestion/institucion/nueva", sent)
    assert again.status_code == 422
    assert "Another institution has this key" in again.text


def test_who_looks_after_one_opens_no_others(boss):
    assert boss.get("/gestion/institucion/nueva").status_code == 403


def test_the_list_costs_the_same_however_many(everywhere, db):
    everywhere.get("/gestion/institucion")
    with statements(db.engine) as seen:
        everywhere.get("/gestion/institucion")
    assert len(seen) <= 5


def test_what_it_says_of_itself_is_changed_and_seen_by_all(boss, visitor, db, world, here):
    answer = boss.send(f"{here}/datos", described(short_name="Nuevo nombre"))
    assert answer.status_code == 303, answer.text
    found = institution(db, world)
    assert (found.place, found.pass_mark) == ("Quetzaltenango", points("0.7"))
    assert found.academic_hour_minutes == 50
    assert "Nuevo nombre" in visitor.get("/cursos").text
    with db.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "institution.described")
        ).one()
    assert entry.detail["after"]["place"] == "Quetzaltenango"
    assert set(entry.detail["before"]) == set(entry.detail["after"])


def test_what_is_wrong_comes_back_with_what_was_typed(boss, here):
    answer = boss.send(f"{here}/datos", described(pass_mark="170", contact="la casa azul"))
    assert answer.status_code == 422
    assert "The pass mark lies between zero and the top of the scale." in answer.text
    assert "la casa azul" in answer.text


def test_a_logo_stands_on_every_page_and_can_go_again(boss, visitor, db, world, here):
    sent = {"logo": (io.BytesIO(logo()), "escudo.png")}
    answer = boss.send(f"{here}/logo", sent, content_type="multipart/form-data")
    assert answer.status_code == 303, answer.text
    found = institution(db, world)
    where = f"/logo/{found.mark}.png"
    assert where in visitor.get("/cursos").text
    picture = visitor.get(where)
    assert picture.mimetype == "image/png"
    assert "immutable" in picture.headers["Cache-Control"]
    assert len(picture.data) < 9_000
    assert boss.send(f"{here}/logo", {"hide": "1"}).status_code == 303
    assert where not in visitor.get("/cursos").text
    assert visitor.get(where).status_code == 404


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "Choose the picture of the logo"),
        (b"%PDF-1.7", "Send the logo as a PNG, JPG or WebP picture"),
        (logo((40, 40)), "The logo is too small"),
    ],
)
def test_what_is_no_logo_is_refused(boss, here, content, said):
    sent = {"logo": (io.BytesIO(content), "escudo.png" if content else "")}
    answer = boss.send(f"{here}/logo", sent, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert said in answer.text


def test_an_own_notice_is_tried_and_then_holds(boss, visitor, db, world, here, rosa_writes):  # noqa: F811
    text = "## Quién responde\n\nEl **instituto**.\n\n<script>alert(1)</script>"
    shown = boss.send(f"{here}/privacidad", {"text": text, "preview": "1"})
    assert shown.status_code == 200
    assert "<strong>instituto</strong>" in shown.text
    assert "instituto</strong>" not in visitor.get("/privacidad").text
    assert boss.send(f"{here}/privacidad", {"text": text}).status_code == 303
    page = visitor.get("/privacidad").text
    assert "<strong>instituto</strong>" in page
    assert "<script>alert" not in page
    assert "igm-1" in page
    assert visitor.send("/registro", rosa_writes).status_code == 303
    with db.reading() as session:
        rosa = session.scalars(select(Person).where(Person.given_names == "Rosa María")).one()
    assert rosa.consent_version == "igm-1"
    # Empty again: the site's own notice; the text that people agreed to stays in the log.
    assert boss.send(f"{here}/privacidad", {"text": ""}).status_code == 303
    assert "igm" not in visitor.get("/privacidad").text
    with db.reading() as session:
        kept = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "institution.privacy_changed")
        ).all()
    assert kept[0].detail["after"]["privacy"].startswith("## Quién responde")


def signer(**other):
    return {
        "name": "Dra. Inés Ortiz", "position": "Subdirectora", "order": "1",
        "starts_on": "2026-01-01", "ends_on": "", "substitutes": "",
    } | other  # fmt: skip


def test_a_substitute_signs_once_the_other_is_out_of_office(boss, db, world, here):
    with db.reading() as session:
        chief = session.scalars(
            select(Signer).where(Signer.institution_id == world.institutions["igm"])
        ).first()
    answer = boss.send(f"{here}/firmas/nueva", signer(substitutes=str(chief.uid)))
    assert answer.status_code == 303, answer.text
    changed = signer(name=chief.name, position=chief.position, ends_on="2026-06-30")
    assert boss.send(f"{here}/firmas/{chief.uid}", changed).status_code == 303
    with db.reading() as session:
        igm = world.institutions["igm"]
        before = [each.name for each in signers_of(session, igm, date(2026, 6, 30))]
        after = [each.name for each in signers_of(session, igm, date(2026, 7, 1))]
    assert before == ["Mtra. Verónica Ibáñez", "Lic. Joaquín Núñez"]
    assert after == ["Dra. Inés Ortiz", "Lic. Joaquín Núñez"]
    page = boss.get(f"{here}/firmas").text
    assert "Stands in for Mtra. Verónica Ibáñez" in page
    assert "Has ended" in page
    refused = boss.send(f"{here}/firmas/{chief.uid}/quitar")
    assert refused.status_code == 409
    assert "Dra. Inés Ortiz stands in here" in refused.text


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Write the name as it is printed"),
        ({"starts_on": ""}, "Write the first day of the term"),
        ({"starts_on": "ayer"}, "day"),
        ({"ends_on": "2025-12-31"}, "The term ends before it begins"),
        ({"order": "0"}, "Write a number from 1 to 9"),
    ],
)
def test_a_term_that_cannot_be_is_refused(boss, here, wrong, said):
    answer = boss.send(f"{here}/firmas/nueva", signer(**wrong))
    assert answer.status_code == 422
    assert said.lower() in " ".join(answer.text.split()).lower()


def test_who_signs_no_more_is_taken_off(boss, db, world, here):
    with db.reading() as session:
        last = session.scalars(
            select(Signer)
            .where(Signer.institution_id == world.institutions["igm"])
            .order_by(Signer.id.desc())
        ).first()
    assert boss.send(f"{here}/firmas/{last.uid}/quitar").status_code == 303
    boss.get(f"{here}/firmas")  # says once that it was done
    assert last.name not in boss.get(f"{here}/firmas").text
    assert boss.get(f"{here}/firmas/{last.uid}").status_code == 404


def test_signers_of_others_do_not_exist(boss, db, world, here):
    with db.reading() as session:
        theirs = session.scalars(
            select(Signer).where(Signer.institution_id == world.institutions["otra"])
        ).first()
    assert boss.get(f"{here}/firmas/{theirs.uid}").status_code == 404
    assert boss.send(f"{here}/firmas/{theirs.uid}/quitar").status_code == 404
    mixed = boss.send(f"{here}/firmas/nueva", signer(substitutes=str(theirs.uid)))
    assert mixed.status_code == 422
    assert isinstance(theirs.uid, UUID)
