"""What of two accounts' places fits together, for joining them and for parting them again."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from lms.enrollment.documents import has_documents
from lms.enrollment.models import Application, Cohort, Departure, Enrollment
from lms.enrollment.rules import joining as rules
from lms.enrollment.rules.joining import Fate, Place
from lms.foundation.kernel.errors import N_
from lms.people.belongings import Moved
from lms.people.rules.merging import MOST, Fitting, Remark

TRANSFERRED = N_(
    "One of the places that went along was transferred since, in %(cohort)s. Undo that transfer"
    " first."
)


@dataclass(frozen=True)
class Stand:
    """Where somebody stands in one cohort: a place, or an application that is no place yet."""

    state: str
    enrollment_id: int | None = None
    application_id: int | None = None


def places_fit(session: Session, stays: int, goes: int) -> Fitting:
    """Nobody has two places in one cohort: one without a seat is left behind, else it is said."""
    theirs, others = _stands(session, stays), _stands(session, goes)
    both = sorted(theirs.keys() & others.keys())
    cohorts = session.execute(
        select(Cohort.id, Cohort.title, Cohort.institution_id)
        .where(Cohort.id.in_(both))
        .order_by(Cohort.id)
        .limit(MOST)
    )
    left, said, clashes = set[int](), list[Remark](), list[Remark]()
    for cohort in cohorts:
        other = others[cohort.id]
        mine, its = (_place(session, cohort.id, each) for each in (theirs[cohort.id], other))
        told, message = {
            Fate.LEFT_BEHIND: (said, rules.LEFT),
            Fate.OTHER_WAY: (clashes, rules.OTHER_WAY),
            Fate.REFUSED: (clashes, rules.BOTH),
        }[rules.fate(mine, its)]
        told.append(Remark(message, {"cohort": cohort.title}, cohort.institution_id))
        if other.enrollment_id is not None:
            left.add(other.enrollment_id)
    return Fitting(frozenset(left), tuple(said), tuple(clashes))


def applications_fit(session: Session, stays: int, goes: int) -> Fitting:
    """An application stays with the place it became; what is said of both is said of the place."""
    theirs, others = _stands(session, stays), _stands(session, goes)
    left = (others[cohort].application_id for cohort in theirs.keys() & others.keys())
    return Fitting(frozenset(each for each in left if each is not None))


def transferred_since(session: Session, moved: Moved, stays: int) -> Remark | None:
    """A transfer since then ties a place that went along to one that did not."""
    places = list(moved.get("enrollment.person_id", ()))
    here, there = aliased(Enrollment), aliased(Enrollment)
    found = session.execute(
        select(Cohort.title, Cohort.institution_id)
        .join(here, here.cohort_id == Cohort.id)
        .join(Departure, Departure.enrollment_id == here.id)
        .join(there, there.id == Departure.to_id)
        .where(
            Departure.taken_back_at.is_(None),
            here.person_id == stays,
            there.person_id == stays,
            here.id.in_(places) != there.id.in_(places),
        )
        .order_by(Departure.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    return Remark(TRANSFERRED, {"cohort": found.title}, found.institution_id)


def _stands(session: Session, person_id: int) -> Mapping[int, Stand]:
    found = {
        row.cohort_id: Stand(rules.PREPARING, application_id=row.id)
        for row in session.execute(
            select(Application.cohort_id, Application.id)
            .where(Application.person_id == person_id)
            .order_by(Application.id)
            .limit(MOST)
        )
    }
    places = session.execute(
        select(Enrollment.cohort_id, Enrollment.id, Enrollment.state)
        .where(Enrollment.person_id == person_id)
        .order_by(Enrollment.id)
        .limit(MOST)
    )
    for row in places:
        sent = found.get(row.cohort_id)
        found[row.cohort_id] = Stand(row.state, row.id, sent.application_id if sent else None)
    return found


def _place(session: Session, cohort_id: int, stand: Stand) -> Place:
    place = stand.enrollment_id
    return Place(stand.state, place is not None and has_documents(session, cohort_id, place))
