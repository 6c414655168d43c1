"""Going back: to an old version, to what is published, and out of a conflict; nothing is lost."""

import pytest
from sqlalchemy import select

from lms.authoring.actions.choose import bring_back, keep_mine, let_go, take_theirs
from lms.authoring.actions.drafts import undo
from lms.authoring.formats.scaffold import scaffold
from lms.catalog.models import ProgrammeVersion
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, NotFound, Refused
from tests.authoring.packages import LESSON
from tests.authoring.room import FOLDER, hashed

PARTS = ["", FOLDER]
OTHER = LESSON.replace("/01-recibir", "/03-otra-vez")


@pytest.fixture
def first(room):
    """The words of the first version; a second one says something else and has another lesson."""
    before = room.text(LESSON)
    room.change({
        LESSON: room.content(f"{before}\nMás.\n"),
        OTHER: room.content(before.replace("key: ", "hidden: true\nkey: otra-", 1)),
    })  # fmt: skip
    room.publish(FOLDER)
    return before


def do(room, action, *args):
    return room.db.perform(action, SYSTEM, room.uid, *args)


def published(room):
    with room.db.reading() as session:
        return session.scalars(select(ProgrammeVersion.number).order_by(ProgrammeVersion.id)).all()


def test_an_old_version_is_published_as_a_new_one_and_the_old_ones_stay(room, first):
    old = room.standing().published_hashes
    do(room, bring_back, 1, PARTS)
    assert published(room) == [1, 2]
    assert room.text(LESSON) == first
    assert OTHER not in room.standing().files
    room.publish(FOLDER)
    assert published(room) == [1, 2, 3]
    assert room.standing().published_hashes != old
    assert room.standing().published[LESSON].sha256 == hashed(first)


def test_bringing_back_is_undone_as_any_deed(room, first):
    step = do(room, bring_back, 1, PARTS)
    room.db.perform(undo, SYSTEM, room.uid, step)
    assert room.standing().changed == []
    assert OTHER in room.standing().files


def test_what_is_said_already_is_not_brought_back(room):
    with pytest.raises(Refused):
        do(room, bring_back, 1, PARTS)
    with pytest.raises(NotFound):
        do(room, bring_back, 7, PARTS)


def test_one_part_goes_back_to_what_is_published_and_can_be_brought_back(room):
    before, head = room.text(LESSON), room.text("programme.yaml")
    room.save(LESSON, "otra cosa", hashed(before))
    room.save("programme.yaml", head.replace("Mi", "Un"), hashed(head))
    step = do(room, let_go, FOLDER)
    assert room.text(LESSON) == before
    assert room.standing().changed == ["programme.yaml"]
    room.db.perform(undo, SYSTEM, room.uid, step)
    assert room.text(LESSON) == "otra cosa"
    do(room, let_go, "")
    assert room.standing().changed == [LESSON]


def test_where_nothing_was_written_there_is_nothing_to_let_go(room):
    with pytest.raises(Refused):
        do(room, let_go, FOLDER)


class TestConflict:
    @pytest.fixture
    def both(self, room):
        """The lesson written here, and published from elsewhere meanwhile."""
        before = room.text(LESSON)
        room.save(LESSON, f"{before}\nAquí.\n", hashed(before))
        files = scaffold("mi-programa", "Mi programa")
        room.bring({**files, LESSON: files[LESSON] + b"\nDe fuera.\n"})
        assert room.standing().conflicts == [LESSON]
        return f"{before}\nAquí.\n", f"{before}\nDe fuera.\n"

    def seen(self, room):
        return room.standing().published[LESSON].sha256

    def test_mine_is_kept_and_the_next_version_says_it(self, room, both):
        do(room, keep_mine, LESSON, self.seen(room))
        assert room.standing().conflicts == []
        room.publish(FOLDER)
        assert room.standing().published[LESSON].sha256 == hashed(both[0])

    def test_theirs_is_taken_and_mine_stays_in_the_steps(self, room, both):
        step = do(room, take_theirs, LESSON, self.seen(room))
        assert room.text(LESSON) == both[1]
        assert room.standing().conflicts == []
        room.db.perform(undo, SYSTEM, room.uid, step)
        assert room.text(LESSON) == both[0]

    def test_nobody_chooses_against_what_they_have_not_seen(self, room, both):
        for action in (keep_mine, take_theirs):
            with pytest.raises(Conflict):
                do(room, action, LESSON, hashed("what stood there before"))
        assert room.standing().conflicts == [LESSON]

    def test_it_is_chosen_once(self, room, both):
        seen = self.seen(room)
        do(room, keep_mine, LESSON, seen)
        with pytest.raises(Refused):
            do(room, take_theirs, LESSON, seen)
