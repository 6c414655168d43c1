"""The queue of works that people mark: who reaches it, what is given, what stays."""

import re
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from lms.acts.models import GradeAct
from lms.assessment.actions.mark import give
from lms.assessment.actions.take import mark_whole, take
from lms.assessment.facts import AttemptGraded
from lms.assessment.models import Attempt, HandMark, MarkingPhrase
from lms.assessment.queries.replay import replay
from lms.assessment.rules.by_hand import Given
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict, NotFound
from lms.foundation.kernel.facts import Subscribers
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.points import points
from lms.foundation.mail.models import Notice
from lms.people.models import Person
from tests.assessment.school import QUESTIONS, build_school, quiz_source
from tests.assessment.test_essays import ESSAY, TEXT
from tests.assessment.test_pages import hand_in, intro, words
from tests.statements import statements

TWO = [QUESTIONS[0], ESSAY, ESSAY | {"key": "otra", "stem": "Y otra vez.", "points": 1}]


def built(place, db, world, name, **settings):
    source = quiz_source(questions=TWO, attempts=2, **settings)
    return place.begun(name, lambda: db.perform(build_school, SYSTEM, world, source))


@pytest.fixture
def school(place, db, world):
    return built(place, db, world, "marking-school")


def write(as_person, school, name="learner", **answers):
    """An attempt handed in with its two essays; its address."""
    browser = as_person(name)
    attempt = browser.send(intro(school, name)).headers["Location"]
    said = {"q1": "0", "q2": TEXT, "q3": "Otra cosa."} | answers
    browser.send(attempt, said | {"go": "save"})
    hand_in(browser, attempt)
    return attempt


@pytest.fixture
def attempt(as_person, school):
    return write(as_person, school)


@pytest.fixture
def teacher(as_person, attempt):
    return as_person("instructor")


def queue(school):
    return f"/gestion/promociones/{school.cohort}/calificar"


def row(db):
    with db.reading() as session:
        return session.scalars(select(Attempt).order_by(Attempt.id)).first()


def given(db):
    with db.reading() as session:
        return [
            (one.slot, one.edition, one.points, one.comment, one.reason)
            for one in session.scalars(select(HandMark).order_by(HandMark.id))
        ]


def mark(browser, attempt, slot, **fields):
    return browser.send(f"/gestion{attempt}/calificar/{slot}", {"go": "save", "seen": "0"} | fields)


def test_the_queue_says_by_question_what_waits_and_leads_to_it(teacher, school):
    said = words(teacher.get(queue(school)))
    assert "2 answers wait to be marked." in said
    assert said.count("1 waits of 1 answer") == 2
    first = re.search(rf'href="({queue(school)}/[^"]+)"', teacher.get(queue(school)).text)[1]
    page = teacher.get(first)
    assert "1 of 1" in words(page)
    assert ESSAY["guidance"] in words(page)
    assert "En diez días." in words(page)
    assert "2 answers" not in words(page)
    assert "Mark (2)" in words(teacher.get(f"/gestion/promociones/{school.cohort}/intentos"))


@pytest.mark.parametrize(
    ("person", "status"),
    [("instructor", 200), ("registrar", 403), ("learner", 404), ("otra-instructor", 404)],
)
def test_whose_pages_they_are(as_person, attempt, school, person, status):
    browser = as_person(person)
    for page in (queue(school), f"/gestion{attempt}/calificar/2"):
        assert browser.get(page).status_code == status
    assert mark(browser, attempt, 2, points="1").status_code == (303 if status == 200 else status)


def test_what_no_person_marks_has_no_page(teacher, attempt, school):
    for slot in (1, 4, 99):
        assert teacher.get(f"/gestion{attempt}/calificar/{slot}").status_code == 404
    assert teacher.get(f"{queue(school)}/{uuid4()}").status_code == 404


def test_with_the_last_mark_the_attempt_is_marked_and_its_person_told(
    teacher, as_person, attempt, db, monkeypatch
):
    heard = []
    wiring = {AttemptGraded: Subscribers(now=[lambda _work, facts: heard.extend(facts)])}
    monkeypatch.setattr(db, "wiring", wiring)
    first = mark(teacher, attempt, 2, points="2,5", comment="Falta el plazo.\r\n\r\nCítelo.")
    assert first.status_code == 303
    assert first.headers["Location"].startswith("/gestion/promociones/")  # no other one waits
    assert (row(db).points, heard) == (None, [])
    mark(teacher, attempt, 3, points="1")
    assert (row(db).points, row(db).passed) == (points("4.5"), True)
    assert [(one.points, one.by_staff) for one in heard] == [(points("4.5"), True)]
    with db.reading() as session:
        notice = session.scalars(select(Notice).where(Notice.template == "assessment/marked")).one()
    assert notice.link == f"{attempt}/resultado"
    said = words(as_person("learner").get(f"{attempt}/resultado"))
    assert "4.5 of 6 points" in said
    assert "2.5 of 4 points" in said
    assert "Comment of whoever marked it Falta el plazo. Cítelo." in said
    assert ESSAY["feedback"] in said
    assert ESSAY["guidance"] not in said


def test_after_saving_comes_the_next_that_waits(as_person, attempt, school, clock):
    clock.advance(minutes=1)
    other = write(as_person, school, "learner2")
    teacher = as_person("instructor")
    assert "1 of 2" in words(teacher.get(f"/gestion{attempt}/calificar/2"))
    page = teacher.get(f"/gestion{other}/calificar/2").text
    assert f'href="/gestion{attempt}/calificar/2" rel="prev"' in page
    assert 'rel="next"' not in page
    sent = mark(teacher, other, 2, points="1")
    assert sent.headers["Location"] == f"/gestion{attempt}/calificar/2"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("5", "Give from 0 to 4 points."), ("mucho", "Write a number"), ("", "Write how many points")],
)
def test_a_refusal_keeps_everything_that_was_typed(teacher, attempt, db, typed, said):
    page = mark(teacher, attempt, 2, points=typed, comment="Lo que escribí")
    assert page.status_code == 422
    assert said in words(page)
    assert "Lo que escribí</textarea>" in page.text
    assert given(db) == []


def test_two_who_mark_at_once_see_each_other_and_overwrite_nothing(
    teacher, as_person, attempt, db, world
):
    mark(teacher, attempt, 2, points="1", comment="Primera")
    page = mark(teacher, attempt, 2, points="4", comment="Segunda")
    assert page.status_code == 409
    said = words(page)
    assert "Somebody else marked this work meanwhile." in said
    assert "1 of 4 points" in said
    assert "Segunda</textarea>" in page.text
    assert [one[2] for one in given(db)] == [points(1)]
    seen = re.search(r'name="seen"[^>]*value="(\d+)"', page.text)[1]
    without = mark(teacher, attempt, 2, points="4", comment="Segunda", seen=seen)
    assert "Write why the mark changes." in words(without)
    mark(teacher, attempt, 2, points="4", comment="Segunda", seen=seen, reason="Acordado")
    assert [one[1:] for one in given(db)] == [
        (1, points(1), "Primera", ""),
        (2, points(4), "Segunda", "Acordado"),
    ]


def test_a_changed_mark_keeps_the_old_one_and_is_on_record(teacher, attempt, db):
    mark(teacher, attempt, 2, points="1")
    mark(teacher, attempt, 3, points="0")
    assert row(db).points == points(2)
    mark(teacher, attempt, 2, points="3", seen="1", reason="Sumé mal")
    assert row(db).points == points(4)
    with db.reading() as session:
        entry = session.scalars(
            select(AuditEntry).where(AuditEntry.deed == "attempt.mark_changed")
        ).one()
    assert entry.detail["before"] == {"points": points(1)}
    assert entry.detail["after"] == {"points": points(3)}
    page = words(teacher.get(f"/gestion{attempt}/calificar/2"))
    assert "Why it changed: Sumé mal" in page


def test_saving_the_same_again_says_nothing_new(teacher, attempt, db):
    mark(teacher, attempt, 2, points="1", comment="Bien")
    mark(teacher, attempt, 2, points="1", comment="Bien", seen="1")
    assert len(given(db)) == 1


def test_once_the_act_is_closed_no_mark_changes(teacher, attempt, db, school, world):
    def close(work):
        work.session.add(
            GradeAct(
                institution_id=world.institutions["igm"], cohort_id=school.cohort_id,
                subject="transparencia", title="Transparencia", edition=0, created_at=work.now,
                closed_at=work.now, uid=uuid7(), people=0, reason="", authority="",
            )
        )  # fmt: skip

    db.perform(close, SYSTEM)
    page = mark(teacher, attempt, 2, points="1", comment="Tarde")
    assert page.status_code == 409
    assert "The act of this course is closed" in words(page)
    assert "Tarde</textarea>" in page.text
    assert given(db) == []


def test_where_it_is_blind_no_page_of_the_queue_has_a_name(place, as_person, db, world):
    school = built(place, db, world, "blind-school", blind=True)
    attempt = write(as_person, school)
    teacher = as_person("instructor")
    open_page = teacher.get(f"/gestion{attempt}/calificar/2").text
    with db.reading() as session:
        learner = session.get(Person, world.people["learner"])
    assert "Work 1" in open_page
    for word in (learner.first_surname, learner.given_names):
        assert word not in open_page
        assert word not in teacher.get(queue(school)).text
    assert f'href="/gestion{attempt}"' not in open_page


class TestComments:
    """Those that one keeps to use again."""

    def test_kept_inserted_and_forgotten_with_the_rest_still_typed(self, teacher, attempt, db):
        for _ in range(2):  # kept once
            page = mark(teacher, attempt, 2, go="keep", points="3", comment="Cite el artículo.")
            assert page.status_code == 200
        with db.reading() as session:
            (kept,) = session.scalars(select(MarkingPhrase)).all()
        page = mark(
            teacher, attempt, 2, go=f"insert:{kept.uid}", points="2.5", comment="Bien dicho."
        )
        assert "Bien dicho.\nCite el artículo.</textarea>" in page.text
        assert 'value="2.5"' in page.text
        assert given(db) == []
        page = mark(teacher, attempt, 2, go=f"forget:{kept.uid}", points="2.5")
        assert "Cite el artículo." not in page.text
        assert 'value="2.5"' in page.text

    def test_nobody_inserts_or_forgets_anothers(self, teacher, attempt, db, world):
        def keep(work):
            work.session.add(
                MarkingPhrase(
                    uid=uuid7(), person_id=world.people["tutor"], text="Ajena", kept_at=work.now
                )
            )

        db.perform(keep, SYSTEM)
        with db.reading() as session:
            uid = session.scalars(select(MarkingPhrase.uid)).one()
        for go in ("insert", "forget"):
            assert "Ajena" not in mark(teacher, attempt, 2, go=f"{go}:{uid}").text
        with db.reading() as session:
            assert session.scalars(select(MarkingPhrase.text)).all() == ["Ajena"]

    @pytest.mark.parametrize(
        ("text", "said"), [("", "Write the comment"), ("a" * 501, "at most 500")]
    )
    def test_what_cannot_be_kept_is_told(self, teacher, attempt, text, said):
        page = mark(teacher, attempt, 2, go="keep", comment=text)
        assert page.status_code == 422
        assert said in words(page)


def test_more_works_take_no_more_statements(as_person, attempt, school, db):
    teacher = as_person("instructor")
    pages = (queue(school), f"/gestion{attempt}/calificar/2")
    for page in pages:
        teacher.get(page)
    few = []
    for page in pages:
        with statements(db.engine) as ran:
            teacher.get(page)
        few.append(len(ran))
    write(as_person, school, "learner2")
    write(as_person, school, "learner2")
    for page, before in zip(pages, few, strict=True):
        with statements(db.engine) as ran:
            assert "3" in words(teacher.get(page))
        assert len(ran) == before
    assert few[0] <= 8
    assert few[1] <= 10


def test_in_a_preview_whoever_knows_has_everything_marked_whole(db, world, school):
    learner = Actor(world.people["learner"])
    uid = db.perform(take, learner, school.enrollments["learner"], school.activity)
    assert row(db).points is None
    db.perform(mark_whole, learner, uid)
    assert (row(db).points, row(db).passed) == (points(6), True)


def test_two_at_once_leave_one_edition_each(db, world, attempt, school):
    uid = UUID(attempt.rpartition("/")[2])
    teacher, tutor = Actor(world.people["instructor"]), Actor(world.people["tutor"])
    db.perform(give, teacher, uid, 2, Given(points(1)), 0)
    with pytest.raises(Conflict):
        db.perform(give, tutor, uid, 2, Given(points(2)), 0)
    with pytest.raises(NotFound):
        db.perform(give, teacher, uid, 1, Given(0), 0)


def test_what_a_person_marks_is_linked_to_the_chain(teacher, attempt, db):
    """Marked and changed: each time a link, and the chain agrees with what is on record."""
    uid = row(db).uid

    def seen():
        with db.reading() as session:
            return replay(session.connection(), uid)

    assert seen().wrong is None
    assert [link.kind for link in seen().links][-1] == "handed_in"
    mark(teacher, attempt, 2, points="1")
    mark(teacher, attempt, 3, points="0")
    mark(teacher, attempt, 2, points="3", seen="1", reason="Sumé mal")
    assert seen().wrong is None
    assert [link.kind for link in seen().links][-3:] == ["handed_in", "marked", "marked"]
