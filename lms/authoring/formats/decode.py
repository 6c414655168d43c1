"""Bytes of a text file to text: UTF-8, nothing hidden in it."""

import re
import unicodedata

from lms.catalog.rules.problems import Problem, Severity
from lms.foundation.kernel.errors import N_

_OTHER_UNICODE = ((b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
_UTF8_MARK = b"\xef\xbb\xbf"
# Characters that reorder or hide what follows them: a text must read as it is stored.
_DECEIVING = {*map(chr, (*range(0x202A, 0x202F), *range(0x2066, 0x206A))), "\ufeff"}
# YAML refuses these in words of its own and at no line: they are told once, here.
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_LAYOUT = {"\n", "\r", "\t"}


def decode(data: bytes, path: str) -> tuple[str | None, list[Problem]]:
    """The text of a file, or None when it cannot be read; with everything wrong about its bytes."""
    for mark, name in _OTHER_UNICODE:
        if data.startswith(mark):
            return None, [_not_utf8(path, 1, name)]
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return None, [_not_utf8(path, line, _guess(data))]
    found = []
    if data.startswith(_UTF8_MARK):
        found.append(
            Problem(
                path,
                1,
                N_("the file begins with an invisible byte order mark"),
                N_("save it as UTF-8 without BOM"),
            )
        )
        text = text[1:]
    if "\r" in text:
        found.append(
            Problem(
                path,
                text[: text.index("\r")].count("\n") + 1,
                N_("lines end the Windows way (CRLF)"),
                N_("save it with Unix line ends (LF)"),
                severity=Severity.WARNING,
            )
        )
    found.extend(_hidden(text, path))
    return _CONTROLS.sub(" ", text), found


def _not_utf8(path: str, line: int, name: str) -> Problem:
    return Problem(
        path,
        line,
        N_("the text is not UTF-8 (it looks like %(encoding)s)"),
        N_("open it in your editor and save it with the encoding UTF-8"),
        {"encoding": name},
    )


def _guess(data: bytes) -> str:
    if b"\0" in data:
        return "UTF-16" if data.count(b"\0") > len(data) // 4 else "binary"
    return "Windows-1252"


def _hidden(text: str, path: str) -> list[Problem]:
    found = []
    for number, line in enumerate(text.split("\n"), start=1):
        if line.isascii() and line.isprintable():
            continue
        bad = next(
            (
                ch
                for ch in line
                if ch in _DECEIVING or (unicodedata.category(ch) == "Cc" and ch not in _LAYOUT)
            ),
            None,
        )
        if bad is not None:
            found.append(
                Problem(
                    path,
                    number,
                    N_("the line holds an invisible control character (U+%(code)s)"),
                    N_("delete it; typing the line again is the surest way"),
                    {"code": f"{ord(bad):04X}"},
                )
            )
        elif not unicodedata.is_normalized("NFC", line):
            found.append(
                Problem(
                    path,
                    number,
                    N_("the line has accents written as separate characters"),
                    N_("type the accented letters again"),
                    severity=Severity.WARNING,
                )
            )
    return found
