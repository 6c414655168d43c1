"""The place of a book of the register for the guard: the institution that the address names."""

from typing import Any
from uuid import UUID

from lms.foundation.access.scopes import Scope
from lms.foundation.web.reading import reading
from lms.people.queries.institution import institution_of
from lms.people.queries.institutions import above


def institution_scope(institution: UUID, **_values: Any) -> Scope:
    """The institution of this address, with those above it."""
    found = institution_of(reading(), institution)
    return Scope(institution_id=found.id, institutions_above=above(reading(), found.id))
