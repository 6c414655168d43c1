"""The works of a cohort: by assignment, shared out among tutors, and all in one archive."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from werkzeug.wsgi import wrap_file

from lms.assessment.queries.attempts import Found
from lms.assessment.queries.staff import title_of
from lms.assessment.views.questions import points_of
from lms.assignments.actions.share import share_out
from lms.assignments.formats.archive import Kept, Whole, archive, plain
from lms.assignments.queries import marking as queries
from lms.assignments.queries.works import files_of
from lms.assignments.rules.assignment import Settings
from lms.assignments.views.blueprint import blueprint
from lms.assignments.views.work import store
from lms.enrollment.queries.team import members
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.files.store import PIECE
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.forms import Boxes, Form
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading_connection
from lms.people.rules.names import Name, name_of

ADDRESS = "/gestion/promociones/<uuid:cohort>/trabajos"
STATES = ("", "por-calificar", "mios", "devueltos", "calificados")


class ShareForm(Form):
    """Among whom works are shared out."""

    tutors = Boxes(_l("Among whom"), coerce=str)


@dataclass(frozen=True)
class Line:
    """One work in the list of works."""

    row: Found
    number: int
    is_blind: bool

    @property
    def name(self) -> str:
        """Whose it is; where names are hidden, its number."""
        if self.is_blind:
            return str(_("Work %(number)s", number=self.number))
        return name_of(self.row).surnames_first

    @property
    def url(self) -> str:
        return url_for("assignments.mark", submission=self.row.uid)

    @property
    def is_returned(self) -> bool:
        return self.row.returned_at is not None and self.row.points is None and not self.row.waits

    @property
    def reached(self) -> str:
        return points_of(self.row.points, self.row.out_of) if self.row.points is not None else ""

    @property
    def tutor(self) -> str:
        if self.row.tutor_id is None:
            return ""
        row = self.row
        return Name(row.tutor_given_names, row.tutor_first_surname, row.tutor_second_surname).short


@blueprint.get(ADDRESS)
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def assignments(cohort: UUID) -> str:
    """Every assignment of a cohort, and how many works wait to be marked."""
    connection, now = reading_connection(), database().clock()
    lines = queries.assignments_of(connection, cohort, now)
    return render_template(
        "assignments/assignments.html",
        cohort_title=title_of(connection, cohort),
        cohort_url=url_for("desk.cohort", cohort=cohort),
        lines=lines,
        waiting=sum(line.waiting or 0 for line in lines),
        url_of=lambda line: url_for("assignments.works", cohort=cohort, activity=line.uid),
    )


@blueprint.get(ADDRESS + "/<uuid:activity>")
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def works(cohort: UUID, activity: UUID) -> str:
    """Everybody's work for one assignment, in the order in which they were handed in."""
    return _page(cohort, activity, None)


@blueprint.post(ADDRESS + "/<uuid:activity>/repartir")
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def share(cohort: UUID, activity: UUID) -> ResponseReturnValue:
    """Share the works that are not marked out among some of the team."""
    form = _share_form(cohort, activity)
    if not form.sent():
        return _page(cohort, activity, form), 422
    return submit(
        share_out,
        cohort,
        activity,
        [UUID(each) for each in form.tutors.data or ()],
        form=form,
        then=url_for("assignments.works", cohort=cohort, activity=activity),
        said=lambda moved: ngettext(
            "Shared out: %(num)s work has another tutor now.",
            "Shared out: %(num)s works have another tutor now.",
            moved,
        ),
        again=lambda: _page(cohort, activity, form),
    )


@blueprint.get(ADDRESS + "/<uuid:activity>/todos.zip")
@guard(Permission.ATTEMPT_MARK, scope=cohort_scope)
def download(cohort: UUID, activity: UUID) -> Response:
    """All works in one archive: a folder for each person, and in it text and files."""
    connection, now = reading_connection(), database().clock()
    found = queries.assignment_of(connection, cohort, activity)
    rows = queries.works_of(connection, found, now)
    if request.args.get("que") == "mios":
        rows = [row for row in rows if row.tutor_id == signed_in().person_id]
    files = files_of(connection, [row.id for row in rows]) if rows else {}
    lines = _lines(rows, Settings.of(found.settings))
    source = archive(
        store(),
        (
            Whole(
                f"{line.number:03d}-{plain(line.name)}-v{line.row.number}",
                line.row.text,
                [
                    Kept(one.sha256, one.media_type, one.filename)
                    for one in files.get(line.row.id, ())
                    if one.edition is None
                ],
            )
            for line in lines
        ),
    )
    response = Response(
        wrap_file(request.environ, source, PIECE),
        mimetype="application/zip",
        direct_passthrough=True,
    )
    name = f"{plain(found.title)}-{plain(found.cohort_title)}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _lines(rows: Any, settings: Settings) -> list[Line]:
    return [Line(row, number, settings.blind) for number, row in enumerate(rows, 1)]


def _share_form(cohort: UUID, activity: UUID, **given: Any) -> ShareForm:
    connection, now = reading_connection(), database().clock()
    found = queries.assignment_of(connection, cohort, activity)
    form = ShareForm(**given)
    form.tutors.choices = [
        (str(each.person), each.name) for each in members(connection, found.cohort_id, now)
    ]
    return form


def _page(cohort: UUID, activity: UUID, form: ShareForm | None) -> str:
    connection, now = reading_connection(), database().clock()
    found = queries.assignment_of(connection, cohort, activity)
    settings = Settings.of(found.settings)
    lines = _lines(queries.works_of(connection, found, now), settings)
    shown = request.args.get("que", "")
    shown = shown if shown in STATES else ""
    me = signed_in().person_id
    fits: dict[str, Callable[[Line], bool]] = {
        "": lambda _line: True,
        "por-calificar": lambda line: bool(line.row.waits),
        "mios": lambda line: bool(line.row.tutor_id == me),
        "devueltos": lambda line: line.is_returned,
        "calificados": lambda line: line.row.points is not None,
    }
    words = {
        "": _("All works"),
        "por-calificar": _("To be marked"),
        "mios": _("Mine"),
        "devueltos": _("To be corrected"),
        "calificados": _("With a mark"),
    }
    here: dict[str, Any] = {"cohort": cohort, "activity": activity}
    chosen, number = [line for line in lines if fits[shown](line)], page_of()
    part = chosen[(number - 1) * queries.PER_PAGE : number * queries.PER_PAGE]
    waiting = [line for line in lines if line.row.waits]
    first = next((line for line in waiting if line.row.tutor_id == me), None)
    first = first or next((line for line in waiting), None)
    return render_template(
        "assignments/works.html",
        found=found,
        settings=settings,
        form=form or _share_form(cohort, activity, formdata=None),
        chips=[
            (
                f"{words[state]} ({sum(fits[state](line) for line in lines)})",
                url_for("assignments.works", que=state or None, **here),
                state == shown,
            )
            for state in STATES
        ],
        total=len(lines),
        waiting=len(waiting),
        missing=queries.missing_in(connection, found),
        first_url=first.url if first is not None else "",
        page=Page(part, number, queries.PER_PAGE, len(chosen)),
        page_url=lambda n: url_for("assignments.works", que=shown or None, pagina=n, **here),
        share_url=url_for("assignments.share", **here),
        zip_url=url_for("assignments.download", **here),
        all_url=url_for("assignments.assignments", cohort=cohort),
        cohort_url=url_for("desk.cohort", cohort=cohort),
    )
