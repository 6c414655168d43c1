"""How text is compared and kept: names stay as written, searching forgives accents and case."""

import re
import unicodedata

_SPACES = re.compile(r"\s+")
# Invisible characters that come along when text is pasted and make equal names differ.
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))


def nfc(text: str) -> str:
    """The same text in composed form, so that two spellings of ñ are one."""
    return unicodedata.normalize("NFC", text)


def one_line(text: str) -> str:
    """Text as it is kept from a one-line field: composed, trimmed, single spaces."""
    return _SPACES.sub(" ", nfc(text.translate(_INVISIBLE))).strip()


def fold(text: str) -> str:
    """Text as it is searched and sorted: without accents, case or extra spaces."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_INVISIBLE))
    bare = "".join(ch for ch in decomposed if not unicodedata.combining(ch))
    return _SPACES.sub(" ", bare.casefold().replace("ʼ", "'").replace("’", "'")).strip()


def like(text: str) -> str:
    """A folded ``LIKE`` pattern that finds the text anywhere; ``%`` and ``_`` mean themselves."""
    bare = fold(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{bare}%"
