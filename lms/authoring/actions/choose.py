"""Choosing between what was written here and what is published: in a conflict, or going back."""

from collections.abc import Collection
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft, content_of_file
from lms.authoring.queries import drafts as queries
from lms.authoring.queries import sources
from lms.authoring.queries.changes import version_files
from lms.authoring.rules.publication import part_of
from lms.catalog.models import Programme
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict, NotFound, Refused


def keep_mine(work: Work, programme_uid: UUID, path: str, seen: str) -> None:
    """Keep what was written here although something else was published at its place.

    ``seen`` is the hash of what was shown as published. That version stays among the published
    ones; the next will hold what was written here.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    standing = _in_conflict(work, programme, path, seen)
    published = standing.published.get(path)
    standing.rows[path].base_sha256 = published.sha256 if published is not None else None
    record(work, "draft.kept", institution_id=programme.institution_id, detail={"path": path})


def take_theirs(work: Work, programme_uid: UUID, path: str, seen: str) -> UUID:
    """Take what was published; what was written here can be brought back from the steps."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = _in_conflict(work, programme, path, seen)
    content = _published(work, standing, path)
    name = path.rpartition("/")[2]
    said = N_("Taken as it was published: %(name)s")
    return change_draft(work, programme_uid, {path: content}, said, name=name)


def let_go(work: Work, programme_uid: UUID, part: str) -> UUID:
    """Go back to what is published, in one part; what was written can be brought back."""
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    changes = {
        path: _published(work, standing, path) for path in standing.changed if part_of(path) == part
    }
    if not changes:
        raise Refused(N_("Nothing has changed since the last version."))
    return change_draft(
        work,
        programme_uid,
        changes,
        N_("Back to what is published: %(name)s"),
        name=part or programme.key,
    )


def bring_back(work: Work, programme_uid: UUID, number: int, parts: Collection[str]) -> UUID:
    """Lay an old version into the draft again, to be published as a new one.

    Nothing is published by this, and until it is, it can be undone.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    version = sources.version_of(work.session, programme.id, number)
    if version is None:
        raise NotFound()
    standing = queries.working(work.session, programme.id)
    old = version_files(work.session, version.id)
    texts = queries.texts_of(
        work.session,
        {
            path: each
            for path, each in old.items()
            if path not in standing.files or standing.files[path].sha256 != each.sha256
        },
    )
    changes: dict[str, Content | None] = {
        path: content_of_file(each, texts.get(path))
        for path, each in old.items()
        if part_of(path) in parts
        and (path not in standing.files or standing.files[path].sha256 != each.sha256)
    }
    changes |= {path: None for path in standing.files if part_of(path) in parts and path not in old}
    if not changes:
        raise Refused(N_("The draft says already what that version said."))
    said = N_("Brought back from version %(number)s")
    return change_draft(work, programme_uid, changes, said, number=number)


def _in_conflict(work: Work, programme: Programme, path: str, seen: str) -> queries.Working:
    standing = queries.working(work.session, programme.id)
    if path not in standing.conflicts:
        raise Refused(N_("That was chosen already."))
    published = standing.published.get(path)
    if (published.sha256 if published is not None else "") != seen:
        raise Conflict(N_("Something else was published meanwhile. Compare both versions again."))
    return standing


def _published(work: Work, standing: queries.Working, path: str) -> Content | None:
    stored = standing.published.get(path)
    if stored is None:
        return None
    file = queries.as_published(stored)
    return content_of_file(file, queries.texts_of(work.session, {path: file}).get(path))
