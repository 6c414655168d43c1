"""The page on which one asks for a seat."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from lms.catalog.models import CourseVersion, Programme, ProgrammeVersion
from lms.enrollment.models import Application, Cohort, CohortCourse, Enrollment
from lms.enrollment.queries.calls import ASKED_FOR
from lms.enrollment.queries.cohorts import SEATS_TAKEN
from lms.enrollment.queries.doubles import held_elsewhere
from lms.enrollment.queries.quotas import shares
from lms.enrollment.queries.waiting import PLACE, TAKES_WAITLIST, WAITLISTED, Kept
from lms.enrollment.rules.asking import Applicant, Entrance
from lms.enrollment.rules.calls import asks_documents
from lms.enrollment.rules.seats import Room
from lms.foundation.kernel.errors import NotFound
from lms.people.models import Person
from lms.people.models.person import PersonState


@dataclass(frozen=True, slots=True)
class Asking:
    """A cohort and how one person stands to it."""

    cohort: Cohort
    programme: str
    slug: str
    name: str
    entrance: Entrance
    applicant: Applicant
    application: UUID | None = None
    """The one that this person has begun here, if any."""
    place: int | None = None
    """Their place on the waiting list, if they are on it."""
    awaits_legal_review: bool = False
    """Whether nobody of the institution has accepted yet what a course of it says of the law."""


AWAITS_LEGAL_REVIEW = (
    select(CohortCourse.id)
    .join(CourseVersion, CourseVersion.id == CohortCourse.course_version_id)
    .where(
        CohortCourse.cohort_id == Cohort.id,
        CourseVersion.detail[("legal_review", "state")].as_string() == "pending",
    )
    .correlate(Cohort)
    .exists()
)


def asking(session: Session, cohort_uid: UUID, person_id: int, now: datetime) -> Asking:
    """A cohort and how this person stands to it, in three statements that lock nothing."""
    row = session.execute(
        select(
            Cohort,
            ProgrammeVersion.title,
            Programme.slug,
            SEATS_TAKEN.label("taken"),
            ASKED_FOR.label("asked_for"),
            TAKES_WAITLIST.label("takes"),
            WAITLISTED.label("waiting"),
            Person,
            Enrollment.state,
            PLACE.label("place"),
            Application.uid,
            Application.quota_id,
            AWAITS_LEGAL_REVIEW.label("awaits"),
        )
        .join(Programme, Programme.id == Cohort.programme_id)
        .join(ProgrammeVersion, ProgrammeVersion.id == Cohort.programme_version_id)
        .join(Person, Person.id == person_id)
        .outerjoin(
            Enrollment,
            and_(Enrollment.cohort_id == Cohort.id, Enrollment.person_id == Person.id),
        )
        .outerjoin(
            Application,
            and_(Application.cohort_id == Cohort.id, Application.person_id == Person.id),
        )
        .where(Cohort.uid == cohort_uid)
    ).first()
    if row is None:
        raise NotFound()
    (
        cohort,
        title,
        slug,
        taken,
        asked_for,
        takes,
        waiting,
        person,
        state,
        place,
        application,
        share,
        awaits,
    ) = row
    return Asking(
        cohort=cohort,
        programme=title,
        slug=slug,
        name=person.full_name,
        entrance=entrance(
            cohort,
            Room(cohort.title, cohort.capacity, taken, shares(session, cohort.id, now)),
            asked_for,
            Kept(bool(takes), many=waiting),
            share,
        ),
        applicant=applicant(session, cohort, person, state, now),
        application=application,
        place=place,
        awaits_legal_review=awaits,
    )


def entrance(
    cohort: Cohort,
    room: Room,
    requirements: int = 0,
    waitlist: Kept | None = None,
    share: int | None = None,
) -> Entrance:
    """A cohort as the rules of asking see it."""
    return Entrance(
        door=cohort.door,
        opens_at=cohort.enrollment_opens_at,
        closes_at=cohort.enrollment_closes_at,
        ends_at=cohort.ends_at,
        is_closed=cohort.closed_at is not None,
        room=room,
        asks_documents=asks_documents(cohort.door, requirements),
        takes_waitlist=waitlist is not None and waitlist.takes,
        waiting=waitlist.many if waitlist is not None else 0,
        share=share,
    )


def applicant(
    session: Session, cohort: Cohort, person: Person, state: str | None, now: datetime
) -> Applicant:
    """A person as the rules of asking see them."""
    held = held_elsewhere(session, cohort.id, [person.id], now).get(person.id)
    return Applicant(
        is_active=person.state == PersonState.ACTIVE,
        name_confirmed=person.name_confirmed_at is not None,
        state=state,
        held=held[0] if held else None,
    )
