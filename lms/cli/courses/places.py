"""Where packages lie: folders and ZIPs, read and written; and problems as they are printed."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path

import click

from lms.authoring.formats.archive import write_archive
from lms.authoring.formats.tree import Tree, read_folder, read_zip
from lms.catalog.rules.problems import Problem
from lms.cli.speech import _

existing = click.Path(exists=True, path_type=Path)


def packages_at(paths: Iterable[Path]) -> Iterator[Path]:
    """The packages at these paths: each itself, or those right inside a folder of packages."""
    for path in paths:
        inside = (
            sorted(each.parent for each in path.glob("*/programme.yaml")) if path.is_dir() else []
        )
        if inside and not (path / "programme.yaml").exists():
            yield from inside
        else:
            yield path


def tree_at(root: Path, stack: ExitStack) -> Tree:
    if root.is_dir():
        return read_folder(root)
    return read_zip(stack.enter_context(root.open("rb")))


def say(root: Path, each: Problem) -> None:
    """One problem as editors and people read it: file:line: what is wrong: what to do."""
    what = _(each.message) % each.params
    todo = _(each.remedy) % each.params
    kind = "" if each.is_error else _("warning") + ": "
    place = f"{root}/{each.path}" if each.path else str(root)
    click.echo(f"{place}:{max(each.line, 1)}: {kind}{what}: {todo}")


def write_files(folder: Path, files: Iterable[tuple[str, bytes]]) -> int:
    count = 0
    for path, data in files:
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        count += 1
    return count


def write_zip(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    target.parent.mkdir(parents=True, exist_ok=True)
    return write_archive(target, files)
