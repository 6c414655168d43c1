"""The place of a person for the guard: an institution of theirs that the reader's grants reach."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import g
from sqlalchemy import select

from lms.foundation.access.identity import Identity
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import grants_for, place_of
from lms.foundation.access.scopes import Scope, ScopeKind
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.identity import current_identity
from lms.foundation.web.reading import reading
from lms.people.models import Grant
from lms.people.queries.institutions import above
from lms.people.queries.reach import Reach, Whereabouts, reach_of, whereabouts


def person_for(permission: Permission) -> Callable[..., Scope]:
    """Where this permission holds over the person whom the address names.

    Somebody of no institution of the reader does not exist; somebody of one in which the reader
    may not do this is forbidden.
    """

    def scope(person: UUID, **_values: Any) -> Scope:
        identity = current_identity()
        found = g.cabildo_whereabouts = whereabouts(reading(), person)
        grants = grants_for(identity, permission)
        reach = reach_of(reading(), grants)
        if reach.everywhere:
            return Scope()
        if within := sorted(found.institutions & reach.institutions):
            in_tree = any(grant.kind is ScopeKind.INSTITUTION_TREE for grant in grants)
            higher = above(reading(), within[0]) if in_tree else frozenset()
            return Scope(institution_id=within[0], institutions_above=higher)
        known = identity.ties if isinstance(identity, Identity) else frozenset()
        if common := sorted(found.institutions & known):
            return Scope(institution_id=common[0])
        raise NotFound()

    return scope


@dataclass(frozen=True)
class Helped:
    """The person of this page, and how far the reader reaches for what they do here."""

    where: Whereabouts
    reach: Reach

    @property
    def id(self) -> int:
        return self.where.person_id

    @property
    def institution_id(self) -> int | None:
        """The institution in whose name this is done: the first that both have."""
        within = sorted(i for i in self.where.institutions if self.reach.has(i))
        return within[0] if within else None


def helped(permission: Permission) -> Helped:
    """The person whom the guard found in the address, for who holds this permission."""
    found: Whereabouts = g.cabildo_whereabouts
    return Helped(found, reach_of(reading(), grants_for(current_identity(), permission)))


def anyone_for(permission: Permission) -> Callable[..., Scope]:
    """The place of a list that shows only whom this permission reaches."""

    def scope(**_values: Any) -> Scope:
        return place_of(grants_for(current_identity(), permission))

    return scope


def grant_scope(grant: UUID, **_values: Any) -> Scope:
    """The place of the grant that an address names."""
    row = reading().execute(select(Grant.institution_id).where(Grant.uid == grant)).first()
    if row is None:
        raise NotFound()
    return Scope(
        institution_id=row.institution_id,
        institutions_above=above(reading(), row.institution_id),
    )
