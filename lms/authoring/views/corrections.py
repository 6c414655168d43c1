"""A version beside the running cohorts that have another: whom a small correction would reach."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.correct import correct_cohorts
from lms.authoring.forms.arranging import Act
from lms.authoring.queries import corrections as queries
from lms.authoring.queries.corrections import Running
from lms.authoring.rules.changes import Change
from lms.authoring.rules.correction import Reason, reasons
from lms.authoring.views import differences
from lms.authoring.views.places import Bench, bench
from lms.authoring.views.publication import titles_of
from lms.authoring.views.versions import version_at
from lms.catalog.models import ProgrammeVersion
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.web.guard import guard
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading


@dataclass(frozen=True, slots=True)
class Reach:
    """One activity that changes, and who of a cohort has met it already."""

    title: str
    seen: int
    attempted: int


@dataclass(frozen=True, slots=True)
class Line:
    """One running cohort: whether the correction may reach it, and what it is to its people."""

    cohort: Running
    why_not: Sequence[str]
    reach: Sequence[Reach]


@dataclass(frozen=True, slots=True)
class Judged:
    """What the version says otherwise than another one, and why that is more than words."""

    number: int
    parts: Mapping[str, Sequence[Change]]
    reasons: Sequence[Reason]


@guard(Permission.COURSE_PUBLISH, scope=scopes.programme_whole)
def show(programme: UUID, version: int) -> ResponseReturnValue:
    """For each running cohort what would change for whom, before anything does."""
    found = bench(programme)
    return _html(found, version_at(found, version), Act(formdata=None))


@guard(Permission.COURSE_PUBLISH, scope=scopes.programme_whole)
def correct(programme: UUID, version: int) -> ResponseReturnValue:
    """Let the chosen cohorts go on with this version."""
    found, form = bench(programme), Act()
    this = version_at(found, version)
    cohorts = queries.running(reading(), this, database().clock())
    judged = _judged(cohorts, this)
    return submit(
        correct_cohorts,
        programme,
        version,
        _chosen(),
        {each.number for each in judged.values() if not each.reasons},
        form=form,
        then=url_for("authoring.corrections", programme=programme, version=version),
        said=lambda count: ngettext(
            "%(num)s cohort goes on with the correction. Its team was told.",
            "%(num)s cohorts go on with the correction. Their teams were told.",
            count,
        ),
        again=lambda: _html(bench(programme), this, form),
    )


def _chosen() -> dict[UUID, int]:
    """Cohorts with the version that each had on the page. Raises NotFound for what is none."""
    try:
        pairs = [each.split(" ") for each in request.form.getlist("who")]
        return {UUID(uid): int(number) for uid, number in pairs}
    except ValueError:
        raise NotFound() from None


def _judged(cohorts: Sequence[Running], version: ProgrammeVersion) -> dict[int, Judged]:
    """By the version that cohorts have: what is otherwise, judged once for all of them."""
    found = {}
    for each in cohorts:
        if each.version_id not in found:
            parts = queries.what_changes(reading(), each.version_id, version)
            everything = [change for changes in parts.values() for change in changes]
            found[each.version_id] = Judged(each.number, parts, reasons(everything))
    return found


def _html(found: Bench, version: ProgrammeVersion, form: Act) -> str:
    cohorts = queries.running(reading(), version, database().clock())
    judged = _judged(cohorts, version)
    activities = {
        version_id: {
            (part, change.key): change.title
            for part, changes in each.parts.items()
            for change in changes
            if change.key
        }
        for version_id, each in judged.items()
    }
    touched = queries.touched(reading(), cohorts, activities)
    issued = queries.with_documents(reading(), [each.id for each in cohorts], version)
    lines = [
        Line(
            each,
            _why_not(judged[each.version_id], each.id in issued),
            [
                Reach(title, *touched.get(each.id, {}).get(pair, (0, 0)))
                for pair, title in activities[each.version_id].items()
            ],
        )
        for each in cohorts
    ]
    return render_template(
        "authoring/corrections.html",
        found=found,
        this=version,
        form=form,
        crumbs=[
            *found.crumbs(),
            (_("Versions"), url_for("authoring.versions", programme=found.programme.uid)),
        ],
        lines=lines,
        some=any(not each.why_not for each in lines),
        compared=[
            (each.number, differences.parts(each.parts, titles_of(found, list(each.parts))))
            for each in judged.values()
        ],
    )


def _why_not(judged: Judged, has_documents: bool) -> list[str]:
    said = [
        _(each.message)
        % {"title": differences.name_of(each.change), "what": differences.label_of(each.labels)}
        for each in judged.reasons
    ]
    if has_documents:
        said.append(_("Documents were issued there already: that cohort keeps its version."))
    return said
