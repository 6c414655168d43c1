"""/gestion/promociones/<cohort>/actas: the acts of a cohort, course by course."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, url_for

from lms.acts.actions.close import number_of
from lms.acts.models import GradeAct
from lms.acts.queries.closed import acts_in, signed_of
from lms.acts.queries.drawing import WHOLE, courses_of
from lms.acts.views.texts import draft_url, standing
from lms.certificates.queries.desk import head
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.access.policy import allows
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import reading


@dataclass(frozen=True, slots=True)
class Row:
    """One act of the list."""

    title: str
    note: str
    url: str
    tag: tuple[str, str]


@guard(Permission.ACT_VIEW, cohort_scope)
def show(cohort: UUID) -> str:
    """Each course has its act, the programme a final one, and each may have been amended."""
    session = reading()
    found = head(session, cohort)
    acts, signed = acts_in(session, found.id), signed_of(session, found.id)
    subjects = [(each.key, each.title) for each in courses_of(session, found.id)]
    subjects.append((WHOLE, _("Final act of the programme")))
    groups = [
        (title, _rows(cohort, key, [each for each in acts if each.subject == key], signed))
        for key, title in subjects
    ]
    sees = allows(signed_in(), Permission.COHORT_VIEW, cohort_scope(cohort))
    desk = url_for("desk.cohort", cohort=cohort) if sees else None
    return render_template("acts/index.html", head=found, groups=groups, desk=desk)


def _rows(
    cohort: UUID, subject: str, acts: Sequence[GradeAct], signed: Mapping[int, tuple[int, int]]
) -> list[Row]:
    closed = [each for each in acts if each.closed_at is not None]
    if not closed:
        sent = acts[0].sent_at if acts else None
        note = _("Sent to those who teach, to be looked over.") if sent else ""
        return [Row(_("Draft"), note, draft_url(cohort, subject), (_("Not closed"), "info"))]
    return [
        Row(
            _("%(number)s, amends", number=number_of(each)) if each.edition else number_of(each),
            each.reason,
            url_for("acts.act", cohort=cohort, act=each.uid),
            standing(*signed.get(each.id, (0, 0))),
        )
        for each in closed
    ]
