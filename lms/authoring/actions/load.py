"""A package from its folder or ZIP to published versions: what lies around the one transaction."""

from dataclasses import dataclass
from datetime import date

from lms.authoring.actions.import_package import Imported, import_package
from lms.authoring.actions.keep_sources import keep_media
from lms.authoring.formats.prepared import Prepared, prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.queries.plan import Plan, kept_by, plan_import, with_edits
from lms.catalog.activity import activity_kinds
from lms.foundation.db.database import Database
from lms.foundation.files.store import Store
from lms.foundation.kernel.actor import Actor
from lms.foundation.kernel.errors import N_, Invalid


@dataclass(frozen=True, slots=True)
class Proposal:
    """A package beside what stands: ready to be shown, and to be imported if one wishes."""

    prepared: Prepared
    """What would be published, edits that stay included."""
    tree: Tree
    brought: dict[str, str]
    plan: Plan
    kept: tuple[str, ...]


def propose(
    database: Database,
    store: Store,
    tree: Tree,
    institution_id: int,
    today: date,
    *,
    keep_conflicts: bool = False,
) -> Proposal:
    """Check a package and compare it with what stands; changes nothing.

    Raises Invalid when the package has errors: `prepare` tells them one by one.
    """
    prepared = prepare(tree, activity_kinds(), today)
    _refuse_errors(prepared)
    assert prepared.package.data is not None
    brought = prepared.hashes
    with database.reading() as session:
        plan = plan_import(session, institution_id, prepared.package.data["key"], brought)
        kept = kept_by(plan, keep_conflicts=keep_conflicts)
        if kept:
            tree = with_edits(session, store, tree, plan, kept)
            prepared = prepare(tree, activity_kinds(), today)
            _refuse_errors(prepared)
    return Proposal(prepared, tree, brought, plan, kept)


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
    proposal = propose(database, store, tree, institution_id, today)
    return carry_out(database, store, proposal, institution_id, actor)


def _refuse_errors(prepared: Prepared) -> None:
    if not prepared.sound:
        first = next(each for each in prepared.problems if each.is_error)
        raise Invalid(
            N_("The package has errors, the first in %(place)s. Nothing was imported."),
            place=f"{first.path}:{first.line}",
        )
