"""Outcomes as their author writes them, one in a line, under keys that stay."""

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher

from lms.authoring.rules.arrange import free_key

FEW_WORDS = 4


def keyed(lines: Sequence[str], old: Sequence[Mapping[str, str]]) -> list[dict[str, str]]:
    """Give each line a key: its own if it stood there before, also under other words.

    Lessons and questions refer to an outcome by its key, so a sentence that is put better must
    not lose it. A line in the place of another one is the same outcome; further lines are new.
    """
    before = [each.get("text", "") for each in old]
    keys: list[str | None] = []
    for tag, a, b, _, d in SequenceMatcher(None, before, lines, autojunk=False).get_opcodes():
        kept = [old[at].get("key") for at in range(a, b)] if tag != "delete" else []
        keys = keys + kept
        keys = keys[:d] + [None] * (d - len(keys))
    taken = {key for key in keys if key}
    found = []
    for key, line in zip(keys, lines, strict=True):
        key = key or free_key(" ".join(line.split()[:FEW_WORDS]), taken)
        taken.add(key)
        found.append({"key": key, "text": line})
    return found
