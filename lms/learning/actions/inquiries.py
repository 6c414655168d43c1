"""Asking the teachers of one's cohort, and answering; each is told of what the other writes."""

from uuid import UUID

from sqlalchemy import func, select

from lms.enrollment.models import HAS_SEAT, Cohort, Enrollment
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.text import nfc, one_line
from lms.foundation.mail.actions import tell
from lms.learning.models import Inquiry, InquiryPost
from lms.learning.queries.inquiries import answering
from lms.learning.rules.letters import paragraphs
from lms.people.models import Person
from lms.people.rules.names import name_of

MOST_WAITING = 10
"""So many questions of one person may wait at once."""
MOST_POSTS = 100
"""What takes longer is better asked anew."""


def ask(work: Work, enrollment: UUID, about: str, subject: str, body: str) -> UUID:
    """A learner asks the teachers of their cohort; without any, there is nobody to ask."""
    found = work.session.scalars(
        select(Enrollment)
        .where(
            Enrollment.uid == enrollment,
            Enrollment.person_id == work.actor.person_id,
            HAS_SEAT,
        )
        .with_for_update(of=Enrollment)
    ).first()
    if found is None:
        raise NotFound()
    if not answering(work.session, found.cohort_id, work.now):
        raise Refused(N_("Nobody teaches this cohort yet. Write to the institution."))
    waiting = work.session.scalar(
        select(func.count())
        .select_from(Inquiry)
        .where(Inquiry.enrollment_id == found.id, Inquiry.waiting_since.is_not(None))
    )
    if (waiting or 0) >= MOST_WAITING:
        raise Refused(
            N_("You have %(count)s questions without an answer. Wait for one first."),
            count=waiting,
        )
    subject, body = one_line(subject), _said(body)
    if not subject:
        raise Invalid(N_("Write what it is about."))
    inquiry = Inquiry(
        institution_id=found.institution_id,
        cohort_id=found.cohort_id,
        enrollment_id=found.id,
        about=about,
        subject=subject,
        asked_at=work.now,
        last_at=work.now,
        waiting_since=work.now,
    )
    work.session.add(inquiry)
    work.session.flush()
    _post(work, inquiry, found.person_id, body, of_team=False)
    record(work, "inquiry.asked", inquiry, person_id=found.person_id)
    _tell_team(work, inquiry, found, body)
    return inquiry.uid


def ask_on(work: Work, enrollment: UUID, inquiry: UUID, body: str) -> None:
    """The learner writes more; it waits for an answer again."""
    found = work.session.execute(
        select(Inquiry, Enrollment)
        .join(Enrollment, Enrollment.id == Inquiry.enrollment_id)
        .where(
            Inquiry.uid == inquiry,
            Enrollment.uid == enrollment,
            Enrollment.person_id == work.actor.person_id,
            HAS_SEAT,
        )
        .with_for_update(of=Inquiry)
    ).first()
    if found is None:
        raise NotFound()
    asked, learner = found
    body = _said(body)
    _post(work, asked, learner.person_id, body, of_team=False)
    asked.waiting_since = asked.waiting_since or work.now
    record(work, "inquiry.asked", asked, person_id=learner.person_id)
    _tell_team(work, asked, learner, body)


def answer(work: Work, cohort: UUID, inquiry: UUID, body: str) -> None:
    """A teacher answers: on the site and by mail."""
    asked = _locked(work, cohort, inquiry)
    author_id = work.actor.person_id
    if author_id is None:
        raise NotFound()
    body = _said(body)
    _post(work, asked, author_id, body, of_team=True)
    asked.waiting_since = None
    learner = work.session.get_one(Enrollment, asked.enrollment_id)
    record(work, "inquiry.answered", asked, person_id=learner.person_id)
    tell(
        work,
        learner.person_id,
        "learning/answered",
        link=f"/aula/{learner.uid}/preguntas/{asked.uid}",
        institution_id=asked.institution_id,
        subject=asked.subject,
        author=name_of(work.session.get_one(Person, author_id)).short,
        paragraphs=paragraphs(body),
    )


def settle(work: Work, cohort: UUID, inquiry: UUID) -> None:
    """What needs no answer in writing waits no more."""
    asked = _locked(work, cohort, inquiry)
    if asked.waiting_since is not None:
        asked.waiting_since = None
        record(work, "inquiry.settled", asked)


def _locked(work: Work, cohort: UUID, inquiry: UUID) -> Inquiry:
    found = work.session.scalars(
        select(Inquiry)
        .join(Cohort, Cohort.id == Inquiry.cohort_id)
        .where(Inquiry.uid == inquiry, Cohort.uid == cohort)
        .with_for_update(of=Inquiry)
    ).first()
    if found is None:
        raise NotFound()
    return found


def _said(body: str) -> str:
    body = nfc(body).replace("\r\n", "\n").strip()
    if not body:
        raise Invalid(N_("Write your message."))
    return body


def _post(work: Work, inquiry: Inquiry, author_id: int, body: str, *, of_team: bool) -> None:
    posts = work.session.scalar(
        select(func.count()).select_from(InquiryPost).where(InquiryPost.inquiry_id == inquiry.id)
    )
    if (posts or 0) >= MOST_POSTS:
        raise Refused(N_("This has become very long. Begin another question."))
    work.session.add(
        InquiryPost(
            institution_id=inquiry.institution_id,
            inquiry_id=inquiry.id,
            author_id=author_id,
            of_team=of_team,
            body=body,
            at=work.now,
        )
    )
    inquiry.last_at = work.now


def _tell_team(work: Work, inquiry: Inquiry, learner: Enrollment, body: str) -> None:
    cohort = work.session.get_one(Cohort, inquiry.cohort_id)
    author = name_of(work.session.get_one(Person, learner.person_id)).short
    for person_id in answering(work.session, cohort.id, work.now):
        tell(
            work,
            person_id,
            "learning/asked",
            link=f"/gestion/promociones/{cohort.uid}/preguntas/{inquiry.uid}",
            institution_id=inquiry.institution_id,
            subject=inquiry.subject,
            author=author,
            cohort=cohort.title,
            paragraphs=paragraphs(body),
        )
