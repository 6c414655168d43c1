"""Packages in and out of the browser: checked, compared and shown before anything changes."""

import zipfile
from collections.abc import Mapping
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from uuid import UUID

from flask import current_app, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadData, URLSafeTimedSerializer

from lms.authoring import scopes
from lms.authoring.actions.bring import bring_package
from lms.authoring.formats.archive import write_archive
from lms.authoring.formats.left import LEFT, write_left
from lms.authoring.formats.tree import LARGEST_PACKAGE, MB, read_zip
from lms.authoring.forms.packages import BringForm, PackageForm
from lms.authoring.queries import bringing as queries
from lms.authoring.queries.bringing import Bringing
from lms.authoring.queries.drafts import texts_of, tree_of
from lms.authoring.queries.packages import export_package
from lms.authoring.rules.difference import Change
from lms.authoring.rules.publication import PROGRAMME
from lms.authoring.tasks import keep_media
from lms.authoring.views import differences
from lms.authoring.views.places import bench, store, today
from lms.foundation.access.permissions import Permission
from lms.foundation.files.actions import keep
from lms.foundation.kernel.errors import N_, Invalid, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import reading

A_DAY = 24 * 60 * 60
IN_MEMORY = 2_000_000
MOST_SHOWN = 10


@guard(Permission.COURSE_WRITE, scope=scopes.beginning)
def send(**_values: str) -> ResponseReturnValue:
    """Send a ZIP. It is kept for a day and changes nothing until it is laid into the draft."""
    form = PackageForm()
    if request.method == "GET":
        return _sending(form)
    if not form.sent():
        return _sending(form), 422
    try:
        sha256 = _kept(form.package.data.stream)
    except Invalid as refusal:
        form.package.errors = [*form.package.errors, _(refusal.message)]
        return _sending(form), refusal.status
    token = _serializer().dumps([sha256, signed_in().person_id])
    return redirect(url_for("authoring.brought", token=token), 303)


@guard(Permission.COURSE_WRITE, scope=scopes.beginning)
def show(token: str) -> ResponseReturnValue:
    """What is wrong with the package that was sent, or what it would change."""
    with _opened(token) as file:
        return _html(_bringing(file), BringForm(formdata=None))


@guard(Permission.COURSE_WRITE, scope=scopes.beginning)
def bring(token: str) -> ResponseReturnValue:
    """Lay it into the draft; what was edited here stays, but for what was chosen."""
    form = BringForm()
    with _opened(token) as file:
        found = _bringing(file)
        if not found.prepared.sound:
            return _html(found, form), 422
        media = keep_media(store(), found.tree, found.prepared.package)
        return submit(
            bring_package,
            _institution(),
            found.prepared,
            media,
            request.form.getlist("theirs"),
            form.seen.data or "",
            form=form,
            then=lambda done: url_for(
                "authoring.changes", programme=done.programme, hecho=done.step
            ),
            said=_("The package is in the draft. Nothing is published yet."),
            again=lambda: _html(_bringing(file), form),
        )


@guard(Permission.DRAFT_VIEW, scope=scopes.programme_seen)
def export(programme: UUID) -> ResponseReturnValue:
    """The package as one ZIP: the draft as it stands, or a version, byte by byte."""
    found = bench(programme)
    named = request.args.get("version", "")
    number = int(named) if named.isascii() and named.isdecimal() else None
    if number is not None:
        mine = found.programme
        files = export_package(reading(), store(), mine.institution_id, mine.key, number)
    else:
        tree = tree_of(reading(), store(), found.standing)
        slip = (LEFT, write_left(found.standing.hashes))
        files = chain([slip], ((path, entry.read()) for path, entry in tree.files.items()))
    archive = SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - closed with the answer
    write_archive(archive, files)
    archive.seek(0)
    name = f"{found.programme.key}-{number or _('draft')}.zip"
    return send_file(archive, mimetype="application/zip", as_attachment=True, download_name=name)


def _sending(form: PackageForm) -> str:
    most = min(LARGEST_PACKAGE, current_app.config["MAX_CONTENT_LENGTH"])
    return render_template("authoring/packages.html", form=form, megabytes=most // MB)


def _kept(stream: IO[bytes]) -> str:
    if not zipfile.is_zipfile(stream):
        raise Invalid(N_("This is no ZIP file. Compress the folder of the package and send that."))
    stream.seek(0)
    return keep(store(), stream, largest=LARGEST_PACKAGE).sha256


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="package")


def _opened(token: str) -> IO[bytes]:
    """The ZIP that the same person sent, as long as it is kept. Raises NotFound."""
    try:
        sha256, person_id = _serializer().loads(token, max_age=A_DAY)
    except BadData:
        raise NotFound() from None
    if person_id != signed_in().person_id or not store().exists(sha256):
        raise NotFound(N_("That file is not kept any more. Send it again."))
    return store().open(sha256)


def _institution() -> int:
    found = scopes.beginning().institution_id
    if found is None:
        raise NotFound()
    return found


def _bringing(file: IO[bytes]) -> Bringing:
    file.seek(0)
    return queries.bringing(reading(), read_zip(file), _institution(), today())


def _html(found: Bringing, form: BringForm) -> str:
    form.seen.data = found.seen
    data: Mapping[str, Any] = found.prepared.package.data or {}
    titles = {PROGRAMME: _("The programme itself")} | {
        folder: course.data.get("title") or folder
        for folder, course in found.prepared.package.courses.items()
    }
    sound = found.prepared.sound
    return render_template(
        "authoring/bring.html",
        found=found,
        form=form,
        title=data.get("title") or _("Package"),
        sound=sound,
        told=[
            {
                "place": f"{each.path}:{max(each.line, 1)}" if each.path else "",
                "what": _(each.message) % each.params,
                "todo": _(each.remedy) % each.params,
                "is_error": each.is_error,
            }
            for each in found.prepared.problems
        ],
        parts=differences.parts(queries.would_change(reading(), found), titles) if sound else [],
        conflicts=[
            _both(found, path, n < MOST_SHOWN) for n, path in enumerate(found.difference.conflicts)
        ],
        kept=found.difference.of(Change.KEPT),
    )


def _both(found: Bringing, path: str, with_text: bool) -> dict[str, object]:
    """A file in conflict: as it is here, and as the package has it."""
    mine = {path: found.files[path]} if path in found.files else {}
    theirs = found.prepared.files.get(path)
    here = texts_of(reading(), mine).get(path) if with_text else None
    there = theirs.text if theirs is not None and with_text else None
    said = here if here is not None else there
    return {
        "path": path,
        "title": differences.title_of(path, said) if said is not None else path,
        "told": differences.of_file(path, here, there)
        if here is not None and there is not None
        else (),
        "is_gone_here": not mine,
        "is_gone_there": theirs is None,
    }
