"""An application with everything that was sent in it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, and_, bindparam, or_, select
from sqlalchemy.orm import Session, contains_eager

from lms.catalog.models import ProgrammeVersion
from lms.enrollment.models import Application, Cohort, Enrollment, Paper, Requirement
from lms.enrollment.queries.calls import MOST
from lms.enrollment.rules.applying import ApplicationState, PaperState, Slot
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.kernel.errors import NotFound

MOST_PAPERS = 500
MOST_OPEN = 20


@dataclass(frozen=True, slots=True)
class Sheet:
    """One requirement with what was sent for it, the last first."""

    requirement: Requirement
    papers: tuple[Paper, ...]

    @property
    def paper(self) -> Paper | None:
        """What counts: what was sent last."""
        return self.papers[0] if self.papers else None

    @property
    def observed(self) -> Paper | None:
        """What was last sent back, whether it was sent again since or not."""
        return next((each for each in self.papers if each.state == PaperState.OBSERVED), None)

    @property
    def slot(self) -> Slot:
        """The same as the rules see it."""
        paper, asked = self.paper, self.requirement
        return Slot(
            asked.uid,
            asked.name,
            asked.is_obligatory and asked.removed_at is None,
            paper.state if paper else None,
            paper.turn if paper else 0,
        )


def own(session: Session, uid: UUID, person_id: int | None, *, lock: bool = False) -> Application:
    """Somebody's own application with its cohort; anybody else's does not exist."""
    statement = (
        select(Application)
        .join(Application.cohort)
        .options(contains_eager(Application.cohort))
        .where(Application.uid == uid, Application.person_id == person_id)
    )
    found = session.scalar(statement.with_for_update(of=Application) if lock else statement)
    if found is None:
        raise NotFound()
    return found


def of_cohort(session: Session, cohort_id: int, uid: UUID, *, lock: bool = False) -> Application:
    """An application that was handed in to this cohort, with its person."""
    statement = (
        select(Application)
        .join(Application.person)
        .options(contains_eager(Application.person))
        .where(
            Application.uid == uid,
            Application.cohort_id == cohort_id,
            Application.state != ApplicationState.PREPARING,
        )
    )
    found = session.scalar(statement.with_for_update(of=Application) if lock else statement)
    if found is None:
        raise NotFound()
    return found


def begun_by(session: Session, cohort_id: int, person_id: int | None) -> Application | None:
    """The application that somebody has begun in a cohort."""
    return session.scalar(
        select(Application).where(
            Application.cohort_id == cohort_id, Application.person_id == person_id
        )
    )


def sheets(session: Session, application: Application) -> list[Sheet]:
    """What is asked for, with what was sent, in two statements. What is asked no more is shown
    only to whom it was sent."""
    asked = session.scalars(
        select(Requirement)
        .where(Requirement.cohort_id == application.cohort_id)
        .order_by(Requirement.position, Requirement.id)
        .limit(MOST)
    ).all()
    papers = session.scalars(
        select(Paper)
        .where(Paper.application_id == application.id)
        .order_by(Paper.turn.desc(), Paper.id.desc())
        .limit(MOST_PAPERS)
    ).all()
    by_requirement: dict[int, list[Paper]] = {}
    for paper in papers:
        by_requirement.setdefault(paper.requirement_id, []).append(paper)
    return [
        Sheet(each, tuple(by_requirement.get(each.id, ())))
        for each in asked
        if each.removed_at is None or each.id in by_requirement
    ]


def sheet_of(found: Sequence[Sheet], requirement: UUID) -> Sheet:
    """The sheet of one requirement."""
    for each in found:
        if each.requirement.uid == requirement:
            return each
    raise NotFound()


def paper_of(session: Session, application_id: int, uid: UUID) -> Paper:
    """A paper of an application that has a file."""
    found = session.scalar(
        select(Paper).where(
            Paper.uid == uid, Paper.application_id == application_id, Paper.sha256.is_not(None)
        )
    )
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True, slots=True)
class Unfinished:
    """An application that waits for its person: to be handed in, or corrected."""

    uid: UUID
    cohort: str
    programme: str
    state: str
    until: datetime


_UNFINISHED = (
    select(
        Application.uid,
        Cohort.title,
        ProgrammeVersion.title.label("programme"),
        Application.state,
        Application.correct_by_at,
        Cohort.enrollment_closes_at,
    )
    .join(Cohort, Cohort.id == Application.cohort_id)
    .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
    .outerjoin(
        Enrollment,
        and_(
            Enrollment.cohort_id == Application.cohort_id,
            Enrollment.person_id == Application.person_id,
        ),
    )
    .where(
        Application.person_id == bindparam("whose"),
        Cohort.closed_at.is_(None),
        or_(
            and_(
                Application.state == ApplicationState.PREPARING,
                Enrollment.id.is_(None),
                Cohort.enrollment_closes_at > bindparam("now", type_=Cohort.starts_at.type),
            ),
            and_(
                Application.state == ApplicationState.CORRECTING,
                Enrollment.state.in_((EnrollmentState.APPLIED, EnrollmentState.WAITLISTED)),
            ),
        ),
    )
    .order_by(Application.id)
    .limit(MOST_OPEN)
)


def unfinished(reader: Session | Connection, person_id: int, now: datetime) -> Sequence[Unfinished]:
    """What somebody has begun and not handed in, and what was sent back to them."""
    asked: Mapping[str, Any] = {"whose": person_id, "now": now}
    return [
        Unfinished(
            row.uid, row.title, row.programme, row.state,
            row.correct_by_at or row.enrollment_closes_at,
        )
        for row in reader.execute(_UNFINISHED, asked)
    ]  # fmt: skip
