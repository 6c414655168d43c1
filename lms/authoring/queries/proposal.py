"""A package beside what stands: what importing it would do."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from lms.authoring.formats.prepared import Prepared, prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.queries.plan import Plan, kept_by, plan_import, with_edits
from lms.catalog.activity import activity_kinds
from lms.foundation.files.store import Store
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
    session: Session,
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
    plan = plan_import(session, institution_id, prepared.package.data["key"], brought)
    kept = kept_by(plan, keep_conflicts=keep_conflicts)
    if kept:
        tree = with_edits(session, store, tree, plan, kept)
        prepared = prepare(tree, activity_kinds(), today)
        _refuse_errors(prepared)
    return Proposal(prepared, tree, brought, plan, kept)


def _refuse_errors(prepared: Prepared) -> None:
    if not prepared.sound:
        first = next(each for each in prepared.problems if each.is_error)
        raise Invalid(
            N_("The package has errors, the first in %(place)s. Nothing was imported."),
            place=f"{first.path}:{first.line}",
        )
