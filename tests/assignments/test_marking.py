"""Marking works: who reaches them, what is given, what is taken off, what comes back."""

import io
import re
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from lms.acts.models import GradeAct
from lms.assignments.actions.mark import give
from lms.assignments.models import GivenMark
from lms.assignments.rules.marking import Given
from lms.assignments.rules.rubric import Judged
from lms.catalog.activity import Progress
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import Conflict
from lms.foundation.kernel.ids import uuid7
from lms.foundation.kernel.points import points
from lms.foundation.mail.models import Notice
from lms.people.models import Grant
from tests.assessment.test_pages import words
from tests.assignments.school import handed, here, seen
from tests.assignments.test_pages import PDF, photo, send_file, state

FULL = {"c0": "2", "c1": "38", "comment": "Muy claro."}


def queue(school):
    return f"/gestion/promociones/{school.cohort}/trabajos"


def mark(browser, row, **fields):
    return browser.send(f"/gestion/trabajos/{row.uid}", {"go": "save", "seen": "0"} | fields)


def given(db):
    with db.reading() as session:
        return session.scalars(select(GivenMark).order_by(GivenMark.id)).all()


@pytest.fixture
def work(learner, school, rows):
    handed(learner, school)
    return rows()[0]


def test_the_queue_says_what_waits(teacher, school, work):
    said = words(teacher.get(queue(school)))
    assert "1 work waits to be marked." in said
    said = words(teacher.get(f"{queue(school)}/{school.activity}"))
    assert "1 person has handed in nothing." in said
    assert "Waiting to be marked" in said


def test_a_work_stands_beside_its_criteria(teacher, work):
    said = words(teacher.get(f"/gestion/trabajos/{work.uid}"))
    assert "Un plan breve." in said
    assert "1 of 1" in said
    assert "Completo: 60 points" in said
    assert "Of 40 points." in said


def test_criteria_are_added_up_and_the_learner_sees_how(teacher, learner, school, work, rows, db):
    answer = mark(teacher, work, **FULL, c0_comment="Buenos datos.")
    assert answer.status_code == 303
    (row,) = rows()
    assert (row.earned, row.points, row.passed) == (points(98), points(98), True)
    assert state(db, school).progress is Progress.DONE
    said = words(learner.get(f"{here(school)}/entregas/1"))
    for sentence in ("Diagnóstico · 60 of 60 points", "Redacción · 38 of 40 points"):
        assert sentence in said
    for sentence in ("Buenos datos.", "Muy claro.", "Earned 98 of 100 points"):
        assert sentence in said
    with db.reading() as session:
        notice = session.scalars(select(Notice).order_by(Notice.id.desc())).first()
    assert notice.template == "assignments/marked"
    assert learner.get(notice.link).status_code == 200


def test_lateness_is_taken_off_and_never_more_than_its_most(teacher, learner, school, due, rows):
    due(-timedelta(days=1, hours=1))
    handed(learner, school)
    mark(teacher, rows()[0], **FULL)
    assert (rows()[0].earned, rows()[0].points) == (points(98), points(88))
    said = words(learner.get(f"{here(school)}/entregas/1"))
    assert "2 days × 5 % of 100 points = 10 points" in said
    assert "Mark 88 of 100 points" in said


def test_a_mark_says_something_of_every_criterion(teacher, work, db):
    answer = mark(teacher, work, c1="38", comment="Casi.")
    assert answer.status_code == 422
    assert "give every criterion its level or points" in words(answer)
    assert "Casi.</textarea>" in answer.text
    assert 'value="38"' in answer.text
    assert given(db) == []


def test_points_beyond_a_criterion_are_refused(teacher, work):
    answer = mark(teacher, work, c0="1", c1="41")
    assert answer.status_code == 422
    assert "Give from 0 to 40 points." in words(answer)


def test_nobody_overwrites_what_they_have_not_read(teacher, work, db, world, rows):
    mark(teacher, work, **FULL)
    other = mark(teacher, work, c0="0", c1="1", comment="Flojo.")
    assert other.status_code == 409
    assert "Somebody else marked this work meanwhile" in words(other)
    assert "Flojo.</textarea>" in other.text
    assert rows()[0].points == points(98)
    without = mark(teacher, work, c0="0", c1="1", comment="Flojo.", seen="1")
    assert without.status_code == 422
    assert "Write why the mark changes." in words(without)
    mark(teacher, work, c0="0", c1="1", comment="Flojo.", seen="1", reason="Copiado.")
    assert [one.edition for one in given(db)] == [1, 2]
    assert rows()[0].points == points(1)


def test_the_same_mark_again_is_no_other_edition(teacher, work, db):
    mark(teacher, work, **FULL)
    mark(teacher, work, **FULL, seen="1")
    assert len(given(db)) == 1


def test_a_closed_act_keeps_its_marks(teacher, school, work, db, world, rows):
    def close(work_):
        work_.session.add(
            GradeAct(
                institution_id=world.institutions["igm"], cohort_id=school.cohort_id,
                subject="transparencia", title="Transparencia", edition=0, created_at=work_.now,
                closed_at=work_.now, uid=uuid7(), people=0, reason="", authority="",
            )
        )  # fmt: skip

    db.perform(close, SYSTEM)
    answer = mark(teacher, work, **FULL)
    assert answer.status_code == 409
    assert "its marks change no more" in words(answer)
    assert "Muy claro.</textarea>" in answer.text
    assert rows()[0].points is None


class TestReturned:
    @pytest.fixture
    def day(self, clock):
        return (clock() + timedelta(days=3)).strftime("%Y-%m-%dT23:59")

    def test_it_goes_back_with_a_day_and_comes_in_again(
        self, teacher, learner, school, work, rows, db, day
    ):
        send_back = {"go": "return", "comment": "Falta el presupuesto.", "correct_by": day}
        assert mark(teacher, work, **send_back).status_code == 303
        assert state(db, school).progress is Progress.STARTED
        page = learner.get(here(school))
        assert "Falta el presupuesto." in words(page)
        learner.send(here(school), {"go": "begin"})
        assert rows()[1].text == "Un plan breve."
        handed(learner, school, text="Un plan breve con presupuesto.")
        first, second = rows()
        assert (first.latest, second.latest, second.number) == (False, True, 2)
        assert state(db, school).progress is Progress.WAITING
        mark(teacher, second, **FULL)
        assert state(db, school).progress is Progress.DONE

    def test_files_go_along_into_the_corrected_version(self, teacher, learner, school, rows, day):
        send_file(learner, school)
        handed(learner, school)
        mark(teacher, rows()[0], go="return", comment="Otra vez.", correct_by=day)
        learner.send(here(school), {"go": "begin"})
        assert "plan.pdf" in learner.get(here(school)).text

    def test_it_says_why_and_until_when(self, teacher, work, day, rows):
        assert mark(teacher, work, go="return", correct_by=day).status_code == 422
        answer = mark(teacher, work, go="return", comment="Otra vez.")
        assert answer.status_code == 422
        assert "Say until when" in words(answer)
        late = mark(teacher, work, go="return", comment="x", correct_by="2020-01-01T10:00")
        assert late.status_code == 422
        assert rows()[0].returned_at is None

    def test_when_the_day_has_passed_it_waits_again(self, teacher, school, work, day, db, clock):
        mark(teacher, work, go="return", comment="Otra vez.", correct_by=day)
        clock.advance(days=5)
        assert state(db, school).progress is Progress.WAITING
        assert "1 work waits" in words(teacher.get(queue(school)))

    def test_a_later_version_is_not_marked_by_mistake(
        self, teacher, learner, school, work, rows, day, db, world
    ):
        mark(teacher, work, go="return", comment="Otra vez.", correct_by=day)
        learner.send(here(school), {"go": "begin"})
        handed(learner, school, text="Otro plan breve.")
        given_ = Given({"diagnostico": Judged(0, 0), "redaccion": Judged(0)})
        with pytest.raises(Conflict):
            db.perform(give, Actor(world.people["instructor"]), work.uid, given_, 1)


def test_notes_come_back_with_the_mark(teacher, learner, school, work):
    mark(teacher, work, **FULL, notes=(io.BytesIO(PDF + b"notas"), "con notas.pdf"))
    page = learner.get(f"{here(school)}/entregas/1")
    assert "con notas.pdf" in words(page)
    address = page.text.partition("/archivos/")[2].partition('"')[0]
    assert learner.get(f"{here(school)}/archivos/{address}").data == PDF + b"notas"


def test_all_works_in_one_archive_under_names_that_say_whose(teacher, learner, as_person, school):
    send_file(learner, school)
    send_file(learner, school, photo(), "Foto del mapa.jpg")
    handed(learner, school)
    handed(as_person("learner2"), school, text="Otro.", name="learner2")
    answer = teacher.get(f"{queue(school)}/{school.activity}/todos.zip")
    names = zipfile.ZipFile(io.BytesIO(answer.data)).namelist()
    assert len(names) == 4
    assert names[0].startswith("001-")
    assert [name.rpartition("/")[2] for name in names[:3]] == [
        "texto.txt",
        "01-plan.pdf",
        "02-foto-del-mapa.jpg",
    ]


@pytest.fixture
def team(db, world, school):
    """The instructor and the tutor teach in this cohort."""

    def join(work_):
        for name, role in (("instructor", Role.INSTRUCTOR), ("tutor", Role.TUTOR)):
            work_.session.add(
                Grant(
                    institution_id=world.institutions["igm"], person_id=world.people[name],
                    role=role, kind=ScopeKind.COHORT, cohort_id=school.cohort_id,
                    starts_at=work_.now - timedelta(days=1),
                )
            )  # fmt: skip

    db.perform(join, SYSTEM)


def test_works_are_shared_out_and_found_again(
    teacher, learner, as_person, school, team, rows, world
):
    handed(learner, school)
    handed(as_person("learner2"), school, text="Otro.", name="learner2")
    address = f"{queue(school)}/{school.activity}"
    page = teacher.get(address)
    people = re.findall(r'name="tutors"[^>]*value="([^"]+)"', page.text)
    assert len(people) == 2
    answer = teacher.send(f"{address}/repartir", {"tutors": people})
    assert answer.status_code == 303
    assert {row.tutor_id for row in rows()} == {
        world.people["instructor"],
        world.people["tutor"],
    }
    assert "Mine (1)" in words(teacher.get(address))
    own = zipfile.ZipFile(io.BytesIO(teacher.get(f"{address}/todos.zip?que=mios").data))
    assert len(own.namelist()) == 1
    empty = teacher.send(f"{address}/repartir", {})
    assert empty.status_code == 422
    assert "Choose at least one person of the team." in words(empty)


def test_phrases_are_put_in_with_everything_typed_still_there(teacher, work):
    mark(teacher, work, go="keep", comment="Cite la fuente.", c1="12")
    page = teacher.get(f"/gestion/trabajos/{work.uid}")
    uid = page.text.partition('value="insert:')[2].partition('"')[0]
    answer = mark(teacher, work, go=f"insert:{uid}", comment="Bien.", c0="1", c1="12")
    assert "Bien.\nCite la fuente.</textarea>" in answer.text
    assert 'value="12"' in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [("otra-instructor", 404), ("learner2", 404), ("registrar", 403)]
)
def test_who_may_not_mark(as_person, school, work, who, status):
    other = as_person(who)
    for page in (
        queue(school),
        f"{queue(school)}/{school.activity}",
        f"{queue(school)}/{school.activity}/todos.zip",
        f"/gestion/trabajos/{work.uid}",
    ):
        assert other.get(page).status_code == status


def test_a_file_of_another_work_is_not_found(teacher, learner, school, rows):
    send_file(learner, school)
    handed(learner, school)
    assert teacher.get(f"/gestion/trabajos/{rows()[0].uid}/archivos/{uuid7()}").status_code == 404


def test_seen_names_the_text(learner, school):
    assert seen(learner, here(school)) == ""
