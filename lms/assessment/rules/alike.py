"""Questions that ask the same, however they are laid out."""

import re
from collections.abc import Iterator, Mapping
from hashlib import sha256
from typing import Any

from lms.foundation.kernel.text import fold

_BESIDE = {
    "key", "points", "difficulty", "outcome", "facts", "category", "tags", "feedback",
    "feedback_true", "feedback_false", "scoring", "ignore_case", "ignore_accents", "correct",
}  # fmt: skip
_NOT_WORDS = re.compile(r"[\W_]+")


def alike(source: Mapping[str, Any]) -> str:
    """What two questions share that ask the same and offer the same answers.

    Capitals, accents, punctuation, the order of options and whatever stands beside the question
    (its points, its explanations, where it is filed) make no difference.
    """
    stem = _bare(str(source.get("stem") or ""))
    rest = {key: value for key, value in source.items() if key not in ("stem", *_BESIDE)}
    words = sorted({_bare(each) for each in _words(rest)} - {""})
    return sha256("\n".join([stem, *words]).encode("utf-8", "replace")).hexdigest()


def _bare(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def _words(value: Any) -> Iterator[str]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            if key not in _BESIDE:
                yield from _words(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from _words(each)
    elif value is not None:
        yield str(value)
