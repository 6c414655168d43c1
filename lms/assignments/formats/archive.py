"""All works for an assignment as one archive, under names by which a tutor finds them."""

import re
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import IO

from lms.assignments.rules.assignment import ENDINGS
from lms.foundation.files.store import PIECE, Store
from lms.foundation.kernel.text import fold

IN_MEMORY = 8_000_000
LONGEST = 60
_OTHER = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True)
class Kept:
    """A file in the store and what it was called."""

    sha256: str
    media_type: str
    filename: str


@dataclass(frozen=True)
class Whole:
    """One work: the folder that is named after its person, its text and its files."""

    folder: str
    text: str
    files: Sequence[Kept]


def plain(text: str) -> str:
    """A name that every system takes: small letters without accents, and hyphens."""
    return _OTHER.sub("-", fold(text)).strip("-")[:LONGEST].strip("-")


def named(number: int, file: Kept) -> str:
    """What a file is called in its folder: numbered, and ending as what it is."""
    stem = plain(file.filename.rpartition(".")[0] or file.filename) or "archivo"
    return f"{number:02d}-{stem}.{ENDINGS.get(file.media_type, 'bin')}"


def archive(store: Store, works: Iterable[Whole]) -> IO[bytes]:
    """The archive, written beside and read from its beginning; a file that is gone is named."""
    target = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - whoever sends it closes it
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for work in works:
            if work.text:
                out.writestr(f"{work.folder}/texto.txt", work.text)
            for number, file in enumerate(work.files, 1):
                _put(store, out, f"{work.folder}/{named(number, file)}", file)
    target.seek(0)
    return target


def _put(store: Store, out: zipfile.ZipFile, name: str, file: Kept) -> None:
    try:
        source = store.open(file.sha256)
    except FileNotFoundError:
        out.writestr(f"{name}.falta.txt", file.filename)
        return
    with source, out.open(name, "w") as part:
        while piece := source.read(PIECE):
            part.write(piece)
