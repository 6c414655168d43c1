"""`lms courses` as an author meets it: what it prints, what it writes, how it exits."""

import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask import Flask

from lms.cli import main
from lms.foundation.db.database import Database
from lms.foundation.kernel.actor import SYSTEM
from tests.authoring.packages import COURSE, LESSON, QUIZ, broken, came_from_the_editor
from tests.factories.world import World

Files = Mapping[str, bytes]


@pytest.fixture
def run(app: Flask, world: World, place: Any, monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.setenv("LMS_DATA_DIR", str(place.folder))
    monkeypatch.setenv("LMS_DATABASE_URL", place.url)
    (place.folder / "secret_key").write_text("only for tests")
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    return Runner()


class Runner:
    """The command as typed in a terminal; each call says which exit code it expects."""

    def __call__(self, *arguments: object, code: int = 0) -> str:
        result = CliRunner().invoke(main, ["courses", *(str(each) for each in arguments)])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output


def laid(folder: Path, files: Files) -> Path:
    for path, data in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    return folder


def test_what_new_begins_passes_the_check(run: "Runner", tmp_path: Path) -> None:
    run("new", "mi-curso", "--title", "Mi curso", "--into", tmp_path)
    assert "1 package: 0 errors, 0 warnings" in run("check", tmp_path / "mi-curso", "--strict")
    assert "already there" in run("new", "mi-curso", "--into", tmp_path, code=1)
    assert "for instance `mi-curso`" in run("new", "Mi Curso", "--into", tmp_path, code=2)


def test_check_names_file_line_fault_and_remedy(run: "Runner", tmp_path: Path, good: Files) -> None:
    files = broken(good, COURSE, "order: sequential", "orden: sequential")
    root = laid(tmp_path / "p", broken(files, LESSON, "media/pasos.svg", "media/paso.svg"))
    out = run("check", root, code=1).splitlines()
    assert f"{root}/{COURSE}:6: `orden` is not a known key: did you mean `order`?" in out
    assert not any("`order` is missing" in line for line in out), "one slip, one sentence"
    assert (
        f"{root}/{LESSON}:16: the file media/paso.svg is not in the course: "
        "did you mean `media/pasos.svg`?"
    ) in out
    unused = f"{root}/primer-curso/media/pasos.svg:1: warning: nothing in the course uses this file"
    assert any(line.startswith(unused) for line in out)
    assert out[-1] == "1 package: 2 errors, 1 warning"


def test_check_takes_a_zip_and_a_folder_of_packages(
    run: "Runner", tmp_path: Path, good: Files
) -> None:
    laid(tmp_path / "all" / "uno", good)
    laid(tmp_path / "all" / "dos", good)
    assert "2 packages" in run("check", tmp_path / "all")
    with zipfile.ZipFile(tmp_path / "p.zip", "w") as archive:
        for path, data in good.items():
            archive.writestr(path, data)
    assert "1 package: 0 errors" in run("check", tmp_path / "p.zip")
    run("check", tmp_path / "nowhere", code=2)


def test_a_folder_that_is_no_package_is_told_in_one_line(run: "Runner", tmp_path: Path) -> None:
    laid(tmp_path, {f"src/Módulo {n}/a b.txt": b"x" for n in range(40)} | {"notes.txt": b"x"})
    line, count = run("check", tmp_path, code=1).splitlines()
    assert line.startswith(f"{tmp_path}/programme.yaml:1: this is no course package")
    assert count == "1 package: 1 error, 0 warnings"


def test_warnings_alone_do_not_fail_unless_asked(
    run: "Runner", tmp_path: Path, good: Files
) -> None:
    root = laid(tmp_path / "p", {**good, "primer-curso/media/otro.csv": b"a,b\n"})
    run("check", root)
    run("check", root, "--strict", code=1)


def test_import_shows_the_difference_first_and_export_gives_the_same_files(
    run: "Runner", tmp_path: Path, good: Files
) -> None:
    root = laid(tmp_path / "p", good)
    shown = run("import", root, "-i", "igm", "--dry-run")
    assert f"new: {LESSON}" in shown
    assert f"{len(good)} new, 0 changed, 0 removed, 0 the same" in shown
    run("export", "mi-programa", "-i", "igm", "--into", tmp_path / "out", code=1)
    assert "version 1 is published" in run("import", root, "-i", "igm", "--yes")
    assert f"0 new, 0 changed, 0 removed, {len(good)} the same" in run("import", root, "-i", "igm")
    run("export", "mi-programa", "-i", "igm", "--into", tmp_path / "out")
    out = tmp_path / "out" / "mi-programa"
    written = {
        path.relative_to(out).as_posix(): path.read_bytes()
        for path in out.rglob("*")
        if path.is_file()
    }
    assert written == dict(good)
    assert "already there" in run(
        "export", "mi-programa", "-i", "igm", "--into", tmp_path / "out", code=1
    )
    for name in ("a.zip", "b.zip"):
        run("export", "mi-programa", "-i", "igm", "--into", tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    assert "1 package: 0 errors" in run("check", tmp_path / "a.zip")


def test_a_broken_package_is_told_and_not_imported(
    run: "Runner", tmp_path: Path, good: Files
) -> None:
    root = laid(tmp_path / "p", broken(good, QUIZ, "answer: 5", "answer: cinco"))
    out = run("import", root, "-i", "igm", "--yes", code=1)
    assert "`answer` must be a number" in out
    assert "nothing of it was imported" in out


def test_a_conflict_is_shown_and_decided(
    run: "Runner", db: Database, tmp_path: Path, good: Files
) -> None:
    root = laid(tmp_path / "p", good)
    run("import", root, "-i", "igm", "--yes")
    laid(root, broken(good, LESSON, "Doña Marta llega", "Don Marcos llega"))
    run("import", root, "-i", "igm", "--yes")
    db.perform(came_from_the_editor, SYSTEM, "mi-programa")
    laid(root, broken(good, LESSON, "Doña Marta llega", "Doña Juana llega"))
    out = run("import", root, "-i", "igm", "--yes", code=1)
    assert f"conflict: {LESSON}" in out
    assert "nothing was imported" in out
    run("import", root, "-i", "igm", "--yes", "--keep-edits")
    run("export", "mi-programa", "-i", "igm", "--into", tmp_path / "out")
    assert "Don Marcos llega" in (tmp_path / "out" / "mi-programa" / LESSON).read_text()


def test_a_course_belongs_to_the_institution_named_or_to_this_site(
    run: "Runner", tmp_path: Path, good: Files
) -> None:
    root = laid(tmp_path / "p", good)
    assert "igm, otra" in run("import", root, "-i", "nadie", code=2)
    run("import", root, "-i", "otra", "--yes")
    run("export", "mi-programa", "--into", tmp_path / "out", code=1)
    run("import", root, "--yes")
    run("export", "mi-programa", "--into", tmp_path / "out")


def test_schemas_describe_every_kind_of_file(run: "Runner", tmp_path: Path) -> None:
    every = json.loads(run("schema"))
    assert list(every) == [
        "programme", "course", "facts", "module", "assignment", "lesson", "quiz",
    ]  # fmt: skip
    quiz = json.loads(run("schema", "quiz"))
    types = [
        each["properties"]["type"]["enum"]
        for each in quiz["properties"]["questions"]["items"]["oneOf"]
    ]
    assert ["numerical"] in types
    assert all(each["additionalProperties"] is False for each in every.values())
    run("schema", "--into", tmp_path)
    assert json.loads((tmp_path / "lesson.schema.json").read_text())["title"] == "lesson"
    table = run("schema", "--table")
    assert "| `minutes.reading` | yes | whole number, 1 to 600 |" in table
    assert "There are: programme" in run("schema", "nada", code=2)


def test_check_needs_no_installation(
    run: "Runner", tmp_path: Path, good: Files, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("LMS_DATABASE_URL")
    monkeypatch.setenv("LMS_DATA_DIR", str(tmp_path / "var"))
    assert "0 errors" in run("check", laid(tmp_path / "p", good))
    run("new", "otro", "--into", tmp_path)
    run("schema")
    assert not (tmp_path / "var").exists()


def test_every_command_explains_itself(run: "Runner") -> None:
    for name in ("new", "check", "import", "export", "schema"):
        assert len(run(name, "--help").splitlines()) > 5
