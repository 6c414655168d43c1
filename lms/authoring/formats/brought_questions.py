"""Questions of a file as they would stand in a course: their pictures drawn anew, what they refer
to, and which are there already."""

import io
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

from lms.assessment.formats.interface import Entry, Item, Told
from lms.assessment.rules.alike import alike
from lms.authoring.formats.incoming import Incoming, incoming
from lms.foundation.files.kinds import clean_picture
from lms.foundation.kernel.errors import N_, Invalid

_DAMAGED = N_("the file %(name)s, which is damaged or of no kind that is shown")
_NO_OUTCOME = N_("an outcome that this course does not have: %(key)s")
_NO_FACT = N_("a fact of law that this course does not have: %(key)s")
_SHOWN = re.compile(r"\]\(media/([A-Za-z0-9][A-Za-z0-9._\-]*)")
_DRAWN = {"gif", "bmp", "tif", "tiff"}
"""Kinds that no phone need show: they are drawn as PNG or JPEG."""


@dataclass(frozen=True, slots=True)
class Brought:
    """An item of the file, its files fit for the course, and what it repeats."""

    entry: Entry
    files: Mapping[str, Incoming]
    repeats: Told | None = None

    @property
    def is_offered(self) -> bool:
        """Whether it is ticked from the beginning."""
        return self.entry.item is not None and self.repeats is None


def brought_questions(
    entries: Sequence[Entry],
    there: Collection[str],
    outcomes: Collection[str],
    facts: Collection[str],
) -> list[Brought]:
    """Every item as it would come in. ``there`` is what the questions of the course ask already;
    outcomes and facts that the course does not have are taken out and told."""
    seen: dict[str, int] = {}
    used: dict[str, bytes] = {}
    found = []
    for entry in entries:
        if entry.item is None:
            found.append(Brought(entry, {}))
            continue
        asks = alike(entry.item.source)
        repeats = None
        if asks in there:
            repeats = Told(N_("the course asks this already"))
        elif asks in seen:
            repeats = Told(N_("it repeats number %(number)s of the file"), {"number": seen[asks]})
        seen.setdefault(asks, entry.number)
        fit, files = _with_files(_within(entry, outcomes, facts), used)
        found.append(Brought(fit, files, repeats))
    return found


def renamed(value: Any, names: Mapping[str, str]) -> Any:
    """The same question where its files have other names."""
    if isinstance(value, str):
        for old, new in names.items():
            value = re.sub(rf"media/{re.escape(old)}(?![\w\-]|\.\w)", f"media/{new}", value)
        return value
    if isinstance(value, Mapping):
        return {key: renamed(each, names) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [renamed(each, names) for each in value]
    return value


def _within(entry: Entry, outcomes: Collection[str], facts: Collection[str]) -> Entry:
    assert entry.item is not None
    source, lost = dict(entry.item.source), list(entry.lost)
    outcome = source.get("outcome")
    if outcome and outcome not in outcomes:
        lost.append(Told(_NO_OUTCOME, {"key": outcome}))
        del source["outcome"]
    for fact in [each for each in source.get("facts") or () if each not in facts]:
        lost.append(Told(_NO_FACT, {"key": fact}))
    if source.get("facts"):
        source["facts"] = [each for each in source["facts"] if each in facts]
        if not source["facts"]:
            del source["facts"]
    return replace(entry, item=Item(source, entry.item.files), lost=tuple(lost))


def _with_files(entry: Entry, used: dict[str, bytes]) -> tuple[Entry, dict[str, Incoming]]:
    """Its files as they would stand in the course; those of one name and other content, which
    other questions brought, beside each other."""
    assert entry.item is not None
    source, lost, files = entry.item.source, list(entry.lost), {}
    for name, data in entry.item.files.items():
        try:
            fit = _fit(name, data)
        except Invalid:
            lost.append(Told(_DAMAGED, {"name": name}))
            source = _without(source, name)
            continue
        free = _free(fit, used)
        if free != name:
            source = renamed(source, {name: free})
        files[free] = fit
    return replace(entry, item=Item(source), lost=tuple(lost)), files


def _free(fit: Incoming, used: dict[str, bytes]) -> str:
    stem, _dot, ending = fit.name.rpartition(".")
    free, number = fit.name, 1
    digest = sha256(fit.data).digest()
    while used.setdefault(free, digest) != digest:
        number += 1
        free = f"{stem}-{number}.{ending}"
    return free


def _fit(name: str, data: bytes) -> Incoming:
    stem, _dot, ending = name.rpartition(".")
    if ending in _DRAWN:
        drawn, kind = clean_picture(io.BytesIO(data))
        name, data = f"{stem}.{'png' if kind == 'image/png' else 'jpg'}", drawn.read()
    return incoming(name, data)


def _without(value: Any, name: str) -> Any:
    """Its texts with the words in the place of a picture that does not come along."""
    if isinstance(value, str):
        return re.sub(rf"!?\[([^\]]*)\]\(media/{re.escape(name)}[^)]*\)", r"\1", value)
    if isinstance(value, Mapping):
        return {key: _without(each, name) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_without(each, name) for each in value]
    return value


def shown_in(value: Any) -> list[str]:
    """The files that a question shows, each once."""
    return list(dict.fromkeys(_SHOWN.findall(str(value))))
