"""Setting up a call: what applicants are told, and what they are asked for."""

from datetime import datetime
from uuid import UUID

from lms.enrollment.models import Call, Cohort, Requirement
from lms.enrollment.queries import calls as queries
from lms.enrollment.queries.seats import locked_cohort
from lms.enrollment.rules import calls as rules
from lms.enrollment.rules.calls import Asked, Sort
from lms.foundation.audit.actions import changed, record
from lms.foundation.db.work import Work


def set_words(work: Work, cohort_uid: UUID, words: str) -> None:
    """What applicants read before they begin."""
    cohort = _opened(work, cohort_uid)
    rules.check_words(words)
    before = queries.words_of(work.session, cohort.id)
    call_of(work, cohort).words = words
    different = changed({"words": before}, {"words": words})
    if different is not None:
        record(work, "call.worded", subject=cohort, detail=different)


def ask_for(work: Work, cohort_uid: UUID, asked: Asked) -> str:
    """The call asks for one thing more; returns its name."""
    cohort = _opened(work, cohort_uid)
    there = queries.requirements(work.session, cohort.id, removed=True)
    rules.add(
        asked,
        there=sum(each.removed_at is None for each in there),
        handed_in=queries.begun(work.session, cohort.id)[1],
    )
    requirement = Requirement(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        position=max((each.position for each in there), default=0) + 1,
    )
    _put(requirement, asked)
    work.session.add(requirement)
    work.session.flush()
    record(work, "call.asked", subject=requirement, detail={"cohort": str(cohort.uid)})
    return requirement.name


def ask_otherwise(work: Work, cohort_uid: UUID, uid: UUID, asked: Asked) -> str:
    """One thing is asked for in other words, formats or sizes; returns its name."""
    cohort = _opened(work, cohort_uid)
    requirement = queries.requirement_of(work.session, cohort.id, uid)
    before = queries.plain(requirement)
    rules.change(before, asked, handed_in=queries.begun(work.session, cohort.id)[1])
    _put(requirement, asked)
    different = changed(_said(before), _said(queries.plain(requirement)))
    if different is not None:
        record(work, "call.changed", subject=requirement, detail=different)
    return requirement.name


def ask_no_more(work: Work, cohort_uid: UUID, uid: UUID) -> str:
    """One thing is asked for no more; what was sent for it stays. Returns its name."""
    return _asked(work, cohort_uid, uid, removed_at=work.now)


def ask_again(work: Work, cohort_uid: UUID, uid: UUID) -> str:
    """What had been taken out is asked for again, if it can still be; returns its name."""
    return _asked(work, cohort_uid, uid, removed_at=None)


def copy_call(work: Work, earlier: UUID, cohort_uid: UUID) -> None:
    """A copied cohort keeps the call of the earlier one; its dates are those of its enrolment."""
    cohort = locked_cohort(work.session, cohort_uid)
    before = queries.cohort_of(work.session, earlier)
    if before.institution_id != cohort.institution_id:
        return
    call = queries.call_of(work.session, before.id)
    if call is not None:
        copied = call_of(work, cohort)
        copied.words, copied.promotes = call.words, call.promotes
        copied.takes_waitlist = call.takes_waitlist
    for each in queries.requirements(work.session, before.id):
        asked = Requirement(
            institution_id=cohort.institution_id, cohort_id=cohort.id, position=each.position
        )
        _put(asked, queries.plain(each))
        work.session.add(asked)
    work.session.flush()


def _asked(work: Work, cohort_uid: UUID, uid: UUID, *, removed_at: datetime | None) -> str:
    cohort = _opened(work, cohort_uid)
    requirement = queries.requirement_of(work.session, cohort.id, uid)
    if (requirement.removed_at is None) == (removed_at is None):
        return requirement.name
    if removed_at is None:
        rules.add(
            queries.plain(requirement),
            there=len(queries.requirements(work.session, cohort.id)),
            handed_in=queries.begun(work.session, cohort.id)[1],
        )
    requirement.removed_at = removed_at
    deed = "call.asked" if removed_at is None else "call.asked_no_more"
    record(work, deed, subject=requirement, detail={"cohort": str(cohort.uid)})
    return requirement.name


def _opened(work: Work, cohort_uid: UUID) -> Cohort:
    cohort = locked_cohort(work.session, cohort_uid)
    over = cohort.closed_at is not None or work.now >= cohort.ends_at
    rules.refuse_closed(cohort.title, is_over=over)
    return cohort


def call_of(work: Work, cohort: Cohort) -> Call:
    """The call of a cohort, begun if nobody has yet; the cohort is locked by whoever calls."""
    call = queries.call_of(work.session, cohort.id)
    if call is None:
        call = Call(institution_id=cohort.institution_id, cohort_id=cohort.id)
        work.session.add(call)
    call.changed_at = work.now
    work.session.flush()
    return call


def _put(requirement: Requirement, asked: Asked) -> None:
    requirement.sort = asked.sort
    requirement.name = asked.name
    requirement.why = asked.why
    requirement.is_obligatory = asked.is_obligatory
    is_document = asked.sort == Sort.DOCUMENT
    requirement.formats = " ".join(asked.formats) if is_document else ""
    requirement.megabytes = asked.megabytes if is_document else 0


def _said(asked: Asked) -> dict[str, object]:
    return {
        "name": asked.name,
        "why": asked.why,
        "is_obligatory": asked.is_obligatory,
        "formats": " ".join(asked.formats),
        "megabytes": asked.megabytes,
    }
