"""Invitations sent again, and codes to be handed over to whoever has no e-mail."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from lms.enrollment.models import Cohort
from lms.enrollment.queries import invited as queries
from lms.enrollment.rules import links
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.people.actions import invite
from lms.people.models import Person


@dataclass(frozen=True)
class Slip:
    """What is handed over to somebody: it is shown once and kept nowhere."""

    name: str
    code: str


def hand_over(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Sequence[Slip]:
    """A code for each of these people; it cancels their links and codes of before."""
    return [
        Slip(person.full_name, invite.code_for(work, person))
        for person in _people(work, cohort_uid, uids)
    ]


def send_again(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> int:
    """The invitation once more to these people; says how many of them have an address."""
    sent = 0
    for person in _people(work, cohort_uid, uids):
        if invite.send_invitation(work, person, links.invitation):
            record(work, "person.invited_again", person)
            sent += 1
    return sent


def _people(work: Work, cohort_uid: UUID, uids: Collection[UUID]) -> Sequence[Person]:
    if not uids:
        raise Invalid(N_("Choose at least one person."))
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid))
    if cohort is None:
        raise NotFound()
    return queries.people(work.session, cohort.id, uids)
