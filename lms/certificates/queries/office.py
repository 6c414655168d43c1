"""What all documents of a cohort have in common, as it stands on the day of issue."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, and_, func, select, true
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.certificates.models import RegisterBook
from lms.certificates.queries.candidates import KIND
from lms.enrollment.models import Cohort
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution


@dataclass(frozen=True, slots=True)
class Office:
    """Who issues, and what for. The programme and the policy are those that the cohort pinned."""

    cohort_id: int
    cohort_uid: UUID
    mode: str
    starts_at: datetime
    ends_at: datetime
    policy: Mapping[str, Any]
    institution_id: int
    institution_key: str
    institution: str
    place: str
    country: str
    hue: str
    demo: bool
    programme: str
    language: str
    hour_minutes: int
    detail: Mapping[str, Any]
    yearly: bool

    def day(self, moment: datetime) -> date:
        """The day of a moment where the institution is."""
        return moment.astimezone(ZoneInfo(self.policy["zone"])).date()


def office(reader: Session | Connection, cohort_uid: UUID) -> Office:
    """The office that issues the documents of a cohort, in one statement."""
    row = reader.execute(_OFFICE.where(Cohort.uid == cohort_uid)).mappings().first()
    if row is None:
        raise NotFound()
    return Office(**row)


_OFFICE = (
    select(
        Cohort.id.label("cohort_id"),
        Cohort.uid.label("cohort_uid"),
        Cohort.mode,
        Cohort.starts_at,
        Cohort.ends_at,
        Cohort.policy,
        Institution.id.label("institution_id"),
        Institution.key.label("institution_key"),
        Institution.name.label("institution"),
        Institution.place,
        Institution.country,
        Institution.hue,
        Institution.demo,
        ProgrammeVersion.title.label("programme"),
        ProgrammeVersion.language,
        ProgrammeVersion.academic_hour_minutes.label("hour_minutes"),
        ProgrammeVersion.detail,
        func.coalesce(RegisterBook.yearly, true()).label("yearly"),
    )
    .join(Institution, Institution.id == Cohort.institution_id)
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .outerjoin(
        RegisterBook,
        and_(
            RegisterBook.institution_id == Institution.id,
            RegisterBook.kind == KIND,
            RegisterBook.demo == Institution.demo,
        ),
    )
)
