"""Importing as the terminal and the demo do it: what lies around the one transaction."""

from datetime import date

from lms.authoring.actions.import_package import Imported, import_package
from lms.authoring.formats.prepared import is_media
from lms.authoring.formats.tree import Tree, bytes_of
from lms.authoring.queries.proposal import Proposal, propose
from lms.authoring.rules.package import PackageText
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Store, Stored
from lms.foundation.kernel.actor import Actor


def carry_out(
    database: Database, store: Store, proposal: Proposal, institution_id: int, actor: Actor
) -> Imported:
    """Import a proposal: media first, then everything in one transaction."""
    media = keep_media(store, proposal.tree, proposal.prepared.package)
    return database.perform(
        import_package,
        actor,
        proposal.prepared,
        media,
        institution_id,
        brought=proposal.brought,
        kept=proposal.kept,
    )


def load(
    database: Database, store: Store, tree: Tree, institution_id: int, today: date, actor: Actor
) -> Imported:
    """Import a package without asking, as the demo and a new installation do."""
    with database.reading() as session:
        proposal = propose(session, store, tree, institution_id, today)
    return carry_out(database, store, proposal, institution_id, actor)


def keep_media(store: Store, tree: Tree, package: PackageText) -> dict[str, Stored]:
    """Store the media of a package, before the transaction that refers to them."""
    kept: dict[str, Stored] = {}
    types = {
        f"{course.folder}/{path}": each.media_type
        for course in package.courses.values()
        for path, each in course.media.items()
    }
    for path in sorted(tree.files):
        if not is_media(path):
            continue
        entry = tree.files[path]
        if entry.sha256 and store.exists(entry.sha256):
            kept[path] = Stored(entry.sha256, entry.size, types[path])
        else:
            data, _ = bytes_of(tree, path)
            assert data is not None, path
            stored = keep(store, data)
            kept[path] = Stored(stored.sha256, stored.size, types[path])
    return kept
