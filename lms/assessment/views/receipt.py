"""The receipt that a learner keeps of an attempt they handed in: to print, or as a small file."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.queries.attempts import own_attempt
from lms.assessment.queries.replay import Replay, replay
from lms.assessment.rules.chain import Link, short
from lms.assessment.rules.replay import ended
from lms.assessment.views.blueprint import blueprint
from lms.foundation.access.permissions import Permission
from lms.foundation.locale.formats import moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.reading import reading_connection
from lms.people.rules.names import name_of


@dataclass(frozen=True)
class Receipt:
    """What the receipt says, line by line."""

    attempt: UUID
    lines: list[tuple[str, str]]
    key: str
    seal: str
    whole: str
    agrees: bool

    def text(self) -> str:
        """The same as a file that any telephone opens."""
        lines = [*self.lines, (_("Receipt key"), self.key)]
        if self.seal:
            lines += [(_("Seal"), self.seal), (_("Whole seal"), self.whole)]
        body = "\n".join(f"{name}: {value}" for name, value in lines)
        how = _(
            "Whoever teaches this course can replay the attempt: the seal must be one of those in "
            "its history."
        )
        return f"{_('Receipt of handing in')}\n\n{body}\n\n{how}\n"


@blueprint.get("/intentos/<uuid:attempt>/comprobante")
@guard(Permission.COURSE_TAKE, private=True)
def receipt(attempt: UUID) -> ResponseReturnValue:
    found = _receipt(attempt)
    if found is None:
        return redirect(url_for("assessment.result", attempt=attempt))
    return render_template("assessment/receipt.html", receipt=found, attempt=attempt)


@blueprint.get("/intentos/<uuid:attempt>/comprobante.txt")
@guard(Permission.COURSE_TAKE, private=True)
def receipt_text(attempt: UUID) -> ResponseReturnValue:
    found = _receipt(attempt)
    if found is None:
        return redirect(url_for("assessment.result", attempt=attempt))
    response = Response(found.text(), mimetype="text/plain")
    response.headers["Content-Disposition"] = f'attachment; filename="comprobante-{found.key}.txt"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _receipt(attempt: UUID) -> Receipt | None:
    """The receipt of one's own attempt; none before handing in is on record."""
    connection = reading_connection()
    own = own_attempt(connection, attempt, signed_in().person_id)
    if own.receipt is None:
        return None
    found = replay(connection, attempt)
    last = ended(found.links)
    return Receipt(
        attempt,
        _lines(found, own.handed_in_at, last),
        own.receipt,
        short(last.digest) if last else "",
        last.digest if last else "",
        agrees=found.wrong is None,
    )


def _lines(found: Replay, at: datetime, last: Link | None) -> list[tuple[str, str]]:
    row = found.attempt
    lines = [
        (_("Quiz"), row.title),
        (_("Cohort"), row.cohort_title),
        (_("Person"), name_of(row).full),
        (_("Attempt"), str(row.number)),
        (_("Handed in"), str(moment(at, zone=True))),
    ]
    if last is not None:
        total = len(row.slots)
        said = _("%(answers)s of %(total)s", answers=last.what["answers"], total=total)
        lines.append((_("Answers received"), said))
    return lines
