"""Preparing an application, paper by paper, and handing it in."""

from collections.abc import Sequence
from uuid import UUID

from lms.enrollment.actions.ask import key_held, place
from lms.enrollment.actions.telling import tell_of
from lms.enrollment.models import Application, Cohort, Paper
from lms.enrollment.queries import papers as queries
from lms.enrollment.queries import seats
from lms.enrollment.queries.asking import applicant, entrance
from lms.enrollment.queries.papers import Sheet
from lms.enrollment.queries.quotas import room_of
from lms.enrollment.queries.waiting import kept
from lms.enrollment.rules import applying as rules
from lms.enrollment.rules import asking, links
from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.asking import Entrance
from lms.enrollment.rules.calls import LONGEST_ANSWER
from lms.enrollment.rules.keys import check_key
from lms.enrollment.rules.states import EnrollmentState
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.files.actions import refer
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import NotFound


def begin(work: Work, cohort_uid: UUID, key: str = "") -> UUID:
    """Begin an application, which is kept until it is handed in; begun twice, it is the same.

    The key of an agreement is typed now, and its seats are asked for when it is handed in.
    """
    cohort = seats.locked_cohort(work.session, cohort_uid)
    person = seats.locked_person(work.session, work.actor.person_id)
    before = queries.begun_by(work.session, cohort.id, person.id)
    if before is not None:
        return before.uid
    enrollment = seats.enrollment_of(work.session, cohort.id, person.id)
    held = key_held(work, cohort, key)
    if held is not None:
        today = cohort.day(work.now)
        check_key(seats.plain(held), today)
    share = held.quota_id if held is not None else None
    asking.refuse_now(
        _entrance(work, cohort, share),
        applicant(work.session, cohort, person, enrollment.state if enrollment else None, work.now),
        work.now,
    )
    application = Application(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        person_id=person.id,
        state=ApplicationState.PREPARING,
        quota_id=share,
        begun_at=work.now,
    )
    if held is not None:
        held.uses_left -= 1
    work.session.add(application)
    work.session.flush()
    record(work, "application.begun", subject=application, detail={"cohort": str(cohort.uid)})
    return application.uid


def put_file(work: Work, uid: UUID, requirement: UUID, stored: Stored, filename: str) -> str:
    """A file for one requirement, in place of the one before; returns the requirement's name."""
    application, sheet = _opened(work, uid, requirement)
    refer(work, stored)
    paper = _paper(work, application, sheet)
    paper.sha256 = stored.sha256
    paper.size = stored.size
    paper.media_type = stored.media_type
    paper.filename = filename
    work.session.flush()
    return sheet.requirement.name


def put_answer(work: Work, uid: UUID, requirement: UUID, text: str) -> str:
    """An answer to one requirement; returns the requirement's name."""
    application, sheet = _opened(work, uid, requirement)
    rules.check_answer(text, LONGEST_ANSWER)
    _paper(work, application, sheet).answer = text
    work.session.flush()
    return sheet.requirement.name


def take_out(work: Work, uid: UUID, requirement: UUID) -> str:
    """Take back what was put in and never handed in; returns the requirement's name."""
    application, sheet = _opened(work, uid, requirement)
    rules.take_out(application.state)
    if sheet.paper is not None:
        work.session.delete(sheet.paper)
        work.session.flush()
    return sheet.requirement.name


def hand_in(work: Work, uid: UUID) -> UUID:
    """Hand in what was prepared or corrected. The first time it asks for the seat: that moment is
    its place in the order."""
    found = queries.own(work.session, uid, work.actor.person_id)
    cohort = seats.locked_cohort(work.session, found.cohort.uid)
    person = seats.locked_person(work.session, work.actor.person_id)
    enrollment = seats.enrollment_of(work.session, cohort.id, person.id)
    application = _locked(work, uid)
    sheets = queries.sheets(work.session, application)
    rules.hand_in(application.state, [each.slot for each in sheets])
    if application.state == ApplicationState.PREPARING:
        asking.check_hand_in(
            _entrance(work, cohort, application.quota_id),
            applicant(
                work.session, cohort, person, enrollment.state if enrollment else None, work.now
            ),
            work.now,
        )
        share = application.quota_id
        enrollment = place(work, cohort, person, EnrollmentState.APPLIED, share)
        application.enrollment_id = enrollment.id
        application.handed_in_at = work.now
        template = "enrollment/handed_in"
    else:
        rules.still_waits(enrollment.state if enrollment else None)
        template = "enrollment/corrected"
    assert enrollment is not None
    application.state = ApplicationState.HANDED_IN
    application.last_handed_in_at = work.now
    record(work, "application.handed_in", subject=application, detail=_sent(sheets))
    tell_of(work, cohort, enrollment, template, links.application(application.uid))
    return application.uid


def _entrance(work: Work, cohort: Cohort, share: int | None) -> Entrance:
    room = room_of(work.session, cohort, work.now)
    return entrance(cohort, room, waitlist=kept(work.session, cohort.id), share=share)


def _opened(work: Work, uid: UUID, requirement: UUID) -> tuple[Application, Sheet]:
    application = _locked(work, uid)
    sheet = queries.sheet_of(queries.sheets(work.session, application), requirement)
    if sheet.requirement.removed_at is not None and sheet.paper is None:
        raise NotFound()
    rules.put(application.state, application.turn, sheet.slot)
    return application, sheet


def _locked(work: Work, uid: UUID) -> Application:
    application = queries.own(work.session, uid, work.actor.person_id, lock=True)
    # What was read before it was locked may be old by now.
    work.session.refresh(application, ["state", "turn", "enrollment_id"])
    return application


def _paper(work: Work, application: Application, sheet: Sheet) -> Paper:
    """What is sent in this turn: a new paper, or the one of this turn over again."""
    paper = sheet.paper
    if paper is None or paper.turn != application.turn:
        paper = Paper(
            institution_id=application.institution_id,
            application_id=application.id,
            requirement_id=sheet.requirement.id,
            turn=application.turn,
            media_type="",
            size=0,
            filename="",
            answer="",
            said="",
        )
        work.session.add(paper)
    paper.state = PaperState.SENT
    paper.sent_at = work.now
    return paper


def _sent(sheets: Sequence[Sheet]) -> dict[str, object]:
    """What was handed in, as the log keeps it: which file stood for what."""
    return {
        "papers": {
            str(each.requirement.uid): each.paper.sha256 or "answer"
            for each in sheets
            if each.paper is not None
        }
    }
