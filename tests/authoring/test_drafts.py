"""Drafts: nothing typed is lost or overwritten, every deed can be undone, publishing is whole."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from lms.authoring.actions.drafts import (
    Content,
    Overtaken,
    rename_files,
    undo,
)
from lms.authoring.actions.import_package import new_programme
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.models import DraftFile, DraftStep
from lms.authoring.queries import drafts as queries
from lms.catalog.models import ProgrammeVersion
from lms.foundation.files.actions import keep
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Invalid, Refused
from tests.authoring.packages import COURSE, LESSON, MODULE, QUIZ
from tests.authoring.room import FOLDER, hashed
from tests.statements import statements


def test_a_text_is_kept_and_what_is_published_stays(room):
    before = room.text(LESSON)
    kept = room.save(LESSON, f"{before}\nMás.\n", hashed(before))
    assert kept == hashed(f"{before}\nMás.\n")
    standing = room.standing()
    assert room.text(LESSON) == f"{before}\nMás.\n"
    assert standing.changed == [LESSON]
    assert standing.published[LESSON].sha256 == hashed(before)


def test_two_pages_on_one_text_never_overwrite_each_other(room):
    before = room.text(LESSON)
    room.save(LESSON, "de una", hashed(before), "page-1")
    with pytest.raises(Overtaken) as met:
        room.save(LESSON, "de la otra", hashed(before), "page-2")
    assert met.value.theirs == "de una"
    assert room.text(LESSON) == "de una"


def test_of_saves_at_the_same_moment_one_is_kept_and_the_others_are_shown_it(room):
    before, together = hashed(room.text(LESSON)), Barrier(4)

    def save(page):
        together.wait()
        try:
            return room.save(LESSON, f"de {page}", before, page)
        except Overtaken as met:
            return met.theirs

    with ThreadPoolExecutor(4) as pages:
        found = list(pages.map(save, ["a", "b", "c", "d"]))
    kept = room.text(LESSON)
    assert sorted(found) == sorted([hashed(kept), kept, kept, kept])


def test_a_page_whose_answer_was_lost_goes_on(room):
    before = room.text(LESSON)
    room.save(LESSON, "uno", hashed(before), "page-1")
    room.save(LESSON, "uno dos", hashed(before), "page-1")
    assert room.text(LESSON) == "uno dos"


def test_what_arrives_after_what_the_same_page_sent_later_does_not_undo_it(room):
    before = room.text(LESSON)
    room.save(LESSON, "uno dos", hashed(before), "page-1", number=2)
    with pytest.raises(Overtaken):
        room.save(LESSON, "uno", hashed(before), "page-1", number=1)
    assert room.text(LESSON) == "uno dos"


def test_the_same_words_again_are_no_conflict(room):
    before = room.text(LESSON)
    room.save(LESSON, "igual", hashed(before), "page-1")
    assert room.save(LESSON, "igual", hashed(before), "page-2") == hashed("igual")


def test_saves_of_one_sitting_are_one_step_and_undo_gives_back_its_beginning(room, clock):
    before = room.text(LESSON)
    opened = hashed(before)
    for words in ("a", "ab", "abc"):
        opened = room.save(LESSON, words, opened)
        clock.advance(minutes=4)
    clock.advance(minutes=30)
    room.save(LESSON, "otro día", opened)
    with room.db.reading() as session:
        steps = queries.last_steps(session, room.programme.id)
    assert [len(each.changes) for each in steps] == [1, 1]
    room.db.perform(undo, SYSTEM, room.uid, steps[0].uid)
    assert room.text(LESSON) == "abc"
    room.db.perform(undo, SYSTEM, room.uid, steps[1].uid)
    assert room.text(LESSON) == before
    assert room.standing().changed == []


def test_a_deletion_is_undone_whole(room):
    course = room.text(COURSE)
    step = room.change({QUIZ: None, COURSE: Content(f"{course}\n# sin evaluación\n")})
    assert QUIZ not in room.standing().files
    room.db.perform(undo, SYSTEM, room.uid, step)
    assert room.standing().changed == []
    room.db.perform(undo, SYSTEM, room.uid, step)  # a second press changes nothing


def test_what_was_changed_afterwards_is_not_undone_over_it(room):
    lesson = room.text(LESSON)
    step = room.change({LESSON: Content("uno")})
    room.save(LESSON, "dos", hashed("uno"))
    with pytest.raises(Refused):
        room.db.perform(undo, SYSTEM, room.uid, step)
    assert room.text(LESSON) == "dos"
    assert lesson != "dos"


def test_files_are_renamed_with_what_they_say(room):
    text = room.text(LESSON)
    other = LESSON.replace("01-recibir", "03-recibir")
    room.db.perform(rename_files, SYSTEM, room.uid, {LESSON: other}, "Moved")
    assert room.text(other) == text
    assert room.text(LESSON) is None
    with pytest.raises(Refused):
        room.db.perform(rename_files, SYSTEM, room.uid, {other: MODULE}, "Moved")


def test_publishing_makes_a_version_and_leaves_no_draft(room):
    before = room.text(LESSON)
    room.save(LESSON, f"{before}\nMás.\n", hashed(before))
    done = room.publish(FOLDER)
    assert (done.number, done.courses) == (2, (FOLDER,))
    assert room.standing().drafts == {}
    assert room.text(LESSON) == f"{before}\nMás.\n"
    with room.db.reading() as session:
        version = session.scalars(
            select(ProgrammeVersion).where(ProgrammeVersion.number == 2)
        ).one()
    assert (version.detail["origin"], version.detail["summary"]) == (
        "editor", "Se aclaró un plazo.",
    )  # fmt: skip


def test_only_the_chosen_parts_are_published(room):
    before, head = room.text(LESSON), room.text("programme.yaml")
    room.save(LESSON, f"{before}\nMás.\n", hashed(before))
    room.save("programme.yaml", head.replace("Mi programa", "Nuestro programa"), hashed(head))
    room.publish(FOLDER)
    assert room.standing().changed == ["programme.yaml"]
    room.publish("")
    assert room.standing().drafts == {}


def test_nothing_is_published_with_errors_without_a_summary_or_without_a_change(room):
    with pytest.raises(Refused):
        room.publish(FOLDER)
    before = room.text(LESSON)
    room.save(LESSON, before.replace("key: ", "llave: ", 1), hashed(before))
    with pytest.raises(Invalid):
        room.publish(FOLDER)
    room.save(LESSON, f"{before}\nMás.\n", hashed(before.replace("key: ", "llave: ", 1)))
    with pytest.raises(Invalid) as met:
        room.publish(FOLDER, summary="  ")
    assert "summary" in met.value.fields
    assert room.standing().changed == [LESSON]


def test_an_import_meanwhile_stands_against_the_edit_and_neither_is_lost(room):
    before = room.text(LESSON)
    room.save(LESSON, f"{before}\nAquí.\n", hashed(before))
    files = scaffold("mi-programa", "Mi programa")
    room.bring({**files, LESSON: files[LESSON] + b"\nDe fuera.\n"})
    assert room.standing().conflicts == [LESSON]
    with pytest.raises(Conflict):
        room.publish(FOLDER)
    assert room.text(LESSON) == f"{before}\nAquí.\n"


def test_media_come_through_the_store(room):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" viewBox="0 0 9 9"/>\n'
    room.change({f"{FOLDER}/media/nuevo.svg": Content(media=keep(room.store, svg))})
    lesson = room.text(LESSON)
    room.save(LESSON, f"{lesson}\n![Un plano](media/nuevo.svg)\n", hashed(lesson))
    assert room.publish(FOLDER).changed
    assert room.standing().files[f"{FOLDER}/media/nuevo.svg"].size == len(svg)


def test_a_programme_begins_as_a_draft_and_is_published_whole(room):
    programme = room.db.perform(new_programme, SYSTEM, room.institution_id, "otro")
    files = scaffold("otro", "Otro programa")
    media = {p: keep(room.store, data) for p, data in files.items() if "/media/" in p}
    room.programme, room.uid = programme, programme.uid
    room.change(
        {
            p: Content(media=media[p]) if p in media else Content(d.decode())
            for p, d in files.items()
        }
    )
    assert room.publish("", FOLDER).number == 1


def test_the_working_package_costs_four_statements_whatever_its_size(room):
    before = room.text(LESSON)
    room.save(LESSON, "uno", hashed(before))
    with statements(room.db.engine) as seen, room.db.reading() as session:
        queries.working(session, room.programme.id)
    assert len(seen) == 4


def test_rows_of_drafts_belong_to_the_institution(room):
    room.save(LESSON, "uno", hashed(room.text(LESSON)))
    with room.db.reading() as session:
        owners = {
            *session.scalars(select(DraftFile.institution_id)),
            *session.scalars(select(DraftStep.institution_id)),
        }
    assert owners == {room.institution_id}


def test_a_sitting_ends_after_a_quarter_of_an_hour(room, clock):
    opened = room.save(LESSON, "a", hashed(room.text(LESSON)))
    clock.now += timedelta(minutes=16)
    room.save(LESSON, "b", opened)
    with room.db.reading() as session:
        assert len(queries.last_steps(session, room.programme.id)) == 2
