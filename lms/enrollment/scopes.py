"""Scopes for the guard, from the uids in addresses. Unknown uids are pages that do not exist."""

from typing import Any
from uuid import UUID

from flask import g

from lms.enrollment.queries.places import cohort_place, programme_place
from lms.enrollment.queries.visible import grants_for, place_of
from lms.foundation.access.permissions import Permission
from lms.foundation.access.scopes import Scope
from lms.foundation.web.identity import current_identity
from lms.foundation.web.reading import reading_connection


def cohort_scope(cohort: UUID, **_values: Any) -> Scope:
    """The place of the cohort that an address names, looked up once a request.

    A page asks for it again for each thing that its reader may or may not do there.
    """
    known: dict[UUID, Scope] = g.setdefault("cohort_places", {})
    if cohort not in known:
        known[cohort] = cohort_place(reading_connection(), cohort)
    return known[cohort]


def programme_scope(slug: str, **_values: Any) -> Scope:
    """The place of the programme that an address names."""
    return programme_place(reading_connection(), slug)


def openings_seen(**_values: Any) -> Scope:
    """The place of the list of programmes that somebody may open cohorts of."""
    return place_of(grants_for(current_identity(), Permission.COHORT_OPEN))


def cohorts_seen(**_values: Any) -> Scope:
    """The place of the staff's list of cohorts: it shows only what their grants reach."""
    return place_of(grants_for(current_identity(), Permission.COHORT_VIEW))
