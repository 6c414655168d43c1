"""What an import would do, before it does anything."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from lms.authoring.formats.tree import Entry, Tree
from lms.authoring.queries import sources
from lms.authoring.queries.packages import contents
from lms.authoring.queries.sources import Standing
from lms.authoring.rules.difference import Change, Difference, difference
from lms.foundation.files.store import Store


@dataclass(frozen=True, slots=True)
class Plan:
    """The difference of every file between a package and what stands published."""

    key: str
    is_new: bool
    difference: Difference
    standing: Standing


def plan_import(session: Session, institution_id: int, key: str, hashes: dict[str, str]) -> Plan:
    """Compare a package, by the hashes of its files, with what stands under its key."""
    standing = sources.standing(session, institution_id, key)
    return Plan(
        key,
        standing.version_id is None,
        difference(standing.imported, standing.hashes, hashes),
        standing,
    )


def with_edits(
    session: Session, store: Store, tree: Tree, plan: Plan, kept: Collection[str]
) -> Tree:
    """The package with the edits that are kept: theirs instead of what the package brings."""
    merged = Tree({path: entry for path, entry in tree.files.items() if path not in kept})
    stored = [plan.standing.files[path] for path in sorted(kept) if path in plan.standing.files]
    for path, data in contents(session, store, stored):
        merged.files[path] = Entry(len(data), lambda data=data: data)  # type: ignore[misc]
    merged.files = dict(sorted(merged.files.items()))
    return merged


def kept_by(plan: Plan, *, keep_conflicts: bool) -> tuple[str, ...]:
    """The files whose edit stays when this plan is carried out."""
    if keep_conflicts:
        return plan.difference.of(Change.KEPT, Change.CONFLICT)
    return plan.difference.of(Change.KEPT)
