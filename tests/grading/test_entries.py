"""Marks by hand: typed in columns, put in place of an activity's, taken back; all on record."""

import pytest
from sqlalchemy import func, select

from lms.enrollment.actions.open import Choices, open_cohort
from lms.enrollment.models import Cohort
from lms.foundation.audit.models import AuditEntry
from lms.foundation.kernel.errors import Conflict, DomainError, Invalid, NotFound, Refused
from lms.foundation.mail.models import Notice
from lms.grading.actions.arrange import arrange, fingerprint
from lms.grading.actions.enter import Mark, enter
from lms.grading.actions.replace import replace, restore
from lms.grading.models import CourseResult, Entry, Grade
from lms.grading.queries.book import book
from lms.grading.rules.scheme import NOTHING, Column, Group, Item, Scheme
from lms.learning.models import Progress
from tests.factories.teaching import COURSE, QUIZZES

TENTH = 100_000
ATTENDANCE = Column("columna:1", "", 0, 750_000, title="Asistencia", top=100)
DEFENCE = Column("columna:2", "", 4 * TENTH, title="Defensa oral", top=20)
SCHEME = Scheme(
    (Group("1", "Cuestionarios", 6 * TENTH, 1),),
    tuple(Item(key, "1", 5 * TENTH) for key in QUIZZES),
    (ATTENDANCE, DEFENCE),
)


@pytest.fixture
def room(classroom, do_jobs):
    """The running cohort, with two quizzes of which the lower does not count, and two columns."""
    classroom.registrar = classroom.actor("registrar")
    change(classroom, SCHEME)
    do_jobs()
    return classroom


def change(room, scheme: Scheme, actor="registrar") -> bool:
    with room.db.reading() as session:
        seen = fingerprint(book(session, room.cohort.uid, COURSE))
    return room.db.perform(arrange, room.actor(actor), room.cohort.uid, COURSE, scheme, seen)


def write(room, key: str, ratio, seen=None, name: str = "learner") -> int:
    mark = Mark(room.enrollments[name].uid, key, ratio, seen)
    return room.db.perform(enter, room.registrar, room.cohort.uid, COURSE, [mark])


def result(room) -> CourseResult:
    with room.db.reading() as session:
        return session.scalars(select(CourseResult)).one()


def lacks(room) -> list[tuple[str, str | None]]:
    return [(each["lack"], each["key"]) for each in result(room).explanation["lacks"]]


def test_columns_are_part_of_the_one_grade_and_of_completion(room):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0])
    assert result(room).ratio == 600_000  # the other quiz is the one that does not count
    assert write(room, "columna:2", 750_000) == 1
    found = result(room)
    assert (found.ratio, found.completed) == (900_000, False)
    assert lacks(room) == [("see", "datos"), ("wait", "columna:1")]
    room.see("learner", "datos")
    write(room, "columna:1", 740_000)
    assert lacks(room) == [("least", "columna:1")]
    write(room, "columna:1", 750_000, seen=740_000)
    assert result(room).completed


def test_a_mark_is_changed_and_emptied_and_its_history_stays(room):
    write(room, "columna:2", 500_000)
    write(room, "columna:2", 600_000, seen=500_000)
    write(room, "columna:2", None, seen=600_000)
    with room.db.reading() as session:
        rows = session.scalars(select(Entry).order_by(Entry.id)).all()
        kept = session.scalar(select(func.count()).select_from(Grade))
    assert [(row.before, row.ratio, row.revoked_at is None) for row in rows] == [
        (None, 500_000, False), (500_000, 600_000, False),
    ]  # fmt: skip
    assert kept == 0
    assert {row.by_id for row in rows} == {room.registrar.person_id}


def test_what_somebody_else_wrote_meanwhile_is_never_overwritten(room):
    room.enrol("learner2")
    write(room, "columna:2", 500_000)
    marks = [
        Mark(room.enrollments["learner"].uid, "columna:2", 900_000, None),
        Mark(room.enrollments["learner2"].uid, "columna:2", 900_000, None),
    ]
    with pytest.raises(Conflict, match="other marks meanwhile: 1"):
        room.db.perform(enter, room.registrar, room.cohort.uid, COURSE, marks)
    with room.db.reading() as session:
        assert session.scalars(select(Entry.ratio)).all() == [500_000]  # nothing half-saved


def test_the_same_mark_again_is_nothing(room):
    write(room, "columna:2", 500_000)
    assert write(room, "columna:2", 500_000) == 0
    with room.db.reading() as session:
        assert session.scalar(select(func.count()).select_from(Entry)) == 1


def test_only_columns_and_people_of_the_cohort_are_marked(room, world):
    with pytest.raises(NotFound):
        write(room, QUIZZES[0], 500_000)
    room.enrol("learner2", "withdrawn")
    with pytest.raises(Refused, match="no seat"):
        write(room, "columna:2", 500_000, name="learner2")


def test_a_replaced_mark_counts_opens_the_way_and_is_told(room):
    room.see("learner", "derecho", "plazos")
    for _ in range(2):
        room.take("learner", QUIZZES[0], right=False)
    args = (room.cohort.uid, COURSE, room.enrollments["learner"].uid, QUIZZES[0])
    room.db.perform(replace, room.registrar, *args, 800_000, "Resolución 4-2026")
    with room.db.reading() as session:
        grade = session.scalars(select(Grade)).one()
        entry = session.scalars(select(Entry)).one()
        progress = session.scalars(
            select(Progress.state).where(Progress.activity_key == QUIZZES[0])
        ).one()
        notice = session.scalars(select(Notice).order_by(Notice.id.desc()).limit(1)).one()
    assert (grade.ratio, grade.passed, progress) == (800_000, True, "passed")
    assert (entry.before, entry.reason) == (500_000, "Resolución 4-2026")
    assert notice.template == "grading/mark_replaced"
    room.db.perform(restore, room.registrar, room.cohort.uid, COURSE, entry.uid, "Se anuló")
    with room.db.reading() as session:
        grade = session.scalars(select(Grade)).one()
        deeds = session.scalars(
            select(AuditEntry.deed).where(AuditEntry.deed.like("grade.%")).order_by(AuditEntry.id)
        ).all()
    assert (grade.ratio, grade.passed) == (500_000, False)
    assert deeds == ["grade.arranged", "grade.replaced", "grade.restored"]
    with pytest.raises(Conflict, match="does not stand"):
        room.db.perform(restore, room.registrar, room.cohort.uid, COURSE, entry.uid, "Otra vez")


def test_it_is_replaced_for_a_reason(room):
    args = (room.cohort.uid, COURSE, room.enrollments["learner"].uid, QUIZZES[0])
    with pytest.raises(Invalid):
        room.db.perform(replace, room.registrar, *args, 800_000, "no")
    with pytest.raises(NotFound):
        room.db.perform(replace, room.registrar, *args[:3], "columna:2", 800_000, "Con motivo")


def test_a_cohort_that_says_nothing_keeps_its_grades(classroom):
    classroom.see("learner", "derecho", "plazos")
    classroom.take("learner", QUIZZES[0])
    assert result(classroom).ratio == 500_000


def test_how_it_is_put_together_changes_for_everybody(room, do_jobs):
    room.see("learner", "derecho", "plazos")
    room.take("learner", QUIZZES[0])
    assert change(room, SCHEME) is False
    assert change(room, NOTHING) is True
    do_jobs()
    assert result(room).ratio == 500_000


def test_a_cohort_that_is_copied_from_it_grades_like_it(room):
    first, chosen = room.cohort, Choices(call_of=room.cohort.uid)
    days = ("starts_at", "ends_at", "enrollment_opens_at", "enrollment_closes_at")
    dates = {name: getattr(first, name) for name in days}
    uid = room.db.perform(
        open_cohort,
        room.registrar,
        "gestion-municipal",
        key="",
        title="Otra",
        chosen=chosen,
        **dates,
    )
    with room.db.reading() as session:
        assert book(session, uid, COURSE).scheme == SCHEME
        policy = session.scalars(select(Cohort.policy).where(Cohort.uid == uid)).one()
    assert policy["scale"] == first.policy["scale"]


def test_it_is_refused_when_somebody_changed_it_or_marks_would_be_lost(room):
    write(room, "columna:2", 500_000)
    with pytest.raises(DomainError, match="has marks: it stays"):
        change(room, NOTHING)
    with pytest.raises(Conflict):
        room.db.perform(arrange, room.registrar, room.cohort.uid, COURSE, NOTHING, "old")


def test_it_stays_once_the_act_is_closed(room, monkeypatch):
    from lms.enrollment import acted

    monkeypatch.setattr(acted, "_answers", [lambda _session, _cohort, course: course == COURSE])
    with pytest.raises(Refused, match="act of this course is closed"):
        change(room, NOTHING)


def test_many_marks_are_worked_out_in_the_background(room, do_jobs):
    names = ("learner2", "instructor", "tutor", "signer", "help_desk", "administrator")
    for name in names:
        if name in room.world.people:
            room.enrol(name)
    marks = [Mark(each.uid, "columna:2", 500_000, None) for each in room.enrollments.values()]
    assert len(marks) > 5
    room.db.perform(enter, room.registrar, room.cohort.uid, COURSE, marks)
    do_jobs()
    with room.db.reading() as session:
        assert set(session.scalars(select(CourseResult.ratio))) == {200_000}
