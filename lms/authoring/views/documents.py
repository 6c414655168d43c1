"""What comes from word processors and web pages: pasted into a text, or brought as lessons.

A document that was sent is kept for a day and changes nothing until somebody who has seen what
becomes of it brings it into the draft.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any
from uuid import UUID

from flask import current_app, jsonify, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from lms.authoring import scopes
from lms.authoring.actions.bring_lessons import NewLesson, bring_lessons
from lms.authoring.formats.brought import Brought, brought, read_document
from lms.authoring.formats.incoming import small_picture
from lms.authoring.formats.tree import LARGEST_MEDIA, MB
from lms.authoring.forms.documents import DocumentForm, LessonsForm, lessons_form
from lms.authoring.views.places import Bench, bench, store
from lms.catalog.activity import activity_kinds
from lms.foundation.access.permissions import Permission
from lms.foundation.files.actions import keep
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.markdown import render
from lms.foundation.web.markdown.blocks import LOST
from lms.foundation.web.markdown.blocks_markdown import to_markdown
from lms.foundation.web.markdown.html_blocks import LARGEST, read_html
from lms.foundation.web.markdown.rendered import MediaView, NothingAround
from lms.foundation.web.perform import say, submit

A_DAY = 24 * 60 * 60
LESSONS = ".md"


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def paste(programme: UUID, course: str) -> ResponseReturnValue:
    """Something pasted, as Markdown, with what of it is lost. Nothing is written by this."""
    body = request.get_json(silent=True) or request.form
    html = str(body.get("html", ""))
    if len(html) > LARGEST:
        raise Invalid(N_("That is too much at once. Paste it in parts."))
    read = read_html(html)
    return jsonify(markdown=to_markdown(read.blocks).rstrip("\n"), lost=_lost(read.lost))


@dataclass(frozen=True, slots=True)
class Kept:
    """A document that was sent: where it goes, and what it would become."""

    token: str
    found: Bench
    course: str
    module: str
    becomes: Brought
    is_split: bool

    def url(self, endpoint: str = "document", **values: Any) -> str:
        """A page of this document."""
        if endpoint != "send_document":
            values["token"] = self.token
        here = self.found.programme.uid
        return url_for(f"authoring.{endpoint}", programme=here, course=self.course, **values)


class _Views(NothingAround):
    """The pictures of a document as its text shows them before they are files of the course."""

    def __init__(self, kept: Kept) -> None:
        self._views = {
            f"media/{each.name}": MediaView(
                kept.url("document_picture", name=each.name), len(each.data), each.media_type
            )
            for each in kept.becomes.pictures
        }

    def media(self, path: str) -> MediaView | None:
        return self._views.get(path)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def send(programme: UUID, course: str) -> ResponseReturnValue:
    """Send a document. It changes nothing yet."""
    found, form = bench(programme), DocumentForm()
    read = found.checked_course(course).course(course)
    form.module.choices = [
        (part.folder, part.data.get("title") or part.folder) for part in read.modules
    ]
    if request.method == "GET":
        form.module.data = request.args.get("en", "")
        return _sending(found, course, form)
    if not form.sent():
        return _sending(found, course, form), 422
    name = form.file.data.filename or ""
    try:
        document = read_document(name, form.file.data.stream)
        brought(name, document, split=form.split.data == "many")
        form.file.data.stream.seek(0)
        sha256 = keep(store(), form.file.data.stream, largest=LARGEST_MEDIA).sha256
    except Invalid as refusal:
        form.file.errors = [*form.file.errors, say(refusal)]
        return _sending(found, course, form), refusal.status
    said = [sha256, signed_in().person_id, name[-120:], form.module.data, form.split.data]
    token = _serializer().dumps(said)
    there = url_for("authoring.document", programme=programme, course=course, token=token)
    return redirect(there, 303)


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def show(programme: UUID, course: str, token: str) -> ResponseReturnValue:
    """The lessons that a document would become, and what of it would be lost."""
    kept = _kept(programme, course, token)
    return _html(kept, _form(kept))


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def picture(programme: UUID, course: str, token: str, name: str) -> ResponseReturnValue:
    """A picture of a document that was sent, drawn anew."""
    kept = _kept(programme, course, token)
    for each in kept.becomes.pictures:
        if each.name == name:
            return send_file(BytesIO(each.data), mimetype=each.media_type, max_age=A_DAY)
    raise NotFound()


@guard(Permission.COURSE_WRITE, scope=scopes.course)
def bring(programme: UUID, course: str, token: str) -> ResponseReturnValue:
    """Write its lessons into the draft, once it is said what each picture shows."""
    kept = _kept(programme, course, token)
    form = _form(kept)
    if not form.validate():
        return _html(kept, form), 422
    alts = form.alts
    new = [NewLesson(e.title, e.markdown(alts), e.minutes) for e in kept.becomes.lessons]
    pictures = {each.name: keep(store(), each.data) for each in kept.becomes.pictures}
    for each in kept.becomes.pictures:  # and for phones, where that is worth a file of its own
        small = small_picture(each.name, each.data, each.media_type)
        if small is not None:
            pictures[small.name] = keep(store(), small.data)
    kind = next(each for each in activity_kinds().values() if each.suffix == LESSONS)
    return submit(
        bring_lessons,
        programme,
        kept.module,
        kind,
        new,
        pictures,
        form=form,
        then=lambda step: (
            url_for("authoring.course", programme=programme, course=course, hecho=step)
            + f"#{kept.module}"
        ),
        again=lambda: _html(kept, form),
    )


def _kept(programme: UUID, course: str, token: str) -> Kept:
    """The document that the same person sent, as long as it is kept. Raises NotFound."""
    try:
        sha256, person_id, name, module, split = _serializer().loads(token, max_age=A_DAY)
    except (BadData, ValueError):
        raise NotFound() from None
    if person_id != signed_in().person_id or module.partition("/")[0] != course:
        raise NotFound()
    if not store().exists(sha256):
        raise NotFound(N_("That file is not kept any more. Send it again."))
    with store().open(sha256) as file:
        is_split = split == "many"
        becomes = brought(name, read_document(name, _seekable(file)), split=is_split)
    return Kept(token, bench(programme), course, module, becomes, is_split)


def _seekable(file: IO[bytes]) -> IO[bytes]:
    return BytesIO(file.read())


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="document")


def _form(kept: Kept) -> LessonsForm:
    return lessons_form([(each.name, each.alt) for each in kept.becomes.pictures])


def _lost(lost: Mapping[str, int]) -> list[str]:
    """What of a document does not come along, in sentences."""
    return [_(LOST[code]) % {"count": count} for code, count in sorted(lost.items()) if count]


def _sending(found: Bench, course: str, form: DocumentForm) -> str:
    return render_template(
        "authoring/send_document.html",
        form=form,
        title=found.titles(course)[1],
        megabytes=min(LARGEST_MEDIA, current_app.config["MAX_CONTENT_LENGTH"]) // MB,
        crumbs=found.crumbs(course),
        back=url_for("authoring.course", programme=found.programme.uid, course=course),
    )


def _html(kept: Kept, form: LessonsForm) -> str:
    views, alts = _Views(kept), form.alts
    shown = zip(kept.becomes.pictures, form.names, strict=True)
    return render_template(
        "authoring/document.html",
        kept=kept,
        form=form,
        lost=_lost(kept.becomes.lost),
        lessons=[
            (each, render(each.markdown(alts), views, prefix=f"l{number}-").html)
            for number, each in enumerate(kept.becomes.lessons)
        ],
        pictures=[
            (each, form[field], kept.url("document_picture", name=each.name))
            for each, field in shown
        ],
        crumbs=kept.found.crumbs(kept.course),
    )
