"""Keeping files: bytes first, the row afterwards, so that a row never points at nothing."""

import io
from collections.abc import Collection
from typing import IO

from lms.foundation.db.work import Work
from lms.foundation.files.kinds import PICTURES, clean_picture, media_type
from lms.foundation.files.models import Blob
from lms.foundation.files.store import Store, Stored, digest_of
from lms.foundation.kernel.errors import N_, Invalid


def keep(
    store: Store,
    source: IO[bytes] | bytes,
    *,
    kinds: Collection[str] | None = None,
    largest: int | None = None,
) -> Stored:
    """Store a file before the transaction that refers to it.

    ``kinds`` are the media types that are taken (by content); given, pictures are drawn anew.
    ``largest`` is in bytes. Raises Invalid with a sentence.
    """
    stream: IO[bytes] = io.BytesIO(source) if isinstance(source, bytes) else source
    found = media_type(stream)
    if kinds is not None:
        if found not in kinds:
            raise Invalid(N_("This kind of file is not taken here."))
        if found in PICTURES:
            stream, found = clean_picture(stream)
    digest, size = digest_of(stream)
    if size == 0:
        raise Invalid(N_("The file is empty."))
    if largest is not None and size > largest:
        raise Invalid(N_("The file is too large."))
    store.put(stream, digest)
    return Stored(digest, size, found)


def refer(work: Work, stored: Stored) -> None:
    """Write down that a stored file is in use."""
    if work.session.get(Blob, stored.sha256) is None:
        work.session.add(
            Blob(
                sha256=stored.sha256,
                size=stored.size,
                media_type=stored.media_type,
                created_at=work.now,
            )
        )
        work.session.flush()
