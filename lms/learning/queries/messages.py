"""Messages to some people of a cohort: those that were sent, and who is still to be told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lms.enrollment.models import HAS_SEAT, Enrollment
from lms.foundation.web.pagination import Page
from lms.learning.models import Message, MessageReader
from lms.people.models import Person
from lms.people.rules.names import name_of

PAGE_SIZE = 10


@dataclass(frozen=True, slots=True)
class Sent:
    """One message as staff list them."""

    uid: UUID
    title: str
    body: str
    author: str
    people: int
    sent_at: datetime
    told_at: datetime | None


def messages(session: Session, cohort_id: int, number: int) -> Page[Sent]:
    """One page of what was written to people of a cohort, the newest first."""
    total = session.scalar(
        select(func.count()).select_from(Message).where(Message.cohort_id == cohort_id)
    )
    rows = session.execute(
        select(
            Message.uid,
            Message.title,
            Message.body,
            Message.people,
            Message.sent_at,
            Message.told_at,
            Person.given_names,
            Person.first_surname,
            Person.second_surname,
        )
        .join(Person, Person.id == Message.author_id)
        .where(Message.cohort_id == cohort_id)
        .order_by(Message.sent_at.desc(), Message.id.desc())
        .limit(PAGE_SIZE)
        .offset((number - 1) * PAGE_SIZE)
    )
    return Page([_sent(row) for row in rows], number, PAGE_SIZE, total or 0)


def next_readers(session: Session, message: Message, most: int) -> Sequence[Any]:
    """The next people to be told who still hold a seat."""
    return session.execute(
        select(MessageReader.id, Enrollment.uid, Enrollment.person_id)
        .join(Enrollment, Enrollment.id == MessageReader.enrollment_id)
        .where(
            MessageReader.message_id == message.id,
            MessageReader.id > message.told_up_to,
            HAS_SEAT,
        )
        .order_by(MessageReader.id)
        .limit(most)
    ).all()


def _sent(row: Any) -> Sent:
    return Sent(
        uid=row.uid,
        title=row.title,
        body=row.body,
        author=name_of(row).short,
        people=row.people,
        sent_at=row.sent_at,
        told_at=row.told_at,
    )
