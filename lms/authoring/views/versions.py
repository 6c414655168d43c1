"""The published versions: what each changed, any two compared, and going back to one."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions.choose import bring_back
from lms.authoring.forms.arranging import Act
from lms.authoring.queries import sources
from lms.authoring.queries.changes import Files, between, version_files
from lms.authoring.queries.requests import last_requests
from lms.authoring.queries.versions import PAGE_SIZE, versions
from lms.authoring.rules.publication import part_of
from lms.authoring.rules.requests import WORDS, RequestState
from lms.authoring.views import differences
from lms.authoring.views.places import Bench, bench
from lms.authoring.views.publication import titles_of
from lms.catalog.models import ProgrammeVersion
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.queries.people import names


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def index(programme: UUID) -> ResponseReturnValue:
    """All versions, the latest first."""
    found = bench(programme)
    lines, total = versions(reading(), found.programme.id, page_of())
    requests = last_requests(reading(), found.programme.id)
    ids = {each.published_by_id for each in lines} | {each.asked_by_id for each in requests}
    return render_template(
        "authoring/versions.html",
        found=found,
        crumbs=found.crumbs(),
        page=Page(lines, page_of(), PAGE_SIZE, total),
        page_url=lambda n: url_for("authoring.versions", programme=programme, pagina=n),
        people=names(reading(), {each for each in ids if each is not None}),
        requests=[(each, _(WORDS[RequestState(each.state)])) for each in requests],
    )


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID, version: int) -> ResponseReturnValue:
    """What a version says otherwise than another: the one before it, if none is named."""
    found = bench(programme)
    this = version_at(found, version)
    named = request.args.get("con", "")
    other = version_at(found, int(named)) if named.isascii() and named.isdecimal() else None
    if other is None and this.number > 1:
        other = version_at(found, this.number - 1)
    old: Files = version_files(reading(), other.id) if other is not None else {}
    changed = between(reading(), old, version_files(reading(), this.id))
    lines, _total = versions(reading(), found.programme.id, 1)
    people = names(reading(), {this.published_by_id or 0})
    return render_template(
        "authoring/version.html",
        found=found,
        crumbs=[
            *found.crumbs(),
            (_("Versions"), url_for("authoring.versions", programme=programme)),
        ],
        this=this,
        other=other,
        others=[each.number for each in lines if each.number != this.number],
        by=people.get(this.published_by_id or 0),
        parts=differences.parts(changed, titles_of(found, list(changed))),
        is_latest=this.id == found.standing.version_id,
        writes=found.may_write(),
        publishes=found.may_publish,
        act=Act(formdata=None),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.programme_whole)
def go_back(programme: UUID, version: int) -> ResponseReturnValue:
    """Lay an old version into the draft; it is published as a new one, or undone."""
    found = bench(programme)
    this = version_at(found, version)
    files = version_files(reading(), this.id)
    parts = sorted({part_of(path) for path in (*files, *found.standing.files)})
    here = url_for("authoring.changes", programme=programme)
    return submit(
        bring_back,
        programme,
        version,
        parts,
        form=Act(),
        then=lambda step: f"{here}?hecho={step}",
    )


def version_at(found: Bench, number: int) -> ProgrammeVersion:
    """A published version of a programme. Raises NotFound."""
    this = sources.version_of(reading(), found.programme.id, number)
    if this is None:
        raise NotFound()
    return this
