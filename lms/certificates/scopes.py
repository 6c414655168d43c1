"""Scopes for the guard, from the documents that addresses name."""

from typing import Any
from uuid import UUID

from sqlalchemy import select

from lms.certificates.models import Credential
from lms.enrollment.models import Cohort
from lms.enrollment.queries.places import cohort_place
from lms.foundation.access.scopes import Scope
from lms.foundation.kernel.errors import NotFound
from lms.foundation.web.reading import reading_connection


def credential_scope(credential: UUID, **_values: Any) -> Scope:
    """The place of a document: its cohort's, or its institution's when the cohort is gone."""
    reader = reading_connection()
    row = reader.execute(
        select(Credential.institution_id, Credential.cohort_id, Cohort.uid)
        .outerjoin(Cohort, Cohort.id == Credential.cohort_id)
        .where(Credential.uid == credential)
    ).first()
    if row is None:
        raise NotFound()
    if row.uid is None:
        return Scope(institution_id=row.institution_id, cohort_id=row.cohort_id)
    return cohort_place(reader, row.uid)
