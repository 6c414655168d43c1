"""What a file of a work is, told by what is in it."""

import zipfile
from collections.abc import Collection
from dataclasses import replace
from typing import IO

from lms.foundation.files.actions import keep
from lms.foundation.files.kinds import media_type
from lms.foundation.files.store import Store, Stored
from lms.foundation.kernel.errors import N_, Invalid

_OFFICE = "application/vnd.openxmlformats-officedocument."
_BY_NAME = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
}
_MACROS = ("vbaProject.bin", "Basic/", "Scripts/")
_MOST_PARTS = 5_000
_LONGEST_TYPE = 200


def kind_of(stream: IO[bytes]) -> str:
    """The media type of a file; office documents are told by their parts, since all of them are
    archives. Raises Invalid for one with macros."""
    stream.seek(0)
    found = _archived(stream) if stream.read(2) == b"PK" else ""
    stream.seek(0)
    return found or media_type(stream)


def _archived(stream: IO[bytes]) -> str:
    try:
        with zipfile.ZipFile(stream) as archive:
            parts = archive.infolist()[:_MOST_PARTS]
            names = {part.filename for part in parts}
            if any(mark in name for name in names for mark in _MACROS):
                raise Invalid(N_("The file has macros: save it without them, or as PDF."))
            for name, found in _BY_NAME.items():
                if name in names:
                    return found
            if "mimetype" in names and archive.getinfo("mimetype").file_size < _LONGEST_TYPE:
                return archive.read("mimetype").decode("ascii", "replace").strip()
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, EOFError):
        pass
    return "application/zip"


def kept(store: Store, stream: IO[bytes], kinds: Collection[str], megabytes: int) -> Stored:
    """The file in the store. Pictures are drawn anew, as everywhere; nothing else is changed."""
    found = kind_of(stream)
    if found not in kinds:
        raise Invalid(N_("This kind of file is not taken here."))
    if found.startswith("image/"):
        return keep(store, stream, kinds=kinds, largest=megabytes * 1_000_000)
    return replace(keep(store, stream, largest=megabytes * 1_000_000), media_type=found)
