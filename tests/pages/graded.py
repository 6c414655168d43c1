"""The gradebook of the town: a grade of categories and columns, marks typed, a mark replaced."""

from sqlalchemy import select

from lms.foundation.kernel.points import SCALE
from lms.grading.actions.arrange import arrange, fingerprint
from lms.grading.actions.enter import Mark, enter
from lms.grading.actions.replace import replace
from lms.grading.models import Entry
from lms.grading.queries.book import book
from tests.factories.teaching import COURSE, QUIZZES, Classroom
from tests.grading.conftest import SCHEME


def graded(room: Classroom) -> dict[str, object]:
    """A grade of categories and columns; a mark that stands in place of what an activity gave."""
    registrar, here = room.actor("registrar"), room.cohort.uid
    with room.db.reading() as session:
        seen = fingerprint(book(session, here, COURSE))
    room.db.perform(arrange, registrar, here, COURSE, SCHEME, seen)
    theirs = room.enrollments["learner2"].uid
    marks = [Mark(theirs, each.key, SCALE, None) for each in SCHEME.columns]
    room.db.perform(enter, registrar, here, COURSE, marks)
    other = room.enrollments["otra-signer"].uid
    why = "Resolución 14-2026: la pregunta 3 tenía dos respuestas."
    room.db.perform(replace, registrar, here, COURSE, other, QUIZZES[0], SCALE, why)
    with room.db.reading() as session:
        entry = select(Entry.uid).where(Entry.item_key == QUIZZES[0])
        return {"replaced": session.scalars(entry).one(), "waiting_place": other}
