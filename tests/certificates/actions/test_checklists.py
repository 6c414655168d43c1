"""Check lists: frozen, approved by another, issued exactly as approved and to nobody else."""

import pytest
from sqlalchemy import select, update

from lms.certificates.actions import checklists as actions
from lms.certificates.actions.issue import BATCH, begin
from lms.certificates.actions.issue import issue as issue_some
from lms.certificates.formats.record import from_json
from lms.certificates.models import CheckLine, CheckList, Credential
from lms.certificates.queries.checklists import standing
from lms.certificates.queries.office import office
from lms.certificates.queries.prepare import by_list, prepare
from lms.certificates.rules.checking import Apart, State
from lms.certificates.tasks import issue_all
from lms.enrollment.models import Enrollment
from lms.foundation.audit.models import AuditEntry
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.foundation.mail.models import Notice
from lms.grading.models import CourseResult
from lms.people.models import Identifier, Person
from tests.certificates.conftest import URL
from tests.factories.certificates import complete, identify, person_named
from tests.factories.enrollment import put_in


@pytest.fixture
def second(world) -> Actor:
    return Actor(world.people["administrator"])


@pytest.fixture
def lay(db, cohort, registrar):
    def make(pairs=None):
        with db.reading() as session:
            ready = prepare(session, cohort, URL, db.clock(), pairs)
        return db.perform(actions.lay, registrar, ready, confirmed=len(ready.ready))

    return make


def by(db, cohort, uid):
    with db.reading() as session:
        return by_list(session, cohort, uid, URL, db.clock())


def issue(db, cohort, registrar, uid, confirmed=None):
    prepared = by(db, cohort, uid).prepared
    many = len(prepared.ready) if confirmed is None else confirmed
    return db.perform(actions.issue_by, registrar, prepared, uid, URL, confirmed=many)


def listed(db, uid) -> tuple[CheckList, list[CheckLine]]:
    with db.reading() as session:
        found = session.scalars(select(CheckList).where(CheckList.uid == uid)).one()
        lines = select(CheckLine).where(CheckLine.list_id == found.id)
        return found, list(session.scalars(lines.order_by(CheckLine.position)))


def holders(db) -> list[str]:
    with db.reading() as session:
        rows = session.scalars(select(Credential.record).order_by(Credential.leaf_index))
        return [from_json(each).holder.full_name for each in rows]


def someone(db, cohort, first, town="Cobán", document="", ratio="0.87") -> int:
    def make(work):
        person = person_named(work, "Eva", first, None)
        enrollment = put_in(work, cohort, person.id, "completed")
        enrollment.municipality = town
        complete(work, enrollment, ratio)
        if document:
            identify(work, person.id, document)
        return person.id

    return db.perform(make, SYSTEM)


def test_it_says_name_document_grade_and_municipality_in_print_order(db, cohort, lay):
    for first, town in (("Zet", "Átiquipa"), ("Ak", "Tactic"), ("Bol", "Átiquipa")):
        someone(db, cohort, first, town, document=f"2500{first}")
    found, lines = listed(db, lay())
    assert [(line.municipality, line.name) for line in lines] == [
        ("Átiquipa", "Eva Bol"), ("Átiquipa", "Eva Zet"), ("Tactic", "Eva Ak"),
    ]  # fmt: skip
    assert (lines[0].document, lines[0].grade, lines[0].course) == (
        "2500Bol",
        "87",
        "Transparencia",
    )
    assert (found.state, found.people, found.number) == (State.PREPARED, 3, 1)


def test_nothing_is_issued_until_another_person_approves(
    db, cohort, lay, registrar, second, graduates
):
    graduates(3)
    uid = lay()
    with pytest.raises(Refused, match="not approved"):
        issue(db, cohort, registrar, uid)
    with pytest.raises(Refused, match="nobody approves their own"):
        db.perform(actions.approve, registrar, cohort, uid)
    assert holders(db) == []
    db.perform(actions.approve, second, cohort, uid)
    with pytest.raises(Refused, match="decided already"):
        db.perform(actions.give_back, second, cohort, uid, "Falta una persona.")
    begun = issue(db, cohort, registrar, uid)
    assert len(begun.issued.numbers) == 3
    found, lines = listed(db, uid)
    assert found.state == State.ISSUED
    assert all(line.credential_id for line in lines)
    with db.reading() as session:
        deeds = session.scalars(
            select(AuditEntry.deed).where(AuditEntry.subject_uid == uid).order_by(AuditEntry.id)
        ).all()
        letters = session.execute(select(Notice.person_id, Notice.template)).all()
    assert deeds == ["checklist.prepared", "checklist.approved", "checklist.issued"]
    assert (second.person_id, "certificates/to_approve") in letters
    assert (registrar.person_id, "certificates/list_approved") in letters
    assert (registrar.person_id, "certificates/to_approve") not in letters


def test_where_the_institution_asks_for_two_nobody_issues_alone(
    db, cohort, world, registrar, lay, second, graduates
):
    graduates(2)
    db.perform(actions.set_two_persons, second, world.institutions["igm"], True)
    with db.reading() as session:
        ready = prepare(session, cohort, URL, db.clock())
    with pytest.raises(Refused, match="Prepare a check list"):
        db.perform(begin, registrar, ready, URL, confirmed=2, whole_cohort=True)
    uid = lay()
    db.perform(actions.approve, second, cohort, uid)
    assert len(issue(db, cohort, registrar, uid).issued.numbers) == 2


def test_whoever_changed_since_is_set_apart_and_the_others_are_issued(
    db, cohort, lay, registrar, second
):
    people = {
        name: someone(db, cohort, name, document=f"25{place}")
        for place, name in enumerate(("Nombre", "Nota", "Papel", "Retiro", "Igual", "Ya"))
    }
    uid = lay()
    db.perform(actions.approve, second, cohort, uid)
    someone(db, cohort, "Tarde")  # who qualified later is not of this list

    def change(work):
        work.session.get_one(Person, people["Nombre"]).first_surname = "Otro"
        mine = select(Enrollment.id).where(Enrollment.person_id == people["Nota"])
        result = update(CourseResult).where(CourseResult.enrollment_id.in_(mine))
        work.session.execute(result.values(ratio=900_000))
        paper = update(Identifier).where(Identifier.person_id == people["Papel"])
        work.session.execute(paper.values(value="GT:dpi:9999"))
        left = update(Enrollment).where(Enrollment.person_id == people["Retiro"])
        work.session.execute(left.values(state="withdrawn"))

    db.perform(change, SYSTEM)
    with db.reading() as session:
        found = office(session, cohort)
        checklist = session.scalars(select(CheckList)).one()
        stays, dropped = standing(session, found, checklist)
    assert {each.line.name: each.why for each in dropped} == {
        "Eva Nombre": (Apart.NAME,), "Eva Nota": (Apart.GRADE,),
        "Eva Papel": (Apart.DOCUMENT,), "Eva Retiro": (Apart.GONE,),
    }  # fmt: skip
    assert len(stays) == 2
    with pytest.raises(Refused, match="has changed"):
        issue(db, cohort, registrar, uid, confirmed=6)
    issue(db, cohort, registrar, uid)
    assert sorted(holders(db)) == ["Eva Igual", "Eva Ya"]
    assert by(db, cohort, uid).prepared.ready == []


def test_what_changes_between_reading_and_issuing_is_not_issued(db, cohort, lay, registrar, second):
    person = someone(db, cohort, "Caal", document="1")
    uid = lay()
    db.perform(actions.approve, second, cohort, uid)
    prepared = by(db, cohort, uid).prepared
    paper = update(Identifier).where(Identifier.person_id == person).values(value="GT:dpi:2")
    db.perform(lambda work: work.session.execute(paper) and None, SYSTEM)
    begun = db.perform(actions.issue_by, registrar, prepared, uid, URL, confirmed=1)
    assert begun.issued.numbers == ()
    assert holders(db) == []


def test_a_list_that_was_tampered_with_is_neither_approved_nor_issued(
    db, cohort, lay, registrar, second, graduates
):
    graduates(2)
    uid = lay()
    forged = update(CheckLine).where(CheckLine.position == 1).values(grade="100")
    db.perform(lambda work: work.session.execute(forged) and None, SYSTEM)
    with pytest.raises(Refused, match="not as it was prepared"):
        db.perform(actions.approve, second, cohort, uid)


def test_a_returned_list_says_why_and_makes_room_for_another(
    db, cohort, lay, registrar, second, graduates
):
    graduates(2)
    uid = lay()
    with pytest.raises(Refused, match="open already"):
        lay()
    db.perform(actions.give_back, second, cohort, uid, "Falta el segundo apellido de Ana.")
    assert listed(db, uid)[0].reason == "Falta el segundo apellido de Ana."
    again = lay()
    assert listed(db, again)[0].number == 2
    db.perform(actions.take_back, registrar, cohort, again)
    with pytest.raises(Refused, match="nothing to withdraw"):
        db.perform(actions.take_back, registrar, cohort, again)
    lay()


def test_two_open_lists_of_a_cohort_cannot_stand_side_by_side(db, cohort, lay, graduates):
    graduates(1)
    found, _lines = listed(db, lay())

    def double(work):
        work.session.add(
            CheckList(
                institution_id=found.institution_id, cohort_id=found.cohort_id, number=9,
                state=State.APPROVED, people=0, digest=found.digest, prepared_at=work.now,
            )
        )  # fmt: skip
        work.session.flush()

    with pytest.raises(Conflict):
        db.perform(double, SYSTEM)


def test_another_cohorts_list_does_not_exist(db, cohort, second):
    with pytest.raises(NotFound):
        db.perform(actions.approve, second, cohort, uuid7())


def test_a_long_list_is_issued_in_the_background_and_goes_on_where_it_stopped(
    db, cohort, lay, registrar, second, graduates, do_jobs
):
    graduates(BATCH + 8)
    uid = lay()
    db.perform(actions.approve, second, cohort, uid)
    assert issue(db, cohort, registrar, uid).queued == BATCH + 8
    someone(db, cohort, "Tarde")
    with db.reading() as session:
        job = session.scalars(select(Job).where(Job.task == "certificates.issue")).one()
    assert job.payload["checklist"] == str(uid)
    # What a killed worker had done before, and then the job itself.
    half = by(db, cohort, uid).prepared.ready[:7]
    db.perform(issue_some, registrar, cohort, URL, half, uid)
    issue_all(db, registrar, cohort, URL, checklist=uid)
    assert issue_all(db, registrar, cohort, URL, checklist=uid).issued == 0
    names = holders(db)
    assert len(names) == len(set(names)) == BATCH + 8
    assert "Eva Tarde" not in names
    assert all(line.credential_id for line in listed(db, uid)[1])
