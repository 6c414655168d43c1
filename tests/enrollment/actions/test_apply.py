"""Applications: prepared little by little, handed in once, their place that moment."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.enrollment.actions.apply import begin, hand_in, put_answer, put_file, take_out
from lms.enrollment.actions.ask import ask
from lms.enrollment.actions.call import ask_no_more
from lms.enrollment.actions.edit import Edit, edit_cohort, tell_some
from lms.enrollment.models import Application, CalendarChange, Enrollment, Paper
from lms.enrollment.queries.editing import editing
from lms.foundation.audit.models import AuditEntry
from lms.foundation.files.actions import keep
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.mail.models import Letter, Notice
from tests.enrollment.actions.test_race import at_once
from tests.factories.calls import DOCUMENT, PDF, QUESTION, call_for, handed_in, picture, prepared


@pytest.fixture
def cohort(open_cohort):
    return open_cohort(capacity=2)


def one(db, model):
    with db.reading() as session:
        return session.scalars(select(model)).one()


def test_who_is_asked_for_documents_does_not_get_by_without(db, cohort, who):
    db.perform(ask, who("learner2"), cohort.uid)
    call_for(db, cohort)
    with pytest.raises(Refused, match="asks for documents"):
        db.perform(ask, who("learner"), cohort.uid)


def test_an_application_is_prepared_and_handed_in(app, db, cohort, who, clock):
    asked = call_for(db, cohort)
    learner = who("learner")
    uid = db.perform(begin, learner, cohort.uid)
    assert db.perform(begin, learner, cohort.uid) == uid
    with pytest.raises(Refused, match=r"missing: Documento de identidad, ¿Qué hace"):
        db.perform(hand_in, learner, uid)
    store = app.extensions["cabildo.files"]
    db.perform(put_file, learner, uid, asked[0].uid, keep(store, PDF), "dpi.pdf")
    photo = keep(store, picture(), kinds=["image/jpeg"])
    db.perform(put_file, learner, uid, asked[0].uid, photo, "dpi.jpg")
    db.perform(put_answer, learner, uid, asked[2].uid, "Llevo las actas.")
    with db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Enrollment)) == 0
        assert session.scalars(select(Paper.filename).order_by(Paper.id)).all() == ["dpi.jpg", ""]
    clock.advance(hours=3)
    db.perform(hand_in, learner, uid)
    enrollment, application = one(db, Enrollment), one(db, Application)
    assert (enrollment.state, enrollment.applied_at) == ("applied", clock())
    assert application.enrollment_id == enrollment.id
    assert (application.state, application.handed_in_at) == ("handed_in", clock())
    with db.reading() as session:
        notice = session.scalars(select(Notice)).one()
        assert (notice.template, notice.link) == ("enrollment/handed_in", f"/solicitudes/{uid}")
        log = session.scalars(select(AuditEntry).where(AuditEntry.deed == "application.handed_in"))
        assert photo.sha256 in str(log.one().detail)
    for again in (
        lambda: db.perform(hand_in, learner, uid),
        lambda: db.perform(put_answer, learner, uid, asked[2].uid, "Otra cosa."),
        lambda: db.perform(take_out, learner, uid, asked[0].uid),
    ):
        with pytest.raises(Refused):
            again()


def test_what_was_put_in_is_taken_out_again(app, db, cohort, who):
    asked = call_for(db, cohort)
    uid = prepared(app, db, cohort, who("learner").person_id)
    assert db.perform(take_out, who("learner"), uid, asked[0].uid) == "Documento de identidad"
    with pytest.raises(Refused, match="missing"):
        db.perform(hand_in, who("learner"), uid)


def test_nobody_touches_the_application_of_another(app, db, cohort, who):
    asked = call_for(db, cohort)
    uid = prepared(app, db, cohort, who("learner").person_id)
    for deed in (
        lambda: db.perform(hand_in, who("learner2"), uid),
        lambda: db.perform(put_answer, who("learner2"), uid, asked[2].uid, "Yo"),
    ):
        with pytest.raises(NotFound):
            deed()


def test_handing_in_counts_until_the_call_closes(app, db, cohort, who, clock):
    call_for(db, cohort)
    uid = prepared(app, db, cohort, who("learner").person_id)
    clock.advance(days=31)
    with pytest.raises(Refused, match="has closed"):
        db.perform(hand_in, who("learner"), uid)


def test_what_is_asked_no_more_does_not_stand_in_the_way(app, db, cohort, who):
    asked = call_for(db, cohort)
    uid = prepared(app, db, cohort, who("learner").person_id, without=(DOCUMENT.name,))
    db.perform(ask_no_more, SYSTEM, cohort.uid, asked[0].uid)
    db.perform(hand_in, who("learner"), uid)
    assert one(db, Enrollment).state == "applied"


def test_pressed_many_times_it_is_handed_in_once(app, db, cohort, who):
    call_for(db, cohort, QUESTION)
    uid = prepared(app, db, cohort, who("learner").person_id)
    outcomes = at_once([lambda: db.perform(hand_in, who("learner"), uid)] * 4)
    assert outcomes.count(uid) == 1
    assert one(db, Enrollment).state == "applied"


def test_begun_at_the_same_moment_it_is_one_application(db, cohort, who):
    call_for(db, cohort)
    outcomes = at_once([lambda: db.perform(begin, who("learner"), cohort.uid)] * 4)
    assert len(set(outcomes)) == 1


def test_whoever_prepares_is_told_of_other_dates(app, db, cohort, who, world):
    call_for(db, cohort)
    uid = prepared(app, db, cohort, world.people["learner"])
    handed_in(app, db, cohort, world.people["learner2"])
    with db.reading() as session:
        found = editing(session, cohort.uid, db.clock())
    later = found.standing.calendar
    later = type(later)(
        later.enrollment_opens_at,
        later.enrollment_closes_at + timedelta(days=5),
        later.starts_at,
        later.ends_at,
        later.windows,
    )
    edit = Edit(found.seen, cohort.title, later, cohort.door, cohort.capacity)
    assert db.perform(edit_cohort, SYSTEM, cohort.uid, edit) == 1
    with db.reading() as session:
        change = session.scalars(select(CalendarChange.uid)).one()
    while db.perform(tell_some, SYSTEM, change):
        pass
    with db.reading() as session:
        told = session.execute(
            select(Notice.person_id, Notice.link).where(
                Notice.template == "enrollment/dates_changed"
            )
        ).all()
        assert {row[0] for row in told} >= {world.people["learner"], world.people["learner2"]}
        assert (world.people["learner"], f"/solicitudes/{uid}") in [tuple(row) for row in told]
        assert len(told) == len({row[0] for row in told})
        assert session.scalars(select(CalendarChange.told_at)).one() is not None
        assert session.scalar(select(func.count()).select_from(Letter))
