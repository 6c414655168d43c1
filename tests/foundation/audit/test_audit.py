"""The log: nobody alters it, personal values sit apart and can be erased."""

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from lms.foundation.audit.actions import changed, forget_person, record
from lms.foundation.audit.models import AuditEntry, AuditPersonal
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.people.actions import profile
from lms.people.models import Person


def entries(db) -> list[AuditEntry]:
    with db.reading() as session:
        return list(session.scalars(select(AuditEntry).order_by(AuditEntry.id)))


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_entry SET deed = 'x'", "DELETE FROM audit_entry"]
)
def test_nobody_alters_or_deletes_an_entry(db, world, statement):
    db.perform(lambda work: record(work, "test.done"), SYSTEM)
    with pytest.raises(DBAPIError, match="append-only"):
        db.perform(lambda work: work.session.execute(text(statement)), SYSTEM)
    assert [entry.deed for entry in entries(db)] == ["test.done"]


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ({"a": 1}, {"a": 1}, None),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"before": {"b": 2}, "after": {"b": 3}}),
        ({}, {"a": None}, None),
        ({}, {"a": "x"}, {"before": {"a": None}, "after": {"a": "x"}}),
        ({"gone": 1}, {}, None),
    ],
)
def test_what_changed_is_told_and_nothing_else(before, after, told):
    assert changed(before, after) == told


def test_an_entry_knows_whom_it_concerns(db, world):
    rosa = world.people["learner"]

    def act(work) -> None:
        record(work, "a", work.session.get_one(Person, rosa))
        record(work, "b", person_id=rosa)
        record(work, "c")

    db.perform(act, Actor(world.people["registrar"]))
    assert [(e.deed, e.person_id) for e in entries(db)] == [("a", rosa), ("b", rosa), ("c", None)]


def test_a_post_is_told_before_and_after_among_the_personal_values(db, world):
    rosa = world.people["learner"]
    data = profile.PostData("GT", "Sololá", "Panajachel", "Síndica")
    db.perform(profile.save_post, Actor(rosa), rosa, None, data)
    with db.reading() as session:
        values = session.scalars(select(AuditPersonal.values)).one()
    assert values["after"]["municipality"] == "Panajachel"
    assert values["before"]["municipality"] is None
    assert entries(db)[-1].detail == {}


def test_personal_values_are_erased_and_the_deeds_stay(db, world):
    rosa, other = world.people["learner"], world.people["learner2"]

    def act(work) -> None:
        for person_id in (rosa, other):
            person = work.session.get_one(Person, person_id)
            record(work, "x", person, personal={"before": "Rosa", "after": "Ana"})

    db.perform(act, SYSTEM)
    assert db.perform(forget_person, SYSTEM, rosa) == 1
    assert len(entries(db)) == 2
    with db.reading() as session:
        held = session.scalars(
            select(AuditEntry.person_id).join(
                AuditPersonal, AuditPersonal.entry_id == AuditEntry.id
            )
        ).all()
    assert held == [other]
