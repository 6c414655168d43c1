"""The signs that GIFT keeps for itself, and how a text says them."""

import re

from lms.assessment.formats.decoding import writable

_SIGNS = "\\~=#{}:"
_HIDDEN = {sign: chr(0xFDD0 + n) for n, sign in enumerate(_SIGNS)} | {"n": chr(0xFDDF)}
_SHOWN = str.maketrans({hidden: "\n" if sign == "n" else sign for sign, hidden in _HIDDEN.items()})
_ESCAPED = re.compile(r"\\([\\~=#{}:n])")
_TO_ESCAPE = re.compile(r"[\\~=#{}:]")


def hide(text: str) -> str:
    """Escaped signs as characters that no text holds, so that the bare ones part it."""
    return _ESCAPED.sub(lambda found: _HIDDEN[found[1]], text)


def show(text: str) -> str:
    """Hidden signs as themselves."""
    return text.translate(_SHOWN)


def escape(text: str) -> str:
    """A text as GIFT writes it, on one line."""
    escaped = _TO_ESCAPE.sub(lambda found: f"\\{found[0]}", writable(text))
    return escaped.replace("\n", "\\n")
