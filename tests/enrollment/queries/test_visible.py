"""Staff see the cohorts that a grant of theirs reaches, and no others."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from lms.enrollment.models import Cohort, CohortCourse, Enrollment
from lms.enrollment.queries.places import cohort_place, enrollment_place
from lms.enrollment.queries.visible import grants_for, place_of, visible
from lms.foundation.access.identity import Identity, Visitor
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import Answer, decide
from lms.foundation.access.scopes import Grant, Scope, ScopeKind
from lms.foundation.kernel.actor import SYSTEM
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Institution
from tests.factories.catalog import make_diploma
from tests.factories.enrollment import make_cohort, put_in


@pytest.fixture
def cohorts(db, world):
    """A cohort in each institution; the second institution stands above the first."""

    def lay(work):
        igm, otra = world.institutions["igm"], world.institutions["otra"]
        make_diploma(work, igm, "ours")
        make_diploma(work, otra, "theirs")
        ours = make_cohort(work, "ours", key="ours")
        make_cohort(work, "ours", key="ours-2")
        make_cohort(work, "theirs", key="theirs")
        work.session.get_one(Institution, igm).parent_id = otra
        put_in(work, ours, world.people["learner"])

    db.perform(lay, SYSTEM)
    with db.reading() as session:
        return {cohort.key: cohort for cohort in session.scalars(select(Cohort))}


def course_of(db, cohort):
    with db.reading() as session:
        row = session.scalars(select(CohortCourse).where(CohortCourse.cohort_id == cohort.id)).one()
        return row.course_version.course_id


@pytest.mark.parametrize(
    ("make", "seen"),
    [
        (lambda w, c, d: [], []),
        (lambda w, c, d: [("registrar", ScopeKind.INSTITUTION, w["igm"])], ["ours", "ours-2"]),
        (
            lambda w, c, d: [("registrar", ScopeKind.INSTITUTION_TREE, w["otra"])],
            ["ours", "ours-2", "theirs"],
        ),
        (lambda w, c, d: [("registrar", ScopeKind.INSTITUTION_TREE, w["igm"])], ["ours", "ours-2"]),
        (lambda w, c, d: [("tutor", ScopeKind.COHORT, w["igm"], c["ours"].id)], ["ours"]),
        (
            lambda w, c, d: [("instructor", ScopeKind.COURSE, w["igm"], None, d)],
            ["ours", "ours-2"],
        ),
        (lambda w, c, d: [("signer", ScopeKind.INSTITUTION, w["igm"])], []),
        (lambda w, c, d: [("tutor", ScopeKind.INSTITUTION, w["igm"])], []),
        (
            lambda w, c, d: [("administrator", ScopeKind.INSTALLATION, None)],
            ["ours", "ours-2", "theirs"],
        ),
        (
            lambda w, c, d: [
                ("signer", ScopeKind.INSTITUTION, w["igm"]),
                ("registrar", ScopeKind.INSTITUTION, w["otra"]),
            ],
            ["theirs"],
        ),
    ],
)
def test_a_list_shows_what_the_grants_reach(db, world, cohorts, make, seen):
    course = course_of(db, cohorts["ours"])
    grants = tuple(Grant(*each) for each in make(world.institutions, cohorts, course))
    somebody = Identity(1, "uid", 1, "Rosa", grants=grants)
    held = grants_for(somebody, Permission.COHORT_VIEW)
    with db.reading() as session:
        statement = select(Cohort.key).where(visible(held)).order_by(Cohort.key)
        assert list(session.scalars(statement)) == seen
    allowed = decide(somebody, Permission.COHORT_VIEW, place_of(held)) is Answer.YES
    assert allowed == bool(held)
    with db.reading() as session:
        for key, cohort in cohorts.items():
            place = cohort_place(session, cohort.uid)
            answer = decide(somebody, Permission.COHORT_VIEW, place)
            assert (answer is Answer.YES) == (key in seen)


def test_a_visitor_sees_nothing():
    assert grants_for(Visitor(), Permission.COHORT_VIEW) == []
    assert place_of([]) == Scope()


def test_the_place_of_a_cohort_and_of_somebody_in_it(db, world, cohorts):
    with db.reading() as session:
        cohort = cohorts["ours"]
        place = cohort_place(session.connection(), cohort.uid)
        assert place == Scope(
            institution_id=world.institutions["igm"],
            cohort_id=cohort.id,
            course_ids=frozenset({course_of(db, cohort)}),
            institutions_above=frozenset({world.institutions["otra"]}),
        )
        uid = session.scalars(select(Enrollment.uid)).one()
        assert enrollment_place(session, uid).person_id == world.people["learner"]
        for unknown in (cohort_place, enrollment_place):
            with pytest.raises(NotFound):
                unknown(session, uuid4())


def test_institutions_in_a_circle_do_not_hang_anybody(db, world, cohorts):
    def close(work):
        otra = work.session.get_one(Institution, world.institutions["otra"])
        otra.parent_id = world.institutions["igm"]

    db.perform(close, SYSTEM)
    with db.reading() as session:
        place = cohort_place(session, cohorts["ours"].uid)
    assert place.institutions_above == frozenset(world.institutions.values())
