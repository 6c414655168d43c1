"""Exceptions reach what is tried: attempts, time, days, also while an attempt runs."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.assessment.actions.start import start
from lms.assessment.models import Attempt
from lms.enrollment.actions.allow import allow, revoke
from lms.enrollment.models import Allowance, Enrollment
from lms.enrollment.rules.allowances import WHOLE, Allowed
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound, Refused
from lms.foundation.mail.models import Notice
from lms.grading.models import CourseResult
from tests.factories.teaching import COURSE, QUIZZES, kept_classroom, package, quiz
from tests.factories.world import make_person

ABOUT = f"{COURSE}/{QUIZZES[0]}"
DAY = timedelta(days=1)


@pytest.fixture
def room(place, app, db, world):
    """A classroom whose first quiz has a time limit of twenty minutes; Rosa has come to it."""
    timed = quiz(QUIZZES[0], "Evaluación del módulo 1").replace(
        b"attempts: 2", b"time_limit: 20\nattempts: 2"
    )
    files = package() | {f"{COURSE}/01-laip/03-evaluacion.quiz.yaml": timed}

    def fill(room):
        room.enrol("learner")
        room.see("learner", "derecho", "plazos")

    return kept_classroom(place, app, db, world, "timed", fill, files=files)


def give(room, *names: str, about=ABOUT, **given):
    ids = [room.enrollments[name].id for name in names or ("learner",)]
    allowed = Allowed(about, **given)
    return room.db.perform(
        allow, room.actor("instructor"), room.cohort.uid, ids, allowed, "Corte de luz"
    )


def begin(room, name="learner"):
    return room.db.perform(
        start, room.actor(name), room.enrollments[name].uid, room.activities[QUIZZES[0]].uid
    )


def attempt(room) -> Attempt:
    with room.db.reading() as session:
        return session.scalars(select(Attempt).order_by(Attempt.id.desc())).first()


def failed(room) -> bool:
    with room.db.reading() as session:
        return session.scalars(select(CourseResult.failed)).one()


def one(room) -> Allowance:
    with room.db.reading() as session:
        return session.scalars(select(Allowance).order_by(Allowance.id.desc())).first()


def test_one_more_attempt_opens_what_was_failed_for_good(room, clock):
    for _ in range(2):
        room.take("learner", QUIZZES[0], right=False)
    assert failed(room)
    seen = room.row("learner").last_seen_at
    clock.advance(hours=1)
    with pytest.raises(Refused):
        begin(room)
    give(room, attempts=1)
    assert not failed(room)
    assert room.row("learner").last_seen_at == seen  # staff gave it: nobody has entered
    room.take("learner", QUIZZES[0])
    assert attempt(room).passed


def test_what_was_not_used_in_time_is_lost(room, clock, do_jobs):
    for _ in range(2):
        room.take("learner", QUIZZES[0], right=False)
    give(room, attempts=1, expires_at=clock() + DAY)
    clock.advance(days=1)
    do_jobs()
    assert failed(room)
    with pytest.raises(Refused):
        begin(room)


def test_more_minutes_reach_an_attempt_that_runs(room, clock, do_jobs):
    begin(room)
    ends = attempt(room).deadline
    give(room, minutes=15)
    assert attempt(room).deadline == ends + timedelta(minutes=15)
    clock.advance(minutes=25)
    do_jobs()  # the job of the first deadline closes nothing
    assert attempt(room).handed_in_at is None
    clock.advance(minutes=11)
    do_jobs()
    assert attempt(room).handed_in_by == "time"
    assert attempt(room).handed_in_at == ends + timedelta(minutes=15)


def test_one_whose_time_is_over_stays_over(room, clock):
    begin(room)
    ends = attempt(room).deadline
    clock.advance(minutes=30)
    give(room, minutes=60)
    assert attempt(room).deadline == ends


def test_taken_back_what_runs_goes_on_to_its_end(room):
    begin(room)
    give(room, minutes=15)
    extended = attempt(room).deadline
    room.db.perform(revoke, room.actor("instructor"), room.cohort.uid, one(room).uid)
    assert attempt(room).deadline == extended
    assert room.row("learner").allowances == {}


def test_a_later_day_opens_what_had_closed_for_one_and_for_nobody_else(room, clock, as_person):
    room.cohort_days(calendar={ABOUT: {"closes_at": (clock() + DAY).isoformat()}})
    room.enrol("learner2")
    room.see("learner2", "derecho", "plazos")
    clock.advance(days=2)
    give(room, closes_at=clock() + DAY)
    begin(room)
    with pytest.raises(Refused):
        begin(room, "learner2")
    clock.advance(days=2)
    assert attempt(room).deadline < clock()


def test_a_later_end_of_the_cohort_for_one(room, clock, as_person):
    room.cohort_days(ends_at=clock() + DAY)
    give(room, about=WHOLE, closes_at=clock() + 9 * DAY)
    clock.advance(days=3)
    begin(room)
    text = as_person("registrar").get(f"/gestion/promociones/{room.cohort.uid}?ver=todas").text
    assert "On the way" in re.findall(r'class="tag[^>]*>([^<]+)', text)
    clock.advance(days=9)
    with pytest.raises(Refused):
        begin(room)


def test_a_list_is_reached_by_the_worker_each_once(room, db, do_jobs):
    def make(work):
        for number in range(7):
            room.world.people[f"v{number}"] = make_person(work, f"v{number}").id

    db.perform(make, SYSTEM)
    names = [f"v{number}" for number in range(7)]
    for name in names:
        room.enrol(name)
    assert give(room, *names, attempts=1) == 7
    assert room.row("v0").allowances == {}
    do_jobs()
    do_jobs()
    with db.reading() as session:
        kept = session.scalars(
            select(Enrollment.allowances).where(Enrollment.id != room.enrollments["learner"].id)
        ).all()
        notices = session.scalars(
            select(Notice.person_id).where(Notice.template == "enrollment/allowed")
        ).all()
    assert all(each == {ABOUT: {"extras": [[1, 0, None]]}} for each in kept)
    assert len(notices) == len(set(notices)) == 7


def test_it_is_told_and_on_record_with_its_reason(room):
    give(room, attempts=2)
    room.db.perform(revoke, room.actor("registrar"), room.cohort.uid, one(room).uid)
    with room.db.reading() as session:
        told = session.scalars(select(Notice).order_by(Notice.id)).all()
        deeds = session.scalars(
            select(AuditEntry)
            .where(AuditEntry.deed.startswith("allowance."))
            .order_by(AuditEntry.id)
        ).all()
    assert [each.template for each in told] == ["enrollment/allowed", "enrollment/allowed_no_more"]
    assert told[0].context["reason"] == "Corte de luz"
    assert told[0].context["title"] == "Evaluación del módulo 1"
    assert [each.deed for each in deeds] == [
        "allowance.given", "allowance.applied", "allowance.revoked"
    ]  # fmt: skip
    assert deeds[1].person_id == room.world.people["learner"]
    assert deeds[2].actor_id == room.world.people["registrar"]


def test_a_closed_cohort_gives_nothing_and_another_ones_is_not_found(room, clock):
    with pytest.raises(NotFound):
        room.db.perform(revoke, room.actor("instructor"), room.course.uid, room.cohort.uid)
    room.cohort_days(closed_at=clock())
    with pytest.raises(Refused, match="closed"):
        give(room, attempts=1)


def test_the_learner_reads_it_where_it_counts(room, as_person):
    for _ in range(2):
        room.take("learner", QUIZZES[0], right=False)
    give(room, attempts=1)
    browser = as_person("learner")
    browser.set_cookie("idioma", "en")
    missing = " ".join(browser.get(f"{room.url('learner')}/que-me-falta").text.split())
    assert "Exceptions for you" in missing
    assert "1 more attempt." in missing
    assert "Reason: Corte de luz" in missing
    page = browser.get(f"{room.url('learner')}/evaluaciones/{room.activities[QUIZZES[0]].uid}").text
    assert "You may try 3 times." in page
    assert "You have 1 attempt left." in page
