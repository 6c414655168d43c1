"""The policy table, asked about every permission, role and kind of place."""

import itertools

import pytest

from lms.foundation.access.identity import Identity, Visitor
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY, Answer, allows, anywhere, decide
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant, Scope, ScopeKind

pytestmark = pytest.mark.pure

HERE = Scope(
    institution_id=1,
    person_id=9,
    cohort_id=3,
    course_ids=frozenset({4}),
    sending_institution_id=5,
    institutions_above=frozenset({6}),
)
GRANTS = {
    ScopeKind.COHORT: Grant("r", ScopeKind.COHORT, institution_id=1, cohort_id=3),
    ScopeKind.COURSE: Grant("r", ScopeKind.COURSE, institution_id=1, course_id=4),
    ScopeKind.INSTITUTION: Grant("r", ScopeKind.INSTITUTION, institution_id=1),
    ScopeKind.INSTITUTION_TREE: Grant("r", ScopeKind.INSTITUTION_TREE, institution_id=6),
    ScopeKind.SENDING_INSTITUTION: Grant("r", ScopeKind.SENDING_INSTITUTION, institution_id=5),
    ScopeKind.INSTALLATION: Grant("r", ScopeKind.INSTALLATION, institution_id=1),
}


def person(*grants: Grant) -> Identity:
    ties = frozenset(g.institution_id for g in grants if g.institution_id)
    return Identity(7, "uid", 1, "Rosa", grants=grants, ties=ties)


def granted(role: Role, kind: ScopeKind) -> Identity:
    found = GRANTS[kind]
    return person(Grant(role, kind, found.institution_id, found.cohort_id, found.course_id))


@pytest.mark.parametrize(
    ("permission", "role", "kind"),
    list(itertools.product(Permission, Role, GRANTS)),
)
def test_the_table_is_the_whole_truth(permission, role, kind):
    expected = (role, kind) in POLICY[permission]
    assert allows(granted(role, kind), permission, HERE) is expected


@pytest.mark.parametrize("permission", Permission)
def test_every_permission_has_a_rule_and_nobody_is_let_in_without_signing_in(permission):
    assert POLICY[permission]
    assert decide(Visitor(), permission, HERE) is Answer.SIGN_IN


@pytest.mark.parametrize("kind", GRANTS)
def test_no_grant_reaches_into_another_place(kind):
    elsewhere = Scope(institution_id=2, cohort_id=30, course_ids=frozenset({40}), person_id=8)
    reaches = kind is ScopeKind.INSTALLATION
    assert GRANTS[kind].covers(elsewhere) is reaches


def test_ones_own_things_and_nobody_elses():
    me = person()
    assert allows(me, Permission.COURSE_TAKE, Scope(person_id=7))
    assert not allows(me, Permission.COURSE_TAKE, Scope(person_id=8))


def test_outside_your_institution_a_thing_does_not_exist_inside_it_you_may_not():
    tutor = granted(Role.TUTOR, ScopeKind.COHORT)
    assert decide(tutor, Permission.CREDENTIAL_ISSUE, HERE) is Answer.NO
    other = Scope(institution_id=2)
    assert decide(tutor, Permission.CREDENTIAL_ISSUE, other) is Answer.NOTHING_HERE


def test_a_menu_shows_what_is_allowed_somewhere():
    assert anywhere(granted(Role.REGISTRAR, ScopeKind.INSTITUTION), Permission.CREDENTIAL_ISSUE)
    assert not anywhere(granted(Role.TUTOR, ScopeKind.COHORT), Permission.CREDENTIAL_ISSUE)
