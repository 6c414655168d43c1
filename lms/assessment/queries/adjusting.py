"""What was corrected of the questions of a quiz, and the attempts that it concerns."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any
from uuid import UUID

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, select

from lms.assessment.models import Adjustment, Answer, Attempt, Mark, QuestionVersion, QuizQuestion
from lms.assessment.models.attempt import HandedInBy
from lms.assessment.queries.attempts import Found
from lms.assessment.queries.quizzes import Quiz
from lms.assessment.queries.tries import tried_in
from lms.assessment.rules.adjusting import Change, Correction, Line, Worth, with_key
from lms.assessment.rules.marking import NO_TRIES, score
from lms.assessment.rules.tries import NOT_TRIED, Tried, counted
from lms.catalog.models import Activity, CourseVersion
from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person

MOST_CORRECTIONS = 200
MOST_PAPERS = 20_000
MOST_MARKS = 250_000
MOST_COHORTS = 50

_of_quiz = (
    select(Adjustment)
    .where(
        Adjustment.course_id == bindparam("course_id"),
        Adjustment.activity_key == bindparam("activity_key"),
        Adjustment.taken_back_at.is_(None),
    )
    .order_by(Adjustment.id)
    .limit(MOST_CORRECTIONS)
)
_of_cohort = _of_quiz.where(Adjustment.cohort_id == bindparam("cohort_id"))
_of_enrollment = _of_quiz.where(
    Adjustment.cohort_id
    == select(Enrollment.cohort_id)
    .where(Enrollment.id == bindparam("enrollment_id"))
    .scalar_subquery()
)

_quiz_marks = (
    select(
        Mark.attempt_id,
        cast(func.sum(Mark.points), BigInteger).label("points"),
        cast(func.sum(Mark.out_of), BigInteger).label("out_of"),
    )
    .join(Attempt, Attempt.id == Mark.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .where(
        Enrollment.cohort_id == bindparam("cohort_id"),
        Attempt.course_id == bindparam("course_id"),
        Attempt.activity_key == bindparam("activity_key"),
    )
    .group_by(Mark.attempt_id)
    .subquery()
)
_papers = (
    select(
        Attempt.id,
        Attempt.uid,
        Attempt.number,
        Attempt.slots,
        Attempt.points,
        Attempt.out_of,
        Attempt.passed,
        Attempt.enrollment_id,
        _quiz_marks.c.points.label("all_points"),
        _quiz_marks.c.out_of.label("all_out_of"),
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .join(_quiz_marks, _quiz_marks.c.attempt_id == Attempt.id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .join(Person, Person.id == Enrollment.person_id)
    .where(
        Attempt.handed_in_at.is_not(None),
        Attempt.handed_in_by != HandedInBy.ABANDONED,
    )
    .order_by(Enrollment.sort_name, Attempt.number, Attempt.id)
    .limit(MOST_PAPERS)
)
_lines = (
    select(
        Mark.attempt_id,
        Mark.slot,
        Mark.question_version_id,
        Mark.points,
        Mark.out_of,
        Answer.value,
    )
    .join(Attempt, Attempt.id == Mark.attempt_id)
    .join(Enrollment, Enrollment.id == Attempt.enrollment_id)
    .outerjoin(Answer, Answer.id == Mark.answer_id)
    .where(
        Enrollment.cohort_id == bindparam("cohort_id"),
        Attempt.course_id == bindparam("course_id"),
        Attempt.activity_key == bindparam("activity_key"),
        Mark.question_version_id.in_(bindparam("versions", expanding=True)),
    )
    .order_by(Mark.attempt_id, Mark.slot)
    .limit(MOST_MARKS)
)
_sources = select(QuestionVersion.id, QuestionVersion.source).where(
    QuestionVersion.id.in_(bindparam("versions", expanding=True))
)

_elsewhere = (
    select(
        Cohort.uid,
        Cohort.title,
        Activity.title.label("quiz"),
        func.max(QuestionVersion.id).label("version"),
    )
    .join(CohortCourse, CohortCourse.cohort_id == Cohort.id)
    .join(Activity, Activity.course_version_id == CohortCourse.course_version_id)
    .join(QuizQuestion, QuizQuestion.activity_id == Activity.id)
    .join(QuestionVersion, QuestionVersion.id == QuizQuestion.question_version_id)
    .where(
        Cohort.institution_id == bindparam("institution_id"),
        Cohort.id != bindparam("cohort_id"),
        QuestionVersion.question_id
        == select(QuestionVersion.question_id)
        .where(QuestionVersion.id == bindparam("version_id"))
        .correlate(None)
        .scalar_subquery(),
    )
    .group_by(Cohort.id, Cohort.uid, Cohort.title, Activity.id, Activity.title)
    .order_by(Cohort.id.desc(), Activity.id)
    .limit(MOST_COHORTS)
)

_place = (
    select(
        Cohort.id.label("cohort_id"),
        Cohort.institution_id,
        Cohort.closed_at,
        CourseVersion.course_id,
        CourseVersion.key.label("course_key"),
        Activity.key.label("activity_key"),
    )
    .select_from(Activity)
    .join(CourseVersion, CourseVersion.id == Activity.course_version_id)
    .join(Cohort, Cohort.uid == bindparam("cohort"))
    .where(Activity.uid == bindparam("quiz"))
)

_history = (
    select(
        Adjustment.uid,
        Adjustment.change,
        Adjustment.data,
        Adjustment.keeps,
        Adjustment.reason,
        Adjustment.at,
        Adjustment.settled_at,
        Adjustment.taken_back_at,
        Adjustment.taken_back_why,
        Person.given_names,
        Person.first_surname,
        Person.second_surname,
    )
    .join(Person, Person.id == Adjustment.by_id)
    .where(
        Adjustment.cohort_id == bindparam("cohort_id"),
        Adjustment.course_id == bindparam("course_id"),
        Adjustment.activity_key == bindparam("activity_key"),
        Adjustment.question_version_id == bindparam("version_id"),
    )
    .order_by(Adjustment.id.desc())
    .limit(MOST_CORRECTIONS)
)


def corrections_of(
    connection: Connection, cohort_id: int, course_id: int, activity_key: str
) -> Sequence[Found]:
    """What holds of the corrections of a quiz in a cohort, in the order they were made."""
    values = {"cohort_id": cohort_id, "course_id": course_id, "activity_key": activity_key}
    return connection.execute(_of_cohort, values).all()


def made_for(
    connection: Connection, enrollment_id: int, course_id: int, activity_key: str
) -> Sequence[Found]:
    """The same for the cohort that somebody studies in."""
    values = {
        "enrollment_id": enrollment_id,
        "course_id": course_id,
        "activity_key": activity_key,
    }
    return connection.execute(_of_enrollment, values).all()


def corrections_for(
    connection: Connection, enrollment_id: int, course_id: int, activity_key: str
) -> Sequence[Correction]:
    """The same as the rules take them."""
    return as_rules(made_for(connection, enrollment_id, course_id, activity_key))


def as_rules(rows: Sequence[Found]) -> list[Correction]:
    """Corrections as the rules take them."""
    return [
        Correction(row.question_version_id, Change(row.change), row.data, row.keeps) for row in rows
    ]


def as_corrected(quiz: Quiz, corrections: Sequence[Correction]) -> Quiz:
    """The quiz with the right answers that hold after its corrections, to be shown."""
    found = dict(quiz.by_version)
    for each in corrections:
        asked = quiz.by_version.get(each.version)
        if each.change is not Change.KEY or asked is None:
            continue
        source = with_key(asked.source, each.data["answer"])
        if source is not None:
            found[each.version] = replace(asked, source=source)
    return replace(quiz, by_version=found)


def place_of(connection: Connection, cohort: UUID, quiz: UUID) -> Found:
    """A quiz and a cohort, by what corrections are kept under."""
    row = connection.execute(_place, {"cohort": cohort, "quiz": quiz}).first()
    if row is None:
        raise NotFound()
    return row


def papers(connection: Connection, place: Found) -> Sequence[Found]:
    """Every attempt of the quiz that was handed in, by name, with the sum of its marks."""
    return connection.execute(_papers, _of(place)).all()


def lines_of(
    connection: Connection, place: Found, versions: Collection[int], found: Sequence[Found]
) -> Mapping[int, tuple[Sequence[Line], Worth]]:
    """Of each attempt the questions that are corrected, and what these earn on record."""
    values = _of(place) | {"versions": sorted(versions)}
    slots = {paper.id: paper.slots for paper in found}
    sources = {
        row.id: row.source for row in connection.execute(_sources, {"versions": sorted(versions)})
    }
    tried = tried_in(connection, place.cohort_id, place.course_id, place.activity_key)
    lines: dict[int, tuple[list[Line], Worth]] = {}
    for row in connection.execute(_lines, values):
        if row.attempt_id not in slots:
            continue
        mine, worth = lines.get(row.attempt_id, ([], Worth(0, 0)))
        tries = tried.get(row.attempt_id, NO_TRIES).get(row.slot, NOT_TRIED)
        mine.append(line(row, slots[row.attempt_id], sources[row.question_version_id], tries))
        lines[row.attempt_id] = (
            mine,
            Worth(worth.points + row.points, worth.out_of + row.out_of),
        )
    return lines


def line(
    row: Any, slots: Sequence[Mapping[str, Any]], source: Mapping[str, Any], tried: Tried
) -> Line:
    """A question of an attempt as it was given, with what the author's key gives."""
    given = slots[row.slot - 1]
    found = counted(partial(score, source, given["shown"]), row.value, tried)
    worth = given["points"]
    return Line(
        row.slot, row.question_version_id, source, given["shown"], row.value, worth,
        found.earns.of(worth), tried,
    )  # fmt: skip


def elsewhere(connection: Connection, place: Found, version_id: int) -> Sequence[Found]:
    """Other cohorts of the institution that are asked the question; their marks do not change."""
    values = {
        "institution_id": place.institution_id,
        "cohort_id": place.cohort_id,
        "version_id": version_id,
    }
    return connection.execute(_elsewhere, values).all()


def history(connection: Connection, place: Found, version_id: int) -> Sequence[Found]:
    """What was corrected of a question in a cohort, the last first, what was taken back too."""
    return connection.execute(_history, _of(place) | {"version_id": version_id}).all()


def _of(place: Found) -> dict[str, Any]:
    return {
        "cohort_id": place.cohort_id,
        "course_id": place.course_id,
        "activity_key": place.activity_key,
    }
