"""The published versions of a programme: when, by whom, why, and who is taught by them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.catalog.models import ProgrammeVersion
from lms.enrollment.models import Cohort

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class VersionLine:
    """A version in a list."""

    id: int
    number: int
    published_at: datetime
    published_by_id: int | None
    detail: dict[str, Any]
    cohorts: int
    """How many cohorts were opened with it."""

    @property
    def summary(self) -> str:
        said = self.detail.get("summary")
        return said if isinstance(said, str) else ""

    @property
    def is_of_package(self) -> bool:
        return self.detail.get("origin") == "package"


def versions(session: Session, programme_id: int, page: int) -> tuple[Sequence[VersionLine], int]:
    """One page of the versions, the latest first, and how many in all. Two statements."""
    total = session.scalars(
        select(func.count())
        .select_from(ProgrammeVersion)
        .where(ProgrammeVersion.programme_id == programme_id)
    ).one()
    cohorts = (
        select(func.count(Cohort.id))
        .where(Cohort.programme_version_id == ProgrammeVersion.id)
        .correlate(ProgrammeVersion)
        .scalar_subquery()
    )
    rows = session.execute(
        select(
            ProgrammeVersion.id,
            ProgrammeVersion.number,
            ProgrammeVersion.published_at,
            ProgrammeVersion.published_by_id,
            ProgrammeVersion.detail,
            cohorts,
        )
        .where(ProgrammeVersion.programme_id == programme_id)
        .order_by(ProgrammeVersion.number.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    return [VersionLine(*row) for row in rows], total
