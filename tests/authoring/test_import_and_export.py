"""A package goes in whole or not at all, comes out byte for byte, and never loses an edit."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from lms.authoring.actions.import_package import Imported
from lms.authoring.formats.scaffold import scaffold
from lms.authoring.formats.tree import read_folder, read_zip, tree_of
from lms.authoring.queries.packages import export_package
from lms.authoring.queries.proposal import Proposal, propose
from lms.authoring.rules.difference import Change
from lms.authoring.tasks import carry_out, load
from lms.catalog.activity import activity_kinds, use_kinds
from lms.catalog.models import (
    Activity,
    CourseFact,
    CourseVersion,
    Module,
    Programme,
    ProgrammeVersion,
    SourceFile,
    SourceText,
)
from lms.foundation.db.database import Database
from lms.foundation.db.work import Work
from lms.foundation.files.models import Blob
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import Conflict, Invalid, NotFound
from lms.foundation.kernel.shipped import shipped
from tests.authoring.packages import (
    COURSE,
    KINDS,
    LESSON,
    MODULE,
    PROGRAMME,
    QUIZ,
    TODAY,
    broken,
    came_from_the_editor,
)
from tests.factories.world import World

Files = Mapping[str, bytes]


@dataclass
class Room:
    """An installation in which packages are imported and exported."""

    db: Database
    store: Any
    institution: int

    def load(self, files: Files) -> Imported:
        return load(self.db, self.store, tree_of(files), self.institution, TODAY, SYSTEM)

    def export(self, key: str = "mi-programa", number: int | None = None) -> dict[str, bytes]:
        with self.db.reading() as session:
            return dict(export_package(session, self.store, self.institution, key, number))

    def plan(self, files: Files) -> dict[str, Change]:
        found = self.propose(files)
        return {
            each.path: each.change
            for each in found.plan.difference.files
            if each.change is not Change.SAME
        }

    def propose(self, files: Files, *, keep_conflicts: bool = False) -> Proposal:
        with self.db.reading() as session:
            return propose(
                session,
                self.store,
                tree_of(files),
                self.institution,
                TODAY,
                keep_conflicts=keep_conflicts,
            )

    def count(self, table: Any) -> int:
        with self.db.reading() as session:
            return session.scalar(select(func.count()).select_from(table)) or 0

    def edit(self, files: Files) -> None:
        """Publish as the web editor will: a version that came from no package."""
        self.load(files)
        self.db.perform(came_from_the_editor, SYSTEM, "mi-programa")


@pytest.fixture
def room(app: Flask, db: Database, world: World) -> Any:
    before = dict(activity_kinds())
    use_kinds(KINDS)
    yield Room(db, app.extensions["cabildo.files"], world.institutions["igm"])
    use_kinds(before)


def test_what_was_imported_is_exported_byte_for_byte(room: Room, good: Files) -> None:
    files = {**good, "README.md": "Léame\r\n".encode(), "primer-curso/LICENSE": b""}
    room.load(files)
    assert room.export() == files


def test_the_shipped_courses_survive_the_round_trip(room: Room) -> None:
    for folder in sorted(shipped("courses").iterdir()):
        tree = read_folder(folder)
        load(room.db, room.store, tree, room.institution, TODAY, SYSTEM)
        assert room.export(folder.name) == {path: e.read() for path, e in tree.files.items()}


def test_a_package_becomes_modules_activities_and_facts(room: Room, good: Files) -> None:
    room.load(good)
    with room.db.reading() as session:
        programme = session.scalars(select(Programme)).one()
        version = session.get(ProgrammeVersion, programme.current_version_id)
        course = session.scalars(select(CourseVersion)).one()
        module = session.scalars(select(Module)).one()
        lesson, quiz = session.scalars(select(Activity).order_by(Activity.position)).all()
        fact = session.scalars(select(CourseFact)).one()
    assert version is not None
    assert (programme.slug, version.number, version.title) == ("mi-programa", 1, "Mi programa")
    assert version.audience == " official staff "
    assert "alumbr" not in version.search
    assert "recibir una peticion" in version.search
    assert (course.key, course.state, course.minutes, course.pass_mark) == (
        "primer-curso",
        "written",
        120,
        610_000,
    )
    assert course.detail["media"]["media/pasos.svg"]["width"] == 640
    assert module.detail["practice"]["minutes"] == 40
    assert (lesson.kind, lesson.minutes, lesson.weight, lesson.settings["reading"]) == (
        "lesson",
        50,
        0,
        5,
    )
    media = len(good["primer-curso/media/pasos.svg"]) + len(good["primer-curso/media/registro.csv"])
    assert lesson.bytes == len(good[LESSON]) + media
    assert (quiz.kind, quiz.minutes, quiz.weight, quiz.path) == (
        "quiz",
        30,
        1_000_000,
        QUIZ.removeprefix("primer-curso/"),
    )
    assert (fact.key, fact.doubtful) == ("ejemplo-plazo", False)


def test_what_a_quiz_shows_counts_in_its_bytes(room: Room, good: Files) -> None:
    """Wherever it is shown: in the question, an option or the explanation; each file once."""
    drawing, course = good["primer-curso/media/pasos.svg"], "primer-curso/media"
    files = broken(good, QUIZ, "¿Qué datos lleva", "![Pasos](media/uno.svg) ¿Qué datos lleva")
    files = broken(files, QUIZ, 'text: "La fecha."', 'text: "![Una fecha](media/dos.svg)"')
    files = broken(files, QUIZ, "Nunca se pregunta.", "Nunca. ![Pasos](media/uno.svg)")
    files |= {f"{course}/uno.svg": drawing, f"{course}/dos.svg": drawing + b"\n"}
    room.load(files)
    with room.db.reading() as session:
        quiz = session.scalars(select(Activity).where(Activity.kind == "quiz")).one()
    assert quiz.bytes == len(files[QUIZ]) + 2 * len(drawing) + 1


def test_importing_again_changes_nothing(room: Room, good: Files) -> None:
    first = room.load(good)
    tables = (ProgrammeVersion, CourseVersion, Activity, SourceFile, SourceText, Blob)
    before = [room.count(table) for table in tables]
    again = room.load(good)
    assert (first.changed, again.changed, again.number) == (True, False, 1)
    assert [room.count(table) for table in tables] == before
    assert room.plan(good) == {}


def test_a_changed_course_is_a_new_version_and_the_old_one_stays(room: Room, good: Files) -> None:
    room.load(good)
    changed = broken(good, LESSON, "Doña Marta llega", "Don Marcos llega")
    assert room.plan(changed) == {LESSON: Change.CHANGED}
    assert room.load(changed).courses == ("primer-curso",)
    assert room.export() == changed
    assert room.export(number=1) == dict(good)
    # What did not change is kept once: one more text, not five.
    assert room.count(SourceText) == len([p for p in good if "/media/" not in p]) + 1


def test_a_change_of_the_programme_alone_leaves_its_courses(room: Room, good: Files) -> None:
    room.load(good)
    imported = room.load(broken(good, PROGRAMME, "Mi programa", "Otro título"))
    assert (imported.number, imported.courses) == (2, ())
    assert room.count(CourseVersion) == 1


def test_files_may_come_and_go(room: Room, good: Files) -> None:
    room.load(good)
    more = {**good, "primer-curso/README.md": b"hola"}
    assert room.plan(more) == {"primer-curso/README.md": Change.NEW}
    room.load(more)
    assert room.plan(good) == {"primer-curso/README.md": Change.REMOVED}
    room.load(good)
    assert room.export() == dict(good)


def test_a_package_with_errors_leaves_no_trace(room: Room, good: Files) -> None:
    with pytest.raises(Invalid):
        room.load(broken(good, QUIZ, "answer: 5", "answer: cinco"))
    assert room.count(Programme) == room.count(SourceText) == room.count(Blob) == 0
    assert list(room.store.all()) == []


def test_an_import_that_fails_half_way_leaves_nothing(room: Room, good: Files) -> None:
    class Breaking(type(KINDS["quiz"])):  # type: ignore[misc]
        def import_(self, work: Work, activity: Activity, source: object) -> dict[str, Any]:
            raise RuntimeError("half way")

    use_kinds({**KINDS, "quiz": Breaking()})
    with pytest.raises(RuntimeError):
        room.load(good)
    tables = (Programme, CourseVersion, Module, Activity, SourceFile, SourceText)
    assert [room.count(table) for table in tables] == [0] * len(tables)


def test_an_edit_here_stays_when_the_package_did_not_touch_it(room: Room, good: Files) -> None:
    room.load(good)
    edited = broken(good, LESSON, "Doña Marta llega", "Don Marcos llega")
    room.edit(edited)
    brought = broken(good, MODULE, "Primer módulo", "Módulo primero")
    assert room.plan(brought) == {LESSON: Change.KEPT, MODULE: Change.CHANGED}
    room.load(brought)
    both = {**edited, MODULE: brought[MODULE]}
    assert room.export() == both
    # The next import of the same package still knows which of the two was the edit.
    assert room.plan(brought) == {LESSON: Change.KEPT}
    assert room.load(brought).changed is False
    assert room.export() == both


def test_an_edit_that_the_package_changed_too_is_a_conflict(room: Room, good: Files) -> None:
    room.load(good)
    edited = broken(good, LESSON, "Doña Marta llega", "Don Marcos llega")
    room.edit(edited)
    theirs = broken(good, LESSON, "Doña Marta llega", "Doña Juana llega")
    assert room.plan(theirs) == {LESSON: Change.CONFLICT}
    with pytest.raises(Conflict):
        room.load(theirs)
    assert room.export() == edited
    kept = room.propose(theirs, keep_conflicts=True)
    carry_out(room.db, room.store, kept, room.institution, SYSTEM)
    assert room.export() == edited


def test_an_edit_that_comes_between_showing_and_importing_is_not_lost(
    room: Room, good: Files
) -> None:
    room.load(good)
    brought = broken(good, MODULE, "Primer módulo", "Módulo primero")
    shown = room.propose(brought)
    edited = broken(good, LESSON, "Doña Marta llega", "Don Marcos llega")
    room.edit(edited)
    with pytest.raises(Conflict):
        carry_out(room.db, room.store, shown, room.institution, SYSTEM)
    assert room.export() == edited


def test_two_institutions_keep_a_programme_of_the_same_key(
    room: Room, world: World, good: Files
) -> None:
    room.load(good)
    other = Room(room.db, room.store, world.institutions["otra"])
    other.load(broken(good, PROGRAMME, "Mi programa", "El de la otra"))
    assert room.export() == dict(good)
    with room.db.reading() as session:
        slugs = session.scalars(select(Programme.slug).order_by(Programme.slug)).all()
    assert slugs == ["mi-programa", "mi-programa-2"]


def test_no_other_institution_and_no_other_version_is_exported(
    room: Room, world: World, good: Files
) -> None:
    room.load(good)
    with pytest.raises(NotFound):
        room.export(number=2)
    with pytest.raises(NotFound):
        Room(room.db, room.store, world.institutions["otra"]).export()


def test_a_zip_is_imported_like_its_folder(room: Room, good: Files) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        for path, content in good.items():
            archive.writestr(f"mi-programa/{path}", content)
    load(room.db, room.store, read_zip(data), room.institution, TODAY, SYSTEM)
    assert room.export() == dict(good)


def test_a_question_with_commas_and_an_outline_are_imported(room: Room) -> None:
    files = scaffold("otro", 'Título con "comillas" y \\ barra')
    files = broken(files, COURSE, "state: written", "state: outline")
    files = broken(files, COURSE, "grading:", "#")
    files = broken(files, MODULE, "hours: 2", 'hours: 2\nlessons: ["Uno", "Dos"]')
    files = {path: data for path, data in files.items() if path not in (LESSON, QUIZ)}
    room.load({path: data for path, data in files.items() if "/media/" not in path})
    with room.db.reading() as session:
        course = session.scalars(select(CourseVersion)).one()
        module = session.scalars(select(Module)).one()
        title = session.scalars(select(ProgrammeVersion.title)).one()
    assert (course.minutes, course.pass_mark, module.detail["lessons"]) == (120, 0, ["Uno", "Dos"])
    assert title == 'Título con "comillas" y \\ barra'
