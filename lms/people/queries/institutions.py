"""Institutions above and below others."""

from collections.abc import Collection

from sqlalchemy import Connection, Select, select
from sqlalchemy.orm import Session, aliased

from lms.people.models import Institution

MOST = 500


def above(reader: Session | Connection, institution_id: int | None) -> frozenset[int]:
    """An institution and its ancestors; without one, nothing is asked."""
    if institution_id is None:
        return frozenset()
    line = select(Institution.id, Institution.parent_id).where(Institution.id == institution_id)
    chain = line.cte("line", recursive=True)
    higher = aliased(Institution)
    # UNION, not UNION ALL: a circle made by mistake ends here instead of running for ever.
    chain = chain.union(
        select(higher.id, higher.parent_id).join(chain, higher.id == chain.c.parent_id)
    )
    rows = reader.execute(select(chain.c.id).order_by(chain.c.id).limit(50))
    return frozenset(row.id for row in rows)


def below(institutions: Collection[int]) -> Select[int]:
    """These institutions and everything under them, to select from."""
    tree = (
        select(Institution.id).where(Institution.id.in_(institutions)).cte("tree", recursive=True)
    )
    lower = aliased(Institution)
    tree = tree.union(select(lower.id).join(tree, lower.parent_id == tree.c.id))
    return select(tree.c.id)
