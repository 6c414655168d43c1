"""Questions of a quiz as a list: their keys, their order, what they are called."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from lms.authoring.rules.arrange import free_key
from lms.foundation.kernel.errors import N_, Refused

MOST = 200
LONGEST_NAME = 60
_WORDS_IN_KEY = 6


def called(question: Mapping[str, Any]) -> str:
    """The first words of what it asks; its key while nothing is asked."""
    stem = question.get("stem")
    line = " ".join(stem.split()) if isinstance(stem, str) else ""
    if len(line) > LONGEST_NAME:
        line = f"{line[:LONGEST_NAME].rstrip()}…"
    return line or str(question.get("key") or "—")


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
    """New questions, each under a key made from its first words, which stays for ever."""
    used, keyed = set(taken), []
    for each in questions:
        key = free_key(" ".join(str(each.get("stem", "")).split()[:_WORDS_IN_KEY]), used)
        used.add(key)
        keyed.append({"key": key, **each})
    return keyed


def room_for(count: int, more: int) -> None:
    """A quiz has at most 200 questions. Raises Refused."""
    if count + more > MOST:
        raise Refused(N_("A quiz has at most %(most)s questions. Begin another one."), most=MOST)
