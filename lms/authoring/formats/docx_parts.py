"""The inside of a .docx: its parts, read with care.

A .docx is a ZIP of XML that anybody may have made: what unpacks to more than a document needs, what
defines entities and what is nested without end is refused with a sentence before anything reads it.
"""

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass
from typing import IO
from xml.etree import ElementTree

from lms.foundation.kernel.errors import N_, Invalid

LARGEST_XML = 20_000_000
LARGEST_PICTURE = 25_000_000
LARGEST_WHOLE = 120_000_000
MOST_PARTS = 3_000
DEEPEST = 200
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_OLD_WORD = b"\xd0\xcf\x11\xe0"
NO_DOCX = N_("This is no .docx. Save the document as .docx and send that.")
_BROKEN = N_("This .docx is damaged. Open it in the word processor and save it again.")
_TOO_LARGE = N_("This .docx unpacks to more than a lesson can be. Split it into smaller ones.")

Element = ElementTree.Element


@dataclass(frozen=True, slots=True)
class Relation:
    """What a part refers to: another part, or an address outside."""

    target: str
    is_outside: bool


class Parts:
    """The parts of a .docx. Raises Invalid when they cannot be read."""

    def __init__(self, file: IO[bytes]) -> None:
        if file.read(4) == _OLD_WORD:
            raise Invalid(
                N_("This is an old .doc, or has a password. Save it as .docx without password.")
            )
        file.seek(0)
        try:
            self._archive = zipfile.ZipFile(file)
            self._names = set(self._archive.namelist())
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
            raise Invalid(NO_DOCX) from None
        if "[Content_Types].xml" not in self._names or "word/document.xml" not in self._names:
            raise Invalid(NO_DOCX)
        if len(self._names) > MOST_PARTS:
            raise Invalid(_TOO_LARGE)
        self._left = LARGEST_WHOLE

    def has(self, name: str) -> bool:
        """Whether there is such a part."""
        return name in self._names

    def bytes_of(self, name: str, largest: int = LARGEST_PICTURE) -> bytes:
        """The bytes of a part, never more than is fit."""
        try:
            with self._archive.open(name) as stream:
                data = stream.read(largest + 1)
        except (
            KeyError,
            RuntimeError,  # a part with a password
            EOFError,
            OSError,
            ValueError,
            NotImplementedError,
            zipfile.BadZipFile,
            zlib.error,
        ):
            raise Invalid(_BROKEN) from None
        self._left -= len(data)
        if len(data) > largest or self._left < 0:
            raise Invalid(_TOO_LARGE)
        return data

    def xml(self, name: str) -> Element | None:
        """A part as a tree; None where there is none."""
        if name not in self._names:
            return None
        data = self.bytes_of(name, LARGEST_XML)
        head = data[:4096].replace(b"\0", b"")
        if b"<!DOCTYPE" in head or b"<!ENTITY" in data:
            raise Invalid(_BROKEN)
        root: Element | None = None
        depth = 0
        try:
            # Word writes no DOCTYPE, so no entity can be defined; expat bounds the rest.
            for event, node in ElementTree.iterparse(io.BytesIO(data), ("start", "end")):  # noqa: S314
                root = node if root is None else root
                depth += 1 if event == "start" else -1
                if depth > DEEPEST:
                    raise Invalid(_BROKEN)
        except (ElementTree.ParseError, ValueError, LookupError):
            raise Invalid(_BROKEN) from None
        return root

    def relations(self, part: str) -> dict[str, Relation]:
        """What a part refers to, by the ids that it uses."""
        folder, name = posixpath.split(part)
        root = self.xml(f"{folder}/_rels/{name}.rels")
        found = {}
        for each in root if root is not None else ():
            target, outside = each.get("Target", ""), each.get("TargetMode") == "External"
            if not outside:
                target = posixpath.normpath(posixpath.join(f"/{folder}", target)).lstrip("/")
            found[each.get("Id", "")] = Relation(target, outside)
        return found


def value(node: Element | None, name: str = "val") -> str:
    """An attribute of Word's; empty where there is none."""
    return node.get(f"{W}{name}", "") if node is not None else ""


def is_on(node: Element | None) -> bool:
    """Whether a property stands and is not switched off."""
    return node is not None and value(node).lower() not in ("0", "false", "none", "off")
