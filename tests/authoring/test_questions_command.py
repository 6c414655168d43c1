"""`lms questions`: what it prints, what it writes, how it ends."""

import pytest
from click.testing import CliRunner

from lms.assessment.formats import FORMATS
from lms.authoring.formats.yaml_edit import read_map
from lms.cli import main

pytestmark = pytest.mark.pure
GOOD = "¿Quién firma? {=El alcalde ~Nadie}\n\nEs público.{T}\n"
BAD = GOOD + "\n¿Qué? {=a} y {=b}\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("LMS_LANGUAGE", "en")
    (tmp_path / "curso/modulo").mkdir(parents=True)

    def run(*words, data=GOOD):
        file = tmp_path / "banco.txt"
        file.write_text(data, "utf-8")
        return CliRunner().invoke(main, ["questions", *[str(w) for w in words]])

    return run


def test_check_says_file_and_line_and_ends_with_one_where_something_is_refused(run, tmp_path):
    file = tmp_path / "banco.txt"
    good = run("check", "--format", "gift", file)
    assert (good.exit_code, good.output) == (
        0, "2 questions: 2 whole, 0 with a loss, 0 refused\n",
    )  # fmt: skip
    bad = run("check", "--format", "gift", file, data=BAD)
    assert bad.exit_code == 1
    why = "refused: it has more than one pair of braces"
    assert f"{file}:5: ¿Qué? {{=a}} y {{=b}}: {why}" in bad.output
    assert run("check", "--format", "gift", tmp_path / "nada").exit_code == 2
    assert run("check", "--format", "qti", file).exit_code == 2


def test_import_writes_all_or_nothing_and_never_twice(run, tmp_path):
    file, quiz = tmp_path / "banco.txt", tmp_path / "curso/modulo/01-examen.quiz.yaml"
    refused = run("import", "--format", "gift", file, quiz, data=BAD)
    assert refused.exit_code == 1
    assert not quiz.exists()
    assert run("import", "--format", "gift", "--partly", file, quiz, data=BAD).exit_code == 0
    assert len(read_map(quiz.read_text("utf-8"))["questions"]) == 2
    again = run("import", "--format", "gift", file, quiz)
    assert again.exit_code == 0
    assert len(read_map(quiz.read_text("utf-8"))["questions"]) == 2


def test_what_has_no_room_goes_into_files_beside_it(run, tmp_path):
    file, quiz = tmp_path / "banco.txt", tmp_path / "curso/modulo/01-examen.quiz.yaml"
    many = "\n\n".join(f"Pregunta {n} {{T}}" for n in range(401))
    assert run("import", "--format", "gift", file, quiz, data=many).exit_code == 0
    made = sorted(quiz.parent.iterdir())
    assert [len(read_map(each.read_text("utf-8"))["questions"]) for each in made] == [200, 1, 200]


def test_export_writes_what_reads_back_and_says_what_others_do_not_see(run, tmp_path):
    file, quiz = tmp_path / "banco.txt", tmp_path / "curso/modulo/01-examen.quiz.yaml"
    run("import", "--format", "gift", file, quiz)
    done = run("export", "--format", "moodle-xml", quiz)
    assert done.exit_code == 0, done.output
    back = FORMATS["moodle-xml"].read((quiz.parent / "01-examen.xml").read_bytes())
    said = read_map(quiz.read_text("utf-8"))["questions"]
    assert [dict(each.item.source) for each in back] == [dict(each) for each in said]
    aiken = run("export", "--format", "aiken", quiz)
    assert "it has no place in this format" in aiken.output
