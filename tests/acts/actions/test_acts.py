"""Closing, signing and amending: once, in order, frozen, with what was said kept."""

import json

import pytest
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import DBAPIError

from lms.acts.actions.close import amend, close
from lms.acts.actions.review import remark, send_for_review
from lms.acts.actions.sign import sign_here, sign_on_paper
from lms.acts.formats.record import digest
from lms.acts.models import ActSignature, GradeAct, GradeActLine
from lms.acts.queries.closed import remarks
from lms.acts.queries.drawing import WHOLE, drawn
from lms.acts.queries.waiting import waiting_for
from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.grading.models import CourseResult
from lms.people.models import Person
from tests.acts.conftest import COURSE, today
from tests.enrollment.actions.test_race import at_once
from tests.factories.certificates import fill
from tests.statements import statements


@pytest.fixture
def closed(db, cohort, ended, registrar):
    return db.perform(close, registrar, cohort, COURSE, 4)


def the_act(db, uid):
    with db.reading() as session:
        return session.scalars(select(GradeAct).where(GradeAct.uid == uid)).one()


def lines_of(db, uid):
    with db.reading() as session:
        rows = session.scalars(
            select(GradeActLine)
            .join(GradeAct, GradeAct.id == GradeActLine.act_id)
            .where(GradeAct.uid == uid)
            .order_by(GradeActLine.position)
        )
        return [(row.name, row.outcome, row.grade, row.before_grade) for row in rows]


def regrade(db, enrollment_id, ratio=700_000):
    """A mark was changed after the act."""
    changed = update(CourseResult).where(CourseResult.enrollment_id == enrollment_id)
    db.perform(
        lambda work: work.session.execute(changed.values(ratio=ratio, completed=True)), SYSTEM
    )


def test_an_act_is_numbered_and_says_how_everybody_ended(db, closed, cohort):
    assert closed.number == "MUESTRA-AC-2026-000001"
    assert lines_of(db, closed.uid) == [
        ("Ajú, Ana", "passed", "88", None),
        ("Batz, Ana", "failed", "40", None),
        ("Caal, Ana", "absent", "", None),
        ("Us, Ana", "withdrawn", "", None),
    ]
    act = the_act(db, closed.uid)
    assert act.sha256 == digest(act.record)
    said = json.loads(act.record)
    assert said["number"] == closed.number
    assert said["scale"] == {"top": "100", "pass_mark": "61", "rounding": "integer_half_up"}
    assert [each["name"] for each in said["lines"]] == [
        line[0] for line in lines_of(db, closed.uid)
    ]


def test_an_act_is_closed_once_and_with_the_right_number(db, cohort, ended, registrar):
    with pytest.raises(Invalid):
        db.perform(close, registrar, cohort, COURSE, 5)
    db.perform(close, registrar, cohort, COURSE, 4)
    with pytest.raises(Refused):
        db.perform(close, registrar, cohort, COURSE, 4)
    with pytest.raises(NotFound):
        db.perform(close, registrar, cohort, "no-hay", 4)


def test_whoever_passed_without_a_confirmed_name_keeps_it_open(db, cohort, ended, registrar):
    def forget(work):
        work.session.execute(update(Person).values(name_confirmed_at=None))

    db.perform(forget, SYSTEM)
    with pytest.raises(Refused):
        db.perform(close, registrar, cohort, COURSE, 4)
    with db.reading() as session:
        found = drawn(session, cohort, COURSE, db.clock())
        assert [(each.block, each.many) for each in found.blockers] == [("unnamed", 1)]


@pytest.mark.parametrize(
    "change",
    [
        lambda: update(GradeAct).values(title="Otro"),
        lambda: delete(GradeAct),
        lambda: update(GradeActLine).values(grade="100"),
        lambda: delete(GradeActLine),
    ],
)
def test_nothing_of_a_closed_act_changes_not_even_by_hand(db, closed, change):
    with pytest.raises(DBAPIError, match="frozen"):
        db.perform(lambda work: work.session.execute(change()), SYSTEM)


def test_grades_that_change_later_change_no_act_until_one_amends_it(
    db, cohort, closed, ended, registrar
):
    regrade(db, ended["Batz"])
    assert lines_of(db, closed.uid)[1] == ("Batz, Ana", "failed", "40", None)
    why = ("Se aceptó la solicitud de revisión", "Resolución 12-2026")
    with pytest.raises(Invalid):
        db.perform(amend, registrar, cohort, closed.uid, *why, 2)
    made = db.perform(amend, registrar, cohort, closed.uid, *why, 1)
    assert made.number == "MUESTRA-AC-2026-000002"
    assert lines_of(db, made.uid) == [("Batz, Ana", "passed", "70", "40")]
    said = json.loads(the_act(db, made.uid).record)
    assert (said["amends"], said["reason"], said["authority"]) == (closed.number, *why)
    assert said["lines"][0]["before"]["outcome"] == "failed"
    with pytest.raises(Refused):  # nothing is different any more
        db.perform(amend, registrar, cohort, closed.uid, *why, 1)
    regrade(db, ended["Batz"], 720_000)  # and amended once more, over the amendment
    again = db.perform(amend, registrar, cohort, closed.uid, *why, 1)
    assert lines_of(db, again.uid) == [("Batz, Ana", "passed", "72", "70")]
    with pytest.raises(NotFound):  # an amending act is not amended itself
        db.perform(amend, registrar, cohort, made.uid, *why, 1)


def test_signatures_come_in_order_each_by_its_own_hand(
    db, world, cohort, closed, registrar, scanned
):
    director, day = Actor(world.people["signer"]), today(db, cohort)
    with db.reading() as session:
        (waits,) = waiting_for(session, director.person_id, db.clock())
        assert (waits.act, waits.order, waits.number) == (closed.uid, 1, closed.number)
    for actor, order in ((registrar, 1), (director, 2), (Actor(world.people["otra-signer"]), 1)):
        with pytest.raises(Refused):
            db.perform(sign_here, actor, cohort, closed.uid, order)
    with pytest.raises(Refused):  # the second signs on paper, but not before the first
        db.perform(sign_on_paper, registrar, cohort, closed.uid, 2, day, scanned)
    assert db.perform(sign_here, director, cohort, closed.uid, 1) == closed.number
    with pytest.raises(Refused):
        db.perform(sign_here, director, cohort, closed.uid, 1)
    db.perform(sign_on_paper, registrar, cohort, closed.uid, 2, day, scanned)
    with db.reading() as session:
        found = session.scalars(select(ActSignature).order_by(ActSignature.order)).all()
        assert [(each.how, each.signed_on, each.by_id) for each in found] == [
            ("site", day, director.person_id),
            ("paper", day, registrar.person_id),
        ]
        assert found[1].scan_sha256 == scanned.stored.sha256
        assert waiting_for(session, director.person_id, db.clock()) == []
    with pytest.raises(DBAPIError, match="frozen"):
        db.perform(lambda work: work.session.execute(update(ActSignature).values(how="")), SYSTEM)


def test_the_programme_has_its_act_when_all_its_courses_have(db, cohort, ended, registrar):
    with pytest.raises(Refused):
        db.perform(close, registrar, cohort, WHOLE, 4)
    db.perform(close, registrar, cohort, COURSE, 4)
    made = db.perform(close, registrar, cohort, WHOLE, 4)
    assert [line[1:3] for line in lines_of(db, made.uid)] == [
        ("passed", "88"), ("failed", "40"), ("absent", ""), ("withdrawn", ""),
    ]  # fmt: skip


def test_a_draft_goes_to_those_who_teach_and_keeps_what_they_say(
    db, world, cohort, ended, registrar
):
    db.perform(send_for_review, registrar, cohort, COURSE)
    db.perform(remark, Actor(world.people["instructor"]), cohort, COURSE, "Falta una nota de Batz.")
    db.perform(close, registrar, cohort, COURSE, 4)
    with db.reading() as session:
        id_ = session.scalars(select(Cohort.id).where(Cohort.uid == cohort)).one()
        assert [each.text for each in remarks(session, id_, COURSE)] == ["Falta una nota de Batz."]
    with pytest.raises(Refused):
        db.perform(remark, registrar, cohort, COURSE, "Tarde.")


def test_two_registrars_who_close_at_once_make_one_act(db, cohort, ended, registrar):
    """Over real connections: the second waits for the first, and is told that it is closed."""
    outcomes = at_once([lambda: db.perform(close, registrar, cohort, COURSE, 4)] * 4)
    assert sum(isinstance(each, Refused) for each in outcomes) == 3
    with db.reading() as session:
        assert session.scalars(select(GradeAct.number)).all() == [1]
        assert session.scalar(select(func.count()).select_from(GradeActLine)) == 4


def test_a_long_act_is_drawn_up_in_as_many_statements_as_a_short_one(db, cohort, ended):
    def counted():
        with statements(db.engine) as seen, db.reading() as session:
            drawn(session, cohort, COURSE, db.clock())
        return len(seen)

    short = counted()
    db.perform(fill, SYSTEM, cohort, 30)
    assert counted() == short
