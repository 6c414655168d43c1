"""Reading an application: verdicts, sending it back, more time, and taking that back."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from lms.enrollment.actions.telling import tell_of
from lms.enrollment.models import Application, Cohort, Enrollment
from lms.enrollment.queries import papers as queries
from lms.enrollment.queries.papers import Sheet
from lms.enrollment.queries.seats import locked_cohort
from lms.enrollment.rules import links
from lms.enrollment.rules import reviewing as rules
from lms.enrollment.rules.applying import ApplicationState, PaperState
from lms.enrollment.rules.reviewing import Verdict
from lms.foundation.audit.actions import record
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, Conflict

Opened = tuple[Cohort, Enrollment, Application, list[Sheet]]


def review(work: Work, cohort_uid: UUID, uid: UUID, verdicts: Sequence[Verdict]) -> None:
    """Keep what is said of each paper. Nobody is told until it is sent back or decided."""
    _cohort, enrollment, application, sheets = _opened(work, cohort_uid, uid)
    rules.refuse_decided(enrollment.state)
    _keep(work, application, sheets, verdicts)


def send_back(
    work: Work, cohort_uid: UUID, uid: UUID, verdicts: Sequence[Verdict], until: datetime | None
) -> str:
    """Send an application back to be corrected until a moment; returns whose it is.

    Its place in the order stays: it was handed in when it was handed in.
    """
    cohort, enrollment, application, sheets = _opened(work, cohort_uid, uid)
    rules.refuse_decided(enrollment.state)
    _keep(work, application, sheets, verdicts)
    states = [each.paper.state for each in sheets if each.paper is not None]
    application.correct_by_at = rules.send_back(states, until, work.now)
    application.state = ApplicationState.CORRECTING
    application.turn += 1
    observed = {
        each.requirement.name: each.paper.said
        for each in sheets
        if each.paper is not None and each.paper.state == PaperState.OBSERVED
    }
    record(
        work,
        "application.sent_back",
        subject=application,
        detail={"until": application.correct_by_at.isoformat()},
        personal=observed,
    )
    _tell(work, cohort, enrollment, application, "enrollment/sent_back", observed)
    return application.person.full_name


def give_time(work: Work, cohort_uid: UUID, uid: UUID, until: datetime | None) -> str:
    """Another moment until which it is to be corrected; returns whose it is."""
    cohort, enrollment, application, _sheets = _opened(work, cohort_uid, uid)
    rules.refuse_decided(enrollment.state)
    rules.correcting(application.state)
    before = application.correct_by_at
    application.correct_by_at = rules.deadline(until, work.now)
    record(
        work,
        "application.time_given",
        subject=application,
        detail={
            "before": {"until": before.isoformat() if before else None},
            "after": {"until": application.correct_by_at.isoformat()},
        },
    )
    _tell(work, cohort, enrollment, application, "enrollment/time_given", {})
    return application.person.full_name


def call_off(work: Work, cohort_uid: UUID, uid: UUID) -> str:
    """Take back that it was sent back: it counts as it was handed in. Returns whose it is."""
    cohort, enrollment, application, _sheets = _opened(work, cohort_uid, uid)
    rules.refuse_decided(enrollment.state)
    rules.correcting(application.state)
    application.state = ApplicationState.HANDED_IN
    application.correct_by_at = None
    record(work, "application.called_off", subject=application)
    tell_of(work, cohort, enrollment, "enrollment/called_off", links.application(application.uid))
    return application.person.full_name


def _opened(work: Work, cohort_uid: UUID, uid: UUID) -> Opened:
    cohort = locked_cohort(work.session, cohort_uid)
    application = queries.of_cohort(work.session, cohort.id, uid)
    enrollment = work.session.get_one(Enrollment, application.enrollment_id, with_for_update=True)
    application = queries.of_cohort(work.session, cohort.id, uid, lock=True)
    work.session.refresh(application, ["state", "turn", "correct_by_at"])
    return cohort, enrollment, application, queries.sheets(work.session, application)


def _keep(
    work: Work, application: Application, sheets: Sequence[Sheet], verdicts: Sequence[Verdict]
) -> None:
    rules.check(application.state, verdicts)
    current = {each.paper.uid: each.paper for each in sheets if each.paper is not None}
    said = {}
    for verdict in verdicts:
        paper = current.get(verdict.paper)
        if paper is None:
            raise Conflict(
                N_("Something was sent again meanwhile. Open the page again and look at it.")
            )
        words = verdict.words if verdict.state == PaperState.OBSERVED else ""
        if (paper.state, paper.said) == (verdict.state, words):
            continue
        paper.state, paper.said = verdict.state, words
        paper.checked_at, paper.checked_by_id = work.now, work.actor.person_id
        said[str(paper.uid)] = verdict.state
    work.session.flush()
    if said:
        record(work, "application.read", subject=application, detail={"papers": said})


def _tell(
    work: Work,
    cohort: Cohort,
    enrollment: Enrollment,
    application: Application,
    template: str,
    observed: dict[str, str],
) -> None:
    until = application.correct_by_at
    tell_of(
        work,
        cohort,
        enrollment,
        template,
        links.application(application.uid),
        until=until.isoformat() if until else "",
        observed="\n".join(f"{name}: {said}" for name, said in observed.items()),
    )
