"""Many documents as one PDF to print: written page by page, so that no more than one is in memory.

Only what is seen is taken over (pages, letters, pictures); signatures, attachments and tags stay
with each document, whose own file is the one that verifies. Every document begins on a front side:
where its pages are odd in number, a white one follows.
"""

import io
from collections.abc import Sequence
from decimal import Decimal
from hashlib import sha256
from typing import IO, Any

import pikepdf

_TAKEN = ("/Type", "/MediaBox", "/CropBox", "/Rotate", "/Resources", "/Contents", "/Group")
_ALIKE = 1024  # streams from this size on are kept once, however many documents have them


class Binder:
    """Writes one PDF out of many. ``add`` each, then ``close``."""

    def __init__(self, out: IO[bytes], title: str) -> None:
        self._out = out
        self._places: list[int] = []  # of each object, by its number less one
        self._pages: list[int] = []
        self._known: dict[bytes, int] = {}
        self._at = 0
        self._write(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n")
        self._root, self._tree, self._about = (self._number() for _ in range(3))
        self._object(self._about, b"<< /Title %s >>" % pikepdf.String(title).unparse())

    @property
    def pages(self) -> int:
        """How many sides there are so far."""
        return len(self._pages)

    def add(self, document: bytes) -> None:
        """The pages of one document, in their order, an even number of them."""
        with pikepdf.open(io.BytesIO(document)) as source:
            taken = _Taken(self)
            for page in source.pages:
                self._pages.append(taken.page(page.obj))
            taken.finish()
            if len(source.pages) % 2:
                self._white(source.pages[-1].obj["/MediaBox"])

    def close(self) -> None:
        """The tree of pages and the table of places, with which the file is whole."""
        kids = b" ".join(b"%d 0 R" % page for page in self._pages)
        tree = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(self._pages), kids)
        self._object(self._tree, tree)
        self._object(self._root, b"<< /Type /Catalog /Pages %d 0 R >>" % self._tree)
        start, many = self._at, len(self._places) + 1
        self._write(b"xref\n0 %d\n0000000000 65535 f \n" % many)
        for place in self._places:
            self._write(b"%010d 00000 n \n" % place)
        trailer = b"trailer\n<< /Size %d /Root %d 0 R /Info %d 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        self._write(trailer % (many, self._root, self._about, start))

    def _white(self, box: Any) -> None:
        number = self._number()
        sides = b" ".join(str(side).encode() for side in box)
        said = b"<< /Type /Page /Parent %d 0 R /MediaBox [%s] /Resources << >> >>"
        self._object(number, said % (self._tree, sides))
        self._pages.append(number)

    def _number(self) -> int:
        self._places.append(0)
        return len(self._places)

    def _object(self, number: int, body: bytes) -> None:
        self._places[number - 1] = self._at
        self._write(b"%d 0 obj\n%s\nendobj\n" % (number, body))

    def _write(self, piece: bytes) -> None:
        self._out.write(piece)
        self._at += len(piece)


class _Taken:
    """What is taken over from one document: each of its objects once, under a new number."""

    def __init__(self, binder: Binder) -> None:
        self._binder = binder
        self._numbers: dict[tuple[int, int], int] = {}
        self._waiting: list[tuple[int, Any]] = []

    def page(self, page: Any) -> int:
        binder = self._binder
        number = binder._number()
        parts = [b"/Parent %d 0 R" % binder._tree]
        for name in _TAKEN:
            value = page.get(name)
            if value is not None:
                parts.append(name.encode() + b" " + self._said(value))
        binder._object(number, b"<< %s >>" % b" ".join(parts))
        return number

    def finish(self) -> None:
        """Write what the pages refer to, and what that refers to."""
        while self._waiting:
            number, value = self._waiting.pop()
            self._binder._object(number, self._body(value))

    def _said(self, value: Any) -> bytes:
        """A value where it stands: itself, or the number that it has here."""
        if not isinstance(value, pikepdf.Object):
            return _plain(value)
        if value.is_indirect:
            return b"%d 0 R" % self._reference(value)
        return self._body(value)

    def _body(self, value: Any) -> bytes:
        if isinstance(value, pikepdf.Stream):
            raw = value.read_raw_bytes()
            entries = self._entries(value, but="/Length")
            return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (entries, len(raw), raw)
        if isinstance(value, pikepdf.Dictionary):
            return b"<< %s >>" % self._entries(value)
        if isinstance(value, pikepdf.Array):
            return b"[%s]" % b" ".join(self._said(each) for each in _items(value))
        return value.unparse() if isinstance(value, pikepdf.Object) else _plain(value)

    def _entries(self, value: Any, but: str = "") -> bytes:
        return b" ".join(
            pikepdf.Name(name).unparse() + b" " + self._said(each)
            for name, each in value.items()
            if name != but
        )

    def _reference(self, value: Any) -> int:
        key = value.objgen
        if key not in self._numbers:
            self._numbers[key] = self._alike(value) or self._put_off(value)
        return self._numbers[key]

    def _put_off(self, value: Any) -> int:
        number = self._binder._number()
        self._waiting.append((number, value))
        return number

    def _alike(self, value: Any) -> int:
        """A large stream that refers to nothing else, and that another document had already."""
        if not isinstance(value, pikepdf.Stream) or _refers(value):
            return 0
        raw = value.read_raw_bytes()
        if len(raw) < _ALIKE:
            return 0
        binder = self._binder
        known = sha256(self._entries(value, but="/Length") + b"\n" + raw).digest()
        if known not in binder._known:
            number = binder._known[known] = binder._number()
            self._waiting.append((number, value))
        return binder._known[known]


def _refers(value: Any) -> bool:
    return any(
        isinstance(each, pikepdf.Object)
        and (each.is_indirect or isinstance(each, pikepdf.Dictionary | pikepdf.Array))
        for name, each in value.items()
        if name != "/Length"
    )


def _items(value: Any) -> Sequence[Any]:
    return list(value)


def _plain(value: Any) -> bytes:
    if value is None:
        return b"null"
    if isinstance(value, bool):
        return b"true" if value else b"false"
    if isinstance(value, Decimal):
        return format(value, "f").encode()
    return str(value).encode()
