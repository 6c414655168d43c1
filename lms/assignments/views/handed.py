"""A version that was handed in: its receipt, what was given to it, and how its mark came to be."""

from collections.abc import Sequence
from uuid import UUID

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.queries.attempts import Found
from lms.assessment.views.questions import points_of, points_text
from lms.assignments.queries.works import given_to
from lms.assignments.rules.rubric import from_stored
from lms.assignments.views import words as said
from lms.assignments.views.blueprint import blueprint
from lms.assignments.views.files import deliver
from lms.assignments.views.words import Sum
from lms.assignments.views.work import ADDRESS, Mine, mine
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.formats import kilobytes, moment
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import reading_connection


@blueprint.get(ADDRESS + "/entregas/<int:number>")
@guard(Permission.COURSE_TAKE, private=True)
def handed(enrollment: UUID, activity: UUID, number: int) -> str:
    found = mine(enrollment, activity)
    version = _version(found, number)
    editions = given_to(reading_connection(), version.id)
    return render_template(
        "assignments/handed.html",
        found=found,
        place=found.place,
        settings=found.settings,
        version=version,
        files=found.of_learner(version),
        notes=found.notes(version),
        given=editions[0] if editions else None,
        judged=from_stored(editions[0].judged) if editions else {},
        sum=Sum(version, found.settings),
        cost_words=said.cost_words,
        points_text=points_text,
        points_of=points_of,
        needed=said.needed(found.settings),
        receipt=receipt_lines(found, version),
        text_url=found.url("assignments.receipt_text", number=number),
        course_url=url_for("learning.course", enrollment=enrollment),
    )


@blueprint.get(ADDRESS + "/entregas/<int:number>/comprobante.txt")
@guard(Permission.COURSE_TAKE, private=True)
def receipt_text(enrollment: UUID, activity: UUID, number: int) -> ResponseReturnValue:
    """The receipt as a file that any telephone opens."""
    found = mine(enrollment, activity)
    version = _version(found, number)
    body = "\n".join(f"{name}: {value}" for name, value in receipt_lines(found, version))
    response = Response(f"{_('Receipt of handing in')}\n\n{body}\n", mimetype="text/plain")
    name = f"comprobante-{version.receipt}.txt"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@blueprint.get(ADDRESS + "/archivos/<uuid:file>")
@guard(Permission.COURSE_TAKE, private=True)
def own_file(enrollment: UUID, activity: UUID, file: UUID) -> Response:
    """One of one's own files, or one that came back with the marks."""
    found = mine(enrollment, activity)
    every = [one for files in found.files.values() for one in files]
    kept = next((one for one in every if one.uid == file), None)
    if kept is None:
        raise NotFound()
    return deliver(kept)


def receipt_lines(found: Mine, version: Found) -> list[tuple[str, str]]:
    """What the receipt says, line by line."""
    lines = [
        (_("Assignment"), found.place.title),
        (_("Cohort"), found.place.cohort_title),
        (_("Version"), str(version.number)),
        (_("Handed in"), str(moment(version.handed_in_at, zone=True))),
        (_("Last day"), str(moment(version.due_at, zone=True))),
        (_("Receipt key"), version.receipt or ""),
        (_("Seal"), version.digest or ""),
    ]
    return lines + _file_lines(found.of_learner(version))


def _file_lines(files: Sequence[Found]) -> list[tuple[str, str]]:
    """Every file with the hash of what the device sent, by which it can be compared."""
    return [(one.filename, f"{kilobytes(one.size)} · SHA-256 {one.sent_sha256}") for one in files]


def _version(found: Mine, number: int) -> Found:
    version: Found | None = next(
        (one for one in found.standing.handed if one.number == number), None
    )
    if version is None:
        raise NotFound()
    return version
