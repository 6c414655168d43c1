"""Places that stay behind when two accounts are joined count no more, until they are parted."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import select

from lms.enrollment.models import Enrollment
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work


def set_aside(work: Work, left: Collection[int]) -> dict[str, Any]:
    """No list of the cohort has them any more; returns how each of them stood."""
    kept = {}
    for place in _these(work, left):
        kept[str(place.id)] = place.state
        _move(work, place, EnrollmentState.SET_ASIDE)
    return kept


def take_back(work: Work, kept: Mapping[str, Any]) -> None:
    """They stand as they did."""
    for place in _these(work, [int(each) for each in kept]):
        if place.state == EnrollmentState.SET_ASIDE:
            _move(work, place, kept[str(place.id)])


def _these(work: Work, ids: Collection[int]) -> Sequence[Enrollment]:
    return work.session.scalars(
        select(Enrollment)
        .where(Enrollment.id.in_(ids))
        .order_by(Enrollment.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).all()


def _move(work: Work, place: Enrollment, state: str) -> None:
    before, place.state = place.state, state
    detail = changed({"state": before}, {"state": str(state)})
    record(work, "enrollment.set_aside", subject=place, detail=detail)
