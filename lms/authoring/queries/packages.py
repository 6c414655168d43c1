"""Packages out of the database: the very bytes that were imported."""

from collections.abc import Iterator

from sqlalchemy.orm import Session

from lms.authoring.queries import sources
from lms.authoring.queries.sources import StoredFile
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import N_, NotFound


def export_package(
    session: Session, store: Store, institution_id: int, key: str, number: int | None = None
) -> Iterator[tuple[str, bytes]]:
    """Every file of a programme (its latest version, or the one of that number), path by path."""
    programme = sources.programme(session, institution_id, key)
    version = sources.version_of(session, programme.id, number) if programme is not None else None
    if version is None:
        raise NotFound(N_("There is no such programme, or no such version of it."))
    return contents(session, store, list(sources.package_files(session, version.id).values()))


def contents(
    session: Session, store: Store, files: list[StoredFile]
) -> Iterator[tuple[str, bytes]]:
    """The bytes of stored files; one media file at a time."""
    texts = sources.texts(session, {each.sha256 for each in files if each.is_text})
    for each in files:
        if each.is_text:
            yield each.path, texts[each.sha256].encode("utf-8")
        else:
            with store.open(each.sha256) as stream:
                yield each.path, stream.read()
