"""What closed acts say, the amending ones read over those that they amend."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.acts.models import ActRemark, ActSignature, GradeAct, GradeActLine
from lms.acts.rules.amending import Entry
from lms.acts.rules.outcomes import Ended, Outcome
from lms.enrollment.models import Cohort
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 50
MOST = 1_000
MOST_LINES = 200_000
MOST_REMARKS = 100


@dataclass(frozen=True, slots=True)
class Said:
    """A remark on a draft: who, when, what."""

    by: str
    at: datetime
    text: str


def act_of(session: Session, cohort: UUID, act: UUID) -> GradeAct:
    """An act of this very cohort, closed; any other does not exist here."""
    found = session.scalar(
        select(GradeAct)
        .join(Cohort, Cohort.id == GradeAct.cohort_id)
        .where(GradeAct.uid == act, Cohort.uid == cohort, GradeAct.closed_at.is_not(None))
    )
    if found is None:
        raise NotFound()
    return found


def closed_act(session: Session, cohort: UUID, subject: str) -> UUID | None:
    """The act of a course or of the programme, if it is closed already."""
    return session.scalar(
        select(GradeAct.uid)
        .join(Cohort, Cohort.id == GradeAct.cohort_id)
        .where(
            Cohort.uid == cohort,
            GradeAct.subject == subject,
            GradeAct.edition == 0,
            GradeAct.closed_at.is_not(None),
        )
    )


def has_act(session: Session, cohort_id: int, subject: str) -> bool:
    """Whether the act of a course, or of the programme, is closed."""
    found = session.scalar(
        select(GradeAct.id).where(
            GradeAct.cohort_id == cohort_id,
            GradeAct.subject == subject,
            GradeAct.edition == 0,
            GradeAct.closed_at.is_not(None),
        )
    )
    return found is not None


def acts_in(session: Session, cohort_id: int) -> Sequence[GradeAct]:
    """Every act of a cohort, drafts too, course by course in their order."""
    return session.scalars(
        select(GradeAct)
        .where(GradeAct.cohort_id == cohort_id)
        .order_by(GradeAct.subject, GradeAct.edition)
        .limit(MOST)
    ).all()


def acted(session: Session, cohort_id: int, subject: str) -> Mapping[int, Entry]:
    """How each person ended as the acts say, by enrollment: the last act that names them counts."""
    rows = session.execute(
        select(GradeActLine)
        .join(GradeAct, GradeAct.id == GradeActLine.act_id)
        .where(
            GradeAct.cohort_id == cohort_id,
            GradeAct.subject == subject,
            GradeAct.closed_at.is_not(None),
        )
        .order_by(GradeAct.edition, GradeActLine.position)
        .limit(MOST_LINES)
    ).scalars()
    return {line.enrollment_id: entry_of(line) for line in rows}


def entry_of(line: GradeActLine) -> Entry:
    """A line of an act as the rules take it."""
    ended = Ended(Outcome(line.outcome), line.grade)
    return Entry(line.enrollment_id, line.name, line.sort_name, line.document, ended)


def lines(session: Session, act_id: int, number: int) -> Sequence[GradeActLine]:
    """One page of the lines of an act."""
    return session.scalars(
        select(GradeActLine)
        .where(GradeActLine.act_id == act_id)
        .order_by(GradeActLine.position)
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    ).all()


def totals(session: Session, act_id: int) -> Mapping[Outcome, int]:
    """How many ended how, in one act."""
    rows = session.execute(
        select(GradeActLine.outcome, func.count())
        .where(GradeActLine.act_id == act_id)
        .group_by(GradeActLine.outcome)
        .order_by(GradeActLine.outcome)
    )
    counted = {row[0]: row[1] for row in rows}
    return {each: counted[each] for each in Outcome if each in counted}


def signatures(session: Session, act_id: int) -> Sequence[ActSignature]:
    """The places to sign under an act, in order."""
    return session.scalars(
        select(ActSignature)
        .where(ActSignature.act_id == act_id)
        .order_by(ActSignature.order)
        .limit(MOST)
    ).all()


def signed_of(session: Session, cohort_id: int) -> Mapping[int, tuple[int, int]]:
    """How many have signed each act of a cohort, of how many, by act."""
    rows = session.execute(
        select(ActSignature.act_id, func.count(ActSignature.signed_at), func.count())
        .join(GradeAct, GradeAct.id == ActSignature.act_id)
        .where(GradeAct.cohort_id == cohort_id)
        .group_by(ActSignature.act_id)
        .order_by(ActSignature.act_id)
    )
    return {act: (signed, all_) for act, signed, all_ in rows}


def remarks(session: Session, cohort_id: int, subject: str) -> Sequence[Said]:
    """What those who teach said of the draft, the last first."""
    rows = session.execute(
        select(ActRemark, Person)
        .join(GradeAct, GradeAct.id == ActRemark.act_id)
        .join(Person, Person.id == ActRemark.by_id)
        .where(GradeAct.cohort_id == cohort_id, GradeAct.subject == subject, GradeAct.edition == 0)
        .order_by(ActRemark.at.desc(), ActRemark.id.desc())
        .limit(MOST_REMARKS)
    )
    return [Said(name_of(person).short, remark.at, remark.text) for remark, person in rows]
