"""Who has more rights than whom, and who may hand a role on: asked about every pair of roles."""

import itertools

import pytest

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.rights import (
    GIVEN,
    appointing,
    lacking,
    may_act_on,
    permissions_of,
    reaches,
)
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant, ScopeKind
from lms.foundation.access.words import PERMISSIONS, REACHES, ROLES

pytestmark = pytest.mark.pure
K = ScopeKind

PLACES = {
    K.COHORT: Grant("r", K.COHORT, institution_id=1, cohort_id=3),
    K.COURSE: Grant("r", K.COURSE, institution_id=1, course_id=4),
    K.INSTITUTION: Grant("r", K.INSTITUTION, institution_id=1),
    K.INSTITUTION_TREE: Grant("r", K.INSTITUTION_TREE, institution_id=6),
    K.INSTALLATION: Grant("r", K.INSTALLATION, institution_id=1),
}
ABOVE = {1: frozenset({6})}
STAFF = [role for role in Role if role is not Role.PARTICIPANT]


def grant(role: Role, kind: ScopeKind, institution: int | None = None) -> Grant:
    place = PLACES[kind]
    return Grant(role, kind, institution or place.institution_id, place.cohort_id, place.course_id)


WIDER = {
    K.INSTALLATION: set(PLACES),
    K.INSTITUTION_TREE: {K.INSTITUTION_TREE, K.INSTITUTION, K.COHORT, K.COURSE},
    K.INSTITUTION: {K.INSTITUTION, K.COHORT, K.COURSE},
    K.COHORT: {K.COHORT},
    K.COURSE: {K.COURSE},
}


@pytest.mark.parametrize(("outer", "inner"), list(itertools.product(PLACES, PLACES)))
def test_a_place_lies_within_another(outer, inner):
    found = reaches(PLACES[outer], PLACES[inner], ABOVE)
    assert found is (inner in WIDER[outer])


@pytest.mark.parametrize("kind", [K.COHORT, K.COURSE, K.INSTITUTION, K.INSTITUTION_TREE])
def test_no_place_lies_within_another_institution(kind):
    elsewhere = Grant("r", kind, institution_id=2, cohort_id=30, course_id=40)
    assert not reaches(PLACES[kind], elsewhere)
    assert not reaches(PLACES[K.INSTITUTION], elsewhere)


@pytest.mark.parametrize(("mine", "theirs"), list(itertools.product(STAFF, STAFF)))
def test_what_somebody_lacks_is_what_the_table_gives_the_other(mine, theirs):
    own, other = grant(mine, K.INSTITUTION), grant(theirs, K.INSTITUTION)
    expected = {
        permission
        for permission, rule in POLICY.items()
        if (theirs, K.INSTITUTION) in rule and (mine, K.INSTITUTION) not in rule
    }
    assert lacking([own], [other]) == expected


def test_a_right_in_another_place_is_a_right_beyond_mine():
    mine = [grant(Role.HELP_DESK, K.INSTITUTION)]
    theirs = [grant(Role.HELP_DESK, K.INSTITUTION, institution=2)]
    assert Permission.PERSON_HELP in lacking(mine, theirs)


def test_whoever_has_no_grant_has_no_right_beyond_anybodys():
    assert lacking([], []) == frozenset()
    assert may_act_on([grant(Role.HELP_DESK, K.INSTITUTION)], [])


@pytest.mark.parametrize(("role", "kind"), list(itertools.product(STAFF, PLACES)))
def test_administration_appoints_to_whatever_means_something_within_its_place(role, kind):
    given = grant(role, kind)
    for own in (K.INSTITUTION, K.INSTALLATION):
        may = bool(appointing([grant(Role.ADMINISTRATOR, own)], given, ABOVE))
        assert may is ((role, kind) in GIVEN and kind in WIDER[own])


@pytest.mark.parametrize(("role", "kind"), list(itertools.product(STAFF, PLACES)))
def test_registrars_appoint_who_teaches_a_cohort_and_nobody_else(role, kind):
    may = bool(appointing([grant(Role.REGISTRAR, K.INSTITUTION)], grant(role, kind), ABOVE))
    assert may is (role in {Role.INSTRUCTOR, Role.TUTOR} and kind is K.COHORT)


@pytest.mark.parametrize("own", [Role.INSTRUCTOR, Role.TUTOR, Role.SIGNER, Role.HELP_DESK])
def test_nobody_else_appoints(own):
    mine = [grant(own, K.INSTITUTION)]
    assert not [pair for pair in GIVEN if appointing(mine, grant(*pair), ABOVE)]


@pytest.mark.parametrize(
    ("mine", "theirs", "may"),
    [
        (Role.HELP_DESK, Role.HELP_DESK, True),
        (Role.HELP_DESK, Role.REGISTRAR, False),
        (Role.HELP_DESK, Role.SIGNER, False),
        (Role.HELP_DESK, Role.ADMINISTRATOR, False),
        (Role.ADMINISTRATOR, Role.REGISTRAR, True),
        (Role.ADMINISTRATOR, Role.ADMINISTRATOR, True),
    ],
)
def test_who_may_let_whom_in(mine, theirs, may):
    own, other = grant(mine, K.INSTITUTION), grant(theirs, K.INSTITUTION)
    assert may_act_on([own], [other]) is may


def test_one_grant_beyond_mine_is_enough():
    mine = [grant(Role.ADMINISTRATOR, K.INSTITUTION)]
    theirs = [grant(Role.TUTOR, K.COHORT), grant(Role.ADMINISTRATOR, K.INSTALLATION)]
    assert may_act_on(mine, theirs[:1])
    assert not may_act_on(mine, theirs)


@pytest.mark.parametrize("pair", sorted(GIVEN), ids=str)
def test_every_grant_that_means_something_allows_something(pair):
    assert permissions_of(grant(*pair)) if pair[1] in PLACES else True


def test_everything_has_a_name_on_the_screen():
    assert set(PERMISSIONS) == set(Permission)
    assert set(ROLES) == set(Role)
    assert {kind for _, kind in GIVEN} <= set(REACHES)
