"""Files that are not what their name says, or have no place in a package."""

from collections.abc import Callable

import pytest

from tests.authoring.packages import COURSE, MODULE, PROGRAMME, Checker, Files

pytestmark = pytest.mark.pure


def _without(*paths: str) -> Callable[[Files], Files]:
    return lambda files: {path: data for path, data in files.items() if path not in paths}


def _with(path: str, data: bytes) -> Callable[[Files], Files]:
    return lambda files: {**files, path: data}


WHOLE_FILES = [
    ("no programme", _without(PROGRAMME), PROGRAMME, "is missing"),
    ("no course", _without(COURSE), COURSE, "is missing"),
    ("no module", _without(MODULE), MODULE, "is missing"),
    ("unlisted course", _with("otro/course.yaml", b"key: otro\n"), "otro/course.yaml", "not name"),
    ("stranger", _with("primer-curso/notas.docx", b"x"), "primer-curso/notas.docx", "no place"),
    (
        "unnumbered lesson",
        _with("primer-curso/01-primer-modulo/extra.md", b"x"),
        "primer-curso/01-primer-modulo/extra.md",
        "no place",
    ),
    (
        "unnumbered module",
        _with("primer-curso/uno/module.yaml", b"x"),
        "primer-curso/uno",
        "neither",
    ),
    (
        "same number",
        _with("primer-curso/01-primer-modulo/01-otra.md", b"x"),
        "primer-curso/01-primer-modulo/01-recibir-una-peticion.md",
        "number",
    ),
    ("Latin-1", _with(MODULE, "key: a\ntitle: Módulo".encode("latin-1")), MODULE, "not UTF-8"),
    ("UTF-16", _with(MODULE, "key: a".encode("utf-16")), MODULE, "not UTF-8"),
    ("empty YAML", _with(MODULE, b""), MODULE, "no keys"),
    ("list YAML", _with(MODULE, b"- a\n"), MODULE, "no keys"),
    ("control character", _with(MODULE, b"key: a\ntitle: a\x07b\n"), MODULE, "control character"),
    ("right to left", _with(MODULE, "key: a\ntitle: a\u202eb\n".encode()), MODULE, "control"),
    ("unused media", _with("primer-curso/media/x.csv", b"a,b"), "primer-curso/media/x.csv", "uses"),
    ("kind of media", _with("primer-curso/media/x.exe", b"MZ"), "primer-curso/media/x.exe", "kind"),
    (
        "false png",
        _with("primer-curso/media/x.png", b"GIF89a"),
        "primer-curso/media/x.png",
        "content",
    ),
    (
        "false pdf",
        _with("primer-curso/media/x.pdf", b"<html>"),
        "primer-curso/media/x.pdf",
        "content",
    ),
    (
        "false opus",
        _with("primer-curso/media/x.opus", b"RIFF"),
        "primer-curso/media/x.opus",
        "content",
    ),
    ("empty media", _with("primer-curso/media/x.mp3", b""), "primer-curso/media/x.mp3", "empty"),
    (
        "heavy media",
        _with("primer-curso/media/x.csv", b"a,b\n" * 200_000),
        "primer-curso/media/x.csv",
        "too heavy",
    ),
    ("huge text", _with(MODULE, b"#" * 1_100_000), MODULE, "kB are the most"),
    (
        "accented name",
        _with("primer-curso/media/año.csv", b"a"),
        "primer-curso/media/año.csv",
        "name",
    ),
    (
        "capitals",
        _with("README.md", b"") and _with("Programme.yaml", b"x"),
        "programme.yaml",
        "differ",
    ),
]


@pytest.mark.parametrize("case", WHOLE_FILES, ids=lambda case: case[0])
def test_each_file_out_of_place_is_named(
    case: tuple[str, Callable[[Files], Files], str, str], good: Files, problems_of: Checker
) -> None:
    _, change, path, said = case
    found = problems_of(change(good))
    named = [each for each in found if each.path == path]
    assert any(said in each.message % each.params for each in named), [
        (each.path, each.message % each.params) for each in found
    ]


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">%s</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        b"<script>alert(1)</script>",
        b'<rect onload="x()"/>',
        b'<a href="javascript:x()"/>',
        b'<image href="https://x.org/a.png"/>',
        b'<use xlink:href="data:image/svg+xml;base64,x"/>',
        b"<foreignObject/>",
        b"<style>@import 'x';</style>",
        b'<rect fill="url(https://x.org/a)"/>',
    ],
)
def test_a_drawing_may_only_draw(inside: bytes, good: Files, problems_of: Checker) -> None:
    path = "primer-curso/media/pasos.svg"
    found = problems_of({**good, path: SVG % inside})
    assert [each.path for each in found if each.is_error] == [path]


def test_entities_of_a_drawing_are_never_expanded(good: Files, problems_of: Checker) -> None:
    bomb = b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>'
    found = problems_of({**good, "primer-curso/media/pasos.svg": bomb})
    assert "DOCTYPE" in found[0].message
