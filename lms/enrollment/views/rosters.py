"""/gestion/promociones/<cohort>/listas/<list>: what becomes of each row, mended and carried out."""

from collections.abc import Sequence
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.enrollment.actions import rosters as actions
from lms.enrollment.formats.entries import Entry, entry_of
from lms.enrollment.forms.adding import (
    RowForm,
    StepForm,
    column_choices,
    columns_sent,
    row_form,
    sentence,
    written_rows,
)
from lms.enrollment.models import RosterRow
from lms.enrollment.queries import requests
from lms.enrollment.queries import rosters as queries
from lms.enrollment.queries.matching import Checked, check
from lms.enrollment.queries.rosters import Sheet, Shown
from lms.enrollment.rules.roster import DONE_WORDS, WORDS, Outcome
from lms.enrollment.scopes import cohort_scope
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading

_SHOWN = {
    Shown.MEND: N_("To be corrected"),
    Shown.READY: N_("Rows ready"),
    Shown.DONE: N_("Rows done"),
    Shown.OTHERS: N_("Nothing to do"),
}


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def show(cohort: UUID, uid: UUID) -> str:
    """The rows of a list, those to be mended as forms."""
    return _page(queries.sheet(reading(), cohort, uid), StepForm(formdata=None))


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def mend(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """What was corrected is kept, and every row is checked again."""
    sheet, form = queries.sheet(reading(), cohort, uid), StepForm()
    rows = queries.waiting(reading(), sheet.roster.id)
    forms = written_rows(row.uid for row in rows)
    dropped = [row for row, each in forms.items() if each.drop.data]
    entries = {
        row.uid: forms[row.uid].entry() if row.uid in forms else queries.entry_of(row)
        for row in rows
        if row.uid not in dropped
    }
    checked = _checked(sheet, rows, entries)
    return submit(
        actions.mend,
        uid,
        checked,
        dropped,
        form=form,
        then=_address(sheet, Shown.MEND if _wrong(checked) else Shown.READY),
        said=_mended,
        again=lambda: _page(sheet, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def columns(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """The columns are something else: every row is read again from what was pasted."""
    sheet, form = queries.sheet(reading(), cohort, uid), StepForm()
    sent = columns_sent(len(sheet.roster.columns))
    rows = queries.waiting(reading(), sheet.roster.id)
    heading = sheet.roster.heading
    entries = {
        row.uid: entry_of(row.cells, sent, heading, sheet.institution.country) for row in rows
    }
    return submit(
        actions.mend,
        uid,
        _checked(sheet, rows, entries),
        (),
        sent,
        form=form,
        then=_address(sheet, None),
        said=_("The list was read again."),
        again=lambda: _page(sheet, form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def look_over(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """How many will be enrolled, and how many will not."""
    sheet, form = queries.sheet(reading(), cohort, uid), StepForm()
    if not sheet.ready:
        form.refuse(Refused(N_("There is nobody in the list to be enrolled.")))
        return _page(sheet, form), 409
    return render_template(
        "enrollment/roster_confirm.html",
        sheet=sheet,
        form=form,
        head=requests.head(reading(), cohort, database().clock()),
        shown=queries.page(reading(), sheet.roster.id, Shown.READY, 1)[:8],
        outcomes=Outcome,
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def confirm(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """Begin to enrol everybody of whom nothing is wrong."""
    sheet, form = queries.sheet(reading(), cohort, uid), StepForm()
    expected = request.form.get("expected", "")
    return submit(
        actions.confirm,
        uid,
        int(expected) if expected.isascii() and expected.isdigit() and len(expected) < 6 else 0,
        form=form,
        then=_address(sheet, Shown.DONE),
        said=lambda many: ngettext(
            "%(num)s person is being enrolled.", "%(num)s people are being enrolled.", many
        ),
        again=lambda: _page(queries.sheet(reading(), cohort, uid), form),
    )


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def resume(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """Go on with a list that stopped."""
    sheet = queries.sheet(reading(), cohort, uid)
    return submit(
        actions.resume, uid, form=StepForm(), then=_address(sheet, Shown.DONE),
        said=_("The list goes on."),
    )  # fmt: skip


@guard(Permission.ENROLLMENT_DECIDE, scope=cohort_scope)
def discard(cohort: UUID, uid: UUID) -> ResponseReturnValue:
    """Throw a list away; whoever it enrolled stays enrolled."""
    sheet, form = queries.sheet(reading(), cohort, uid), StepForm()
    return submit(
        actions.discard,
        uid,
        form=form,
        then=url_for("enrollment.add", cohort=cohort),
        said=_("The list was thrown away. Whoever it enrolled stays enrolled."),
        again=lambda: _page(sheet, form),
    )


def _checked(
    sheet: Sheet, rows: Sequence[RosterRow], entries: dict[UUID, Entry]
) -> dict[UUID, Checked]:
    head = requests.head(reading(), sheet.cohort.uid, database().clock())
    kept = [row for row in rows if row.uid in entries]
    numbered = [(row.position, entries[row.uid]) for row in kept]
    found = check(reading(), head.id, head.room.left, numbered, sheet.institution)
    return {row.uid: each for row, each in zip(kept, found, strict=True)}


def _wrong(checked: dict[UUID, Checked]) -> int:
    return sum(each.outcome is Outcome.REFUSED for each in checked.values())


def _mended(wrong: int) -> str:
    if not wrong:
        return _("Nothing is wrong with the list any more.")
    return ngettext(
        "%(num)s row is still to be corrected.", "%(num)s rows are still to be corrected.", wrong
    )


def _address(sheet: Sheet, shown: Shown | None, number: int | None = None) -> str:
    return url_for(
        "enrollment.roster",
        cohort=sheet.cohort.uid,
        uid=sheet.roster.uid,
        ver=shown.value if shown else None,
        pagina=number,
    )


def _shown(sheet: Sheet) -> Shown:
    """The rows asked for; otherwise those that somebody must look at first."""
    named = request.args.get("ver", "")
    if named in set(Shown):
        return Shown(named)
    return next((each for each in Shown if sheet.counts[each]), Shown.READY)


def _page(sheet: Sheet, form: StepForm) -> str:
    shown, number = _shown(sheet), page_of()
    rows = queries.page(reading(), sheet.roster.id, shown, number)
    size = queries.MEND_SIZE if shown is Shown.MEND else queries.PAGE_SIZE
    head = requests.head(reading(), sheet.cohort.uid, database().clock())
    return render_template(
        "enrollment/roster.html",
        sheet=sheet,
        head=head,
        form=form,
        shown=shown.value,
        chips=[
            (f"{_(said)} ({sheet.counts[of]})", _address(sheet, of), of is shown)
            for of, said in _SHOWN.items()
        ],
        forms=_forms(rows) if shown is Shown.MEND else [],
        rows=[(row, *_words(row)) for row in rows],
        columns=_columns(sheet),
        choices=column_choices(),
        page=Page(rows, number, size, sheet.counts[shown]),
        page_url=lambda n: _address(sheet, shown, n),
        stopped=queries.has_stopped(reading(), sheet.roster),
    )


def _forms(rows: Sequence[RosterRow]) -> list[tuple[RosterRow, RowForm]]:
    """Each row to be mended with its form."""
    return [(row, row_form(row.uid, queries.entry_of(row), row.problems)) for row in rows]


def _words(row: RosterRow) -> tuple[tuple[str, str], list[str]]:
    """What becomes of a row, and what is to be said about it."""
    outcome = Outcome(row.outcome)
    words = DONE_WORDS if row.done_at is not None else WORDS
    said, tone = words.get(outcome, WORDS[outcome])
    return (_(said), tone), [sentence(each) for each in (*row.problems, *row.notes)]


def _columns(sheet: Sheet) -> list[tuple[int, str, str]]:
    """Each column by its number, with what stands above it or in it, and what it is."""
    rows = queries.first_rows(reading(), sheet.roster.id)
    found = []
    for at, column in enumerate(sheet.roster.columns):
        above = sheet.roster.heading[at] if at < len(sheet.roster.heading) else ""
        sample = next((r.cells[at] for r in rows if at < len(r.cells) and r.cells[at]), "")
        found.append((at, " · ".join(part for part in (above, sample) if part), column))
    return found
