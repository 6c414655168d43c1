"""A quiz for practice: no grade, no column, done once it was handed in."""

import pytest

from tests.factories.teaching import COURSE, QUIZZES, kept_classroom, package, quiz
from tests.grading.test_recompute import lacks, result


@pytest.fixture
def room(place, app, db, world):
    """A classroom whose first quiz is for practice; all of the grade is the second one's."""
    files = package()
    path = f"{COURSE}/course.yaml"
    files[path] = files[path].replace(
        b"{evaluacion-laip: 50, evaluacion-datos: 50}", b"{evaluacion-datos: 100}"
    )
    practice = quiz(QUIZZES[0], "Practique").replace(b"pass: 61", b"purpose: practice\npass: 61")
    files[f"{COURSE}/01-laip/03-evaluacion.quiz.yaml"] = practice
    return kept_classroom(
        place, app, db, world, "practice", lambda room: room.enrol("learner"), files=files
    )


def test_it_is_done_once_handed_in_and_adds_nothing_to_the_grade(room):
    room.see("learner", "derecho", "plazos")
    assert ("see", QUIZZES[0]) in lacks(room)
    room.take("learner", QUIZZES[0], right=False)
    assert QUIZZES[0] not in {key for _lack, key in lacks(room)}
    room.see("learner", "datos")  # what comes after it is open
    room.take("learner", QUIZZES[1])
    found = result(room)
    assert (found.ratio, found.completed, found.failed) == (1_000_000, True, False)


def test_its_pages_speak_of_no_grade(room, as_person):
    room.see("learner", "derecho", "plazos")
    attempt = room.take("learner", QUIZZES[0], right=False)
    browser = as_person("learner")
    said = browser.get(f"/intentos/{attempt}/resultado").text
    for words in ("No aprobó", "No aprobada", "mínimo para aprobar"):
        assert words not in said
    assert "No da nota." in said
