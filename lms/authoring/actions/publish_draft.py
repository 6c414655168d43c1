"""What was written becomes the published version; running cohorts keep theirs."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from lms.authoring.actions.drafts import drop_drafts
from lms.authoring.actions.import_package import Imported, publish_package
from lms.authoring.formats.prepared import Prepared
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.brought import brought_rows
from lms.authoring.queries.sources import EDITOR
from lms.authoring.rules.publication import part_of, to_publish
from lms.authoring.rules.requests import publish_alone
from lms.catalog.models import Programme
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, Invalid, Refused
from lms.people.models import Institution

LONGEST_SUMMARY = 500


def publish_draft(
    work: Work,
    programme_uid: UUID,
    prepared: Prepared,
    media: Mapping[str, Stored],
    parts: Collection[str],
    summary: str,
    seen: str | None = None,
) -> Imported:
    """Publish the drafts of some parts of a programme, with a summary of what changed.

    ``prepared`` is the package as `to_publish` says; what was saved after it was made is not
    published unseen, but refused. Raises Conflict when something else was published meanwhile at
    the place of an edit, Invalid when the package has errors, Refused where the institution asks
    for two persons. ``seen`` is `Working.seen` of the page on which it was decided.
    """
    programme = queries.locked_programme(work.session, programme_uid)
    owner = work.session.get_one(Institution, programme.institution_id)
    publish_alone(owner.two_person_publishing)
    summary = checked_summary(summary)
    if seen is not None and queries.working(work.session, programme.id).seen != seen:
        raise Conflict(N_("Something was saved meanwhile. Look at what changed again."))
    to_be_published(work, programme, prepared, parts)
    return publish_together(work, programme, prepared, media, parts, summary)


def checked_summary(summary: str) -> str:
    """What changed, in a sentence: who reads the versions later knows why. Raises Invalid."""
    summary = summary.strip()
    if not summary:
        wrong = N_("Write what changed, in a sentence.")
        raise Invalid(wrong, fields={"summary": wrong})
    return summary[:LONGEST_SUMMARY]


def to_be_published(
    work: Work, programme: Programme, prepared: Prepared, parts: Collection[str]
) -> Mapping[str, str]:
    """The hashes of everything that would stand published, once nothing speaks against it."""
    if not prepared.sound:
        raise Invalid(N_("There are errors. Correct them first; nothing was published."))
    standing = queries.working(work.session, programme.id)
    conflicts = [path for path in standing.conflicts if part_of(path) in parts]
    if conflicts:
        raise Conflict(
            N_("Published from elsewhere while it was edited here: %(files)s. Choose first."),
            files=", ".join(conflicts[:10]),
        )
    wanted = to_publish(standing.published_hashes, standing.hashes, parts)
    if prepared.hashes != wanted:
        raise Conflict(N_("Something was saved meanwhile. Look at what changed again."))
    if wanted == standing.published_hashes:
        raise Refused(N_("Nothing has changed since the last version."))
    return wanted


def publish_together(
    work: Work,
    programme: Programme,
    prepared: Prepared,
    media: Mapping[str, Stored],
    parts: Collection[str],
    summary: str,
) -> Imported:
    """Lay down the new version, and forget the drafts that it holds."""
    came: dict[str, Any] = {"origin": EDITOR, "summary": summary, "parts": sorted(parts)}
    arrived = _arrived(work, programme.id, parts)
    if arrived:
        came["arrived"] = arrived
    done = publish_package(work, programme, prepared, media, came)
    rows = queries.working(work.session, programme.id).rows
    drop_drafts(work, programme.id, [path for path in rows if part_of(path) in parts])
    return done


def _arrived(work: Work, programme_id: int, parts: Collection[str]) -> dict[str, Any]:
    """What packages brought of these parts: from now on the published version remembers it."""
    arrived: dict[str, Any] = {}
    for row in brought_rows(work.session, programme_id):
        arrived |= {path: sha for path, sha in row.hashes.items() if part_of(path) in parts}
        row.hashes = {p: sha for p, sha in row.hashes.items() if part_of(p) not in parts}
    return arrived
