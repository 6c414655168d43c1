"""A draft goes to those who teach, and they say what they see."""

from uuid import UUID

from sqlalchemy import or_, select

from lms.acts.actions.close import begin, draft_of, locked_cohort
from lms.acts.models import ActRemark, GradeAct
from lms.acts.queries.drawing import drawn
from lms.enrollment.models import Cohort
from lms.foundation.access.roles import Role
from lms.foundation.access.scopes import ScopeKind
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.people.models import Grant

MOST = 50
SHORTEST, LONGEST = 2, 500


def send_for_review(work: Work, cohort_uid: UUID, subject: str) -> int:
    """Whoever teaches the cohort is asked to look the draft over; tells how many were asked.

    It may be sent again. Refused once the act is closed.
    """
    cohort, act = _open(work, cohort_uid, subject)
    act.sent_at = work.now
    note(work, "act.sent_to_review", act, detail={"cohort": str(cohort.uid), "course": subject})
    teachers = work.session.scalars(
        select(Grant.person_id)
        .where(
            Grant.role == Role.INSTRUCTOR,
            Grant.kind == ScopeKind.COHORT,
            Grant.cohort_id == cohort.id,
            Grant.starts_at <= work.now,
            or_(Grant.ends_at.is_(None), Grant.ends_at > work.now),
        )
        .distinct()
        .order_by(Grant.person_id)
        .limit(MOST)
    ).all()
    for person_id in teachers:
        tell(
            work,
            person_id,
            "acts/to_review",
            link=_draft_address(cohort.uid, subject),
            institution_id=cohort.institution_id,
            title=act.title,
            cohort=cohort.title,
        )
    return len(teachers)


def remark(work: Work, cohort_uid: UUID, subject: str, text: str) -> None:
    """Somebody who teaches says what they see in the draft. It stays with the act for ever."""
    _cohort, act = _open(work, cohort_uid, subject)
    said = one_line(text)
    if not SHORTEST <= len(said) <= LONGEST:
        wrong = N_("Write your remark in up to 500 characters.")
        raise Invalid(wrong, fields={"text": wrong})
    assert work.actor.person_id is not None
    row = ActRemark(
        institution_id=act.institution_id,
        act_id=act.id,
        by_id=work.actor.person_id,
        at=work.now,
        text=said,
    )
    work.session.add(row)
    note(work, "act.remarked", act, detail={"course": subject})


def _open(work: Work, cohort_uid: UUID, subject: str) -> tuple[Cohort, GradeAct]:
    cohort = locked_cohort(work, cohort_uid)
    act = draft_of(work, cohort, subject)
    if act is None:
        found = drawn(work.session, cohort_uid, subject, work.now)
        act = begin(work, cohort, subject, found.title)
    if act.closed_at is not None:
        raise Refused(N_("This act is closed already."))
    return cohort, act


def _draft_address(cohort: UUID, subject: str) -> str:
    which = f"borrador?curso={subject}" if subject else "borrador"
    return f"/gestion/promociones/{cohort}/actas/{which}"
