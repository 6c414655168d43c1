"""The keys at the head of a file, whatever file it is: YAML, or the front matter of Markdown."""

from collections.abc import Mapping
from typing import Any

from lms.authoring.formats.yaml_edit import Unreadable, with_values
from lms.catalog.formats.yaml_text import read_yaml
from lms.catalog.formats.yaml_write import write_yaml
from lms.catalog.rules.nodes import Map

_FENCE = "---\n"


def keys_of(path: str, text: str) -> Map:
    """What stands at the head of a file. Raises Unreadable."""
    head, _below = _parted(path, text)
    data, _problems = read_yaml(head, path)
    if data is None:
        raise Unreadable
    return data


def text_below(path: str, text: str) -> str:
    """What stands below the head of a file. Raises Unreadable."""
    _head, below = _parted(path, text)
    return below.removeprefix(_FENCE)


def with_keys(path: str, text: str, values: Mapping[str, Any]) -> str:
    """The file with these keys set, None takes one out; what stands below stays as it is.

    Raises Unreadable.
    """
    head, below = _parted(path, text)
    edited = with_values(head, values)
    return f"{_FENCE}{edited}{below}" if path.endswith(".md") else edited


def begun(path: str, data: Mapping[str, Any]) -> str:
    """A new file with these keys at its head, and nothing below them."""
    head = write_yaml(data)
    return f"{_FENCE}{head}{_FENCE}" if path.endswith(".md") else head


def _parted(path: str, text: str) -> tuple[str, str]:
    """The head of a file, and what stands below it with the line that parts them."""
    plain = text.replace("\r\n", "\n")
    if not path.endswith(".md"):
        return plain, ""
    head, fence, below = plain.removeprefix(_FENCE).partition(f"\n{_FENCE}")
    if not plain.startswith(_FENCE) or not fence:
        raise Unreadable
    return f"{head}\n", f"{fence.removeprefix(chr(10))}{below}"
