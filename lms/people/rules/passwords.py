"""Passwords: long enough, not the first one anybody would try, not one's own name."""

import re
from collections.abc import Iterable
from itertools import pairwise

from lms.foundation.kernel.errors import N_
from lms.foundation.kernel.text import fold
from lms.people.rules.guessed import GUESSED

SHORTEST = 10
LONGEST = 128
# What must remain of a password once names, addresses and numbers of its owner are taken out.
_OWN_REST = 6
_FEWEST_DIFFERENT = 5
_ROWS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz")
_LEET = str.maketrans("0134578@$!", "oieastbasi")
_EDGES = re.compile(r"^[\W\d_]+|[\W\d_]+$")

TOO_SHORT = N_("Use at least 10 characters. Three or four words are easy to remember.")
TOO_LONG = N_("Use at most 128 characters.")
GUESSABLE = N_("Many people use this password. Choose another, for example three or four words.")
OWN = N_("Do not use your name, address or numbers as your password.")


def problem(password: str, own: Iterable[str] = ()) -> str | None:
    """Why a password is refused, or nothing. Spaces, accents and pasting are all welcome."""
    if len(password) < SHORTEST:
        return TOO_SHORT
    if len(password) > LONGEST:
        return TOO_LONG
    if _guessable(password):
        return GUESSABLE
    if _is_own(password, own):
        return OWN
    return None


def _guessable(password: str) -> bool:
    plain = fold(password)
    if len(set(plain)) < _FEWEST_DIFFERENT or _walks(plain):
        return True
    bare = "".join(plain.split())
    core = _EDGES.sub("", bare)
    forms = {bare, core, bare.translate(_LEET), core.translate(_LEET)}
    forms |= {_once(form) for form in forms}
    return not forms.isdisjoint(GUESSED)


def _walks(plain: str) -> bool:
    """Whether nearly every step is to the neighbour on a keyboard row or in the alphabet."""
    bare = "".join(plain.split())
    steps = sum(a == b or _neighbours(a, b) for a, b in pairwise(bare))
    return len(bare) > 1 and steps >= 0.8 * (len(bare) - 1)


def _neighbours(a: str, b: str) -> bool:
    return any(a + b in row or b + a in row for row in _ROWS) or {a, b} == {"9", "0"}


def _once(text: str) -> str:
    """A word that is only repeated, once: ``guatemalaguatemala`` is ``guatemala``."""
    for size in range(1, len(text) // 2 + 1):
        if len(text) % size == 0 and text[:size] * (len(text) // size) == text:
            return text[:size]
    return text


def _is_own(password: str, own: Iterable[str]) -> bool:
    rest = fold(password)
    parts = {part for text in own for part in re.split(r"[^\w]+", fold(text)) if len(part) >= 3}
    for part in sorted(parts, key=len, reverse=True):
        rest = rest.replace(part, "")
    if rest == fold(password):
        return False
    return sum(ch.isalnum() for ch in rest) < _OWN_REST or _walks(rest)
