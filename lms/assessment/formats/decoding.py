"""Bytes of somebody's file as text, whatever program saved it."""

import codecs
import re

from lms.assessment.formats.interface import LARGEST
from lms.foundation.kernel.errors import N_, Invalid

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_HEAD = 2_000


def decoded(data: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 or what Windows wrote before; line ends made alike.

    Control characters that no keyboard writes are dropped. Raises Invalid.
    """
    within_bounds(data)
    return writable(_text(data))


def writable(text: str) -> str:
    """A text as any file of text keeps it."""
    return _UNWRITABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def within_bounds(data: bytes) -> None:
    """Refuse a file that is empty or larger than any bank of questions."""
    if not data.strip():
        raise Invalid(N_("The file is empty. Save it again."))
    if len(data) > LARGEST:
        raise Invalid(
            N_("The file has more than %(most)s MB. Split it."), most=LARGEST // 1_000_000
        )


def _text(data: bytes) -> str:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    head = data[:_HEAD]
    low, high = head[::2].count(0), head[1::2].count(0)
    if max(low, high) > len(head) // 4 and not min(low, high):
        # UTF-16 without its mark: every other byte is nothing
        return data.decode("utf-16-be" if low else "utf-16-le", "replace")
    if 0 in head:
        raise Invalid(N_("This is not a text file. Choose the format in which it was saved."))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")
