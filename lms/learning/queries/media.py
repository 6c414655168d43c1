"""Whether a file belongs to a published course: only those are given to whoever asks by hash."""

from collections import OrderedDict
from dataclasses import dataclass
from threading import Lock

from sqlalchemy import bindparam, select

from lms.catalog.models import SourceFile
from lms.foundation.files.models import Blob
from lms.foundation.kernel.errors import NotFound
from lms.learning.queries.places import Reader

MOST_KEPT = 1_000

_FILE = (
    select(Blob.size, Blob.media_type)
    .join(SourceFile, SourceFile.sha256 == Blob.sha256)
    .where(Blob.sha256 == bindparam("digest"), SourceFile.is_text.is_(False))
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file of a course: how long it is and what it is."""

    size: int
    media_type: str


_lock = Lock()
_kept: OrderedDict[str, MediaFile] = OrderedDict()


def media_file(reader: Reader, digest: str) -> MediaFile:
    """A published course's file of this hash; equal hashes are equal files, so it is remembered."""
    with _lock:
        found = _kept.get(digest)
    if found is not None:
        return found
    row = reader.execute(_FILE, {"digest": digest}).first()
    if row is None:
        raise NotFound()
    found = MediaFile(row.size, row.media_type)
    with _lock:
        _kept[digest] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found
