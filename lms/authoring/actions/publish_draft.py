"""What was written becomes the published version; running cohorts keep theirs."""

from collections.abc import Collection, Mapping
from uuid import UUID

from lms.authoring.actions.drafts import drop_drafts
from lms.authoring.actions.import_package import Imported, publish_package
from lms.authoring.formats.prepared import Prepared
from lms.authoring.queries import drafts as queries
from lms.authoring.queries.sources import EDITOR
from lms.authoring.rules.publication import part_of, to_publish
from lms.foundation.db.work import Work
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Conflict, Invalid, NotFound, Refused

LONGEST_SUMMARY = 500


def publish_draft(
    work: Work,
    programme_uid: UUID,
    prepared: Prepared,
    media: Mapping[str, Stored],
    parts: Collection[str],
    summary: str,
) -> Imported:
    """Publish the drafts of some parts of a programme, with a summary of what changed.

    ``prepared`` is the package as `to_publish` says; what was saved after it was made is not
    published unseen, but refused. Raises Conflict when something else was published meanwhile at
    the place of an edit, Invalid when the package has errors.
    """
    programme = queries.programme_at(work.session, programme_uid, lock=True)
    if programme is None:
        raise NotFound()
    if not prepared.sound:
        raise Invalid(N_("There are errors. Correct them first; nothing was published."))
    if not summary.strip():
        raise Invalid(
            N_("Write what changed, in a sentence."),
            fields={"summary": N_("Write what changed, in a sentence.")},
        )
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
    came = {"origin": EDITOR, "summary": summary.strip()[:LONGEST_SUMMARY]}
    done = publish_package(work, programme, prepared, media, came)
    drop_drafts(work, programme.id, [path for path in standing.drafts if part_of(path) in parts])
    return done
