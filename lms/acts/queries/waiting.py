"""Which acts wait for somebody's signature."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session

from lms.acts.models import ActSignature, GradeAct
from lms.acts.rules.signing import who_signs_for
from lms.certificates.rules.numbers import printed
from lms.enrollment.models import Cohort
from lms.people.models import Signer
from lms.people.queries.institution import signers

MOST = 200


@dataclass(frozen=True, slots=True)
class Waits:
    """An act that waits for a signature."""

    cohort: UUID
    cohort_title: str
    act: UUID
    title: str
    number: str
    people: int
    closed_at: datetime
    order: int


def waiting_for(session: Session, person_id: int, now: datetime) -> Sequence[Waits]:
    """The acts whose next signature is this person's, the longest wait first."""
    places = session.scalars(
        select(Signer.institution_id)
        .where(Signer.account_id == person_id)
        .distinct()
        .order_by(Signer.institution_id)
        .limit(MOST)
    ).all()
    if not places:
        return []
    following = (
        select(ActSignature.act_id, func.min(ActSignature.order).label("order"))
        .where(ActSignature.signed_at.is_(None), ActSignature.institution_id.in_(places))
        .group_by(ActSignature.act_id)
        .subquery()
    )
    rows = session.execute(
        select(GradeAct, Cohort, ActSignature)
        .join(following, following.c.act_id == GradeAct.id)
        .join(
            ActSignature,
            and_(
                ActSignature.act_id == GradeAct.id,
                ActSignature.order == following.c.order,
            ),
        )
        .join(Cohort, Cohort.id == GradeAct.cohort_id)
        .order_by(GradeAct.closed_at, GradeAct.id)
        .limit(MOST)
    ).all()
    everybody = {each: signers(session, each) for each in places}
    found = []
    for act, cohort, place in rows:
        today = cohort.day(now)
        who = who_signs_for(place.signer_uid, everybody[act.institution_id], today)
        if who is not None and who.account_id == person_id:
            assert act.closed_at is not None
            found.append(
                Waits(
                    cohort.uid,
                    cohort.title,
                    act.uid,
                    act.title,
                    printed(act.series or "", act.number or 0),
                    act.people,
                    act.closed_at,
                    place.order,
                )
            )
    return found
