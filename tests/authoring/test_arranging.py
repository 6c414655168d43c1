"""The tree of a course: every deed is one step, undone whole, and nobody's files are lost."""

import pytest
from sqlalchemy import select

from lms.authoring.actions import arrange
from lms.authoring.actions.drafts import undo
from lms.authoring.formats.keys import keys_of
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.checked import activity_at, checked_course
from lms.authoring.rules.arrange import activities_of, modules_of
from lms.catalog.activity import activity_kinds
from lms.catalog.models import Activity
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Invalid, NotFound, Refused
from tests.authoring.packages import COURSE, LESSON, QUIZ, TODAY
from tests.authoring.room import FOLDER, hashed

MODULE = f"{FOLDER}/01-primer-modulo"


@pytest.fixture
def do(room):
    """Do a deed of the tree to the room's programme."""
    return lambda action, *args: room.db.perform(action, SYSTEM, room.uid, *args)


@pytest.fixture
def seen(room):
    """The course as its page reads it."""

    def read():
        with room.db.reading() as session:
            standing = queries.working(session, room.programme.id)
            return checked_course(session, room.store, standing, FOLDER, TODAY)

    return read


def names(room, folder=MODULE):
    return [each.rpartition("/")[2] for each in activities_of(room.standing().files, folder)]


def problems(found, path):
    return [each.message for each in found.problems if each.path == path]


@pytest.mark.parametrize("name", ["lesson", "quiz"])
def test_whatever_is_begun_is_asked_for_what_only_its_author_knows(room, do, seen, name):
    done = do(arrange.add_activity, MODULE, activity_kinds()[name], "Plazos: 10 días")
    assert done.path == f"{MODULE}/03-plazos-10-dias{activity_kinds()[name].suffix}"
    found = seen()
    source = activity_at(found.course(FOLDER), "plazos-10-dias")
    assert source.data["title"] == "Plazos: 10 días"
    errors = [each for each in found.problems if each.path == done.path and each.is_error]
    assert errors, "an empty one must not be published"


def test_a_key_is_never_given_twice(room, do):
    lesson = activity_kinds()["lesson"]
    first = do(arrange.add_activity, MODULE, lesson, "Recibir una petición")
    second = do(arrange.add_activity, MODULE, lesson, "Recibir una petición")
    assert len({first.key, second.key, keys_of(LESSON, room.text(LESSON))["key"]}) == 3


def test_a_module_is_begun_at_the_end(room, do):
    done = do(arrange.add_module, FOLDER, "Segundo módulo")
    assert modules_of(room.standing().files, FOLDER)[-1] == f"{FOLDER}/02-segundo-modulo"
    assert keys_of(done.path, room.text(done.path))["title"] == "Segundo módulo"


@pytest.mark.parametrize("title", ["", "   ", "x" * 201])
def test_nothing_goes_without_a_title(do, title):
    with pytest.raises(Invalid) as met:
        do(arrange.retitle, LESSON, title)
    assert "title" in met.value.fields


def test_a_new_title_leaves_key_and_file_where_they_are(room, do):
    before = room.text(LESSON)
    do(arrange.retitle, LESSON, "Otro título")
    after = room.text(LESSON)
    assert keys_of(LESSON, after)["title"] == "Otro título"
    assert keys_of(LESSON, after)["key"] == keys_of(LESSON, before)["key"]
    assert after.partition("\n---\n")[2] == before.partition("\n---\n")[2]


def test_up_and_down_and_back(room, do):
    before = names(room)
    done = do(arrange.move_by, QUIZ, -1)
    assert [each[3:] for each in names(room)] == [each[3:] for each in reversed(before)]
    do(arrange.move_by, done.path, 1)
    assert names(room) == before
    assert room.standing().changed == []


def test_past_the_end_of_its_module_a_lesson_goes_on_into_the_next(room, do):
    other = do(arrange.add_module, FOLDER, "Segundo").path.rpartition("/")[0]
    down = do(arrange.move_by, QUIZ, 1)
    assert down.path.startswith(f"{other}/01-")
    up = do(arrange.move_by, down.path, -1)
    assert up.path.rpartition("/")[0] == MODULE
    assert names(room)[-1] == up.path.rpartition("/")[2]


def test_at_the_very_ends_it_stays(do):
    with pytest.raises(Refused):
        do(arrange.move_by, LESSON, -1)
    with pytest.raises(Refused):
        do(arrange.move_by, QUIZ, 1)


def test_dropped_at_a_place_of_another_module(room, do):
    other = do(arrange.add_module, FOLDER, "Segundo").path.rpartition("/")[0]
    do(arrange.add_activity, other, activity_kinds()["lesson"], "Ya estaba")
    text = room.text(LESSON)
    done = do(arrange.move_into, LESSON, other, 0)
    assert names(room, other)[0] == done.path.rpartition("/")[2]
    assert len(names(room, other)) == 2
    assert room.text(done.path) == text
    assert room.text(LESSON) is None


def test_a_module_moves_with_all_that_is_in_it(room, do):
    do(arrange.add_module, FOLDER, "Segundo")
    do(arrange.move_by, MODULE, 1)
    moved = modules_of(room.standing().files, FOLDER)[1]
    assert moved.endswith("-primer-modulo")
    assert len(names(room, moved)) == 2


def test_a_copy_stands_right_below_under_a_key_of_its_own(room, do, seen):
    done = do(arrange.duplicate, LESSON, "{} (copia)")
    assert names(room).index(done.path.rpartition("/")[2]) == 1
    keys = [each.data["key"] for each in seen().course(FOLDER).activities()]
    assert len(keys) == len(set(keys)) == 3
    copy = activity_at(seen().course(FOLDER), done.key)
    assert copy.data["title"].endswith("(copia)")
    assert copy.body == activity_at(seen().course(FOLDER), keys[0]).body


def test_what_was_only_moved_is_one_change_each_and_says_nothing_new(room, do):
    do(arrange.move_by, QUIZ, -1)
    standing = room.standing()
    assert (len(standing.changed), standing.count(), standing.written) == (4, 2, set())
    do(arrange.remove, f"{MODULE}/02-recibir-una-peticion.md")
    assert room.standing().count(FOLDER) == 2
    assert room.standing().count("") == 0


def test_what_is_hidden_counts_for_nothing_and_keeps_nothing_out(room, do, seen):
    do(arrange.hide, QUIZ, True)
    found = seen()
    assert any("weights add up" in each for each in problems(found, COURSE))
    do(arrange.hide, QUIZ, False)
    assert seen().problems == []
    assert room.standing().changed == []


def test_a_hidden_lesson_may_be_unfinished_and_is_not_published(room, do, seen):
    done = do(arrange.add_activity, MODULE, activity_kinds()["lesson"], "A medias")
    do(arrange.hide, done.path, True)
    assert [each for each in seen().problems if each.is_error] == []
    assert room.publish(FOLDER).changed
    with room.db.reading() as session:
        assert "a-medias" not in set(session.scalars(select(Activity.key)))
    assert done.path in room.standing().files


def test_nobody_is_sent_to_what_is_hidden(room, do, seen):
    done = do(arrange.add_activity, MODULE, activity_kinds()["lesson"], "Otra")
    text = room.text(LESSON)

    room.save(LESSON, f"{text}\nVea [la otra](lesson:otra).\n", hashed(text))
    do(arrange.hide, done.path, True)
    assert any("is hidden" in each for each in problems(seen(), LESSON))


def test_what_is_deleted_takes_its_weight_along_and_comes_back_with_it(room, do, seen):
    course = room.text(COURSE)
    done = do(arrange.remove, QUIZ)
    assert "evaluacion-final: 100" not in room.text(COURSE)
    assert not any("no lesson or quiz" in each for each in problems(seen(), COURSE))
    room.db.perform(undo, SYSTEM, room.uid, done.step)
    assert room.text(COURSE) == course
    assert room.standing().changed == []


def test_a_module_is_deleted_with_all_that_is_in_it_and_comes_back(room, do):
    done = do(arrange.remove, MODULE)
    assert modules_of(room.standing().files, FOLDER) == []
    room.db.perform(undo, SYSTEM, room.uid, done.step)
    assert room.standing().changed == []


def test_what_somebody_took_away_meanwhile_is_not_there_to_be_moved(do):
    do(arrange.remove, LESSON)
    for action, *args in (
        (arrange.move_by, LESSON, 1),
        (arrange.hide, LESSON, True),
        (arrange.remove, LESSON),
        (arrange.duplicate, LESSON, "{}"),
    ):
        with pytest.raises(Refused):
            do(action, *args)


def test_what_cannot_be_read_is_mended_as_text(room, do):

    room.save(LESSON, "sin encabezado", hashed(room.text(LESSON)))
    with pytest.raises(Refused):
        do(arrange.retitle, LESSON, "Otro")
    do(arrange.move_by, LESSON, 1)  # where it stands is another matter


def test_a_programme_that_is_not_there(room):
    with pytest.raises(NotFound):
        room.db.perform(
            arrange.add_module, SYSTEM, room.programme.uid.__class__(int=1), FOLDER, "X"
        )
