"""The command speaks one language, that of the installation: its own words and those of click."""

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from click.testing import CliRunner

from lms.cli import main, speech
from lms.cli.speech import Day, argument, command, confirmed, option

pytestmark = pytest.mark.pure


def paths(one: click.Command, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield before
    for each in below(one):
        yield from paths(each, (*before, str(each.name)))


def below(one: click.Command) -> list[click.Command]:
    if not isinstance(one, click.Group):
        return []
    context = click.Context(one)
    return [one.get_command(context, name) for name in one.list_commands(context)]


EVERY = sorted(paths(main))
ENGLISH = re.compile(r"\b(the|of|and|with|default|required|Usage|Options|Commands|Show|TEXT)\b")
SPANISH = re.compile(r"\b(el|la|los|las|de|con|que|Uso|Opciones|Mostrar|TEXTO)\b|[áéíóúñ¿]")
# Shown as they are typed, in either language.
TYPED = re.compile(
    r"`[^`]*`|\"[^\"]*\"|\[[a-zA-Z_|]+\]|(?<= )(new|list|open|check|key)(?= )|--[\w-]+"
)


@pytest.fixture
def run(monkeypatch, tmp_path):
    monkeypatch.setenv("LMS_DATA_DIR", str(tmp_path / "var"))

    def type_in(language: str | None, *args: str, typed: str = ""):
        if language is None:
            monkeypatch.delenv("LMS_LANGUAGE", raising=False)
        else:
            monkeypatch.setenv("LMS_LANGUAGE", language)
        return CliRunner().invoke(main, args, input=typed, prog_name="lms")

    return type_in


@pytest.mark.parametrize("path", EVERY, ids="-".join)
def test_help_reads_well_in_the_language_of_the_installation(run, path):
    """Each page of help is in one language, ends with 0, and leaves no sentence unfinished."""
    spanish, english = run(None, *path, "--help"), run("en", *path, "--help")
    assert spanish.exit_code == english.exit_code == 0
    assert ENGLISH.findall(TYPED.sub("", spanish.stdout)) == []
    assert SPANISH.findall(TYPED.sub("", english.stdout)) == []
    assert "..." not in re.sub(r"\[[A-ZÚ]+\]\.\.\.", "", spanish.stdout)


def options(one: click.Command) -> Iterator[click.Option]:
    yield from (each for each in one.params if isinstance(each, click.Option))
    for each in below(one):
        yield from options(each)


def test_no_option_is_without_a_word():
    assert [each.opts for each in options(main) if not each.help] == []


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("usuarios",), "No hay un comando 'usuarios'."),
        (("users", "lits"), "¿Quiso decir 'list'?"),
        (("users", "list", "--limt", "3"), "No hay una opción '--limt'."),
        (("users", "list", "--limit", "x"), "'x' no es un número válido."),
        (("users", "list", "--limit"), "La opción '--limit' necesita un valor."),
        (("users", "grant", "x"), "Falta la opción '--role'."),
        (("users", "code"), "Falta el argumento 'PERSONA'."),
        (("users", "code", "a", "b"), "Sobra un argumento (b)"),
        (("courses", "check", "/nada"), "El valor de 'RUTA…' no sirve: '/nada' no existe."),
        (("cohorts", "key", "x", "--until", "1/2/27"), "1/2/27 no es un día: escríbalo como AAAA"),
    ],
)
def test_misuse_is_two_and_says_in_spanish_what_was_meant(run, args, said):
    done = run("es", *args)
    assert (done.exit_code, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Error: " in done.stderr
    assert re.search(r"^Uso: lms|^Error:", done.stderr)
    assert "Usage" not in done.stderr


def test_the_terminal_does_not_change_the_language(run, monkeypatch):
    """Most servers are installed in English, whoever works with them."""
    for name in ("LANG", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.setenv(name, "en_US.UTF-8")
    assert "Opciones:" in run(None, "--help").stdout


def test_a_refusal_is_one_and_in_the_same_language(run, tmp_path):
    spanish, english = run("es", "users", "list"), run("en", "users", "list")
    assert spanish.exit_code == english.exit_code == 1
    assert f"No hay una instalación en {tmp_path / 'var'}" in spanish.stderr
    assert f"There is no installation in {tmp_path / 'var'}" in english.stderr


def test_settings_that_cannot_be_used_are_misuse_in_the_language_spoken(run, monkeypatch):
    monkeypatch.setenv("LMS_WEB_PROCESSES", "x")
    monkeypatch.setenv("PORT", "0")
    done = run("es", "serve")
    assert done.exit_code == 2
    assert done.stderr.splitlines() == [
        "PORT=0: debe ser un número entero de 1 a 65535.",
        "LMS_WEB_PROCESSES=x: debe ser un número entero de 1 a 64.",
    ]
    assert "LMS_LANGUAGE=fr: debe ser uno de estos: es, en." in run("fr", "doctor").stderr


@pytest.mark.parametrize(
    "args",
    [
        ("users", "list"), ("users", "code", "x"), ("cohorts", "list"), ("cohorts", "key", "x"),
        ("courses", "export", "x"), ("db", "status"), ("db", "downgrade", "base"), ("doctor",),
        ("serve",), ("worker",),
    ],
    ids="-".join,
)  # fmt: skip
def test_only_what_makes_an_installation_leaves_anything_where_there_is_none(run, args, tmp_path):
    done = run("es", *args)
    assert done.exit_code == 1
    assert "lms db upgrade" in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("typed", "answer"),
    [("s\n", True), ("SÍ\n", True), ("yes\n", True), ("\n", False), ("no\n", False),
     ("quizás\ns\n", True)],
)  # fmt: skip
def test_a_question_is_answered_in_either_language(monkeypatch, typed, answer):
    @command()
    def ask() -> None:
        click.echo(confirmed("¿Publicar?"))

    monkeypatch.setenv("LMS_LANGUAGE", "es")
    speech.speak()
    done = CliRunner().invoke(ask, input=typed)
    assert done.stdout.splitlines()[-1] == str(answer)
    assert "[s/N]" in done.stdout


def test_a_day_is_written_one_way():
    @command()
    @argument("day", type=Day())
    @option("--until", type=Day())
    def tell(day, until) -> None:
        click.echo(day.isoformat())

    assert CliRunner().invoke(tell, ["2027-01-31"]).stdout == "2027-01-31\n"
    for wrong in ("2027-02-30", "31/01/2027", ""):
        assert CliRunner().invoke(tell, [wrong]).exit_code == 2


def test_serve_starts_others_without_loading_the_house_itself():
    """It is waited for: a second `make run` answers within seconds."""
    script = (
        "import sys, click\n"
        "from lms.cli import main\n"
        "main.get_command(click.Context(main), 'serve')\n"
        "print(sorted(set(sys.modules) & {'flask', 'lms.app', 'lms.wiring', 'lms.cli.courses'}))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stderr
