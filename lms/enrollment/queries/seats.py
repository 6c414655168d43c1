"""What the actions on seats read: the cohort locked first, then whoever is in it."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import func, select
from sqlalchemy.orm import Session, contains_eager

from lms.catalog.models import Programme
from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment, InvitationKey
from lms.enrollment.rules.keys import Key, KeyState
from lms.foundation.kernel.errors import NotFound
from lms.foundation.kernel.ids import read_code
from lms.people.models import Person, Post
from lms.people.queries import accounts

MOST_AT_ONCE = 500


def locked_cohort(session: Session, uid: UUID) -> Cohort:
    """The cohort, nobody else deciding about its seats until this transaction ends."""
    cohort = session.scalar(select(Cohort).where(Cohort.uid == uid).with_for_update())
    if cohort is None:
        raise NotFound()
    return cohort


def locked_person(session: Session, person_id: int | None) -> Person:
    """The person, nobody else seating them until this transaction ends."""
    if person_id is None:
        raise NotFound()
    return accounts.locked(session, person_id)


def seats_taken(session: Session, cohort_id: int) -> int:
    """How many hold a seat. Asked after the cohort is locked, the answer holds."""
    return (
        session.scalar(
            select(func.count())
            .select_from(Enrollment)
            .where(Enrollment.cohort_id == cohort_id, HAS_SEAT)
        )
        or 0
    )


def slug_of(session: Session, cohort: Cohort) -> str:
    """The address of the cohort's programme."""
    slug = session.scalar(select(Programme.slug).where(Programme.id == cohort.programme_id))
    return slug or ""


def enrollment_of(session: Session, cohort_id: int, person_id: int) -> Enrollment | None:
    """A person's place in a cohort, in whatever state."""
    return session.scalar(
        select(Enrollment).where(
            Enrollment.cohort_id == cohort_id, Enrollment.person_id == person_id
        )
    )


def requests(session: Session, cohort_id: int, uids: Collection[UUID]) -> Sequence[Enrollment]:
    """These enrollments of this cohort with their people, in the order of arrival.

    One that is not of this cohort does not exist here. They are held until this transaction ends:
    whoever joins two accounts moves places without asking for the cohort.
    """
    wanted = set(uids)
    session.execute(
        select(Enrollment.id)
        .where(Enrollment.cohort_id == cohort_id, Enrollment.uid.in_(wanted))
        .order_by(Enrollment.id)
        .with_for_update()
    ).all()
    found = session.scalars(
        select(Enrollment)
        .join(Enrollment.person)
        .options(contains_eager(Enrollment.person))
        .where(Enrollment.cohort_id == cohort_id, Enrollment.uid.in_(wanted))
        .order_by(Enrollment.applied_at, Enrollment.uid)
        .limit(MOST_AT_ONCE)
    ).all()
    if not wanted or len(found) != len(wanted):
        raise NotFound()
    return found


def post_of(session: Session, person_id: int) -> Post | None:
    """The post somebody holds now: the last one told of that has not ended."""
    return session.scalar(
        select(Post)
        .where(Post.person_id == person_id, Post.ends_on.is_(None))
        .order_by(Post.id.desc())
        .limit(1)
    )


def locked_key(session: Session, cohort_id: int, typed: str) -> InvitationKey | None:
    """The key of this cohort that somebody typed, held until this transaction ends."""
    return session.scalar(
        select(InvitationKey)
        .where(InvitationKey.cohort_id == cohort_id, InvitationKey.code == read_code(typed))
        .with_for_update()
    )


def key_opens(session: Session, typed: str, now: datetime) -> UUID | None:
    """The cohort that a key opens now, if it is good: its bearer was invited in person."""
    row = session.execute(
        select(InvitationKey, Cohort.uid, Cohort.policy)
        .join(Cohort, Cohort.id == InvitationKey.cohort_id)
        .where(InvitationKey.code == read_code(typed))
    ).first()
    if row is None:
        return None
    key, cohort, policy = row
    today = now.astimezone(ZoneInfo(policy["zone"])).date()
    return cohort if plain(key).state(today) is KeyState.GOOD else None


def plain(key: InvitationKey) -> Key:
    """A key as the rules see it."""
    return Key(key.uses_left, key.expires_on, is_revoked=key.revoked_at is not None)
