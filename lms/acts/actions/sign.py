"""Signing an act: on the site by one's own account, or on paper with the scan to show it."""

from datetime import date
from uuid import UUID

from lms.acts.actions.close import locked_cohort, number_of
from lms.acts.actions.turns import tell_next
from lms.acts.models import ActSignature, GradeAct
from lms.acts.queries.closed import act_of, signatures
from lms.acts.rules.signing import (
    PAPER,
    SITE,
    Slot,
    check_hand,
    check_paper,
    check_turn,
    who_signs_for,
)
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.attachment import Attachment
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.people.queries.institution import signers


def sign_here(work: Work, cohort_uid: UUID, act_uid: UUID, order: int) -> str:
    """Whoever acts signs in their place, their password having been asked for just now.

    Refused out of order, twice, and for anybody else. Returns the number of the act.
    """
    cohort, act, place = _place(work, cohort_uid, act_uid, order)
    today = cohort.day(work.now)
    everybody = signers(work.session, act.institution_id)
    who = who_signs_for(place.signer_uid, everybody, today)
    if who is None:
        raise Refused(
            N_("%(name)s is not in office and has no substitute: sign on paper."), name=place.name
        )
    check_hand(who.name, who.account_id, work.actor.person_id)
    place.name, place.position = who.name, who.position
    _signed(work, act, place, SITE, today)
    tell_next(work, act, cohort)
    return number_of(act)


def sign_on_paper(
    work: Work, cohort_uid: UUID, act_uid: UUID, order: int, signed_on: date, scan: Attachment
) -> str:
    """The printed act was signed and sealed by hand: the scan shows it, and counts as much.

    Refused out of order and twice. Returns the number of the act.
    """
    cohort, act, place = _place(work, cohort_uid, act_uid, order)
    assert act.closed_at is not None
    check_paper(signed_on, cohort.day(act.closed_at), cohort.day(work.now))
    refer(work, scan.stored)
    place.scan_sha256, place.scan_name = scan.stored.sha256, scan.name
    _signed(work, act, place, PAPER, signed_on)
    tell_next(work, act, cohort)
    return number_of(act)


def _place(
    work: Work, cohort_uid: UUID, act_uid: UUID, order: int
) -> tuple[Cohort, GradeAct, ActSignature]:
    """The place to sign whose turn it is; the cohort is locked, so nobody else signs meanwhile."""
    cohort = locked_cohort(work, cohort_uid)
    act = act_of(work.session, cohort_uid, act_uid)
    places = signatures(work.session, act.id)
    place = next((each for each in places if each.order == order), None)
    if place is None:
        raise NotFound()
    slots = [Slot(each.order, each.name, each.signed_at is not None) for each in places]
    check_turn(slots, order)
    return cohort, act, place


def _signed(work: Work, act: GradeAct, place: ActSignature, how: str, day: date) -> None:
    place.how, place.signed_on = how, day
    place.signed_at, place.by_id = work.now, work.actor.person_id
    work.session.flush()
    note(
        work,
        "act.signed",
        act,
        detail={
            "number": number_of(act),
            "order": place.order,
            "how": how,
            "sha256": act.sha256,
            "file": place.scan_sha256,
        },
    )
