"""Papers leave the office: once each, many at once, with whom; undone with a reason; seen."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.certificates.actions.deliver import deliver, undo
from lms.certificates.models import Credential, Delivery
from lms.certificates.queries.delivering import papers, towns
from lms.certificates.rules.delivering import Handing, Way
from lms.certificates.tasks import issue_all
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Invalid, NotFound, Refused
from tests.certificates.actions.test_checklists import someone
from tests.certificates.conftest import URL
from tests.certificates.views.test_staff import flashed

FORM = {
    "way": "other", "received_by": "Eva Tum, secretaría municipal", "document": "DPI 2345",
    "handed_by": "Marcela Ochoa", "on": "2026-11-23",
}  # fmt: skip


def place(cohort: UUID, tail: str = "") -> str:
    return f"/gestion/promociones/{cohort}/constancias/entrega{tail}"


@pytest.fixture
def issued(db, cohort, graduate, registrar) -> dict[str, UUID]:
    """Four documents in three towns, by surname; one of them the learner's."""
    for first, town in (("Zet", "Cobán"), ("Ak", "Tactic"), ("Bol", "Cobán")):
        someone(db, cohort, first, town)
    graduate("learner")
    issue_all(db, registrar, cohort, URL)
    with db.reading() as session:
        rows = session.execute(select(Credential.holder_sort, Credential.uid))
        return {row.holder_sort.split()[0]: row.uid for row in rows}


@pytest.fixture
def handing(db) -> Handing:
    return Handing(Way.HOLDER, "", "DPI", "Marcela Ochoa", db.clock().date())


def here(db, cohort_id=None) -> list[str]:
    with db.reading() as session:
        cohort = session.scalars(select(Credential.cohort_id)).first()
        return [each.name for each in papers(session, cohort)]


def test_each_paper_leaves_once_and_its_day_is_on_record(db, cohort, registrar, issued, handing):
    some = [issued["zet"], issued["bol"]]
    assert db.perform(deliver, registrar, cohort, some, handing, shown=2) == 2
    assert len(here(db)) == 2
    with pytest.raises(Refused, match="meanwhile"):
        db.perform(deliver, registrar, cohort, [*some, issued["ak"]], handing, shown=3)
    assert len(here(db)) == 2, "nothing of it is put down"
    with db.reading() as session:
        cohort_id = session.scalars(select(Credential.cohort_id)).first()
        counted = {each.name: (each.here, each.gone) for each in towns(session, cohort_id)}
        deeds = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "credential.delivered")
        ).all()
    assert counted["Cobán"] == (0, 2)
    assert counted["Tactic"] == (1, 0)
    assert {each.detail["on"] for each in deeds} == {"2026-11-23"}
    assert all("Marcela" not in str(each.detail) for each in deeds)


def test_two_deliveries_of_one_paper_cannot_stand_side_by_side(
    db, cohort, registrar, issued, handing
):
    db.perform(deliver, registrar, cohort, [issued["ak"]], handing, shown=1)

    def double(work):
        first = work.session.scalars(select(Delivery)).one()
        work.session.add(
            Delivery(
                institution_id=first.institution_id, credential_id=first.credential_id,
                way="sent", received_by="x", document="", handed_by="x", on=first.on, at=work.now,
            )
        )  # fmt: skip
        work.session.flush()

    with pytest.raises(Conflict):
        db.perform(double, SYSTEM)


def test_undone_with_a_reason_it_is_in_the_office_again(db, cohort, registrar, issued, handing):
    one = issued["ak"]
    db.perform(deliver, registrar, cohort, [one], handing, shown=1)
    with pytest.raises(Invalid):
        db.perform(undo, registrar, cohort, one, " ")
    db.perform(undo, registrar, cohort, one, "Era de otra persona.")
    with pytest.raises(NotFound):
        db.perform(undo, registrar, cohort, one, "Otra vez.")
    db.perform(deliver, registrar, cohort, [one], handing, shown=1)
    with db.reading() as session:
        rows = session.scalars(select(Delivery).order_by(Delivery.id)).all()
    assert [(row.undone_at is None, row.undo_reason) for row in rows] == [
        (False, "Era de otra persona."), (True, ""),
    ]  # fmt: skip


def test_nothing_is_handed_over_before_it_was_issued(db, cohort, registrar, issued, handing):
    early = Handing(Way.HOLDER, "", "", "Ana", handing.on - timedelta(days=1))
    with pytest.raises(Invalid, match="before the day"):
        db.perform(deliver, registrar, cohort, [issued["ak"]], early, shown=1)


def test_a_document_that_does_not_hold_is_not_handed_over(db, cohort, registrar, issued, handing):
    def annul(work):
        found = select(Credential).where(Credential.uid == issued["ak"])
        work.session.scalars(found).one().status = "annulled"

    db.perform(annul, SYSTEM)
    with pytest.raises(Refused):
        db.perform(deliver, registrar, cohort, [issued["ak"]], handing, shown=1)


def test_the_office_hands_over_a_municipality_and_the_holder_sees_their_own(
    as_person, db, cohort, issued
):
    office = as_person("registrar")
    page = office.get(place(cohort)).text
    assert "Por entregar (4)" in page
    only = office.get(place(cohort, "?municipio=Cob%C3%A1n")).text
    assert "Eva Bol" in only
    assert "Eva Ak" not in only
    assert '<option value="Cobán" selected>' in only
    assert "selected" not in page.split('id="municipio"')[1].split("</select>")[0]
    preview = office.send(place(cohort, "/revisar?municipio=Cob%C3%A1n"), {"which": "all"})
    assert preview.status_code == 200
    assert "Entregar 2 papeles" in preview.text
    assert len(here(db)) == 4, "looking writes nothing"
    who = re.findall(r'name="who" value="([^"]+)"', preview.text)
    wrong = office.send(place(cohort), FORM | {"who": who, "document": ""})
    assert wrong.status_code == 422
    assert "Eva Tum, secretaría municipal" in wrong.text, "nothing typed is lost"
    assert re.findall(r'name="who" value="([^"]+)"', wrong.text) == who
    done = office.send(place(cohort), FORM | {"who": who})
    assert done.status_code == 303
    assert "2 papeles" in flashed(office)
    gone = office.get(done.location).text
    assert "Entregado el 23 de noviembre de 2026 a Eva Tum" in gone
    assert "DPI 2345" not in gone, "the document shown stays with the document"
    [mine] = [uid for name, uid in issued.items() if name not in ("zet", "ak", "bol")]
    assert "Entregado el" not in as_person("learner").get("/constancias").text
    sent = FORM | {"way": "sent", "received_by": "Cargo Expreso, guía 77", "who": [str(mine)]}
    assert office.send(place(cohort), sent).status_code == 303
    page = as_person("learner").get("/constancias").text
    assert "Enviado el 23 de noviembre de 2026 con Cargo Expreso, guía 77" in page
    assert "DPI 2345" not in page
    one = office.get(f"/gestion/promociones/{cohort}/constancias/{mine}").text
    assert "Cargo Expreso, guía 77" in one
    assert "DPI 2345" in one


def test_nothing_ticked_is_said(as_person, cohort, issued):
    answer = as_person("registrar").send(place(cohort, "/revisar"), {"which": "chosen"})
    assert answer.status_code == 409
    assert "Marque al menos un papel" in answer.text
    assert as_person("registrar").send(place(cohort), FORM).status_code in (409, 422)


def test_printed_and_for_a_spreadsheet(as_person, db, cohort, registrar, issued, handing):
    db.perform(deliver, registrar, cohort, [issued["ak"]], handing, shown=1)
    office = as_person("registrar")
    sheet = office.get(place(cohort, "/imprimir")).text
    assert "Fecha y firma" in sheet
    assert sheet.count('<th scope="row">') == 3
    rows = office.get(place(cohort, ".csv")).text.splitlines()
    assert len(rows) == 4
    [_head, row] = office.get(place(cohort, ".csv?ver=entregadas")).text.splitlines()
    assert "Ak" in row
    assert "2026-11-23" in row
    assert "Marcela Ochoa" in row


def test_undoing_asks_why(as_person, db, cohort, registrar, issued, handing):
    one = issued["ak"]
    office = as_person("registrar")
    address = f"/gestion/promociones/{cohort}/constancias/{one}/entrega"
    assert office.get(address).status_code == 404
    db.perform(deliver, registrar, cohort, [one], handing, shown=1)
    assert office.send(address, {"reason": ""}).status_code == 422
    assert office.send(address, {"reason": "Se anotó por error."}).status_code == 303
    assert len(here(db)) == 4


@pytest.mark.parametrize("name", ["administrator", "instructor", "help_desk"])
def test_nobody_else_sees_or_puts_down(as_person, cohort, issued, name):
    browser = as_person(name)
    for tail in ("", ".csv", "/imprimir"):
        assert browser.get(place(cohort, tail)).status_code == 403
    assert browser.send(place(cohort), FORM).status_code == 403
