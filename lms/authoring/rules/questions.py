"""Questions of a quiz as a list: their keys, their order, what they are called."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lms.authoring.rules.arrange import free_key
from lms.foundation.kernel.errors import N_, Refused

MOST = 200
LONGEST_NAME = 60
_LINKED = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_WORDS_IN_KEY = 6


def called(question: Mapping[str, Any]) -> str:
    """The first words of what it asks; its key while nothing is asked."""
    stem = question.get("stem")
    line = " ".join(stem.split()) if isinstance(stem, str) else ""
    if len(line) > LONGEST_NAME:
        line = f"{line[:LONGEST_NAME].rstrip()}…"
    return line or str(question.get("key") or "—")


@dataclass(frozen=True)
class Kept:
    """How many questions of a category there are: without difficulty, easy, medium and hard."""

    category: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def inventory(questions: Sequence[Any]) -> list[Kept]:
    """What there is to draw from, by category in the order of their first question."""
    found: dict[str, list[int]] = {}
    for each in questions:
        question = each if isinstance(each, Mapping) else {}
        category, level = question.get("category"), question.get("difficulty")
        counts = found.setdefault(category if isinstance(category, str) else "", [0, 0, 0, 0])
        counts[level if level in (1, 2, 3) else 0] += 1
    return [Kept(category, tuple(counts)) for category, counts in found.items()]


def place_of(questions: Sequence[Any], key: str) -> int:
    """Where the question of a key stands. Raises Refused when it does not any more."""
    for place, each in enumerate(questions):
        if isinstance(each, Mapping) and each.get("key") == key:
            return place
    raise Refused(N_("Somebody moved or deleted it meanwhile. Look at the quiz again."))


def moved(questions: Sequence[Any], place: int, to: int) -> list[Any]:
    """The same questions with one of them at another place (0 is the first)."""
    order = list(questions)
    each = order.pop(place)
    order.insert(max(0, min(to, len(order))), each)
    return order


def with_keys(questions: Sequence[Mapping[str, Any]], taken: Collection[str]) -> list[Any]:
    """New questions, each under the key it brings or one made from its first words, which stays
    for ever."""
    used, keyed = set(taken), []
    for each in questions:
        stem = _LINKED.sub(r"\1", str(each.get("stem", "")))
        words = " ".join(stem.split()[:_WORDS_IN_KEY])
        key = free_key(str(each.get("key") or words), used)
        used.add(key)
        keyed.append({"key": key, **{name: value for name, value in each.items() if name != "key"}})
    return keyed


def parted(questions: Sequence[Any], room: int) -> list[list[Any]]:
    """Questions by the quizzes that have room for them: first the one that is there, then new ones
    of 200 each."""
    parts = [list(questions[:room])]
    rest = questions[room:]
    return parts + [list(rest[at : at + MOST]) for at in range(0, len(rest), MOST)]


def room_for(count: int, more: int) -> None:
    """A quiz has at most 200 questions. Raises Refused."""
    if count + more > MOST:
        raise Refused(N_("A quiz has at most %(most)s questions. Begin another one."), most=MOST)
