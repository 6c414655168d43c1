"""What changed since the last version, and publishing it: alone, or with a second person."""

from collections.abc import Collection
from uuid import UUID

from flask import render_template, url_for
from flask.typing import ResponseReturnValue

from lms.authoring import scopes
from lms.authoring.actions import requests as asking
from lms.authoring.actions.choose import let_go
from lms.authoring.actions.publish_draft import publish_draft
from lms.authoring.formats.prepared import Prepared, prepare
from lms.authoring.formats.tree import Tree
from lms.authoring.forms.arranging import Act
from lms.authoring.forms.publishing import DeclineForm, PublishForm
from lms.authoring.models import PublicationRequest
from lms.authoring.queries import requests as queries
from lms.authoring.queries.changes import in_work
from lms.authoring.queries.checked import MEMORY
from lms.authoring.queries.drafts import tree_of
from lms.authoring.rules.publication import PROGRAMME, part_of
from lms.authoring.rules.requests import WORDS
from lms.authoring.tasks import keep_media
from lms.authoring.views import differences
from lms.authoring.views.editors import Places, Told
from lms.authoring.views.places import Bench, bench, just_done, store, today
from lms.catalog.activity import activity_kinds
from lms.foundation.access.permissions import Permission
from lms.foundation.kernel.errors import NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading
from lms.people.models import Institution
from lms.people.queries.people import names


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def show(programme: UUID) -> ResponseReturnValue:
    """What would be published now, part by part."""
    found = bench(programme)
    form = PublishForm(formdata=None)
    form.parts.data = [each for each in _changed_parts(found) if found.may_write(each or None)]
    return _html(found, form)


@guard(Permission.COURSE_PUBLISH, scope=scopes.programme_whole)
def publish(programme: UUID) -> ResponseReturnValue:
    """Publish the chosen parts; running cohorts keep the version they began with."""
    found, form = bench(programme), PublishForm()
    _choices(found, form)
    if not form.validate():
        return _html(found, form), 422
    tree, prepared = ready(found, form.parts.data)
    if not prepared.sound:
        return _html(found, form, prepared), 422
    return submit(
        publish_draft,
        programme,
        prepared,
        keep_media(store(), tree, prepared.package),
        form.parts.data,
        form.summary.data,
        form.seen.data,
        form=form,
        then=url_for("authoring.versions", programme=programme),
        said=lambda done: _("Version %(number)s is published.", number=done.number),
        again=lambda: _html(bench(programme), form),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.programme_seen)
def ask(programme: UUID) -> ResponseReturnValue:
    """Ask another person to look at the chosen parts and publish them."""
    found, form = bench(programme), PublishForm()
    _choices(found, form)
    if not form.validate():
        return _html(found, form), 422
    _tree, prepared = ready(found, form.parts.data)
    if not prepared.sound:
        return _html(found, form, prepared), 422
    link = url_for("authoring.request", programme=programme, request_uid=UUID(int=0))
    return submit(
        asking.ask_publication,
        programme,
        prepared,
        form.parts.data,
        form.summary.data,
        link.replace(str(UUID(int=0)), "REQUEST"),
        found.titles()[0],
        form=form,
        then=lambda uid: url_for("authoring.request", programme=programme, request_uid=uid),
        said=_("Asked for. Whoever may publish it was told."),
        again=lambda: _html(bench(programme), form),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.part)
def drop(programme: UUID, part: str = PROGRAMME) -> ResponseReturnValue:
    """Go back to what is published in one part."""
    here = url_for("authoring.changes", programme=programme)
    return submit(let_go, programme, part, form=Act(), then=lambda step: f"{here}?hecho={step}")


def ready(found: Bench, parts: Collection[str]) -> tuple[Tree, Prepared]:
    """The package as it would be published, read and checked outside of any transaction."""
    tree = tree_of(reading(), store(), found.standing, parts)
    return tree, prepare(tree, activity_kinds(), today(), MEMORY)


def _changed_parts(found: Bench) -> list[str]:
    return sorted({part_of(path) for path in found.standing.changed})


def titles_of(found: Bench, parts: Collection[str]) -> dict[str, str]:
    """What the parts of a programme are called."""
    courses = [each for each in parts if each != PROGRAMME]
    _programme, *others = found.titles(*courses)
    return {PROGRAMME: _("The programme itself"), **dict(zip(courses, others, strict=True))}


def _choices(found: Bench, form: PublishForm) -> None:
    parts = _changed_parts(found)
    titles = titles_of(found, parts)
    form.parts.choices = [
        (each, titles[each]) for each in parts if found.may_write(each or None) or found.may_publish
    ]


def told_of(found: Bench, prepared: Prepared) -> list[Told]:
    """What is wrong with it, errors first."""
    places = Places(found.programme.uid, prepared.package.courses.values())
    return places.tell(prepared.problems)


def _html(found: Bench, form: PublishForm, prepared: Prepared | None = None) -> str:
    _choices(found, form)
    parts = _changed_parts(found)
    if prepared is None:
        prepared = ready(found, form.parts.data or parts)[1]
    form.seen.data = found.standing.seen
    owner = reading().get_one(Institution, found.programme.institution_id)
    return render_template(
        "authoring/changes.html",
        found=found,
        title=found.titles()[0],
        crumbs=found.crumbs(),
        parts=differences.parts(in_work(reading(), found.standing), titles_of(found, parts)),
        conflicts=found.standing.conflicts,
        told=[each for each in told_of(found, prepared) if each.is_error],
        warnings=sum(not each.is_error for each in prepared.problems),
        waiting=queries.waiting(reading(), found.programme.id),
        two_persons=owner.two_person_publishing,
        publishes=found.may_publish,
        writes=[each for each in parts if found.may_write(each or None)],
        is_first=found.standing.version_id is None,
        done=just_done(found),
        form=form,
        act=Act(formdata=None),
    )


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def asked(programme: UUID, request_uid: UUID) -> ResponseReturnValue:
    """A request, with what it would publish."""
    found = bench(programme)
    return _request_html(found, _request(found, request_uid), DeclineForm(formdata=None))


@guard(Permission.COURSE_PUBLISH, scope=scopes.programme_whole)
def approve(programme: UUID, request_uid: UUID) -> ResponseReturnValue:
    """Publish what somebody else asked for."""
    found = bench(programme)
    wanted = _request(found, request_uid)
    tree, prepared = ready(found, wanted.parts)
    media = keep_media(store(), tree, prepared.package) if prepared.sound else {}
    here = url_for("authoring.request", programme=programme, request_uid=request_uid)
    form = Act()
    return submit(
        asking.approve,
        programme,
        request_uid,
        prepared,
        media,
        here,
        found.titles()[0],
        form=form,
        then=here,
        said=lambda number: _("Version %(number)s is published.", number=number),
        again=lambda: _request_html(bench(programme), wanted, DeclineForm(formdata=None), form),
    )


@guard(Permission.COURSE_PUBLISH, scope=scopes.programme_whole)
def decline(programme: UUID, request_uid: UUID) -> ResponseReturnValue:
    """Say no, with the reason that whoever asked will read."""
    found, form = bench(programme), DeclineForm()
    wanted = _request(found, request_uid)
    if not form.validate():
        return _request_html(found, wanted, form), 422
    here = url_for("authoring.request", programme=programme, request_uid=request_uid)
    return submit(
        asking.decline,
        programme,
        request_uid,
        form.reason.data,
        here,
        found.titles()[0],
        form=form,
        then=here,
        said=_("Declined. Whoever asked was told why."),
        again=lambda: _request_html(bench(programme), wanted, form),
    )


@guard(Permission.COURSE_WRITE, scope=scopes.programme_seen)
def withdraw(programme: UUID, request_uid: UUID) -> ResponseReturnValue:
    """Take a request back."""
    return submit(
        asking.withdraw_request,
        programme,
        request_uid,
        form=Act(),
        then=url_for("authoring.changes", programme=programme),
        said=_("Withdrawn. The draft stays as it is."),
    )


def _request(found: Bench, uid: UUID) -> PublicationRequest:
    wanted = queries.request_at(reading(), found.programme.id, uid)
    if wanted is None:
        raise NotFound()
    return wanted


def _request_html(
    found: Bench, wanted: PublicationRequest, form: DeclineForm, refused: Act | None = None
) -> str:
    is_waiting = wanted.state == "waiting"
    changed = in_work(reading(), found.standing) if is_waiting else {}
    mine = {part: each for part, each in changed.items() if part in wanted.parts}
    people = names(reading(), {wanted.asked_by_id or 0, wanted.decided_by_id or 0})
    return render_template(
        "authoring/request.html",
        found=found,
        title=found.titles()[0],
        crumbs=[
            *found.crumbs(),
            (_("Changes"), url_for("authoring.changes", programme=found.programme.uid)),
        ],
        wanted=wanted,
        is_waiting=is_waiting,
        word=_(WORDS[wanted.state]),  # type: ignore[index]
        people=people,
        parts=differences.parts(mine, titles_of(found, wanted.parts)),
        titles=titles_of(found, wanted.parts),
        told=told_of(found, ready(found, wanted.parts)[1]) if is_waiting else [],
        is_mine=wanted.asked_by_id == signed_in().person_id,
        decides=found.may_publish and wanted.asked_by_id != signed_in().person_id,
        form=form,
        refused=refused,
        act=Act(formdata=None),
    )
