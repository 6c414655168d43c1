"""A recognised course counts everywhere, with no grade; and goes back while nothing rests on it."""

import pytest
from sqlalchemy import func, select

from lms.certificates.actions.issue import issue
from lms.certificates.formats.record import from_json
from lms.certificates.models import Credential
from lms.certificates.queries.prepare import prepare
from lms.certificates.tasks import issue_all
from lms.enrollment.actions.withdraw import Why, withdraw
from lms.foundation.audit.models import AuditEntry
from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.models import Blob
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, DomainError, NotFound, Refused
from lms.foundation.mail.models import Letter, Notice
from lms.grading.actions.recognise import Passed, recognise, revoke
from lms.grading.actions.recompute import recompute
from lms.grading.models import CourseResult, Recognition
from tests.conftest import MORNING
from tests.enrollment.actions.test_race import at_once
from tests.factories.teaching import COURSE, QUIZZES


@pytest.fixture
def passed(app) -> Passed:
    paper = keep(app.extensions["cabildo.files"], b"%PDF-1.4\n%%EOF")
    return Passed(
        "INAP", "Transparencia municipal", 24, "85/100", MORNING.date(), "Acta 12-2026",
        Attachment(paper, "certificado.pdf"),
    )  # fmt: skip


def have(classroom, passed, course=COURSE):
    where = (classroom.cohort.uid, classroom.enrollments["learner"].uid)
    return classroom.db.perform(recognise, classroom.actor("registrar"), *where, course, passed)


def take_back(classroom):
    with classroom.db.reading() as session:
        uid = session.scalars(select(Recognition.uid).order_by(Recognition.id.desc())).first()
    registrar = classroom.actor("registrar")
    return classroom.db.perform(revoke, registrar, classroom.cohort.uid, uid, "Fue un error")


def result(classroom) -> CourseResult:
    with classroom.db.reading() as session:
        return session.scalars(select(CourseResult)).one()


def test_it_is_completed_without_a_grade_and_the_cohort_with_it(classroom, passed, db):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    assert have(classroom, passed) == "Transparencia"
    found = result(classroom)
    assert (found.completed, found.recognised, found.ratio) == (True, True, None)
    assert found.completed_at == db.clock()
    assert found.explanation["lacks"] == []
    assert classroom.row("learner").state == "completed"
    with db.reading() as session:
        row = session.scalars(select(Recognition)).one()
        assert session.get(Blob, row.document_sha256).media_type == "application/pdf"


def test_worked_out_again_it_is_the_same(classroom, passed):
    have(classroom, passed)
    before = result(classroom)
    assert classroom.db.perform(recompute, SYSTEM, classroom.enrollments["learner"].id) is False
    after = result(classroom)
    assert (after.completed_at, after.explanation) == (before.completed_at, before.explanation)


def test_told_once_and_on_record_without_what_is_personal(classroom, passed, db):
    have(classroom, passed)
    with db.reading() as session:
        letters = session.scalars(select(Letter.template)).all()
        notices = session.scalars(select(Notice.template)).all()
        deed = AuditEntry.deed == "recognition.recorded"
        entry = session.scalars(select(AuditEntry).where(deed)).one()
    assert letters == notices == ["grading/recognised"]  # and not that they passed it here
    assert "INAP" not in str(entry.detail)
    assert entry.person_id == classroom.world.people["learner"]


def test_taken_back_what_was_done_here_counts_as_before(classroom, passed):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    before = result(classroom)
    have(classroom, passed)
    take_back(classroom)
    after = result(classroom)
    assert (after.completed, after.recognised, after.completed_at) == (False, False, None)
    assert (after.ratio, after.explanation) == (before.ratio, before.explanation)
    assert classroom.row("learner").state == "enrolled"
    with pytest.raises(Refused, match="taken back before"):
        take_back(classroom)
    assert have(classroom, passed)  # and it may be recognised anew


def test_its_document_says_so_and_gives_no_grade_and_then_it_stands(classroom, passed, db, do_jobs):
    have(classroom, passed)
    issue_all(db, classroom.actor("registrar"), classroom.cohort.uid, "http://localhost")
    do_jobs()
    with db.reading() as session:
        kept = session.scalars(select(Credential)).one()
    record = from_json(kept.record)
    assert kept.sealed_sha256  # it could be printed
    assert (record.kind, record.grade) == ("course_recognition", None)
    assert record.title == "Constancia de convalidación"
    with pytest.raises(Refused, match="A document of this course was issued"):
        take_back(classroom)
    assert result(classroom).recognised


def test_who_has_completed_or_left_has_nothing_recognised(classroom, passed, db):
    classroom.finish("learner")
    with pytest.raises(Refused, match="completed already"):
        have(classroom, passed)
    classroom.enrol("learner2")
    uid = classroom.enrollments["learner2"].uid
    registrar, here = classroom.actor("registrar"), classroom.cohort.uid
    db.perform(withdraw, registrar, here, [uid], Why(MORNING.date(), "work", "Turnos de noche"))
    with pytest.raises(Refused, match="holds no seat"):
        db.perform(recognise, registrar, here, uid, COURSE, passed)


def test_a_course_that_the_cohort_does_not_teach_is_none(classroom, passed):
    with pytest.raises(NotFound):
        have(classroom, passed, "otro")


def test_two_registrars_at_once_recognise_it_once(classroom, passed, db):
    outcomes = at_once([lambda: have(classroom, passed)] * 4)
    refused = [each for each in outcomes if isinstance(each, DomainError)]
    assert len(refused) == 3
    assert not [each for each in refused if isinstance(each, Conflict)]
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Recognition)) == 1


def test_its_document_and_the_word_that_it_counts_no_more_never_both(classroom, passed, db):
    """Whichever comes first holds: the other registrar is refused, or finds nobody to issue to."""
    have(classroom, passed)
    registrar, here, site = classroom.actor("registrar"), classroom.cohort.uid, "http://localhost"
    with db.reading() as session:
        ready = prepare(session, here, site, db.clock()).ready
    at_once(
        [
            lambda: db.perform(issue, registrar, here, site, ready),
            lambda: take_back(classroom),
        ]
    )
    with db.reading() as session:
        issued = session.scalar(select(func.count()).select_from(Credential))
    assert result(classroom).recognised is bool(issued)
