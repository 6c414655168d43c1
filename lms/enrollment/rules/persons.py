"""A person as a list names them: names taken apart, and whether two names can be one person's."""

from collections.abc import Sequence

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold

OTHERWISE = N_(
    "Somebody your institution does not know has an account with these data, under another name."
    " Correct the name or the data, or ask the person."
)
"""Why somebody is not taken for an account that exists: its name stays unsaid."""

# What belongs to the word after it: «de la Cruz» is one surname.
_PARTICLES = frozenset(
    (
        "de", "del", "la", "las", "los", "el", "y", "da", "das", "do", "dos", "di", "van", "von",
        "san", "santa", "santo", "mac", "mc", "viuda", "vda",
    )
)  # fmt: skip


def units(text: str) -> list[str]:
    """The words of a name, each with the particles before it."""
    found: list[str] = []
    waiting: list[str] = []
    for word in text.split():
        waiting.append(word)
        if fold(word).rstrip(".") not in _PARTICLES:
            found.append(" ".join(waiting))
            waiting = []
    if waiting:
        found.append(" ".join(waiting))
    return found


def surnames(text: str) -> tuple[str, str]:
    """The first surname, and the rest as the second."""
    parts = units(text)
    return (parts[0], " ".join(parts[1:])) if parts else ("", "")


def given_first(text: str) -> tuple[str, str, str]:
    """Given names and two surnames from a whole name; «Surnames, Given names» says so itself.

    Four words and more end in two surnames, three have two surnames too, two have one.
    """
    before, comma, after = text.partition(",")
    if comma and after.strip():
        return (after.strip(), *surnames(before))
    parts = units(text)
    match len(parts):
        case 0 | 1:
            return text, "", ""
        case 2:
            return parts[0], parts[1], ""
        case _:
            return " ".join(parts[:-2]), parts[-2], parts[-1]


def surnames_first(text: str) -> tuple[str, str, str]:
    """The same from a name that begins with its surnames."""
    before, comma, after = text.partition(",")
    if comma and after.strip():
        return (after.strip(), *surnames(before))
    parts = units(text)
    match len(parts):
        case 0 | 1:
            return "", text, ""
        case 2:
            return parts[1], parts[0], ""
        case _:
            return " ".join(parts[2:]), parts[0], parts[1]


def may_be_one(written: Sequence[str], known: Sequence[str]) -> bool:
    """Whether a name that was written can be that of a known person: some word of the surnames
    and some word of the given names are the same."""
    return all(
        _share(*pair)
        for pair in zip(_words(written), _words(known), strict=True)
        if pair[0] and pair[1]
    )


def _words(name: Sequence[str]) -> tuple[set[str], set[str]]:
    given, *others = name
    return _set(given), _set(" ".join(others))


def _set(text: str) -> set[str]:
    return {word for word in fold(text).split() if word not in _PARTICLES}


def _share(one: set[str], other: set[str]) -> bool:
    return bool(one & other)
