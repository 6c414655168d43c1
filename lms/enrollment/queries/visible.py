"""Which cohorts a member of staff sees: those that a grant of theirs reaches."""

from sqlalchemy import ColumnElement, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from lms.catalog.models import CourseVersion
from lms.enrollment.models import Cohort, CohortCourse
from lms.foundation.access.identity import Identity, Visitor
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant, Scope, ScopeKind
from lms.people.models import Institution


def grants_for(identity: Identity | Visitor, permission: Permission) -> list[Grant]:
    """The grants by which somebody holds a permission, each in its own place."""
    rule = POLICY[permission]
    return [grant for grant in identity.grants if (Role(grant.role), grant.kind) in rule]


def place_of(grants: list[Grant]) -> Scope:
    """The place of a list that shows only what these grants reach: any one of them will do."""
    for grant in grants:
        return Scope(
            institution_id=grant.institution_id,
            cohort_id=grant.cohort_id,
            course_ids=frozenset({grant.course_id} if grant.course_id else ()),
        )
    return Scope()


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
                reached.append(_below(institutions))
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
                reached.append(_below([grant.institution_id], column))
            case _:
                continue
    return or_(*reached) if reached else column.is_(None)


def _below(
    institutions: list[int], column: InstrumentedAttribute[int] = Cohort.institution_id
) -> ColumnElement[bool]:
    tree = (
        select(Institution.id).where(Institution.id.in_(institutions)).cte("tree", recursive=True)
    )
    below = aliased(Institution)
    # UNION, not UNION ALL: a circle made by mistake ends here instead of running for ever.
    tree = tree.union(select(below.id).join(tree, below.parent_id == tree.c.id))
    return column.in_(select(tree.c.id))


def _taught(courses: list[int]) -> ColumnElement[bool]:
    return Cohort.id.in_(
        select(CohortCourse.cohort_id)
        .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
        .where(CourseVersion.course_id.in_(courses))
    )
