"""The gradebook: everybody's marks, who is shown, a fixed number of statements, who is let in."""

import re
from dataclasses import replace

import pytest
from sqlalchemy import insert, select

from lms.enrollment.models import Cohort
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.ids import uuid7
from lms.grading.actions.enter import Mark, enter
from lms.grading.models import CourseResult, Entry, Grade
from lms.grading.rules.scheme import NAMED, Column
from tests.factories.teaching import COURSE, QUIZZES
from tests.factories.world import make_person
from tests.grading.conftest import SCHEME
from tests.statements import statements


@pytest.fixture
def people(arranged):
    """The learner passed one quiz and the defence; another came only."""
    arranged.enrol("learner2")
    arranged.see("learner", "derecho", "plazos")
    arranged.take("learner", QUIZZES[0])
    mark = Mark(arranged.enrollments["learner"].uid, "columna:2", 775_000, None)
    registrar = arranged.actor("registrar")
    arranged.db.perform(enter, registrar, arranged.cohort.uid, COURSE, [mark])
    return arranged


def rows(text: str) -> list[str]:
    body = text[text.index("<tbody>") : text.index("</tbody>")]
    return [" ".join(re.sub("<[^>]+>", " ", row).split()) for row in body.split("<tr>")[1:]]


def test_each_mark_in_its_column_and_what_they_come_to(people, english, url):
    text = english("registrar").get(url).text
    found = rows(text)
    assert any(row.endswith("91 100 — 100 — 15.5") for row in found)  # 60 + 40 % of 77.5
    assert any(row.endswith("— — — — — —") for row in found)
    learner = people.enrollments["learner"].uid
    assert f'href="personas/{learner}#n-columna:2"' in text


@pytest.mark.parametrize(
    ("asked", "many"),
    [
        ("", 2), ("?ver=bajo", 1), ("?ver=sin", 2), ("?ver=sin&columna=columna:2", 1),
        (f"?ver=sin&columna={QUIZZES[0]}", 1), ("?q=zzz", 0), ("?ver=nada", 2),
    ],
)  # fmt: skip
def test_who_is_shown(people, english, url, asked, many):
    text = english("registrar").get(url + asked).text
    assert (len(rows(text)) if many else 0) == many
    assert ("Nobody here" in text) is (many == 0)


@pytest.mark.parametrize(
    ("who", "status"),
    [("registrar", 200), ("instructor", 200), ("learner", 404), ("otra-registrar", 404)],
)
def test_who_may_see_it(people, as_person, url, who, status):
    assert as_person(who).get(url).status_code == status


def test_what_can_be_done_is_offered_to_who_may(people, english, url):
    assert "How the grade is put together" in english("registrar").get(url).text
    instructor = english("instructor").get(url).text
    assert "Write a column" in instructor
    assert "How the grade is put together" not in instructor
    assert "Write a column" not in english("administrator").get(url).text


def grow(room, people: int, columns: int) -> None:
    """So many people more, with a mark in each of so many columns."""
    extra = tuple(
        Column(f"columna:{n}", "", 0, title=f"Práctica {n}", top=20)
        for n in range(10, 10 + columns)
    )

    def do(work):
        cohort = work.session.get_one(Cohort, room.cohort.id)
        scheme = replace(SCHEME, columns=(*SCHEME.columns, *extra))
        cohort.policy = {**cohort.policy, NAMED: {COURSE: scheme.kept()}}
        for number in range(people):
            make_person(work, f"alumna{people}-{number}", given=f"Alumna {number}")

    room.db.perform(do, SYSTEM)


def test_fewer_than_ten_statements_whatever_the_size(people, english, url, db):
    browser = english("registrar")
    browser.get(url)
    with statements(db.engine) as few:
        assert browser.get(url).status_code == 200
    grow(people, 0, 50)

    def fill(work):
        base = people.enrollments["learner"]
        given = work.session.scalar(select(CourseResult))
        for number in range(60):
            person = make_person(work, f"mas{number}", given=f"Más {number}")
            work.session.flush()
            enrollment = people_put(work, people, person.id)
            whose = {"institution_id": base.institution_id, "enrollment_id": enrollment}
            work.session.add(
                CourseResult(
                    **whose, course_version_id=given.course_version_id, ratio=500_000,
                    completed=False, recognised=False, explanation={}, computed_at=work.now,
                )
            )  # fmt: skip
            course = {"course_id": people.course.course_id}
            work.session.execute(
                insert(Entry),
                [
                    {
                        **whose, **course, "uid": uuid7(), "item_key": f"columna:{key}",
                        "ratio": 500_000, "reason": "", "revoked_reason": "", "at": work.now,
                    }
                    for key in range(10, 60)
                ],
            )  # fmt: skip
            work.session.add(
                Grade(
                    **whose, **course, activity_key=QUIZZES[0], ratio=500_000, passed=False,
                    source="quiz", at=work.now,
                )
            )  # fmt: skip

    db.perform(fill, SYSTEM)
    with statements(db.engine) as many:
        text = browser.get(url).text
    assert len(rows(text)) == 50
    assert len(many) == len(few) < 10


def people_put(work, room, person_id: int) -> int:
    from tests.factories.enrollment import put_in

    return put_in(work, room.cohort.uid, person_id, "enrolled").id
