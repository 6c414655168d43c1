"""THE table: which role may do what, and how far its grant must reach for it."""

from collections.abc import Iterable
from enum import Enum

from lms.foundation.access.identity import Identity, Visitor
from lms.foundation.access.permissions import Permission as P
from lms.foundation.access.roles import Role as R
from lms.foundation.access.scopes import Grant, Scope
from lms.foundation.access.scopes import ScopeKind as K

Rule = frozenset[tuple[R, K]]


def _everyone() -> Rule:
    return frozenset({(R.PARTICIPANT, K.SELF)})


def _granted(**kinds: tuple[K, ...]) -> Rule:
    return frozenset((R(role), kind) for role, reach in kinds.items() for kind in reach)


_TEACHING = (K.COHORT, K.COURSE)
_OFFICE = (K.INSTITUTION, K.INSTITUTION_TREE)
_WHOLE = (*_OFFICE, K.INSTALLATION)

POLICY: dict[P, Rule] = {
    P.PROFILE_MANAGE: _everyone(),
    P.NOTICE_READ: _everyone(),
    P.COHORT_APPLY: _everyone(),
    P.COURSE_TAKE: _everyone(),
    P.CREDENTIAL_OWN: _everyone(),
    P.STAFF_ROOM: _granted(
        instructor=(*_TEACHING, *_OFFICE),
        tutor=_TEACHING,
        registrar=_OFFICE,
        signer=_OFFICE,
        help_desk=_OFFICE,
        administrator=_WHOLE,
    ),
    P.COHORT_VIEW: _granted(
        instructor=(*_TEACHING, *_OFFICE),
        tutor=_TEACHING,
        registrar=_OFFICE,
        help_desk=_OFFICE,
        administrator=_WHOLE,
    ),
    P.COHORT_OPEN: _granted(registrar=_OFFICE),
    P.ENROLLMENT_DECIDE: _granted(registrar=_OFFICE),
    P.ANNOUNCEMENT_WRITE: _granted(
        instructor=(*_TEACHING, *_OFFICE), tutor=_TEACHING, registrar=_OFFICE
    ),
    P.ALLOWANCE_GIVE: _granted(instructor=(*_TEACHING, *_OFFICE), registrar=_OFFICE),
    # Between a learner and those who teach them: nobody else of the institution reads it.
    P.INQUIRY_ANSWER: _granted(instructor=_TEACHING, tutor=_TEACHING),
    P.ATTEMPT_REVIEW: _granted(instructor=(*_TEACHING, *_OFFICE), tutor=_TEACHING),
    # Who sits a quiz, without what they answer: whoever runs the examination needs it too.
    P.ATTEMPT_MONITOR: _granted(
        instructor=(*_TEACHING, *_OFFICE), tutor=_TEACHING, registrar=_OFFICE
    ),
    P.GRADE_ENTER: _granted(instructor=(K.COHORT, *_OFFICE), registrar=_OFFICE),
    P.ATTEMPT_MARK: _granted(instructor=(*_TEACHING, *_OFFICE), tutor=_TEACHING),
    # It changes marks of many at once: whoever answers for the course, not whoever helps in it.
    P.ATTEMPT_REGRADE: _granted(instructor=(*_TEACHING, *_OFFICE)),
    P.ACT_VIEW: _granted(
        instructor=(K.COHORT, *_OFFICE), registrar=_OFFICE, signer=_OFFICE, administrator=_WHOLE
    ),
    # Whoever teaches says what they see in the draft; only the registrar closes it.
    P.ACT_REVIEW: _granted(instructor=(K.COHORT, *_OFFICE)),
    P.ACT_CLOSE: _granted(registrar=_OFFICE),
    P.CREDENTIAL_ISSUE: _granted(registrar=_OFFICE),
    # Where an office is one person, whoever looks after the institution is the second one.
    P.CREDENTIAL_APPROVE: _granted(registrar=_OFFICE, administrator=_WHOLE),
    P.CREDENTIAL_SIGN: _granted(signer=_OFFICE),
    P.PERSON_HELP: _granted(help_desk=_OFFICE, administrator=_WHOLE),
    P.PERSON_SEE_AS: _granted(help_desk=_OFFICE, administrator=_WHOLE),
    P.PERSON_MERGE: _granted(help_desk=_OFFICE, administrator=_WHOLE),
    P.GRANT_VIEW: _granted(help_desk=_OFFICE, registrar=_OFFICE, administrator=_WHOLE),
    P.GRANT_GIVE: _granted(registrar=_OFFICE, administrator=_WHOLE),
    P.DRAFT_VIEW: _granted(instructor=(K.COURSE, *_OFFICE), administrator=_WHOLE),
    P.COURSE_WRITE: _granted(instructor=(K.COURSE, *_OFFICE)),
    P.COURSE_PUBLISH: _granted(instructor=_OFFICE, administrator=_WHOLE),
    P.INSTITUTION_MANAGE: _granted(administrator=_WHOLE),
    P.INSTITUTION_OPEN: _granted(administrator=(K.INSTALLATION,)),
    P.MAIL_READ: _granted(administrator=_WHOLE),
    P.AUDIT_READ: _granted(administrator=_WHOLE),
    P.INSTALLATION_MANAGE: _granted(administrator=(K.INSTALLATION,)),
}


PRIVATE = frozenset({P.PROFILE_MANAGE, P.NOTICE_READ})
"""What nobody opens but the person: never shown to staff who see the site as somebody else."""


class Answer(Enum):
    """What the policy says of one question."""

    YES = "yes"
    SIGN_IN = "sign in first"
    NO = "not granted here"
    NOTHING_HERE = "does not exist for this person"


def allows(identity: Identity | Visitor, permission: P, scope: Scope) -> bool:
    """Whether this person may do this in this place. Pure: no request, no database."""
    return decide(identity, permission, scope) is Answer.YES


def decide(identity: Identity | Visitor, permission: P, scope: Scope) -> Answer:
    """The same with the reason: outside your institution a thing does not exist."""
    if not isinstance(identity, Identity):
        return Answer.SIGN_IN
    rule = POLICY[permission]
    if (R.PARTICIPANT, K.SELF) in rule and scope.person_id == identity.person_id:
        return Answer.YES
    for grant in identity.grants:
        if (R(grant.role), grant.kind) in rule and grant.covers(scope):
            return Answer.YES
    related = scope.institution_id is None or scope.institution_id in identity.ties
    return Answer.NO if related else Answer.NOTHING_HERE


def anywhere(identity: Identity | Visitor, permission: P) -> bool:
    """Whether the person may do this in at least one place (what a menu shows)."""
    return held(identity.grants, permission)


def held(grants: Iterable[Grant], permission: P) -> bool:
    """Whether one of these grants gives the permission somewhere."""
    return any((R(grant.role), grant.kind) in POLICY[permission] for grant in grants)


def grants_for(identity: Identity | Visitor, permission: P) -> list[Grant]:
    """The grants by which somebody holds a permission, each in its own place."""
    rule = POLICY[permission]
    return [grant for grant in identity.grants if (R(grant.role), grant.kind) in rule]


def place_of(grants: list[Grant]) -> Scope:
    """The place of a list that shows only what these grants reach: any one of them will do."""
    for grant in grants:
        return Scope(
            institution_id=grant.institution_id,
            cohort_id=grant.cohort_id,
            course_ids=frozenset({grant.course_id} if grant.course_id else ()),
        )
    return Scope()
