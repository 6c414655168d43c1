"""Where files stand in a course: adding, moving, duplicating and taking away by their names.

The order of a course is the number at the front of its names (``02-plazos.md``), so everything
here is a plan of paths: which path becomes which. Keys inside the files stay, and with them the
links, progress and grades that refer to them.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.kernel.text import fold

MOST_IN_A_ROW = 99
LONGEST_SLUG = 50
_NUMBERED = re.compile(r"([0-9]{2})-([A-Za-z0-9].*)")
_KEY = re.compile(r"""^key:[ \t]*["']?([a-z0-9-]+)""", re.MULTILINE)
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class Renames:
    """A plan of paths: old to new; what is not named stays."""

    paths: Mapping[str, str]


def slug(title: str) -> str:
    """A title as part of a file name: small letters without accents, figures, hyphens."""
    plain = _NOT_PLAIN.sub("-", fold(title)).strip("-")
    return plain[:LONGEST_SLUG].strip("-") or "sin-titulo"


def free_key(title: str, taken: Collection[str]) -> str:
    """The slug of a title, with a number behind it where another one has it already."""
    wanted, count = slug(title), 1
    found = wanted
    while found in taken:
        count += 1
        found = f"{wanted}-{count}"
    return found


def keys_in(texts: Iterable[str]) -> set[str]:
    """The keys that these files bear; a line of a text that looks like one counts too."""
    return {found for text in texts for found in _KEY.findall(text)}


def modules_of(paths: Iterable[str], course: str) -> list[str]:
    """The folders of a course's modules, in order."""
    prefix = f"{course}/"
    folders = {
        path[: path.index("/", len(prefix))]
        for path in paths
        if path.startswith(prefix) and "/" in path[len(prefix) :]
    }
    return sorted(folder for folder in folders if _NUMBERED.fullmatch(_name(folder)))


def activities_of(paths: Iterable[str], module: str) -> list[str]:
    """The files of a module's activities, in order; language variants follow their own."""
    prefix = f"{module}/"
    return sorted(
        path
        for path in paths
        if path.startswith(prefix)
        and "/" not in path[len(prefix) :]
        and _NUMBERED.fullmatch(_name(path))
    )


def place_at_end(siblings: Sequence[str], folder: str, name: str) -> str:
    """The path of something new behind its siblings.

    Raises Refused when a row of 99 is full.
    """
    taken = {int(_name(each)[:2]) for each in siblings}
    free = [number for number in range(1, MOST_IN_A_ROW + 1) if number not in taken]
    if not free:
        raise Refused(N_("There is no room for more than 99 here."))
    # A 99 that its author meant to stay the last one does.
    before = max(taken - {MOST_IN_A_ROW}, default=0)
    number = next((each for each in free if each > before), free[-1])
    return f"{folder}/{number:02d}-{name}"


def moved(siblings: Sequence[str], path: str, to: int) -> Renames:
    """Put one of a row at another place (0 is the first); only numbers change, and few of them."""
    order = [each for each in siblings if each != path]
    order.insert(max(0, min(to, len(order))), path)
    return numbered(order)


def numbered(order: Sequence[str]) -> Renames:
    """Number a row in this order; where the numbers already rise, they stay."""
    numbers = sorted(int(_name(each)[:2]) for each in order)
    if len(set(numbers)) < len(numbers):
        numbers = list(range(1, len(order) + 1))
    renames = {}
    for path, number in zip(order, numbers, strict=True):
        folder, name = path.rpartition("/")[::2]
        new = f"{folder}/{number:02d}-{name.partition('-')[2]}"
        if new != path:
            renames[path] = new
    return Renames(renames)


def into(siblings: Sequence[str], path: str, folder: str, to: int | None = None) -> Renames:
    """Move an activity to another module: to a place there (0 is the first), or to its end."""
    name = _name(path).partition("-")[2]
    taken = {_name(each).partition("-")[2] for each in siblings}
    if name in taken:
        stem, dot, ending = name.partition(".")
        name = f"{free_key(stem, taken_stems(taken))}{dot}{ending}"
    new = place_at_end(siblings, folder, name)
    if to is None:
        return Renames({path: new})
    order = dict(moved([*siblings, new], new, to).paths)
    return Renames({path: order.pop(new, new), **order})


def taken_stems(names: Collection[str]) -> set[str]:
    """The names of files without their endings."""
    return {name.partition(".")[0] for name in names}


def inside(paths: Iterable[str], renames: Renames) -> Renames:
    """The same plan for every file: a folder that moves takes along what lies in it."""
    found: dict[str, str] = {}
    for path in paths:
        for old, new in renames.paths.items():
            if path == old:
                found[path] = new
            elif path.startswith(f"{old}/"):
                found[path] = new + path[len(old) :]
    return Renames(found)


def _name(path: str) -> str:
    return path.rpartition("/")[2]
