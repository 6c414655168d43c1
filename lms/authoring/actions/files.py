"""Files of a course: added, replaced, taken out; each deed can be undone."""

from itertools import count
from uuid import UUID

from lms.authoring.actions.drafts import Content, change_draft
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.drafts import Working
from lms.catalog.rules.pictures import small_of
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, NotFound, Refused


def put_file(
    work: Work,
    programme_uid: UUID,
    course: str,
    name: str,
    stored: Stored,
    small: Stored | None = None,
) -> UUID:
    """Lay a file into a course; one of the same name is replaced wherever it is shown.

    The small size of a picture comes and goes with it.
    """
    standing = _standing(work, programme_uid, course)
    path = f"{course}/media/{name}"
    before = standing.files.get(path)
    if before is not None and before.sha256 == stored.sha256:
        raise Refused(N_("This very file is there already."))
    said = N_("File replaced: %(name)s") if before is not None else N_("File added: %(name)s")
    changes = _laid(standing, path, stored, small)
    return change_draft(work, programme_uid, changes, said, name=name)


def put_new(
    work: Work,
    programme_uid: UUID,
    course: str,
    name: str,
    stored: Stored,
    small: Stored | None = None,
) -> str:
    """Lay a file into a course under a name that is free, and return that name.

    Nothing that other lessons show is replaced; the very same file is not laid twice.
    """
    standing = _standing(work, programme_uid, course)
    stem, _, ending = name.rpartition(".")
    for number in count(1):
        free = name if number == 1 else f"{stem}-{number}.{ending}"
        before = standing.files.get(f"{course}/media/{free}")
        if before is None:
            break
        if before.sha256 == stored.sha256:
            return free
    changes = _laid(standing, f"{course}/media/{free}", stored, small)
    change_draft(work, programme_uid, changes, N_("File added: %(name)s"), name=free)
    return free


def remove_file(work: Work, programme_uid: UUID, course: str, name: str) -> UUID:
    """Take a file out of a course; whoever still shows it is told by the check."""
    standing = _standing(work, programme_uid, course)
    path = f"{course}/media/{name}"
    if path not in standing.files:
        raise Refused(N_("Somebody moved or deleted it meanwhile. Look at the course again."))
    changes: dict[str, Content | None] = {path: None}
    if small_of(path) in standing.files:
        changes[small_of(path)] = None
    return change_draft(work, programme_uid, changes, N_("File taken out: %(name)s"), name=name)


def _laid(
    standing: Working, path: str, stored: Stored, small: Stored | None
) -> dict[str, Content | None]:
    changes: dict[str, Content | None] = {path: Content(media=stored)}
    if small is not None:
        changes[small_of(path)] = Content(media=small)
    elif small_of(path) in standing.files:
        changes[small_of(path)] = None
    return changes


def _standing(work: Work, programme_uid: UUID, course: str) -> Working:
    programme = queries.locked_programme(work.session, programme_uid)
    standing = queries.working(work.session, programme.id)
    if f"{course}/course.yaml" not in standing.files:
        raise NotFound()
    return standing
