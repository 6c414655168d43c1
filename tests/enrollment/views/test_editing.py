"""A cohort changed on screen: what is different is shown, people are told, nothing is lost."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.models import CalendarChange, Cohort
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.mail.models import Letter, Notice
from tests.factories.enrollment import put_in
from tests.statements import statements

CHANGED = select(AuditEntry).where(AuditEntry.deed == "cohort.changed")
LESSON = "closes_at--transparencia--leccion-1"


@pytest.fixture
def cohort(db, open_cohort, world):
    found = open_cohort(capacity=5)

    def people(work):
        for name, state in (
            ("learner", "enrolled"), ("learner2", "applied"), ("signer", "declined"),
        ):  # fmt: skip
            put_in(work, found, world.people[name], state)

    db.perform(people, SYSTEM)
    return found


def url(cohort):
    return f"/gestion/promociones/{cohort.uid}/editar"


def fields_of(page):
    """What the form says as it stands, as a browser would send it."""
    main = page.text[page.text.index('<form method="post"') :]
    found = {}
    for tag in re.findall(r"<input[^>]*>", main):
        name = re.search(r'name="([^"]+)"', tag)
        value = re.search(r'value="([^"]*)"', tag)
        kind = re.search(r'type="([^"]+)"', tag).group(1)
        if name and (kind not in {"radio", "checkbox"} or "checked" in tag):
            found.setdefault(name.group(1), []).append(value.group(1) if value else "")
    for name, body in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', main, re.S):
        chosen = re.search(r'<option selected value="([^"]*)"', body)
        found[name] = [chosen.group(1) if chosen else ""]
    return found


def stored(db, cohort):
    with db.reading() as session:
        return session.get_one(Cohort, cohort.id)


@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 200), ("instructor", 403), ("administrator", 403), ("otra-registrar", 404)],
)
def test_only_the_registrar_changes_a_cohort(as_person, cohort, person, status):
    assert as_person(person).get(url(cohort)).status_code == status


def test_a_form_sent_back_as_it_came_changes_nothing(as_person, db, cohort):
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    page = browser.send(url(cohort), fields | {"go": "preview"})
    assert page.status_code == 200
    assert "No hay nada distinto" in page.text
    assert 'value="save"' not in page.text
    before = stored(db, cohort)
    assert browser.send(url(cohort), fields | {"go": "save"}).status_code == 303
    after = stored(db, cohort)
    assert (before.starts_at, before.policy, before.calendar) == (
        after.starts_at, after.policy, after.calendar,
    )  # fmt: skip
    with db.reading() as session:
        assert session.scalars(CHANGED).all() == []


def test_new_dates_are_shown_saved_and_told(as_person, db, world, cohort, do_jobs):
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    change = {"ends_at": ["2027-06-30T23:59"], LESSON: ["2027-03-31T23:59"], "capacity": ["6"]}
    with statements(db.engine) as seen:
        page = browser.send(url(cohort), fields | change | {"go": "preview"})
    assert not [each for each in seen if not each.lstrip().upper().startswith(("SELECT", "WITH"))]
    assert "Se les avisa a 2 personas" in page.text
    assert "miércoles 30 de junio de 2027, 23:59" in page.text
    kept = fields_of(page)
    assert browser.send(url(cohort), kept | {"go": "save"}).status_code == 303
    do_jobs()
    after = stored(db, cohort)
    assert after.capacity == 6
    assert after.calendar == {"transparencia/leccion-1": {"closes_at": "2027-03-31T23:59:59-06:00"}}
    with db.reading() as session:
        told = session.scalars(select(Notice).order_by(Notice.person_id)).all()
        assert {each.person_id for each in told} == {
            world.people["learner"], world.people["learner2"],
        }  # fmt: skip
        assert session.scalars(select(Letter)).all() != []
        entry = session.scalars(CHANGED).one()
        before, after = entry.detail["before"], entry.detail["after"]
        assert set(before) == set(after) == {"capacity", "calendar", "ends_at"}
        assert (before["capacity"], after["capacity"]) == (5, 6)
        assert session.scalars(select(CalendarChange)).one().told_at is not None
    notices = as_person("learner").get("/avisos")
    assert "Fechas nuevas de Promoción 1 de 2027" in notices.text
    assert "Fin: miércoles 30 de junio de 2027, 23:59 (hora de Guatemala)" in notices.text
    assert "30 de junio" in browser.get(url(cohort)).text


def test_enrolment_dates_alone_concern_only_whoever_waits(as_person, db, world, cohort, do_jobs):
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    change = {"enrollment_closes_at": ["2026-12-30T23:59"], "go": "save"}
    assert browser.send(url(cohort), fields | change).status_code == 303
    do_jobs()
    with db.reading() as session:
        assert session.scalars(select(Notice.person_id)).all() == [world.people["learner2"]]


def test_everybody_is_told_once_batch_by_batch(as_person, db, world, cohort, do_jobs, monkeypatch):
    browser = as_person("registrar")
    monkeypatch.setattr("lms.enrollment.actions.edit.BATCH", 1)
    fields = fields_of(browser.get(url(cohort)))
    browser.send(url(cohort), fields | {"ends_at": ["2027-06-30T23:59"], "go": "save"})
    do_jobs()
    do_jobs()
    with db.reading() as session:
        assert len(session.scalars(select(Notice)).all()) == 2


def test_two_registrars_do_not_overwrite_each_other(as_person, db, cohort):
    browser = as_person("registrar")
    first, second = (fields_of(browser.get(url(cohort))) for _ in range(2))
    assert browser.send(url(cohort), first | {"title": ["Uno"], "go": "save"}).status_code == 303
    refused = browser.send(url(cohort), second | {"title": ["Dos"], "go": "save"})
    assert refused.status_code == 409
    assert 'value="Dos"' in refused.text
    assert stored(db, cohort).title == "Uno"


def test_what_cannot_be_changed_says_why_and_is_not_changed_by_a_forged_form(
    as_person, db, cohort, clock
):
    browser = as_person("registrar")
    clock.advance(days=50)
    page = browser.get(url(cohort))
    assert 'name="starts_at"' not in page.text
    assert "La promoción ya inició." in page.text
    assert "se inscribieron bajo esta regla" in page.text
    before = stored(db, cohort)
    forged = {"starts_at": "2027-03-01T08:00", "scale": "0-20", "go": "save"}
    assert browser.send(url(cohort), fields_of(page) | forged).status_code == 303
    after = stored(db, cohort)
    assert (after.starts_at, after.policy["scale"]) == (before.starts_at, before.policy["scale"])


@pytest.mark.parametrize(
    ("change", "field"),
    [({"capacity": "0"}, "capacity"), ({"ends_at": "2026-11-01T08:00"}, "ends_at")],
)
def test_what_is_refused_stays_in_the_form(as_person, cohort, change, field):
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    for step in ("preview", "save"):
        sent = browser.send(url(cohort), fields | change | {"go": step, "title": "Otra"})
        assert sent.status_code == 422
        assert f'href="#{field}"' in sent.text
        assert 'value="Otra"' in sent.text


def test_seats_are_not_fewer_than_are_held(as_person, db, world, cohort):
    db.perform(lambda work: put_in(work, cohort, world.people["tutor"]), SYSTEM)
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    sent = browser.send(url(cohort), fields | {"capacity": "1", "go": "save"})
    assert sent.status_code == 422
    assert "2 personas con cupo" in sent.text


def test_signers_stay_once_documents_exist(as_person, db, world, cohort, monkeypatch):
    monkeypatch.setattr("lms.enrollment.documents._answers", [lambda *_asked: True])
    browser = as_person("registrar")
    page = browser.get(url(cohort))
    assert 'name="signers"' not in page.text
    assert "Ya se emitieron documentos con estas firmas." in page.text
    before = stored(db, cohort).policy
    browser.send(url(cohort), fields_of(page) | {"signers": [], "go": "save"})
    assert stored(db, cohort).policy == before


def test_the_form_costs_the_same_however_many_are_enrolled(as_person, db, world, cohort):
    browser = as_person("registrar")
    browser.get(url(cohort))
    with statements(db.engine) as seen:
        browser.get(url(cohort))
    assert len(seen) <= 11


def test_a_cohort_is_copied_with_its_dates_moved(as_person, db, world, cohort, clock):
    browser = as_person("registrar")
    fields = fields_of(browser.get(url(cohort)))
    browser.send(url(cohort), fields | {LESSON: "2027-02-21T23:59", "go": "save"})  # a Sunday
    address = f"/gestion/promociones/{cohort.uid}/copiar"
    assert 'value="save"' not in browser.get(address).text
    assert browser.get(f"{address}?inicio=").status_code == 422
    shown = browser.get(f"{address}?inicio=2027-07-07&regla=semanas")
    assert "domingo 22 de agosto de 2027, 23:59" in shown.text
    days = browser.get(f"{address}?inicio=2027-07-07&regla=dias")
    assert "martes 24 de agosto de 2027, 23:59" in days.text
    onward = re.search(r'href="(/gestion/promociones/abrir/[^"]+)"', shown.text).group(1)
    form = browser.get(onward.replace("&amp;", "&"))
    assert form.status_code == 200
    assert 'value="2027-08-22T23:59"' in form.text
    assert 'value="2027-07-07T' in form.text
    sent = fields_of(form) | {"title": "Promoción 2 de 2027", "go": "open"}
    opened = browser.send(onward.replace("&amp;", "&").partition("?")[0], sent)
    assert opened.status_code == 303
    with db.reading() as session:
        new = session.scalars(select(Cohort).where(Cohort.title == "Promoción 2 de 2027")).one()
        assert new.capacity == 5
        assert new.ends_at - new.starts_at >= cohort.ends_at - cohort.starts_at - timedelta(days=4)
        assert new.policy["signers"] == stored(db, cohort).policy["signers"]


def test_copying_another_institutions_cohort_is_a_page_that_does_not_exist(as_person, cohort):
    other = as_person("otra-registrar")
    assert other.get(f"/gestion/promociones/{cohort.uid}/copiar").status_code == 404
    mine = as_person("registrar")
    address = "/gestion/promociones/abrir/gestion-municipal?inicio=2027-07-07&regla=semanas&copia="
    assert mine.get(address + "nada").status_code == 404
    assert mine.get(address + "01a1fc63-ba3c-70fe-bed1-86403cbd786d").status_code == 404
