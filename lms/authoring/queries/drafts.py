"""A programme as its authors see it: what is published with what is being written laid over it."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lms.authoring.formats.prepared import digest
from lms.authoring.formats.tree import Entry, Tree
from lms.authoring.models import DraftFile, DraftStep
from lms.authoring.queries import sources
from lms.authoring.rules.publication import part_of, to_publish
from lms.catalog.models import Programme
from lms.foundation.files.models import Blob
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import NotFound

MOST_STEPS = 50


@dataclass(frozen=True, slots=True)
class WorkingFile:
    """One file as it would be published now."""

    path: str
    sha256: str
    size: int
    text: str | None
    """Of a draft; what is published is read when it is needed."""
    is_text: bool
    is_draft: bool


@dataclass(frozen=True, slots=True)
class Working:
    """A programme's package as it would be published now."""

    programme_id: int
    version_id: int | None
    files: Mapping[str, WorkingFile]
    rows: Mapping[str, DraftFile]
    """Every file that was written on, those among them that say again what they said before."""
    drafts: Mapping[str, DraftFile]
    """Those that differ from what they were begun from."""
    published: Mapping[str, sources.StoredFile]

    @property
    def hashes(self) -> dict[str, str]:
        return {path: each.sha256 for path, each in self.files.items()}

    @property
    def published_hashes(self) -> dict[str, str]:
        return {path: each.sha256 for path, each in self.published.items()}

    @property
    def seen(self) -> str:
        """One hash over all that is written and published: another one, and somebody saved."""
        written = {f"w/{path}": sha for path, sha in self.hashes.items()}
        return digest({**written, **{f"p/{p}": sha for p, sha in self.published_hashes.items()}})

    @property
    def conflicts(self) -> list[str]:
        """Files edited here while something else was published at their place."""
        return [
            path
            for path, draft in sorted(self.drafts.items())
            if draft.base_sha256 != self._published_sha(path)
            and draft.sha256 != self._published_sha(path)
        ]

    @property
    def changed(self) -> list[str]:
        """The files that wait to be published: written, changed or taken away."""
        return [
            path
            for path, draft in sorted(self.drafts.items())
            if draft.sha256 != self._published_sha(path)
        ]

    @property
    def written(self) -> set[str]:
        """The files that say something new; what was only moved says what was published."""
        known = {each.sha256 for each in self.published.values()}
        return {
            path
            for path in self.changed
            if path in self.files and self.files[path].sha256 not in known
        }

    def count(self, part: str | None = None) -> int:
        """How many things wait to be published, of one part or of all; a file moved is one."""
        changed = [path for path in self.changed if part is None or part_of(path) == part]
        here = {self.files[path].sha256 for path in changed if path in self.files}
        gone = [
            path
            for path in changed
            if path not in self.files and self.published[path].sha256 not in here
        ]
        return len(gone) + sum(path in self.files for path in changed)

    def chosen(self, parts: Collection[str]) -> dict[str, WorkingFile]:
        """The files that would be published if only these parts were."""
        wanted = to_publish(self.published_hashes, self.hashes, parts)
        return {
            path: self.files[path] if part_of(path) in parts else as_published(self.published[path])
            for path in wanted
        }

    def _published_sha(self, path: str) -> str | None:
        found = self.published.get(path)
        return found.sha256 if found is not None else None


def working(session: Session, programme_id: int) -> Working:
    """The package as it would be published now, in four statements."""
    version = sources.version_of(session, programme_id)
    published = sources.package_files(session, version.id) if version is not None else {}
    rows = {
        each.path: each
        for each in session.scalars(
            select(DraftFile).where(DraftFile.programme_id == programme_id).order_by(DraftFile.path)
        )
    }
    # What was written back to what it was is no edit: something newer may be published there.
    drafts = {path: each for path, each in rows.items() if each.sha256 != each.base_sha256}
    files = {path: as_published(each) for path, each in published.items() if path not in drafts}
    files |= {
        path: WorkingFile(path, each.sha256, each.size, each.text, each.text is not None, True)
        for path, each in drafts.items()
        if each.sha256 is not None
    }
    return Working(
        programme_id,
        version.id if version is not None else None,
        dict(sorted(files.items())),
        rows,
        drafts,
        published,
    )


def as_published(file: sources.StoredFile) -> WorkingFile:
    """A file of a published version, like those that are being written."""
    return WorkingFile(file.path, file.sha256, file.size, None, file.is_text, False)


def texts_of(session: Session, files: Mapping[str, WorkingFile]) -> dict[str, str]:
    """The texts of these files by path, drafts from their rows and the others by their hashes."""
    wanted = {each.sha256 for each in files.values() if each.is_text and each.text is None}
    stored = sources.texts(session, wanted) if wanted else {}
    return {
        path: each.text if each.text is not None else stored[each.sha256]
        for path, each in files.items()
        if each.is_text
    }


def tree_of(
    session: Session, store: Store, standing: Working, parts: Collection[str] | None = None
) -> Tree:
    """The package as files that can be read and checked; media only when somebody reads them.

    With ``parts``, drafts of those parts only, and everything else as it is published.
    """
    files = standing.files if parts is None else standing.chosen(parts)
    texts = texts_of(session, files)
    tree = Tree()
    for path, each in files.items():
        if each.is_text:
            data = texts[path].encode("utf-8")
            tree.files[path] = Entry(len(data), _held(data), each.sha256)
        else:
            tree.files[path] = Entry(each.size, _from_store(store, each.sha256), each.sha256)
    return tree


def _held(data: bytes) -> Callable[[], bytes]:
    return lambda: data


def _from_store(store: Store, sha256: str) -> Callable[[], bytes]:
    def read() -> bytes:
        with store.open(sha256) as stream:
            return stream.read()

    return read


def text_at(session: Session, standing: Working, path: str) -> str | None:
    """The text of one file as it would be published now; None where there is none."""
    file = standing.files.get(path)
    if file is None or not file.is_text:
        return None
    return texts_of(session, {path: file})[path]


def programme_at(session: Session, uid: UUID) -> Programme | None:
    """The programme that an address names."""
    return session.scalar(select(Programme).where(Programme.uid == uid))


def locked_programme(session: Session, uid: UUID) -> Programme:
    """The programme that an address names, its draft nobody else's until the transaction ends."""
    found = session.scalar(select(Programme).where(Programme.uid == uid).with_for_update())
    if found is None:
        raise NotFound()
    return found


def last_steps(session: Session, programme_id: int, most: int = MOST_STEPS) -> list[DraftStep]:
    """What was done to the draft, the latest first."""
    statement = (
        select(DraftStep)
        .where(DraftStep.programme_id == programme_id)
        .order_by(DraftStep.id.desc())
        .limit(most)
    )
    return list(session.scalars(statement))


def step_at(session: Session, programme_id: int, uid: UUID) -> DraftStep | None:
    """One step of a programme's draft."""
    return session.scalar(
        select(DraftStep).where(DraftStep.uid == uid, DraftStep.programme_id == programme_id)
    )


def blob_size(session: Session, digest: str) -> int:
    """The size of a stored file."""
    return session.scalars(select(Blob.size).where(Blob.sha256 == digest)).one()
