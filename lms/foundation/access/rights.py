"""Comparing grants with grants: who has more rights than whom, and who may hand a role on. Pure."""

from collections.abc import Mapping, Sequence

from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import POLICY
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant, Scope, ScopeKind

Above = Mapping[int, frozenset[int]]
"""The institutions over an institution; needed only where somebody holds a whole tree."""

NOTHING_ABOVE: Above = {}

GIVEN = frozenset(pair for rule in POLICY.values() for pair in rule if pair[0] != Role.PARTICIPANT)
"""Every role with every reach that means something."""

APPOINTS: dict[Role, frozenset[tuple[Role, ScopeKind]]] = {
    # Whoever administers a place appoints there, also to what they do not do themselves.
    Role.ADMINISTRATOR: GIVEN,
    Role.REGISTRAR: frozenset(
        {(Role.INSTRUCTOR, ScopeKind.COHORT), (Role.TUTOR, ScopeKind.COHORT)}
    ),
}
"""THE table of appointments: which roles a role may hand on, within the reach of its own grant."""


def permissions_of(grant: Grant) -> frozenset[Permission]:
    """Everything that a grant allows, in its place."""
    pair = (Role(grant.role), grant.kind)
    return frozenset(permission for permission, rule in POLICY.items() if pair in rule)


def reaches(outer: Grant, inner: Grant, above: Above = NOTHING_ABOVE) -> bool:
    """Whether everything in the place of one grant lies in the place of another."""
    if outer.kind is ScopeKind.INSTALLATION:
        return True
    higher = above.get(inner.institution_id or 0, frozenset())
    match inner.kind:
        case ScopeKind.INSTALLATION:
            return False
        case ScopeKind.INSTITUTION_TREE:
            return outer.kind is ScopeKind.INSTITUTION_TREE and (
                outer.institution_id == inner.institution_id or outer.institution_id in higher
            )
        case _:
            return outer.covers(
                Scope(
                    institution_id=inner.institution_id,
                    cohort_id=inner.cohort_id,
                    course_ids=frozenset({inner.course_id} if inner.course_id else ()),
                    institutions_above=higher,
                )
            )


def lacking(
    mine: Sequence[Grant], theirs: Sequence[Grant], above: Above = NOTHING_ABOVE
) -> frozenset[Permission]:
    """What somebody else may do somewhere and I may not do there: their rights beyond mine."""
    found: set[Permission] = set()
    for their in theirs:
        for permission in permissions_of(their):
            if not any(
                (Role(own.role), own.kind) in POLICY[permission] and reaches(own, their, above)
                for own in mine
            ):
                found.add(permission)
    return frozenset(found)


def appointing(
    mine: Sequence[Grant], given: Grant, above: Above = NOTHING_ABOVE
) -> tuple[Grant, ...]:
    """Those of my grants that let me hand this one on; none when I may not."""
    pair = (Role(given.role), given.kind)
    if pair not in GIVEN:
        return ()
    return tuple(
        own
        for own in mine
        if pair in APPOINTS.get(Role(own.role), frozenset()) and reaches(own, given, above)
    )


def may_act_on(
    mine: Sequence[Grant], theirs: Sequence[Grant], above: Above = NOTHING_ABOVE
) -> bool:
    """Whether I may change how somebody gets in: not if their account does what I could not.

    A code for a colleague's account opens all that the colleague may do; so it takes somebody
    who may do it all, or who appoints to it.
    """
    return all(
        appointing(mine, their, above) or not lacking(mine, [their], above) for their in theirs
    )
