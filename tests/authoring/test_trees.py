"""Nothing leaves the package, and nothing is larger than it says."""

import io
import os
import stat
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms.authoring.formats.tree import (
    DEEPEST,
    LARGEST_MEDIA,
    LARGEST_PACKAGE,
    MOST_FILES,
    Entry,
    Tree,
    bytes_of,
    read_folder,
    read_zip,
    tree_of,
)

pytestmark = pytest.mark.pure


def zipped(*members: tuple[str | zipfile.ZipInfo, bytes]) -> io.BytesIO:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    data.seek(0)
    return data


def said(tree: Tree) -> list[tuple[str, str]]:
    return [(each.path, each.message % each.params) for each in tree.problems]


@pytest.mark.parametrize(
    "path",
    [
        "../outside.md",
        "a/../../outside.md",
        "/etc/passwd",
        "C:/windows.md",
        "a\\..\\b.md",
        "./a.md",
        "a//b.md",
        "..",
    ],
)
def test_a_path_that_leads_out_is_refused(path: str) -> None:
    for tree in (tree_of({path: b"x"}), read_zip(zipped((path, b"x"), ("ok.md", b"y")))):
        assert path not in tree.files
        assert any("leads out" in what for _, what in said(tree)), said(tree)


@given(st.text(min_size=1, max_size=40))
def test_whatever_the_name_only_plain_paths_come_through(path: str) -> None:
    for name in tree_of({path: b"x"}).files:
        assert name == path
        assert name.isascii()
        assert len(name.split("/")) <= DEEPEST
        assert not {"", ".", ".."} & set(name.split("/"))


def test_a_link_is_refused_in_a_folder_and_in_a_zip(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("x")
    root = tmp_path / "package"
    root.mkdir()
    (root / "a.md").symlink_to(tmp_path / "secret")
    (root / "folder").symlink_to(tmp_path)
    link = zipfile.ZipInfo("a.md")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    for tree in (read_folder(root), read_zip(zipped((link, b"/etc/passwd"), ("b.md", b"")))):
        assert "a.md" not in tree.files
        assert ("a.md", "this is a link to another place") in said(tree)
    assert said(read_folder(root))[1][0] == "folder"


def test_what_is_not_a_file_is_refused(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert said(read_folder(tmp_path)) == [("pipe.md", "this is not a file")]


def test_folders_may_not_go_too_deep(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b" / "c" / "d"
    deep.mkdir(parents=True)
    (deep / "x.md").write_text("x")
    assert [path for path, _ in said(read_folder(tmp_path))] == ["a/b/c"]
    assert [path for path, _ in said(tree_of({"a/b/c/d/x.md": b"x"}))] == ["a/b/c/d/x.md"]


def test_what_systems_leave_behind_is_no_part_of_a_package(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    (tmp_path / "Thumbs.db").write_text("x")
    (tmp_path / "a.md").write_text("x")
    assert list(read_folder(tmp_path).files) == ["a.md"]
    tree = read_zip(zipped(("__MACOSX/a.md", b"x"), ("p/.DS_Store", b"x"), ("p/a.md", b"x")))
    assert (list(tree.files), tree.problems) == (["a.md"], [])


def test_a_zip_may_have_one_folder_around_it_or_none() -> None:
    for prefix in ("", "mi-programa/"):
        tree = read_zip(zipped((f"{prefix}a.md", b"1"), (f"{prefix}b/c.md", b"2")))
        assert {path: each.read() for path, each in tree.files.items()} == {
            "a.md": b"1",
            "b/c.md": b"2",
        }


def test_a_zip_bomb_is_refused_by_its_size() -> None:
    tree = read_zip(zipped(("media/a.pdf", b"\0" * (LARGEST_MEDIA + 1)), ("b.md", b"")))
    assert list(tree.files) == ["b.md"]
    assert "kB are the most" in said(tree)[0][1]


def test_a_zip_that_lies_about_its_size_is_not_believed() -> None:
    honest = zipped(("a.md", b"x" * 5000), ("b.md", b"")).getvalue()
    lying = honest.replace(struct.pack("<L", 5000), struct.pack("<L", 50))
    tree = read_zip(io.BytesIO(lying))
    data, problems = bytes_of(tree, "a.md")
    assert data is None
    assert "cannot be read" in problems[0].message


def test_a_damaged_or_locked_zip_is_told() -> None:
    assert "not a ZIP" in said(read_zip(io.BytesIO(b"PK\x03\x04 nothing")))[0][1]
    assert "not a ZIP" in said(read_zip(io.BytesIO(b"")))[0][1]
    whole = bytearray(zipped(("a.md", b"hola" * 50), ("b.md", b"")).getvalue())
    at = whole.index(b"a.md") + 6
    whole[at : at + 4] = b"\xff\xff\xff\xff"
    assert bytes_of(read_zip(io.BytesIO(bytes(whole))), "a.md")[0] is None
    locked = bytearray(zipped(("a.md", b"x"), ("b.md", b"")).getvalue())
    central = locked.index(b"PK\x01\x02")
    locked[central + 8] |= 1
    assert ("a.md", "the file is locked with a password") in said(read_zip(io.BytesIO(locked)))


def test_too_many_files_and_too_many_bytes_are_refused() -> None:
    tree = tree_of({f"a/{number}.md": b"" for number in range(MOST_FILES + 5)})
    assert len(tree.files) == MOST_FILES
    assert len(tree.problems) == 1
    gathered = {f"media/{n}.pdf": b"x" * LARGEST_MEDIA for n in range(2)}
    assert tree_of(gathered).problems == []
    assert LARGEST_PACKAGE // LARGEST_MEDIA == 8
    nine = tree_of(_same(9))
    assert [what for _, what in said(nine)] == ["the package has more than 200 MB"]


def _same(count: int) -> dict[str, bytes]:
    """Many large files that share their bytes in memory."""
    large = b"x" * LARGEST_MEDIA
    return {f"media/{number}.pdf": large for number in range(count)}


def test_names_that_differ_only_in_capitals_are_refused() -> None:
    tree = tree_of({"a.md": b"", "A.md": b""})
    assert len(tree.files) == 1
    assert "differ only in capitals" in said(tree)[0][1]


def test_a_file_that_vanishes_while_it_is_read_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("x")
    tree = read_folder(tmp_path)
    (tmp_path / "a.md").unlink()
    assert bytes_of(tree, "a.md")[0] is None
    tree.files["a.md"] = Entry(3, lambda: b"x")
    assert bytes_of(tree, "a.md")[0] is None
