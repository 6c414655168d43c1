"""A gradebook: two quizzes of which the lower does not count, attendance, an oral defence."""

import pytest

from lms.grading.actions.arrange import arrange, fingerprint
from lms.grading.queries.book import book
from lms.grading.rules.scheme import Column, Group, Item, Scheme
from tests.factories.teaching import COURSE, QUIZZES

TENTH = 100_000
SCHEME = Scheme(
    (Group("g1", "Cuestionarios", 6 * TENTH, 1),),
    tuple(Item(key, "g1", 10 * TENTH) for key in QUIZZES),
    (
        Column("columna:1", "", 0, 750_000, title="Asistencia", top=100),
        Column("columna:2", "", 4 * TENTH, title="Defensa oral", top=20),
    ),
)


@pytest.fixture
def arranged(classroom, do_jobs):
    """The running cohort, graded like that."""
    with classroom.db.reading() as session:
        seen = fingerprint(book(session, classroom.cohort.uid, COURSE))
    classroom.db.perform(
        arrange, classroom.actor("registrar"), classroom.cohort.uid, COURSE, SCHEME, seen
    )
    do_jobs()
    return classroom


@pytest.fixture
def url(classroom) -> str:
    return f"/gestion/promociones/{classroom.cohort.uid}/calificaciones"


@pytest.fixture
def english(as_person):
    """Somebody's browser with pages in English, whose words are the message ids."""

    def browser(name: str):
        found = as_person(name)
        found.set_cookie("idioma", "en")
        return found

    return browser
