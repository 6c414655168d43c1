"""Which cohorts a member of staff sees: those that a grant of theirs reaches."""

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, CohortCourse
from lms.foundation.access.policy import grants_for, place_of
from lms.foundation.access.scopes import Grant, ScopeKind
from lms.people.queries.institutions import below

__all__ = ["grants_for", "place_of", "visible"]


def visible(grants: list[Grant]) -> ColumnElement[bool]:
    """The condition on cohorts that the grants reach; without any, nothing is seen."""
    reached: list[ColumnElement[bool]] = []
    for kind in {grant.kind for grant in grants}:
        of_kind = [grant for grant in grants if grant.kind is kind]
        institutions = [g.institution_id for g in of_kind if g.institution_id is not None]
        match kind:
            case ScopeKind.INSTALLATION:
                return true()
            case ScopeKind.INSTITUTION:
                reached.append(Cohort.institution_id.in_(institutions))
            case ScopeKind.INSTITUTION_TREE:
                reached.append(Cohort.institution_id.in_(below(institutions)))
            case ScopeKind.COHORT:
                reached.append(Cohort.id.in_([g.cohort_id for g in of_kind if g.cohort_id]))
            case ScopeKind.COURSE:
                reached.append(_taught([g.course_id for g in of_kind if g.course_id]))
            case _:
                continue
    return or_(*reached) if reached else Cohort.id.is_(None)


def within(grants: list[Grant], column: InstrumentedAttribute[int]) -> ColumnElement[bool]:
    """The condition on an institution's id that the grants reach; without any, nothing is."""
    reached: list[ColumnElement[bool]] = []
    for grant in grants:
        match grant.kind:
            case ScopeKind.INSTALLATION:
                return true()
            case ScopeKind.INSTITUTION:
                reached.append(column == grant.institution_id)
            case ScopeKind.INSTITUTION_TREE if grant.institution_id is not None:
                reached.append(column.in_(below([grant.institution_id])))
            case _:
                continue
    return or_(*reached) if reached else column.is_(None)


def _taught(courses: list[int]) -> ColumnElement[bool]:
    return Cohort.id.in_(
        select(CohortCourse.cohort_id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(CourseVersion.course_id.in_(courses))
    )
