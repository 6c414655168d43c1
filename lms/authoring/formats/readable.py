"""Files of a package as a reader would tell what stands in them, for differences in words."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from lms.authoring.formats.keys import keys_of, text_below
from lms.authoring.formats.yaml_edit import Unreadable
from lms.authoring.rules.changes import LONGEST_NAME, Entry, Told
from lms.authoring.rules.labels import BODY, LABELS
from lms.catalog.activity import ActivityKind
from lms.foundation.kernel.errors import N_

_BY_NAME = {
    "programme.yaml": N_("Programme"),
    "course.yaml": N_("Course"),
    "module.yaml": N_("Module"),
    "facts.yaml": N_("Facts of law"),
}
_FILE = N_("File")
_ALL = ("*",)
_WORDING: Mapping[str, Collection[str]] = {
    "programme.yaml": ("summary", "entry", "text", "audience", "topics", "cover."),
    "course.yaml": ("summary", "text", "legal_review."),
    "module.yaml": ("title", "outcome", "text", "lessons"),
    "facts.yaml": ("facts.",),
}
"""What of these files is only words for people who are taught already."""
_SHORT = ("title", "text", "stem", "left")
"""Keys by which an item of a list is called in a sentence, the first that it has."""


def told(
    path: str, sha256: str, size: int, text: str | None, kinds: Mapping[str, ActivityKind]
) -> Told:
    """A file as it is told; of media only their name and size."""
    name = path.rpartition("/")[2]
    if text is None:
        return Told(path, _FILE, name, sha256, size=size, wording=_ALL)
    kind = next((each for each in kinds.values() if name.endswith(each.suffix)), None)
    if kind is not None and path.count("/") == 2:
        what = kind.noun
    else:
        what, kind = _BY_NAME.get(name, _FILE), None
    try:
        if name.endswith(".md") and kind is None:
            raise Unreadable  # README.md is no lesson
        data = keys_of(path, text)
    except Unreadable:
        whole = (Entry((), (BODY,), text),)
        wording = _ALL if what == _FILE else ()
        return Told(path, what, name, sha256, entries=whole, size=size, wording=wording)
    told_of = list(entries(data))
    below = text_below(path, text)
    if below.strip():
        told_of.append(Entry(("",), (BODY,), below))
    key = data.get("key") if kind is not None else None
    title = data.get("title")
    return Told(
        path,
        what,
        title if isinstance(title, str) and title else "" if name in _BY_NAME else name,
        sha256,
        key if isinstance(key, str) else "",
        told_of,
        size,
        kind.wording if kind is not None else _WORDING.get(name, _ALL),
    )


def entries(
    value: Any, where: tuple[str, ...] = (), labels: tuple[str, ...] = ()
) -> Iterator[Entry]:
    """Everything that data says, with the labels by which its place is told."""
    if isinstance(value, Mapping):
        for key, each in value.items():
            label = LABELS.get(key, f"“{key}”")
            yield from entries(each, (*where, key), (*labels, label))
    elif isinstance(value, list) and any(isinstance(each, Mapping) for each in value):
        for place, each in enumerate(value):
            item = each if isinstance(each, Mapping) else {"text": each}
            key = item.get("key")
            mark = key if isinstance(key, str) else str(place)
            yield from entries(item, (*where, mark), (*labels[:-1], *_called(labels, item, place)))
    elif isinstance(value, list):
        yield Entry(where, labels, "\n\n".join(_plain(each) for each in value))
    else:
        yield Entry(where, labels, _plain(value))


def _called(labels: tuple[str, ...], item: Mapping[str, Any], place: int) -> tuple[str, ...]:
    name = next((item[key] for key in _SHORT if isinstance(item.get(key), str)), "")
    name = " ".join(name.split())
    if len(name) > LONGEST_NAME:
        name = f"{name[:LONGEST_NAME].rstrip()}…"
    return (*labels[-1:], f"“{name}”" if name else str(place + 1))


def _plain(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        return "—"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return str(value)
