"""Single files of a package to data: YAML, and Markdown with front matter."""

from dataclasses import dataclass, field

from lms.authoring.formats.decode import decode
from lms.authoring.formats.texts import read_text
from lms.authoring.formats.tree import Tree, bytes_of
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.rules.nodes import Map
from lms.catalog.rules.problems import Problem
from lms.catalog.rules.shape_check import Reference, read
from lms.catalog.rules.shapes import Object
from lms.foundation.kernel.errors import N_

_FENCE = "---"


@dataclass(slots=True)
class FileRead:
    """A file as far as it could be read."""

    data: Map | None = None
    """What fits its shape."""
    raw: Map | None = None
    """All that was written, to know the names that were meant."""
    body: str = ""
    body_line: int = 0
    words: int = 0
    problems: list[Problem] = field(default_factory=list)
    references: list[Reference] = field(default_factory=list)


def read_file(tree: Tree, path: str, shape: Object) -> FileRead:
    """A YAML file, or a Markdown file with front matter, against its shape."""
    found = FileRead()
    data, wrong = bytes_of(tree, path)
    found.problems.extend(wrong)
    if data is None:
        return found
    text, wrong = decode(data, path)
    found.problems.extend(wrong)
    if text is None:
        return found
    text = text.replace("\r\n", "\n")
    if path.endswith(".md"):
        head = _front_matter(text, path, found)
        if head is None:
            return found
        _values(found, head, path, 2, shape)
        _body(found, path)
    else:
        _values(found, text, path, 1, shape)
    return found


def _front_matter(text: str, path: str, found: FileRead) -> str | None:
    lines = text.split("\n")
    if lines[0].rstrip() != _FENCE:
        found.problems.append(
            Problem(
                path,
                1,
                N_("the lesson has no front matter"),
                N_("begin the file with a line `---`, its keys, and another line `---`"),
            )
        )
        return None
    end = next((at for at, line in enumerate(lines[1:], 1) if line.rstrip() == _FENCE), None)
    if end is None:
        found.problems.append(
            Problem(
                path,
                1,
                N_("the front matter is never closed"),
                N_("add a line `---` below its keys"),
            )
        )
        return None
    found.body = "\n".join(lines[end + 1 :])
    found.body_line = end + 2
    return "\n".join(lines[1:end])


def _values(found: FileRead, text: str, path: str, first_line: int, shape: Object) -> None:
    found.raw, wrong = read_yaml(text, path, first_line=first_line)
    found.problems.extend(wrong)
    if found.raw is None:
        return
    reading = read(found.raw, shape)
    found.data = reading.data
    found.problems.extend(reading.problems)
    found.references.extend(reading.references)
    for writing in reading.texts:
        _, wrong, references = read_text(writing.text, path, writing.line)
        found.problems.extend(wrong)
        found.references.extend(references)


def _body(found: FileRead, path: str) -> None:
    lint, wrong, references = read_text(found.body, path, found.body_line)
    found.words = lint.words
    found.problems.extend(wrong)
    found.references.extend(references)
