"""Observed, sent back, corrected, taken back: who is told what, and nobody at the same moment."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.enrollment.actions.apply import hand_in, put_answer
from lms.enrollment.actions.decide import admit, decline
from lms.enrollment.actions.review import call_off, give_time, review, send_back
from lms.enrollment.actions.undo import reopen, take_back
from lms.enrollment.models import Application, Enrollment, Paper, Requirement
from lms.enrollment.rules.reviewing import Verdict
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.errors import Conflict, DomainError, NotFound, Refused
from lms.foundation.mail.models import Notice
from tests.enrollment.actions.test_race import at_once
from tests.factories.calls import DOCUMENT, QUESTION, call_for, handed_in, prepared

WORDS = "Diga también desde cuándo."


@pytest.fixture
def cohort(db, open_cohort):
    found = open_cohort(capacity=1)
    call_for(db, found, QUESTION, DOCUMENT)
    return found


@pytest.fixture
def sent(app, db, cohort, world):
    return handed_in(app, db, cohort, world.people["learner"])


@pytest.fixture
def registrar(who):
    return who("registrar")


def papers(db, name):
    with db.reading() as session:
        return session.scalars(
            select(Paper)
            .join(Requirement, Requirement.id == Paper.requirement_id)
            .where(Requirement.name == name)
            .order_by(Paper.turn)
        ).all()


def row(db, model):
    with db.reading() as session:
        return session.scalars(select(model)).one()


def notices(db):
    with db.reading() as session:
        return session.scalars(select(Notice.template).order_by(Notice.id)).all()


def observe(db, registrar, cohort, sent, **given):
    until = db.clock() + timedelta(days=7)
    verdicts = [Verdict(papers(db, QUESTION.name)[-1].uid, "observed", WORDS, "w")]
    return db.perform(send_back, registrar, cohort.uid, sent, verdicts, given.get("until", until))


def test_what_is_said_of_papers_is_kept_and_told_to_nobody(db, cohort, sent, registrar):
    before = notices(db)
    verdicts = [
        Verdict(papers(db, QUESTION.name)[0].uid, "observed", WORDS, "w"),
        Verdict(papers(db, DOCUMENT.name)[0].uid, "accepted"),
    ]
    db.perform(review, registrar, cohort.uid, sent, verdicts)
    assert papers(db, QUESTION.name)[0].said == WORDS
    assert papers(db, DOCUMENT.name)[0].checked_by_id == registrar.person_id
    assert notices(db) == before


def test_it_is_sent_back_corrected_and_handed_in_again(db, cohort, sent, registrar, who, clock):
    first = row(db, Enrollment).applied_at
    assert "López" in observe(db, registrar, cohort, sent)
    application = row(db, Application)
    assert (application.state, application.turn) == ("correcting", 2)
    with db.reading() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
        assert (notice.template, notice.link) == ("enrollment/sent_back", f"/solicitudes/{sent}")
        assert WORDS in notice.context["observed"]
    clock.advance(days=1)
    question, document = papers(db, QUESTION.name)[0], papers(db, DOCUMENT.name)[0]
    learner = who("learner")
    with pytest.raises(Refused, match="Still missing"):
        db.perform(hand_in, learner, sent)
    with db.reading() as session:
        asked = {each.id: each.uid for each in session.scalars(select(Requirement))}
    with pytest.raises(Refused, match="Only what was observed"):
        db.perform(put_answer, learner, sent, asked[document.requirement_id], "x")
    db.perform(put_answer, learner, sent, asked[question.requirement_id], "Desde 2020.")
    db.perform(hand_in, learner, sent)
    assert [each.state for each in papers(db, QUESTION.name)] == ["observed", "sent"]
    assert [each.answer for each in papers(db, QUESTION.name)][-1] == "Desde 2020."
    assert row(db, Enrollment).applied_at == first
    assert row(db, Application).last_handed_in_at == clock()
    assert notices(db)[-1] == "enrollment/corrected"


def test_late_is_taken_until_it_is_decided(db, cohort, sent, registrar, who, clock):
    observe(db, registrar, cohort, sent)
    clock.advance(days=9)
    question = papers(db, QUESTION.name)[0]
    with db.reading() as session:
        uid = session.get_one(Requirement, question.requirement_id).uid
    db.perform(put_answer, who("learner"), sent, uid, "Desde 2020.")
    db.perform(hand_in, who("learner"), sent)
    assert row(db, Application).state == "handed_in"


def test_once_decided_nothing_is_corrected(db, cohort, sent, registrar, who):
    observe(db, registrar, cohort, sent)
    db.perform(decline, registrar, cohort.uid, [row(db, Enrollment).uid], "Otro motivo.", "other")
    question = papers(db, QUESTION.name)[0]
    with db.reading() as session:
        uid = session.get_one(Requirement, question.requirement_id).uid
    db.perform(put_answer, who("learner"), sent, uid, "Desde 2020.")
    with pytest.raises(Refused, match="decided"):
        db.perform(hand_in, who("learner"), sent)
    with pytest.raises(Refused, match="decided"):
        db.perform(call_off, registrar, cohort.uid, sent)


def test_more_time_and_taking_back_that_it_was_sent_back(db, cohort, sent, registrar, who, clock):
    observe(db, registrar, cohort, sent)
    later = clock() + timedelta(days=20)
    db.perform(give_time, registrar, cohort.uid, sent, later)
    assert row(db, Application).correct_by_at == later
    db.perform(call_off, registrar, cohort.uid, sent)
    assert (row(db, Application).state, row(db, Application).correct_by_at) == ("handed_in", None)
    assert notices(db)[-2:] == ["enrollment/time_given", "enrollment/called_off"]
    with pytest.raises(Refused):
        db.perform(give_time, registrar, cohort.uid, sent, later)


def test_a_verdict_on_what_was_replaced_is_refused(db, cohort, sent, registrar, who):
    old = papers(db, QUESTION.name)[0]
    observe(db, registrar, cohort, sent)
    with db.reading() as session:
        uid = session.get_one(Requirement, old.requirement_id).uid
    db.perform(put_answer, who("learner"), sent, uid, "Desde 2020.")
    db.perform(hand_in, who("learner"), sent)
    with pytest.raises(Conflict, match="sent again"):
        db.perform(review, registrar, cohort.uid, sent, [Verdict(old.uid, "accepted")])


def test_what_is_not_handed_in_or_of_another_cohort_does_not_exist(
    app, db, cohort, sent, registrar, open_cohort, world
):
    other = open_cohort(key="otra")
    draft = prepared(app, db, cohort, world.people["learner2"])
    for place, uid in ((other.uid, sent), (cohort.uid, draft)):
        with pytest.raises(NotFound):
            db.perform(review, registrar, place, uid, [])


def test_two_registrars_send_it_back_once(db, cohort, sent, registrar):
    verdicts = [Verdict(papers(db, QUESTION.name)[0].uid, "observed", WORDS, "w")]
    until = db.clock() + timedelta(days=7)
    outcomes = at_once(
        [lambda: db.perform(send_back, registrar, cohort.uid, sent, verdicts, until)] * 4
    )
    assert sum(not isinstance(each, DomainError) for each in outcomes) == 1
    assert row(db, Application).turn == 2


def test_one_admits_while_another_sends_back(db, cohort, sent, registrar):
    """Whatever comes first, the other is told so: nobody with a seat is asked to correct."""
    verdicts = [Verdict(papers(db, QUESTION.name)[0].uid, "observed", WORDS, "w")]
    until = db.clock() + timedelta(days=7)
    uid = row(db, Enrollment).uid
    at_once(
        [
            lambda: db.perform(send_back, registrar, cohort.uid, sent, verdicts, until),
            lambda: db.perform(admit, registrar, cohort.uid, [uid]),
        ]
    )
    assert row(db, Enrollment).state == "enrolled"


def test_an_admission_is_taken_back_and_a_refusal_reopened(db, cohort, sent, registrar):
    enrollment = row(db, Enrollment)
    at = enrollment.applied_at
    db.perform(admit, registrar, cohort.uid, [enrollment.uid])
    db.perform(take_back, registrar, cohort.uid, [enrollment.uid], "Fue un error.")
    again = row(db, Enrollment)
    assert (again.state, again.applied_at, again.decided_at) == ("applied", at, None)
    db.perform(decline, registrar, cohort.uid, [enrollment.uid], "No corresponde.", "audience")
    db.perform(reopen, registrar, cohort.uid, [enrollment.uid])
    assert row(db, Enrollment).state == "applied"
    assert notices(db)[-4:] == [
        "enrollment/admitted",
        "enrollment/admission_taken_back",
        "enrollment/declined",
        "enrollment/reopened",
    ]
    with db.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "enrollment.declined")
        ).one()
        assert entry.detail["why"] == "audience"


def test_whoever_has_entered_is_not_taken_back(db, cohort, sent, registrar):
    enrollment = row(db, Enrollment)
    db.perform(admit, registrar, cohort.uid, [enrollment.uid])

    def enter(work):
        work.session.get_one(Enrollment, enrollment.id).last_seen_at = work.now

    db.perform(enter, registrar)
    with pytest.raises(Refused, match="withdrawn instead"):
        db.perform(take_back, registrar, cohort.uid, [enrollment.uid], "Fue un error.")
