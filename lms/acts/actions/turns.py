"""Telling whoever signs next that an act waits for them."""

from sqlalchemy import select

from lms.acts.models import ActSignature, GradeAct
from lms.acts.rules.signing import who_signs_for
from lms.enrollment.models import Cohort
from lms.foundation.db.work import Work
from lms.foundation.mail.actions import tell
from lms.people.queries.institution import signers


def tell_next(work: Work, act: GradeAct, cohort: Cohort) -> None:
    """Whoever's turn it is learns of it, if they have an account to sign by."""
    following = work.session.scalar(
        select(ActSignature)
        .where(ActSignature.act_id == act.id, ActSignature.signed_at.is_(None))
        .order_by(ActSignature.order)
        .limit(1)
    )
    if following is None:
        return
    everybody = signers(work.session, act.institution_id)
    who = who_signs_for(following.signer_uid, everybody, cohort.day(work.now))
    if who is None or who.account_id is None:
        return
    tell(
        work,
        who.account_id,
        "acts/to_sign",
        link=f"/gestion/promociones/{cohort.uid}/actas/{act.uid}",
        institution_id=act.institution_id,
        title=act.title,
        cohort=cohort.title,
        people=act.people,
    )
