"""Check lists: prepared by one person, approved or returned by another, and then issued."""

from uuid import UUID

from sqlalchemy import func, select

from lms.certificates.actions.issue import BATCH, Begun, issue
from lms.certificates.models import CheckLine, CheckList
from lms.certificates.queries import checklists as queries
from lms.certificates.queries.candidates import qualifying
from lms.certificates.queries.prepare import Prepared
from lms.certificates.rules import checking as rules
from lms.certificates.rules.checking import State
from lms.certificates.rules.jobs import ISSUE
from lms.enrollment.models import Cohort
from lms.foundation.access.permissions import Permission
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.jobs.actions import enqueue
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.kernel.text import one_line
from lms.foundation.mail.actions import tell
from lms.people.models import Institution
from lms.people.queries.holders import others

CHANGED = N_("The list has changed since you looked at it. Check it again and confirm.")


def lay(work: Work, prepared: Prepared, *, confirmed: int) -> UUID:
    """Freeze the list of those who would receive a document now, for another person to approve.

    ``confirmed`` is how many the registrar was shown. One list of a cohort is open at a time.
    Whoever may approve it is told.
    """
    office = prepared.office
    cohort = _locked_cohort(work, office.cohort_uid)
    if queries.open_of(work.session, cohort.id) is not None:
        raise Refused(N_("A list of this cohort is open already. Issue or withdraw it first."))
    ready = {each.pair for each in prepared.ready}
    found = [each for each in qualifying(work.session, cohort.id) if each.pair in ready]
    if len(found) != confirmed:
        raise Refused(CHANGED)
    entries = queries.entries(work.session, office, found)
    last = select(func.coalesce(func.max(CheckList.number), 0))
    made = CheckList(
        institution_id=office.institution_id,
        cohort_id=cohort.id,
        number=(work.session.scalar(last.where(CheckList.cohort_id == cohort.id)) or 0) + 1,
        state=State.PREPARED,
        people=len(entries),
        digest=rules.digest((each.said, each.municipality, each.course) for each in entries),
        prepared_at=work.now,
        prepared_by_id=work.actor.person_id,
    )
    work.session.add(made)
    work.session.flush()
    work.session.add_all(
        CheckLine(
            institution_id=office.institution_id,
            list_id=made.id,
            position=place,
            enrollment_id=each.pair[0],
            course_version_id=each.pair[1],
            name=each.said.name,
            document=each.said.document,
            paper=each.said.paper,
            grade=each.said.grade,
            municipality=each.municipality,
            course=each.course,
        )
        for place, each in enumerate(entries, 1)
    )
    _note(work, made, "checklist.prepared")
    for person_id in others(
        work.session,
        Permission.CREDENTIAL_APPROVE,
        office.institution_id,
        work.actor.person_id,
        work.now,
    ):
        _tell(work, cohort, made, person_id, "certificates/to_approve")
    return made.uid


def approve(work: Work, cohort_uid: UUID, uid: UUID) -> int:
    """Another person than who prepared it answers for the list, their password having been asked
    for just now. Tells how many people it has."""
    cohort, found = _locked(work, cohort_uid, uid)
    rules.check_decision(found.state, found.prepared_by_id, work.actor.person_id)
    _check_whole(work, found)
    _decide(work, cohort, found, State.APPROVED, "checklist.approved")
    return found.people


def give_back(work: Work, cohort_uid: UUID, uid: UUID, reason: str) -> None:
    """Another person than who prepared it returns the list and says what is not right.

    A returned list stays as it was; a new one is prepared once it is put right.
    """
    said = one_line(reason)
    if not 2 <= len(said) <= rules.LONGEST_REASON:
        wrong = N_("Write what is not right, in up to 500 characters.")
        raise Invalid(wrong, fields={"reason": wrong})
    cohort, found = _locked(work, cohort_uid, uid)
    rules.check_decision(found.state, found.prepared_by_id, work.actor.person_id)
    found.reason = said
    _decide(work, cohort, found, State.RETURNED, "checklist.returned")


def take_back(work: Work, cohort_uid: UUID, uid: UUID) -> None:
    """The office withdraws a list that is not issued yet; it stays on record as withdrawn."""
    _cohort, found = _locked(work, cohort_uid, uid)
    rules.check_withdrawal(found.state)
    found.state = State.WITHDRAWN
    _note(work, found, "checklist.withdrawn")


def issue_by(
    work: Work, prepared: Prepared, uid: UUID, public_url: str, *, confirmed: int
) -> Begun:
    """Issue to those of an approved list who are still as it says, and to nobody else.

    ``confirmed`` is how many the registrar was shown. A short list is issued at once, a long one
    in the background. What was interrupted is issued by the same list again.
    """
    cohort_uid = prepared.office.cohort_uid
    _cohort, found = _locked(work, cohort_uid, uid)
    rules.check_issue(found.state)
    _check_whole(work, found)
    if len(prepared.ready) != confirmed:
        raise Refused(CHANGED)
    if found.state != State.ISSUED:
        found.state, found.issued_at = State.ISSUED, work.now
        found.issued_by_id = work.actor.person_id
    _note(work, found, "checklist.issued")
    if confirmed <= BATCH:
        return Begun(issue(work, cohort_uid, public_url, prepared.ready, uid))
    payload = {"cohort": str(cohort_uid), "actor": work.actor.person_id, "checklist": str(uid)}
    enqueue(work, ISSUE, key=str(cohort_uid), payload=payload)
    return Begun(queued=confirmed)


def set_two_persons(work: Work, institution_id: int, two: bool) -> None:
    """From now on documents are issued by one person, or by two together."""
    owner = work.session.get_one(Institution, institution_id, with_for_update=True)
    if owner.two_person_issuing == two:
        return
    owner.two_person_issuing = two
    deed = "institution.two_issue" if two else "institution.one_issues"
    note(work, deed, subject=owner, institution_id=owner.id)


def _locked_cohort(work: Work, cohort_uid: UUID) -> Cohort:
    cohort = work.session.scalar(select(Cohort).where(Cohort.uid == cohort_uid).with_for_update())
    if cohort is None:
        raise NotFound()
    return cohort


def _locked(work: Work, cohort_uid: UUID, uid: UUID) -> tuple[Cohort, CheckList]:
    cohort = _locked_cohort(work, cohort_uid)
    return cohort, queries.find(work.session, cohort_uid, uid, lock=True)


def _check_whole(work: Work, found: CheckList) -> None:
    rows = queries.lines(work.session, found.id)
    said = ((queries.of_line(each), each.municipality, each.course) for each in rows)
    if rules.digest(said) != found.digest:
        raise Refused(N_("This list is not as it was prepared. Withdraw it and prepare another."))


def _decide(work: Work, cohort: Cohort, found: CheckList, state: State, deed: str) -> None:
    found.state, found.decided_at = state, work.now
    found.decided_by_id = work.actor.person_id
    _note(work, found, deed)
    if found.prepared_by_id is not None:
        letter = (
            "certificates/list_approved" if state is State.APPROVED else "certificates/list_back"
        )
        _tell(work, cohort, found, found.prepared_by_id, letter)


def _note(work: Work, found: CheckList, deed: str) -> None:
    detail = {"number": found.number, "people": found.people, "digest": found.digest}
    if found.reason:
        detail["reason"] = found.reason
    note(work, deed, found, detail=detail)


def _tell(work: Work, cohort: Cohort, found: CheckList, person_id: int, letter: str) -> None:
    tell(
        work,
        person_id,
        letter,
        link=f"/gestion/promociones/{cohort.uid}/constancias/listas/{found.uid}",
        institution_id=found.institution_id,
        cohort=cohort.title,
        number=found.number,
        people=found.people,
        reason=found.reason,
    )
