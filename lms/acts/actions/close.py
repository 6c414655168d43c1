"""Closing an act, and amending one: numbered and frozen, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, insert, select

from lms.acts.actions.turns import tell_next
from lms.acts.formats.record import canonical, digest
from lms.acts.models import ActSignature, GradeAct, GradeActLine
from lms.acts.queries.closed import acted
from lms.acts.queries.drawing import Drawn, drawn
from lms.acts.queries.written import record
from lms.acts.rules.amending import Difference, check_amendment, differences
from lms.acts.rules.closing import check_closing
from lms.certificates.actions.register import locked_series
from lms.certificates.rules import numbers
from lms.enrollment.models import Cohort
from lms.foundation.audit.actions import record as note
from lms.foundation.db.work import Work
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.kernel.text import one_line

KIND = "grade_act"


@dataclass(frozen=True, slots=True)
class Closed:
    """The act that was closed, under its number."""

    uid: UUID
    number: str


def close(work: Work, cohort_uid: UUID, subject: str, confirmed: int) -> Closed:
    """Freeze how everybody ended a course, or the programme, under the next number.

    ``confirmed`` is the number of people, written by whoever closes. The cohort is locked first, so
    two who close at once make one act; then the book. Refused while anything is open.
    """
    cohort = locked_cohort(work, cohort_uid)
    act = draft_of(work, cohort, subject)
    found = drawn(work.session, cohort_uid, subject, work.now)
    check_closing(
        found.blockers,
        is_closed=act is not None and act.closed_at is not None,
        people=len(found.entries),
        confirmed=confirmed,
    )
    if act is None:
        act = begin(work, cohort, subject, found.title)
    whole = [Difference(each, None) for each in found.entries]
    return _closed(work, cohort, act, found, whole)


def amend(
    work: Work, cohort_uid: UUID, act_uid: UUID, reason: str, authority: str, confirmed: int
) -> Closed:
    """What became different since is taken up by an act of its own, that says why and by whom.

    It names only those whose line changes, as it was and as it is. The act it amends stays.
    """
    cohort = locked_cohort(work, cohort_uid)
    first = work.session.scalar(
        select(GradeAct).where(
            GradeAct.uid == act_uid,
            GradeAct.cohort_id == cohort.id,
            GradeAct.edition == 0,
            GradeAct.closed_at.is_not(None),
        )
    )
    if first is None:
        raise NotFound()
    found = drawn(work.session, cohort_uid, first.subject, work.now)
    changed = differences(acted(work.session, cohort.id, first.subject), found.entries)
    reason, authority = one_line(reason), one_line(authority)
    check_amendment(len(changed), confirmed, reason, authority)
    if not found.signers:
        raise Refused(N_("Nobody is named to sign for this cohort."))
    last = work.session.scalar(
        select(func.max(GradeAct.edition)).where(
            GradeAct.cohort_id == cohort.id, GradeAct.subject == first.subject
        )
    )
    act = begin(work, cohort, first.subject, first.title, edition=(last or 0) + 1)
    act.amends_id, act.reason, act.authority = first.id, reason, authority
    return _closed(work, cohort, act, found, changed, amends=number_of(first))


def number_of(act: GradeAct) -> str:
    """The number of a closed act, as it is printed."""
    return numbers.printed(act.series or "", act.number or 0)


def locked_cohort(work: Work, uid: UUID) -> Cohort:
    """The cohort, nobody else closing an act of it until this transaction ends."""
    found = work.session.scalar(select(Cohort).where(Cohort.uid == uid).with_for_update())
    if found is None:
        raise NotFound()
    return found


def draft_of(work: Work, cohort: Cohort, subject: str) -> GradeAct | None:
    """The act of a course or of the programme, draft or closed; none before it was asked for."""
    return work.session.scalar(
        select(GradeAct)
        .where(GradeAct.cohort_id == cohort.id, GradeAct.subject == subject, GradeAct.edition == 0)
        .execution_options(populate_existing=True)
    )


def begin(work: Work, cohort: Cohort, subject: str, title: str, *, edition: int = 0) -> GradeAct:
    """A new draft. The cohort is locked."""
    act = GradeAct(
        institution_id=cohort.institution_id,
        cohort_id=cohort.id,
        subject=subject,
        title=title,
        edition=edition,
        created_at=work.now,
    )
    work.session.add(act)
    work.session.flush()
    return act


def _closed(
    work: Work,
    cohort: Cohort,
    act: GradeAct,
    found: Drawn,
    lines: Sequence[Difference],
    *,
    amends: str = "",
) -> Closed:
    office = found.office
    year = office.day(work.now).year
    key = numbers.book(office.institution_key, KIND, year, demo=office.demo)
    series = locked_series(work, cohort.institution_id, key)
    series.last_number += 1
    number = numbers.printed(key, series.last_number)
    said = record(
        found, number, cohort.title, work.now, lines,
        amends=amends, reason=act.reason, authority=act.authority,
    )  # fmt: skip
    text = canonical(said)
    work.session.execute(insert(GradeActLine), [_row(act, *each) for each in enumerate(lines, 1)])
    work.session.add_all(
        ActSignature(
            institution_id=act.institution_id,
            act_id=act.id,
            order=order,
            signer_uid=each.uid,
            name=each.name,
            position=each.position,
        )
        for order, each in enumerate(found.signers, 1)
    )
    act.title, act.series, act.number = found.title, key, series.last_number
    act.people, act.record, act.sha256 = len(lines), text, digest(text)
    act.closed_at, act.closed_by_id = work.now, work.actor.person_id
    work.session.flush()
    note(
        work,
        "act.amended" if amends else "act.closed",
        act,
        detail={"number": number, "cohort": str(cohort.uid), "sha256": act.sha256}
        | ({"amends": amends} if amends else {}),
    )
    tell_next(work, act, cohort)
    return Closed(act.uid, number)


def _row(act: GradeAct, position: int, each: Difference) -> dict[str, object]:
    now, before = each.now, each.before
    return {
        "institution_id": act.institution_id,
        "act_id": act.id,
        "position": position,
        "enrollment_id": now.enrollment_id,
        "name": now.name,
        "sort_name": now.sort_name,
        "document": now.document,
        "outcome": now.ended.outcome.value,
        "grade": now.ended.grade,
        "before_outcome": before.ended.outcome.value if before else None,
        "before_grade": before.ended.grade if before else None,
        "before_name": before.name if before else None,
    }
