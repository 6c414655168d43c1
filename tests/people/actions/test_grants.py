"""Roles given and ended: what one may hand on, for how long, and never the last administrator."""

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind as K
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import COMMAND_LINE, SYSTEM, Actor
from lms.foundation.kernel.errors import Forbidden, NotFound, Refused
from lms.people.actions import grants
from lms.people.actions.grants import Given
from lms.people.models import Grant, Person
from lms.people.models.person import PersonState


@pytest.fixture
def give(db, world, clock):
    """`give("administrator", "learner", Role.TUTOR, K.COHORT, cohort_id=7)`."""

    def act(by, to, role, kind=K.INSTITUTION, house="igm", **more):
        more = {"starts_at": clock.now} | more
        given = Given(role, kind, world.institutions[house], **more)
        actor = by if isinstance(by, Actor) else Actor(world.people[by])
        return db.perform(grants.give, actor, world.people[to], given)

    return act


def held(db, person_id: int) -> list[Grant]:
    with db.reading() as session:
        statement = select(Grant).where(Grant.person_id == person_id).order_by(Grant.id)
        return list(session.scalars(statement))


def test_administration_gives_a_role_with_its_days(db, world, give, clock, mailbox):
    until = clock.now + timedelta(days=30)
    uid = give("administrator", "learner", Role.REGISTRAR, ends_at=until)
    [row] = held(db, world.people["learner"])
    assert (row.uid, row.role, row.kind, row.ends_at) == (uid, "registrar", "institution", until)
    with db.reading() as session:
        entry = session.scalars(select(AuditEntry).filter_by(deed="grant.given")).one()
    assert (entry.actor_id, entry.subject_uid) == (world.people["administrator"], uid)
    assert "Instituto de Gobierno Municipal" in str(mailbox.last()["Subject"])


@pytest.mark.parametrize(
    ("by", "role", "kind", "house"),
    [
        ("help_desk", Role.HELP_DESK, K.INSTITUTION, "igm"),
        ("registrar", Role.REGISTRAR, K.INSTITUTION, "igm"),
        ("registrar", Role.ADMINISTRATOR, K.INSTITUTION, "igm"),
        ("registrar", Role.INSTRUCTOR, K.INSTITUTION, "igm"),
        ("instructor", Role.TUTOR, K.COHORT, "igm"),
        ("signer", Role.SIGNER, K.INSTITUTION, "igm"),
        ("learner", Role.TUTOR, K.COHORT, "igm"),
        ("administrator", Role.ADMINISTRATOR, K.INSTALLATION, "igm"),
        ("administrator", Role.REGISTRAR, K.INSTITUTION, "otra"),
        ("administrator", Role.TUTOR, K.COHORT, "otra"),
    ],
)
def test_nobody_gives_what_they_may_not_hand_on(db, world, give, by, role, kind, house):
    more = {"cohort_id": 7} if kind is K.COHORT else {}
    before = len(held(db, world.people["learner2"]))
    with pytest.raises(Forbidden):
        give(by, "learner2", role, kind, house, **more)
    assert len(held(db, world.people["learner2"])) == before


def test_nobody_gives_what_they_hold_no_longer_or_not_yet(db, world, give, clock):
    def move(work):
        mine = Grant.person_id == world.people["administrator"]
        work.session.scalars(select(Grant).where(mine)).one().ends_at = work.now

    db.perform(move, SYSTEM)
    with pytest.raises(Forbidden):
        give("administrator", "learner", Role.REGISTRAR)


def test_nobody_gives_for_longer_than_they_hold_it(db, world, give, clock):
    def move(work):
        mine = Grant.person_id == world.people["administrator"]
        work.session.scalars(select(Grant).where(mine)).one().ends_at = work.now + timedelta(days=9)

    db.perform(move, SYSTEM)
    with pytest.raises(Refused, match="ends before that"):
        give("administrator", "learner", Role.REGISTRAR)
    assert give("administrator", "learner", Role.REGISTRAR, ends_at=clock.now + timedelta(days=9))


def test_a_registrar_names_who_teaches_a_cohort(db, world, give):
    assert give("registrar", "learner", Role.TUTOR, K.COHORT, cohort_id=7)
    [row] = held(db, world.people["learner"])
    assert (row.kind, row.cohort_id) == ("cohort", 7)


@pytest.mark.parametrize(
    ("role", "kind", "says"),
    [
        (Role.TUTOR, K.INSTITUTION, "say which"),
        (Role.REGISTRAR, K.COHORT, "not held there"),
        (Role.TUTOR, K.COHORT, "in which cohort"),
        (Role.INSTRUCTOR, K.COURSE, "in which cohort"),
    ],
)
def test_a_role_is_held_where_it_means_something(give, role, kind, says):
    with pytest.raises(Refused, match=says):
        give(COMMAND_LINE, "learner", role, kind)


def test_the_same_role_is_not_given_twice_for_the_same_time(give, clock):
    month = clock.now + timedelta(days=30)
    give("administrator", "learner", Role.REGISTRAR, ends_at=month)
    with pytest.raises(Refused, match="already"):
        give("administrator", "learner", Role.REGISTRAR)
    with pytest.raises(Refused, match="already"):
        give("administrator", "learner", Role.REGISTRAR, ends_at=clock.now + timedelta(days=1))
    assert give("administrator", "learner", Role.REGISTRAR, starts_at=month)


def test_a_closed_account_gets_no_role(db, world, give):
    def close(work):
        work.session.get_one(Person, world.people["learner"]).state = PersonState.CLOSED

    db.perform(close, SYSTEM)
    with pytest.raises(Refused, match="closed"):
        give("administrator", "learner", Role.REGISTRAR)


def test_a_role_is_ended_by_who_could_have_given_it_and_by_nobody_else(db, world, give, clock):
    uid = give("administrator", "learner", Role.REGISTRAR)
    for other in ("help_desk", "registrar", "otra-administrator"):
        with pytest.raises(Forbidden):
            db.perform(grants.end, Actor(world.people[other]), uid)
    db.perform(grants.end, Actor(world.people["administrator"]), uid)
    [row] = held(db, world.people["learner"])
    assert row.ends_at == clock.now
    with pytest.raises(Refused, match="already"):
        db.perform(grants.end, Actor(world.people["administrator"]), uid)
    with pytest.raises(NotFound):
        db.perform(grants.end, COMMAND_LINE, UUID(world.uids["learner"]))


def administration_of(db, world, name: str):
    with db.reading() as session:
        statement = select(Grant.uid).where(
            Grant.person_id == world.people[name], Grant.role == Role.ADMINISTRATOR
        )
        return session.scalars(statement).one()


def test_the_last_administrator_stays(db, world, give, clock):
    mine, me = administration_of(db, world, "administrator"), Actor(world.people["administrator"])
    for actor in (me, COMMAND_LINE):
        with pytest.raises(Refused, match="Nobody would be left"):
            db.perform(grants.end, actor, mine)
    # Neither somebody whose role ends nor one of another house is enough.
    give("administrator", "learner", Role.ADMINISTRATOR, ends_at=clock.now + timedelta(days=5))
    with pytest.raises(Refused, match="Nobody would be left"):
        db.perform(grants.end, me, mine)
    give("administrator", "learner2", Role.ADMINISTRATOR)
    db.perform(grants.end, me, mine)
    with pytest.raises(Refused, match="Nobody would be left"):
        db.perform(grants.end, COMMAND_LINE, administration_of(db, world, "learner2"))


def test_a_closed_account_administers_nothing(db, world, give):
    give("administrator", "learner2", Role.ADMINISTRATOR)

    def close(work):
        work.session.get_one(Person, world.people["learner2"]).state = PersonState.CLOSED

    db.perform(close, SYSTEM)
    with pytest.raises(Refused, match="Nobody would be left"):
        db.perform(grants.end, COMMAND_LINE, administration_of(db, world, "administrator"))


def test_two_who_end_each_other_leave_one(db, world, give):
    """Run one after the other here; on PostgreSQL the lock of the house makes it so."""
    give("administrator", "learner", Role.ADMINISTRATOR)
    first, second = (administration_of(db, world, n) for n in ("administrator", "learner"))
    db.perform(grants.end, Actor(world.people["learner"]), first)
    with pytest.raises((Refused, Forbidden)):
        db.perform(grants.end, Actor(world.people["administrator"]), second)
    with pytest.raises(Refused):
        db.perform(grants.end, Actor(world.people["learner"]), second)
