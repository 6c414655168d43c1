"""What changed between two states of a programme, thing by thing, as a reader would tell it."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from enum import StrEnum

from lms.authoring.rules.compare import Block, Kind, Piece, compared

LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file says: under which labels, and in which words."""

    id: tuple[str, ...]
    """Where it stands: keys, and for items of lists their own keys or places."""
    labels: tuple[str, ...]
    """Message ids, and in quotes names that its author gave."""
    text: str


@dataclass(frozen=True, slots=True)
class Told:
    """A file as a reader would tell what stands in it."""

    path: str
    what: str
    """A message id: lesson, quiz, module, …"""
    title: str
    """Empty where there is no name but what it is: the facts of a course."""
    sha256: str
    key: str = ""
    """Of an activity: it stays when the file moves."""
    entries: Sequence[Entry] = ()
    size: int = 0
    wording: Collection[str] = ()
    """Which of its keys are only words (last parts of their paths, or "first."); "*" is all."""


class How(StrEnum):
    """What became of a thing."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    MOVED = "moved"


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One thing that a file says otherwise now."""

    id: tuple[str, ...]
    how: How
    labels: tuple[str, ...]
    blocks: Sequence[Block]


@dataclass(frozen=True, slots=True)
class Change:
    """One lesson, quiz, module, … that is not as it was."""

    how: How
    what: str
    title: str
    path: str
    """Where it stands now; of what is gone, where it stood."""
    old_path: str = ""
    fields: Sequence[FieldChange] = field(default_factory=tuple)
    size: int = 0
    key: str = ""
    wording: Collection[str] = ()


def changes(old: Mapping[str, Told], new: Mapping[str, Told]) -> list[Change]:
    """Tell two states of some files from each other, in the order of the new one.

    A file that stands elsewhere now is the same if it says the same, or if it is an activity of the
    same key. Numbers that only make room for something else are no change.
    """
    pairs = _pairs(old, new)
    moved = _moved(pairs)
    found = [_change(old[before], new[after], after in moved) for before, after in pairs]
    known_old = {before for before, _ in pairs}
    known_new = {after for _, after in pairs}
    found += [_whole(How.ADDED, each) for path, each in new.items() if path not in known_new]
    found += [_whole(How.REMOVED, each) for path, each in old.items() if path not in known_old]
    told = [each for each in found if each is not None]
    return sorted(told, key=lambda each: (each.path.count("/") == 0 and -1, each.path))


def _pairs(old: Mapping[str, Told], new: Mapping[str, Told]) -> list[tuple[str, str]]:
    """Which file of old is which of new."""
    pairs = [(path, path) for path in old if path in new and old[path].key == new[path].key]
    free_old = {path: each for path, each in old.items() if (path, path) not in pairs}
    free_new = {path: each for path, each in new.items() if (path, path) not in pairs}
    for same in (_same_key, _same_words):
        for before in list(free_old):
            one = free_old[before]
            match = next(
                (
                    path
                    for path, other in free_new.items()
                    if _part(path) == _part(before) and same(one, other)
                ),
                None,
            )
            if match is not None:
                pairs.append((before, match))
                del free_old[before], free_new[match]
    for path in [each for each in free_old if each in free_new]:
        if not free_old[path].key or not free_new[path].key:
            pairs.append((path, path))
    return pairs


def _same_key(old: Told, new: Told) -> bool:
    return bool(old.key) and old.key == new.key


def _same_words(old: Told, new: Told) -> bool:
    return old.sha256 == new.sha256


def _part(path: str) -> str:
    return path.partition("/")[0] if "/" in path else ""


def _moved(pairs: Sequence[tuple[str, str]]) -> set[str]:
    """The new paths of what really stands elsewhere: in another folder, or before what it followed.

    The fewest moves that explain the new order are told.
    """
    elsewhere = {new for old, new in pairs if _folder(old) != _folder(new)}
    inside = [pair for pair in pairs if pair[1] not in elsewhere]
    before = [old for old, _ in sorted(inside)]
    after = [old for old, _ in sorted(inside, key=lambda pair: pair[1])]
    stay: set[str] = set()
    for block in SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks():
        stay.update(before[block.a : block.a + block.size])
    return elsewhere | {new for old, new in inside if old not in stay}


def _folder(path: str) -> str:
    """The module in which a file stands, whatever its number."""
    folder = path.rpartition("/")[0]
    name = folder.rpartition("/")[2]
    return f"{_part(path)}/{name.partition('-')[2] or name}"


def _change(old: Told, new: Told, moved: bool) -> Change | None:
    fields = [] if old.sha256 == new.sha256 else list(_fields(old.entries, new.entries))
    if old.sha256 == new.sha256 and not moved:
        return None
    how = How.MOVED if moved and not fields and old.sha256 == new.sha256 else How.CHANGED
    old_path = old.path if moved else ""
    return Change(
        how, new.what, new.title, new.path, old_path, fields, new.size, new.key, new.wording
    )


def _whole(how: How, told: Told) -> Change:
    return Change(
        how, told.what, told.title, told.path, size=told.size, key=told.key, wording=told.wording
    )


def _fields(old: Sequence[Entry], new: Sequence[Entry]) -> Iterator[FieldChange]:
    """What is said otherwise, in the order of the new text; what is gone stands where it stood."""
    before = {each.id: each for each in old}
    after = {each.id: each for each in new}
    ids = [each.id for each in old], [each.id for each in new]
    for tag, a, b, c, d in SequenceMatcher(None, *ids, autojunk=False).get_opcodes():
        gone = [one for one in ids[0][a:b] if tag != "equal" and one not in after]
        for one in gone:
            gone_text = _whole_text(Kind.REMOVED, before[one].text)
            yield FieldChange(one, How.REMOVED, before[one].labels, gone_text)
        for one in ids[1][c:d]:
            if one not in before:
                new_text = _whole_text(Kind.ADDED, after[one].text)
                yield FieldChange(one, How.ADDED, after[one].labels, new_text)
            elif before[one].text != after[one].text:
                blocks = compared(before[one].text, after[one].text)
                yield FieldChange(one, How.CHANGED, after[one].labels, blocks)


def _whole_text(kind: Kind, text: str) -> list[Block]:
    return [Block(kind, (Piece(kind, text),))]
