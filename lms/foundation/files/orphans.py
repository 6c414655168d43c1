"""Files that nothing refers to: an upload whose form was refused, a page that was never saved."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.foundation.files.models import Blob
from lms.foundation.files.store import Store

ORPHAN_AGE = timedelta(days=1)
AT_ONCE = 500


def sweep(session: Session, store: Store, now: datetime) -> int:
    """Delete files that no row has referred to for a day; returns how many.

    No transaction is held meanwhile, so nobody waits for it, however many files there are. Whoever
    wants to refer to a file stores it first, which makes it young again: age is asked once more
    just before a file goes.
    """
    before = (now - ORPHAN_AGE).timestamp()
    old = (digest for digest, at in store.all() if at < before)
    return sum(_sweep_some(session, store, some, before) for some in _in_pieces(old))


def _in_pieces(digests: Iterator[str]) -> Iterator[list[str]]:
    while piece := list(islice(digests, AT_ONCE)):
        yield piece


def _sweep_some(session: Session, store: Store, digests: list[str], before: float) -> int:
    known = set(session.scalars(select(Blob.sha256).where(Blob.sha256.in_(digests))))
    swept = 0
    for digest in digests:
        at = None if digest in known else store.stored_at(digest)
        if at is not None and at < before:
            store.delete(digest)
            swept += 1
    return swept
