"""Issuing: each once, numbered without a gap, and frozen as it was that day."""

import json
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256

import pytest
from sqlalchemy import select

from lms.certificates.actions.issue import BATCH, begin, issue
from lms.certificates.formats.record import LEAF_PREFIX, from_json
from lms.certificates.models import Credential, LogHead, Series
from lms.certificates.queries import candidates, documents
from lms.certificates.queries.candidates import counts
from lms.certificates.queries.prepare import prepare
from lms.certificates.rules.qualify import Standing
from lms.certificates.tasks import issue_all
from lms.enrollment.models import Cohort, Enrollment
from lms.foundation.audit.models import AuditEntry
from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.kernel.ids import uuid7
from lms.grading.models import CourseResult
from lms.people.models import Institution, Person
from tests.certificates.conftest import URL
from tests.factories.certificates import complete, make_taught_cohort, person_named
from tests.factories.enrollment import put_in


def credentials(db) -> list[Credential]:
    with db.reading() as session:
        return list(session.scalars(select(Credential).order_by(Credential.leaf_index)))


def ready(db, cohort, pairs=None):
    with db.reading() as session:
        return prepare(session, cohort, URL, db.clock(), pairs)


def test_one_document_says_what_stood_on_that_day(db, cohort, graduate, issue_to_all, world):
    enrollment_id = graduate("learner")
    assert issue_to_all().issued == 1
    [made] = credentials(db)
    record = from_json(made.record)
    with db.reading() as session:
        person = session.get_one(Person, world.people["learner"])
    assert record.holder.full_name == person.full_name
    assert record.institution.name == "Instituto de Gobierno Municipal"
    assert (record.title, record.course) == ("Constancia de aprobación", "Transparencia")
    assert record.programme == "Gestión Municipal y Transparencia"
    assert (record.hours, record.hour_minutes, record.paper) == (24, 60, "letter")
    assert (record.grade.shown, record.grade.scale, record.pass_mark) == ("87", "100", "61")
    assert record.issued_on.isoformat() == "2026-11-23"
    assert (record.starts_on.isoformat(), record.ends_on.isoformat()) == (
        "2026-06-16",
        "2026-11-16",
    )
    assert [signer.name for signer in record.signers] == [
        "Mtra. Verónica Ibáñez",
        "Lic. Joaquín Núñez",
    ]
    assert record.number == "MUESTRA-CA-2026-000001"
    assert record.demo
    assert record.verify_url == f"{URL}/v/{made.code}"
    assert (made.enrollment_id, made.person_id) == (enrollment_id, world.people["learner"])
    assert made.issued_by_id == world.people["registrar"]
    assert made.leaf == sha256(LEAF_PREFIX + made.salt + made.record.encode()).hexdigest()
    assert len(made.salt) == 32
    assert json.loads(made.record)["v"] == 2
    assert (record.book, record.folio) == (made.book, made.folio) == (1, 1)


def test_numbers_and_leaves_follow_each_other_by_surname(db, cohort, graduates, issue_to_all):
    graduates(BATCH + 3)
    assert issue_to_all().issued == BATCH + 3
    found = credentials(db)
    assert [each.number for each in found] == list(range(1, BATCH + 4))
    assert [each.leaf_index for each in found] == list(range(BATCH + 3))
    assert [each.holder_sort for each in found] == sorted(each.holder_sort for each in found)
    assert len({each.code for each in found}) == len({each.salt for each in found}) == BATCH + 3
    with db.reading() as session:
        assert session.scalars(select(LogHead)).one().size == BATCH + 3
        assert session.scalars(select(LogHead)).one().origin == "localhost/registro"
        assert session.scalars(select(Series)).one().last_number == BATCH + 3
        deeds = session.scalars(select(AuditEntry).where(AuditEntry.deed == "credential.issued"))
        assert len(deeds.all()) == BATCH + 3


def test_issued_again_nothing_happens(db, graduates, issue_to_all):
    graduates(3)
    assert [issue_to_all().issued for _ in range(3)] == [3, 0, 0]
    assert len(credentials(db)) == 3


def test_prepared_twice_it_is_issued_once(db, cohort, graduates, registrar):
    """Two registrars had both looked before either confirmed."""
    graduates(4)
    first, second = ready(db, cohort), ready(db, cohort)
    assert len(db.perform(issue, registrar, cohort, URL, first.ready).numbers) == 4
    assert db.perform(issue, registrar, cohort, URL, second.ready).numbers == ()
    assert [each.number for each in credentials(db)] == [1, 2, 3, 4]


def test_only_those_who_qualify(db, cohort, world, graduate, issue_to_all):
    def act(work) -> None:
        for state, completed, confirmed in (
            ("withdrawn", True, True),
            ("applied", True, True),
            ("enrolled", False, True),
            ("enrolled", True, False),
        ):
            person = person_named(
                work, "Eva", state, None, name_confirmed_at=work.now if confirmed else None
            )
            complete(work, put_in(work, cohort, person.id, state), completed=completed)
        put_in(work, cohort, person_named(work, "Eva", "Nunca", None).id, "enrolled")

    db.perform(act, SYSTEM)
    graduate("learner")
    with db.reading() as session:
        cohort_id = session.scalars(select(Cohort.id).where(Cohort.uid == cohort)).one()
        assert candidates.counts(session, cohort_id) == (1, 3)
        assert counts(session, cohort_id)[0] == 1
        # What SQL says of everybody is what the rules say of each.
        for standing in (Standing.QUALIFIES, Standing.LACKS):
            for each in candidates.page(session, cohort_id, standing, 1):
                assert bool(each.lacks) == (standing is Standing.LACKS), each.name
    assert issue_to_all().issued == 1
    with db.reading() as session:
        assert candidates.counts(session, cohort_id) == (0, 3)


def test_another_cohorts_people_cannot_be_named(db, world, cohort, graduate, registrar):
    def other(work) -> int:
        made = make_taught_cohort(work, world.institutions["otra"], "otro-diploma")
        enrollment = put_in(work, made, world.people["otra-learner"], "completed")
        complete(work, enrollment)
        return enrollment.id

    foreign = db.perform(other, SYSTEM)
    graduate("learner")
    with db.reading() as session:
        version = session.scalars(
            select(CourseResult.course_version_id).where(CourseResult.enrollment_id == foreign)
        ).one()
        uid = session.scalars(select(Enrollment.uid).where(Enrollment.id == foreign)).one()
        cohort_id = session.scalars(select(Cohort.id).where(Cohort.uid == cohort)).one()
        assert candidates.pairs_of(session, cohort_id, [(uid, "transparencia")]) == []
    assert ready(db, cohort, [(foreign, version)]).ready == []
    with pytest.raises(NotFound):
        db.perform(issue, registrar, uuid7(), URL, [])


def test_each_institution_numbers_its_own_book_in_one_log(
    db, world, cohort, graduate, issue_to_all
):
    def other(work):
        made = make_taught_cohort(work, world.institutions["otra"], "otro-diploma")
        complete(work, put_in(work, made, world.people["otra-learner"], "completed"), "0.75")
        work.session.get_one(Institution, world.institutions["otra"]).demo = False
        return made.uid

    there = db.perform(other, SYSTEM)
    graduate("learner")
    issue_to_all()
    issue_all(db, SYSTEM, there, URL)
    first, second = credentials(db)
    assert (first.number, second.number) == (1, 1)
    assert (first.leaf_index, second.leaf_index) == (0, 1)
    record = from_json(second.record)
    assert (record.number, record.demo) == ("OTRA-CA-2026-000001", False)
    # Its own scale: 75 % of 20 points, and paper and day of its own country.
    assert (record.grade.shown, record.grade.scale, record.paper) == ("15", "20", "a4")


def test_two_demos_may_use_the_same_numbers(db, world, cohort, graduate, issue_to_all):
    def other(work):
        made = make_taught_cohort(work, world.institutions["otra"], "otro-diploma")
        complete(work, put_in(work, made, world.people["otra-learner"], "completed"))
        return made.uid

    there = db.perform(other, SYSTEM)
    graduate("learner")
    issue_to_all()
    assert issue_all(db, SYSTEM, there, URL).issued == 1
    assert {each.number for each in credentials(db)} == {1}


def test_a_new_year_opens_a_new_book_at_the_institutions_midnight(
    db, cohort, graduate, issue_to_all, clock
):
    graduate("learner")
    issue_to_all()
    clock.now = clock.now.replace(year=2027, month=1, day=1, hour=5, minute=59)  # still 2026 there
    graduate("learner2")
    issue_to_all()
    clock.advance(minutes=1)
    graduate("tutor")
    issue_to_all()
    assert [from_json(each.record).number for each in credentials(db)] == [
        "MUESTRA-CA-2026-000001",
        "MUESTRA-CA-2026-000002",
        "MUESTRA-CA-2027-000001",
    ]
    assert [each.leaf_index for each in credentials(db)] == [0, 1, 2]


def test_a_name_no_font_can_print_is_told_and_the_others_are_issued(
    db, cohort, graduate, issue_to_all
):
    def act(work) -> None:
        person = person_named(work, "中", "Pérez", None)
        complete(work, put_in(work, cohort, person.id, "completed"))

    db.perform(act, SYSTEM)
    graduate("learner")
    outcome = issue_to_all()
    assert outcome.issued == 1
    assert [(each.name, each.letters) for each in outcome.unprintable] == [("中 Pérez", "中")]
    assert [each.number for each in credentials(db)] == [1]


def test_a_name_with_invisible_characters_stops_nobody_else(db, cohort, graduate, issue_to_all):
    def act(work) -> None:
        person = person_named(work, "Ana\u202e", "Aj\u0301u", None)
        complete(work, put_in(work, cohort, person.id, "completed"))

    db.perform(act, SYSTEM)
    graduate("learner")
    outcome = issue_to_all()
    assert (outcome.issued, len(outcome.unprintable)) == (1, 1)


def test_names_of_the_country_are_printable(db, cohort, issue_to_all):
    def act(work) -> None:
        for name in ("Q'eqchi' Ẍoch'", "Ñáñez-Tzunún", "G̃uaraní N̈imá"):
            person = person_named(work, "María", name, None)
            complete(work, put_in(work, cohort, person.id, "completed"))

    db.perform(act, SYSTEM)
    outcome = issue_to_all()
    assert (outcome.issued, len(outcome.unprintable)) == (3, 0)


def test_a_name_changed_after_it_was_tried_is_passed_over(db, cohort, graduate, registrar, world):
    graduate("learner")
    prepared = ready(db, cohort)

    def rename(work) -> None:
        work.session.get_one(Person, world.people["learner"]).given_names = "Rosa Elvira"

    db.perform(rename, SYSTEM)
    assert db.perform(issue, registrar, cohort, URL, prepared.ready).numbers == ()
    assert len(db.perform(issue, registrar, cohort, URL, ready(db, cohort).ready).numbers) == 1


def test_without_signers_nothing_is_issued_and_no_number_is_spent(
    db, cohort, graduate, issue_to_all
):
    def act(work) -> None:
        row = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).one()
        row.policy = row.policy | {"signers": []}

    db.perform(act, SYSTEM)
    graduate("learner")
    with pytest.raises(Refused):
        issue_to_all()
    assert credentials(db) == []


def test_a_course_without_grade_prints_none(db, cohort, world, issue_to_all):
    def act(work) -> None:
        complete(work, put_in(work, cohort, world.people["learner"], "completed"), None)

    db.perform(act, SYSTEM)
    issue_to_all()
    assert from_json(credentials(db)[0].record).grade is None


def test_while_the_cohort_runs_the_period_ends_with_the_course(db, cohort, graduate, issue_to_all):
    def act(work) -> None:
        row = work.session.scalars(select(Cohort).where(Cohort.uid == cohort)).one()
        row.ends_at = work.now + timedelta(days=30)

    db.perform(act, SYSTEM)
    graduate("learner")
    issue_to_all()
    assert from_json(credentials(db)[0].record).ends_on.isoformat() == "2026-11-15"


def test_a_person_completed_in_two_courses_gets_two_documents(db, world, registrar):
    from lms.catalog.models import ProgrammeVersion
    from tests.factories.catalog import make_course, make_programme
    from tests.factories.enrollment import make_cohort

    def act(work):
        igm = world.institutions["igm"]
        courses = [make_course(work, igm, key) for key in ("transparencia", "finanzas")]
        version: ProgrammeVersion = make_programme(work, igm, courses=courses)
        made = make_cohort(work, version.programme.slug)
        complete(work, put_in(work, made, world.people["learner"], "completed"))
        return made.uid

    cohort = db.perform(act, SYSTEM)
    assert issue_all(db, registrar, cohort, URL).issued == 2
    assert {from_json(each.record).course for each in credentials(db)} == {
        "Transparencia",
        "Finanzas",
    }
    with db.reading() as session:
        mine = documents.documents_of(session, world.people["learner"])
        assert len(mine) == documents.count_of(session, world.people["learner"]) == 2
        assert documents.has_document(session, world.people["learner"])
        assert not documents.has_document(session, world.people["learner2"])


def test_a_short_list_is_issued_at_once_and_a_long_one_in_the_background(
    db, cohort, graduates, registrar, do_jobs
):
    graduates(BATCH + 1)
    prepared = ready(db, cohort)
    begun = db.perform(begin, registrar, prepared, URL, confirmed=BATCH + 1, whole_cohort=True)
    assert (begun.queued, begun.issued.numbers) == (BATCH + 1, ())
    assert credentials(db) == []
    do_jobs()
    found = credentials(db)
    assert [each.number for each in found] == list(range(1, BATCH + 2))
    assert {each.issued_by_id for each in found} == {registrar.person_id}
    assert all(each.sealed_sha256 for each in found)


def test_a_long_list_of_some_is_issued_to_them_alone(db, cohort, graduates, registrar, do_jobs):
    graduates(BATCH + 5)
    pairs = [each.pair for each in ready(db, cohort).ready[2 : BATCH + 3]]
    prepared = ready(db, cohort, pairs)
    db.perform(begin, registrar, prepared, URL, confirmed=BATCH + 1, whole_cohort=False)
    do_jobs()
    assert sorted(each.enrollment_id for each in credentials(db)) == sorted(e for e, _ in pairs)


def test_a_list_that_changed_since_it_was_shown_is_looked_at_again(
    db, cohort, graduates, registrar
):
    graduates(3)
    prepared = ready(db, cohort)
    with pytest.raises(Refused):
        db.perform(begin, registrar, prepared, URL, confirmed=2, whole_cohort=True)
    assert credentials(db) == []


def test_a_batch_is_short(db, cohort, graduates, registrar):
    graduates(1)
    [one] = ready(db, cohort).ready
    many = [replace(one, pair=(number, 1)) for number in range(BATCH + 1)]
    with pytest.raises(ValueError):
        db.perform(issue, registrar, cohort, URL, many)


def test_a_failing_batch_leaves_no_number_behind(db, cohort, graduates, registrar):
    """Whatever fails after the numbers were given takes them back."""
    graduates(2)
    prepared = ready(db, cohort)

    def fail(work) -> None:
        issue(work, cohort, URL, prepared.ready)
        raise OSError("the power went")

    with pytest.raises(OSError):
        db.perform(fail, registrar)
    assert credentials(db) == []
    with db.reading() as session:
        assert list(session.scalars(select(Job))) == []
    assert db.perform(issue, Actor(None), cohort, URL, prepared.ready).numbers == (
        "MUESTRA-CA-2026-000001",
        "MUESTRA-CA-2026-000002",
    )
