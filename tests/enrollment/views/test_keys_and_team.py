"""Invitation keys and the people who teach, on screen."""

import re

import pytest
from sqlalchemy import select

from lms.enrollment.actions.ask import ask
from lms.enrollment.models import InvitationKey
from lms.foundation.access.roles import Role
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.errors import Invalid
from lms.foundation.mail.models import Notice
from lms.people.models import Grant


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(door="key")


def at(cohort, tail):
    return f"/gestion/promociones/{cohort.uid}/{tail}"


@pytest.mark.parametrize("tail", ["claves", "equipo"])
@pytest.mark.parametrize(
    ("person", "status"),
    [("registrar", 200), ("instructor", 403), ("signer", 403), ("otra-registrar", 404)],
)
def test_they_are_the_registrars(as_person, cohort, tail, person, status):
    assert as_person(person).get(at(cohort, tail)).status_code == status


def test_a_key_is_made_listed_used_and_revoked(as_person, db, world, cohort, clock):
    browser = as_person("registrar")
    made = browser.send(
        at(cohort, "claves"), {"uses": "3", "until": "2026-12-24", "note": "Convenio  ANAM"}
    )
    assert made.status_code == 303
    page = browser.get(at(cohort, "claves"))
    code = re.search(r"<code[^>]*>([A-Z0-9-]+)</code>", page.text).group(1)
    assert "Convenio ANAM" in page.text
    assert "0 de 3" in page.text
    db.perform(ask, Actor(world.people["learner"]), cohort.uid, code)
    page = browser.get(at(cohort, "claves"))
    assert "1 de 3" in page.text
    revoke = re.search(r'action="([^"]+/revocar)"', page.text).group(1)
    assert browser.send(revoke).status_code == 303
    page = browser.get(at(cohort, "claves"))
    assert "Revocada" in page.text
    assert "/revocar" not in page.text
    with pytest.raises(Invalid, match="revoked"):
        db.perform(ask, Actor(world.people["learner2"]), cohort.uid, code)
    assert as_person("otra-registrar").send(revoke).status_code == 404


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"uses": "", "until": ""}, ["uses", "until"]),
        ({"uses": "0", "until": "2026-12-24"}, ["uses"]),
        ({"uses": "2", "until": "2026-11-22"}, ["until"]),
        ({"uses": "2", "until": "ayer"}, ["until"]),
    ],
)
def test_a_key_that_cannot_be_is_not_made(as_person, db, cohort, fields, wrong):
    sent = as_person("registrar").send(at(cohort, "claves"), fields | {"note": "Para nadie"})
    assert sent.status_code == 422
    assert 'value="Para nadie"' in sent.text
    for name in wrong:
        assert f'href="#{name}"' in sent.text
    with db.reading() as session:
        assert session.scalars(select(InvitationKey)).all() == []


def test_a_key_of_another_cohort_is_not_revoked_here(as_person, db, open_cohort, cohort):
    other = open_cohort(key="otra", door="key")
    browser = as_person("registrar")
    browser.send(at(cohort, "claves"), {"uses": "1", "until": "2026-12-24"})
    with db.reading() as session:
        uid = session.scalars(select(InvitationKey.uid)).one()
    assert browser.send(at(other, f"claves/{uid}/revocar")).status_code == 404


def grants(db, cohort):
    with db.reading() as session:
        rows = session.scalars(
            select(Grant).where(Grant.cohort_id == cohort.id, Grant.ends_at.is_(None))
        )
        return {(row.person_id, row.role) for row in rows}


def test_whoever_teaches_is_added_sees_the_cohort_and_is_let_go(as_person, db, world, cohort):
    browser, page = as_person("registrar"), at(cohort, "equipo")
    assert browser.get(page).text.count("<option") == 3  # nobody, the instructor, the tutor
    browser.send(page, {"person": world.uids["tutor"], "other": "", "role": "tutor"})
    asked = {"other": "learner@example.org", "role": "instructor"}
    shown = browser.send(page, asked)  # whom was meant is shown first
    assert (shown.status_code, len(grants(db, cohort))) == (200, 1)
    assert "¿Es esta la persona?" in shown.text
    browser.send(page, asked | {"seen": str(world.uids["learner"])})
    assert grants(db, cohort) == {
        (world.people["tutor"], Role.TUTOR), (world.people["learner"], Role.INSTRUCTOR),
    }  # fmt: skip
    assert as_person("learner").get(at(cohort, "").rstrip("/")).status_code == 200
    with db.reading() as session:
        told = session.scalars(select(Notice.template).order_by(Notice.template)).all()
        assert told == ["enrollment/appointed_instructor", "enrollment/appointed_tutor"]
    away = re.findall(r'action="([^"]+/quitar)"', browser.get(page).text)
    assert len(away) == 2
    assert browser.send(away[0]).status_code == 303
    assert grants(db, cohort) == {(world.people["tutor"], Role.TUTOR)}
    assert browser.send(away[0]).status_code == 404
    assert as_person("learner").get(at(cohort, "").rstrip("/")).status_code == 404
    assert as_person("otra-registrar").send(away[1]).status_code == 404


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "tutor"}, "person"),
        ({"other": "nadie@example.org", "role": "tutor"}, "other"),
        # Somebody of another institution.
        ({"other": "otra-registrar@example.org", "role": "tutor"}, "other"),
        ({"other": "learner@example.org"}, "role-0"),
        ({"other": "learner@example.org", "role": "registrar"}, "role-0"),
    ],
)
def test_nobody_and_no_other_role_is_added(as_person, db, cohort, fields, field):
    sent = as_person("registrar").send(at(cohort, "equipo"), fields)
    assert sent.status_code in {404, 422}
    assert f'href="#{field}"' in sent.text
    assert grants(db, cohort) == set()
