"""Announcements with a moment of their own: unseen before it, changed or withdrawn until then."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from lms.foundation.jobs.models import Job
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from lms.foundation.mail.models import Letter
from lms.learning.actions.announcements import FAN_OUT, change, publish, tell_some, withdraw
from tests.learning.test_announcements import told

DAY = timedelta(days=1)


@pytest.fixture
def planned(classroom, clock):
    return classroom.db.perform(
        publish, classroom.actor("instructor"), classroom.cohort.uid, "Sesión", "A las ocho.",
        clock() + 2 * DAY,
    )  # fmt: skip


@pytest.fixture
def english(as_person):
    """Somebody's browser with pages in English, whose words are the message ids."""

    def browser(name: str):
        found = as_person(name)
        found.set_cookie("idioma", "en")
        return found

    return browser


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}/anuncios"


def rewrite(classroom, uid, at, title="Sesión"):
    return classroom.db.perform(
        change, classroom.actor("instructor"), classroom.cohort.uid, uid, title, "A las nueve.", at
    )


def test_nobody_reads_it_before_its_moment(classroom, planned, as_person, do_jobs, clock):
    browser, page = as_person("learner"), f"{classroom.url('learner')}/anuncios"
    do_jobs()
    assert told(classroom) == []
    assert "Sesión" not in browser.get(page).text
    clock.advance(days=2)
    assert "Sesión" in browser.get(page).text
    do_jobs()
    do_jobs()
    assert told(classroom) == [classroom.world.people["learner"]]
    with classroom.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Letter)) == 1


def test_put_off_it_is_told_once_at_the_later_moment(classroom, planned, do_jobs, clock):
    rewrite(classroom, planned, clock() + 4 * DAY)
    clock.advance(days=3)
    do_jobs()
    assert classroom.db.perform(tell_some, SYSTEM, planned) is False
    assert told(classroom) == []
    clock.advance(days=1)
    do_jobs()
    assert len(told(classroom)) == 1
    with classroom.db.reading() as session:
        jobs = session.scalars(select(Job.state).where(Job.task == FAN_OUT)).all()
    assert jobs == ["done"]


def test_published_now_instead(classroom, planned, do_jobs):
    rewrite(classroom, planned, None)
    do_jobs()
    assert len(told(classroom)) == 1


def test_withdrawn_before_nobody_is_told(classroom, planned, as_person, do_jobs, clock):
    classroom.db.perform(withdraw, classroom.actor("instructor"), classroom.cohort.uid, planned)
    clock.advance(days=3)
    do_jobs()
    assert told(classroom) == []
    assert "Sesión" not in as_person("learner").get(f"{classroom.url('learner')}/anuncios").text


def test_what_is_published_is_not_changed_any_more(classroom, planned, clock):
    clock.advance(days=2)
    with pytest.raises(Refused, match="published meanwhile"):
        rewrite(classroom, planned, clock() + DAY)


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_moments_that_cannot_be(classroom, planned, clock, days):
    with pytest.raises(Invalid):
        rewrite(classroom, planned, clock() + days * DAY)


def test_another_cohorts_does_not_exist(classroom, planned, clock):
    with pytest.raises(NotFound):
        classroom.db.perform(
            change, classroom.actor("instructor"), classroom.course.uid, planned, "x", "y", None
        )


def test_on_the_page_hours_are_those_of_the_institution(classroom, english, url, clock):
    browser = english("instructor")
    sent = {"title": "Sesión", "body": "A las ocho.", "at": "2026-11-30T08:00"}
    preview = browser.send(f"{url}/vista-previa", sent).text
    assert "It will be published on Monday 30 November, 8:00 (Guatemala time)." in preview
    assert browser.send(url, sent).status_code == 303
    text = browser.get(url).text
    assert "Waiting for their moment" in text
    assert "From Monday 30 November, 8:00" in text
    address = text.partition('href="' + url + "/")[2].partition('"')[0]
    assert 'value="2026-11-30T08:00"' in browser.get(f"{url}/{address}").text
    moved = browser.send(f"{url}/{address}", sent | {"at": "2026-11-30T09:00"})
    assert moved.status_code == 303
    assert "From Monday 30 November, 9:00" in browser.get(url).text


def test_a_moment_that_has_passed_keeps_what_was_written(classroom, english, url, clock):
    sent = {"title": "Sesión", "body": "A las ocho.", "at": "2026-11-01T08:00"}
    answer = english("instructor").send(url, sent)
    assert answer.status_code == 422
    assert "That moment has passed." in answer.text
    assert "A las ocho." in answer.text


@pytest.mark.parametrize(("role", "status"), [("help_desk", 403), ("otra-instructor", 404)])
def test_others_change_nothing(classroom, planned, as_person, url, role, status):
    browser = as_person(role)
    assert browser.get(f"{url}/{planned}").status_code == status
    assert browser.send(f"{url}/{planned}", {"title": "x", "body": "y"}).status_code == status


@pytest.mark.parametrize(
    ("go", "at", "status", "letters"),
    [
        ("now", "", 303, 1),
        ("later", "2099-01-01T08:00", 422, 0),  # further off than a year
        ("now", "tomorrow", 422, 0),
        ("later", "tomorrow", 303, 0),
        ("later", "", 422, 0),
    ],
)
def test_a_button_does_what_it_says_or_nothing(
    classroom, url, english, do_jobs, clock, go, at, status, letters
):
    at = (clock() + DAY).strftime("%Y-%m-%dT%H:%M") if at == "tomorrow" else at
    sent = {"title": "Sesión", "body": "A las ocho.", "at": at, "go": go}
    answer = english("instructor").send(url, sent)
    assert answer.status_code == status
    do_jobs()
    assert len(told(classroom)) == letters
    if (go, at) == ("later", ""):
        assert "Write the day and the hour" in answer.text
    if go == "now" and at:
        assert "A day stands here" in answer.text
        assert "A las ocho." in answer.text
