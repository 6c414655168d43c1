"""The page of an assignment: what is to be done, by what it is marked, and one's own work."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from flask import current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.assessment.queries.attempts import Found
from lms.assessment.types.essay import words
from lms.assessment.views.around import Around
from lms.assessment.views.questions import points_of, points_text
from lms.assessment.views.texts import paragraphs
from lms.assignments.actions.hand_in import hand_in
from lms.assignments.actions.prepare import Page, keep_page, stamp
from lms.assignments.formats.documents import kept
from lms.assignments.forms import Act, DraftForm, HandInForm, filename_of
from lms.assignments.queries.works import (
    files_of,
    given_to,
    locked_at,
    standing_at,
    versions_of,
    work_place,
)
from lms.assignments.rules.standing import Standing, refuse_now
from lms.assignments.views import words as said
from lms.assignments.views.blueprint import blueprint
from lms.enrollment.models.enrollment import EnrollmentState
from lms.foundation.access.permissions import Permission
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.store import Store, digest_of
from lms.foundation.kernel.errors import N_, Invalid, NotFound, Refused
from lms.foundation.locale.formats import clock_time
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import say, submit
from lms.foundation.web.reading import database, reading_connection

ADDRESS = "/aula/<uuid:enrollment>/trabajos/<uuid:activity>"
READ_ONLY = N_("Your place in this cohort does not allow new attempts.")


@dataclass(frozen=True)
class Mine:
    """One's own work, as read for one request."""

    place: Found
    standing: Standing
    files: Mapping[int, Sequence[Found]]

    @property
    def settings(self) -> Any:
        return self.standing.settings

    @property
    def here(self) -> str:
        return self.url("assignments.work")

    def url(self, endpoint: str, **values: Any) -> str:
        """A page of this work."""
        return url_for(
            endpoint,
            enrollment=self.place.enrollment_uid,
            activity=self.place.activity_uid,
            **values,
        )

    @cached_property
    def draft_files(self) -> Sequence[Found]:
        """The files of what is being written."""
        draft = self.standing.draft
        return self.files.get(draft.id, ()) if draft is not None else ()

    def of_learner(self, version: Found) -> Sequence[Found]:
        """What the learner handed in with a version."""
        return [one for one in self.files.get(version.id, ()) if one.edition is None]

    def notes(self, version: Found) -> Sequence[Found]:
        """What whoever marked a version gave back with it last."""
        return [one for one in self.files.get(version.id, ()) if one.edition is not None]

    @cached_property
    def reason(self) -> str:
        """Why nothing can be written or handed in now; empty when it can."""
        try:
            if self.place.enrollment_state == EnrollmentState.COMPLETED:
                raise Refused(N_("You have completed this cohort. Its grades stand."))
            if self.place.enrollment_state != EnrollmentState.ENROLLED:
                raise Refused(READ_ONLY)
            refuse_now(self.standing)
        except Refused as refusal:
            return say(refusal)
        locked = locked_at(reading_connection(), self.place, self.standing.now)
        return say(Refused(locked.message, **locked.params)) if locked is not None else ""


def mine(enrollment: UUID, activity: UUID) -> Mine:
    """One's own work for an assignment of one's own course."""
    connection, now = reading_connection(), database().clock()
    place = work_place(connection, enrollment, activity, signed_in().person_id)
    versions = versions_of(connection, place.enrollment_id, place.course_id, place.activity_key)
    files = files_of(connection, [one.id for one in versions]) if versions else {}
    return Mine(place, standing_at(place, versions, now), files)


@blueprint.get(ADDRESS)
@guard(Permission.COURSE_TAKE)
def work(enrollment: UUID, activity: UUID) -> str:
    return _page(mine(enrollment, activity))


@blueprint.post(ADDRESS)
@guard(Permission.COURSE_TAKE)
def write(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    """Everything that the page of a draft sends: its text, a file to put in or to take out."""
    found, form = mine(enrollment, activity), DraftForm()
    go, _colon, uid = request.form.get("go", "save").partition(":")
    if go == "begin":
        return submit(
            keep_page,
            enrollment,
            activity,
            Page(None),
            form=form,
            then=found.here + "#escribir",
            again=lambda: _page(mine(enrollment, activity), form),
        )
    if not form.sent():
        return _page(found, form), 422
    try:
        page = _sent(found, form, _uid(uid) if go == "out" else None)
    except Invalid as refusal:
        form.file.errors = [*form.file.errors, say(refusal)]
        return _page(found, form), refusal.status
    then = found.url("assignments.review") if go == "review" else found.here + "#escribir"
    return submit(
        keep_page,
        enrollment,
        activity,
        page,
        form=form,
        then=then,
        said=""
        if go == "review"
        else _("Kept at %(time)s. It is not handed in yet.", time=clock_time(database().clock())),
        again=lambda: _again(mine(enrollment, activity), form),
    )


def _again(found: Mine, form: DraftForm) -> str:
    """The page with what was refused: what was saved meanwhile is seen by now."""
    form.seen.data, form.seen.raw_data = stamp(found.standing.draft), None
    return _page(found, form, overtaken=True)


def _uid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound() from None


def store() -> Store:
    """Where files are kept."""
    found: Store = current_app.extensions["cabildo.files"]
    return found


def _sent(found: Mine, form: DraftForm, out: UUID | None) -> Page:
    """What was sent, its file in the store already. Raises Invalid for one that is not taken."""
    text = form.text.data or "" if found.settings.takes_text else None
    file = form.file.data
    if not found.settings.takes_files or not file or not file.filename:
        return Page(text, form.seen.data or "", out=out)
    sent, _size = digest_of(file.stream)
    stored = kept(store(), file.stream, found.settings.media_types, found.settings.megabytes)
    attachment = Attachment(stored, filename_of(file.filename))
    return Page(text, form.seen.data or "", attachment, sent, out)


@blueprint.get(ADDRESS + "/revisar")
@guard(Permission.COURSE_TAKE, private=True)
def review(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    """The draft as it would be handed in, and what that would cost."""
    found = mine(enrollment, activity)
    if found.standing.draft is None or found.reason:
        return redirect(found.here)
    return _review(found, HandInForm(formdata=None, data={"draft": found.standing.draft.uid}))


@blueprint.post(ADDRESS + "/entregar")
@guard(Permission.COURSE_TAKE)
def send(enrollment: UUID, activity: UUID) -> ResponseReturnValue:
    """Hand in what was looked over."""
    found, form = mine(enrollment, activity), HandInForm()
    return submit(
        hand_in,
        enrollment,
        activity,
        _uid(form.draft.data or ""),
        form=form,
        then=lambda number: found.url("assignments.handed", number=number),
        said=_("Handed in. The receipt below is yours: keep it or print it."),
        again=lambda: _refused(enrollment, activity, form),
    )


def _refused(enrollment: UUID, activity: UUID, form: HandInForm) -> str:
    found = mine(enrollment, activity)
    return _page(found) if found.standing.draft is None else _review(found, form)


def _review(found: Mine, form: HandInForm) -> str:
    draft = found.standing.draft
    if draft is None:
        raise NotFound()
    count, settings = words(draft.text), found.settings
    few = bool(settings.least_words and count < settings.least_words)
    many = bool(settings.most_words and count > settings.most_words)
    return render_template(
        "assignments/review.html",
        found=found,
        form=form,
        draft=draft,
        count=count,
        length=said.words_words(settings) if draft.text and (few or many) else "",
        cost=said.cost_words(found.standing.cost) if found.standing.cost.points else "",
        **_around(found),
    )


def _page(found: Mine, form: DraftForm | None = None, *, overtaken: bool = False) -> str:
    standing, settings = found.standing, found.settings
    draft = standing.draft
    if form is None:
        form = DraftForm(formdata=None)
        form.text.data = draft.text if draft is not None else ""
        form.seen.data = stamp(draft)
    last, counts = standing.last, standing.counts
    given = (
        given_to(reading_connection(), last.id)[0]
        if last is not None and standing.is_returned
        else None
    )
    return render_template(
        "assignments/work.html",
        found=found,
        form=form,
        overtaken=overtaken and draft is not None and draft.text != (form.text.data or ""),
        draft=draft,
        returned=given,
        counted=points_of(counts.points, counts.out_of) if counts is not None else "",
        instructions=paragraphs(
            found.place.settings.get("instructions") or "", Around(found.place.course_version_id)
        ),
        kinds=said.kinds_words(settings),
        accept=said.accept(settings),
        length=said.words_words(settings),
        often=said.attempts_words(settings),
        late=said.late_words(settings),
        cost=said.cost_words(standing.cost) if standing.cost.points else "",
        needed=said.needed(settings),
        percent=said.percent(settings.pass_ratio),
        points_text=points_text,
        points_of=points_of,
        act=Act(formdata=None),
        **_around(found),
    )


def _around(found: Mine) -> dict[str, Any]:
    return {
        "place": found.place,
        "settings": found.settings,
        "standing": found.standing,
        "course_url": url_for("learning.course", enrollment=found.place.enrollment_uid),
    }
