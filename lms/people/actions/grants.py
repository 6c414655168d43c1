"""Roles given and ended on screen: only what one may hand on, and never the last administrator."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select

from lms.foundation.access.rights import GIVEN, appointing
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import Grant as Granted
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.access.words import ROLES
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Forbidden, NotFound, Refused
from lms.foundation.mail.actions import tell
from lms.people.actions import invite
from lms.people.actions.help_desk import NewPerson
from lms.people.models import Grant, Installation, Institution, Person
from lms.people.models.person import PersonState
from lms.people.queries import accounts, grants
from lms.people.rules import giving, links

OUT_OF_REACH = N_("You can give only roles that your own role lets you give, in its place.")


@dataclass(frozen=True)
class Given:
    """A role in a place, from one moment to another."""

    role: Role
    kind: ScopeKind
    institution_id: int
    starts_at: datetime
    ends_at: datetime | None = None
    cohort_id: int | None = None
    course_id: int | None = None

    @property
    def plain(self) -> Granted:
        """The same as the policy knows it."""
        return Granted(self.role, self.kind, self.institution_id, self.cohort_id, self.course_id)


def give(work: Work, person_id: int, given: Given) -> UUID:
    """Somebody gets a role: at most what who gives it may hand on, and no longer than theirs."""
    person = accounts.locked(work.session, person_id)
    if person.state not in (PersonState.ACTIVE, PersonState.PENDING, PersonState.INVITED):
        raise Refused(N_("This account is closed."))
    _check_means_something(given)
    giving.check_days(given.starts_at, given.ends_at, work.now)
    giving.check_own_end(given.ends_at, _own_ends(work, given.plain))
    if _is_held(work, person_id, given):
        raise Refused(N_("They hold that role there already."))
    row = Grant(
        person_id=person_id,
        institution_id=given.institution_id,
        role=given.role,
        kind=given.kind,
        cohort_id=given.cohort_id,
        course_id=given.course_id,
        starts_at=given.starts_at,
        ends_at=given.ends_at,
    )
    work.session.add(row)
    work.session.flush()
    record(work, "grant.given", row, detail=_detail(row))
    _tell(work, row, "people/role_given")
    return row.uid


def give_to_newcomer(
    work: Work, new: NewPerson, given: Given, link_to: Callable[[str], str]
) -> UUID:
    """Somebody who is not here yet gets a role: an account waits for them, and a letter says so.

    Returns the uid of the person.
    """
    person = invite.invite(work, new, "role")
    give(work, person.id, given)
    invite.send_invitation(work, person, link_to, invite.APPOINTED)
    return person.uid


def end(work: Work, grant_uid: UUID) -> Grant:
    """A role ends now, or never begins if it was to begin later."""
    row = work.session.scalar(select(Grant).where(Grant.uid == grant_uid).with_for_update())
    if row is None:
        raise NotFound()
    _own_ends(work, grants.plain(row))
    if row.ends_at is not None and row.ends_at <= work.now:
        raise Refused(N_("This role has ended already."))
    if row.role == Role.ADMINISTRATOR:
        giving.check_not_last(_other_administrators(work, row))
    before = row.ends_at
    row.ends_at = work.now
    record(
        work,
        "grant.ended",
        row,
        detail={
            "role": row.role,
            "kind": row.kind,
            "before": {"ends_at": before.isoformat() if before else None},
            "after": {"ends_at": row.ends_at.isoformat()},
        },
    )
    _tell(work, row, "people/role_ended")
    return row


def _check_means_something(given: Given) -> None:
    if (given.role, given.kind) not in GIVEN:
        raise Refused(
            N_("A tutor acts in one cohort: say which.")
            if given.role == Role.TUTOR
            else N_("That role is not held there: choose a wider or a narrower place.")
        )
    named = {ScopeKind.COHORT: given.cohort_id, ScopeKind.COURSE: given.course_id}
    if given.kind in named and named[given.kind] is None:
        raise Refused(N_("Say in which cohort or course."))


def _own_ends(work: Work, given: Granted) -> list[datetime | None]:
    """Until when who acts may hand this on; commands may hand on everything, for ever."""
    if work.actor.person_id is None:
        return [None]
    own = grants.holding(work.session, work.actor.person_id, work.now)
    mine = [grants.plain(row) for row in own]
    good = appointing(mine, given, grants.above_of(work.session, mine, [given]))
    if not good:
        raise Forbidden(OUT_OF_REACH)
    return [row.ends_at for row in own if grants.plain(row) in good]


def _is_held(work: Work, person_id: int, given: Given) -> bool:
    """Whether the same role stands in the same place at some moment of this one."""
    overlap = [or_(Grant.ends_at.is_(None), Grant.ends_at > given.starts_at)]
    if given.ends_at is not None:
        overlap.append(Grant.starts_at < given.ends_at)
    found = select(Grant.id).where(
        Grant.person_id == person_id,
        Grant.role == given.role,
        Grant.kind == given.kind,
        Grant.institution_id == given.institution_id,
        Grant.cohort_id.is_not_distinct_from(given.cohort_id),
        Grant.course_id.is_not_distinct_from(given.course_id),
        *overlap,
    )
    return work.session.scalar(found.limit(1)) is not None


def _other_administrators(work: Work, row: Grant) -> list[datetime | None]:
    """Until when others administer the place of this grant, counted while nobody else counts."""
    session = work.session
    session.execute(select(Installation.id).with_for_update()).all()
    session.execute(
        select(Institution.id).where(Institution.id == row.institution_id).with_for_update()
    )
    here = Grant.kind == ScopeKind.INSTALLATION
    if row.kind != ScopeKind.INSTALLATION:
        of_house = Grant.kind.in_((ScopeKind.INSTITUTION, ScopeKind.INSTITUTION_TREE))
        here = or_(here, of_house & (Grant.institution_id == row.institution_id))
    others = session.execute(
        select(Grant.ends_at)
        .join(Person, Person.id == Grant.person_id)
        .where(
            Grant.role == Role.ADMINISTRATOR,
            Grant.id != row.id,
            Grant.starts_at <= work.now,
            or_(Grant.ends_at.is_(None), Grant.ends_at > work.now),
            Person.state == PersonState.ACTIVE,
            here,
        )
        .order_by(Grant.id)
        .limit(grants.MOST)
    )
    return [each.ends_at for each in others]


def _detail(row: Grant) -> dict[str, str | None]:
    return {
        "role": row.role,
        "kind": row.kind,
        "starts_at": row.starts_at.isoformat(),
        "ends_at": row.ends_at.isoformat() if row.ends_at else None,
    }


def _tell(work: Work, row: Grant, template: str) -> None:
    house = work.session.get_one(Institution, row.institution_id)
    tell(
        work, row.person_id, template, link=links.ACCOUNT, institution_id=row.institution_id,
        role=ROLES[Role(row.role)], institution=house.name,
    )  # fmt: skip
