import pytest
from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM
from lms.foundation.kernel.errors import NotFound, Refused
from lms.people.actions import help_desk
from lms.people.actions.help_desk import NewPerson, Place
from lms.people.models import Grant, OneTimeCode, Person
from lms.people.models.person import PersonState
from lms.people.rules.names import written


def test_a_code_is_kept_as_a_hash_with_who_gave_it(db, rosa, clock):
    code = db.perform(help_desk.issue_code, COMMAND_LINE, rosa.id, "Lucía")
    with db.reading() as session:
        [kept] = session.scalars(select(OneTimeCode))
        [entry] = session.scalars(select(AuditEntry).filter_by(deed="person.code_issued"))
    assert code not in kept.code_hash
    assert kept.target == "Lucía"
    assert (kept.expires_at - clock.now).total_seconds() == 24 * 3600
    assert entry.detail == {"by": "Lucía"}
    assert (entry.channel, entry.subject_uid) == ("cli", rosa.uid)


def test_a_closed_account_gets_no_code(db, rosa):
    def close(work):
        work.session.get_one(Person, rosa.id).state = PersonState.CLOSED

    db.perform(close, SYSTEM)
    with pytest.raises(Refused):
        db.perform(help_desk.issue_code, COMMAND_LINE, rosa.id, "Lucía")


def test_nobody_is_made_twice_nor_without_anything_to_be_known_by(db, rosa):
    name = written("Rosa", "Quispe", None)
    for new in (
        NewPerson(name=name, country="GT", password_hash=None, email="rosa@example.org"),
        NewPerson(name=name, country="GT", password_hash=None),
    ):
        with pytest.raises(Refused):
            db.perform(help_desk.create, COMMAND_LINE, new, "test")


@pytest.mark.parametrize(
    ("role", "where", "kind"),
    [
        (Role.REGISTRAR, Place(), "institution"),
        (Role.ADMINISTRATOR, Place(), "installation"),
        (Role.ADMINISTRATOR, Place(institution_key="otra"), "institution"),
        (Role.TUTOR, Place(institution_id=1, cohort_id=7), "cohort"),
        (Role.INSTRUCTOR, Place(institution_id=1, cohort_id=7), "cohort"),
    ],
)
def test_a_role_reaches_as_far_as_its_place_and_is_given_once(db, rosa, role, where, kind):
    assert db.perform(help_desk.grant, COMMAND_LINE, rosa.id, role, "test", where)
    assert not db.perform(help_desk.grant, COMMAND_LINE, rosa.id, role, "test", where)
    with db.reading() as session:
        [held] = session.scalars(select(Grant).filter_by(person_id=rosa.id))
    assert (held.role, held.kind, held.cohort_id) == (role, kind, where.cohort_id)


@pytest.mark.parametrize(
    ("role", "where", "refusal"),
    [
        (Role.PARTICIPANT, Place(), Refused),
        (Role.TUTOR, Place(), Refused),
        (Role.REGISTRAR, Place(institution_id=1, cohort_id=7), Refused),
        (Role.REGISTRAR, Place(institution_key="no-hay"), NotFound),
    ],
)
def test_roles_that_would_reach_nowhere_are_refused(db, rosa, role, where, refusal):
    with pytest.raises(refusal):
        db.perform(help_desk.grant, COMMAND_LINE, rosa.id, role, "test", where)
