"""/gestion/administracion/copias: backups made, listed, taken away, brought, restored."""

from datetime import timedelta
from pathlib import Path
from typing import IO

from flask import Response, current_app, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeTimedSerializer

from lms.admin.actions import backups as actions
from lms.admin.formats.sealed import is_sealed
from lms.admin.forms.backups import RestoreForm, UploadForm
from lms.admin.queries import backups, jobs
from lms.admin.queries.settings import settings
from lms.admin.rules.backups import MAKE, RESTORE, name_of, note_of
from lms.admin.tasks.backups import verify
from lms.admin.views.jobs import Row, row_of
from lms.foundation.access.permissions import Permission
from lms.foundation.files.private import private
from lms.foundation.jobs.models import JobState
from lms.foundation.kernel.errors import N_, DomainError, Invalid, NotFound
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import anywhere, guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.settings import NEVER

PASS_LIVES = timedelta(hours=12)
BROUGHT = "traida"
WORD = N_("RESTORE")


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def show() -> str:
    return _page(UploadForm(formdata=None))


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def make() -> ResponseReturnValue:
    return submit(
        actions.ask,
        form=Form(),
        then=url_for("admin.backups"),
        said=_("A backup is being made. You may leave this page."),
        tone="info",
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def download() -> ResponseReturnValue:
    """Who takes everybody's data away is on record before they do; then the address holds."""
    name = _named()
    return submit(
        actions.note,
        "backup.downloaded",
        name,
        form=Form(),
        then=url_for("admin.backup_file", pase=_passes().dumps([name, signed_in().person_id])),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def send() -> Response:
    """The file itself, in ranges too, for whoever asked for it today."""
    try:
        name, person_id = _passes().loads(
            request.args.get("pase", ""), max_age=int(PASS_LIVES.total_seconds())
        )
    except BadSignature:
        raise NotFound() from None
    if person_id != signed_in().person_id:
        raise NotFound()
    found = backups.one(_folder(), name)
    response = send_file(
        _folder() / found.name, as_attachment=True, download_name=found.name,
        mimetype="application/octet-stream", conditional=True,
    )  # fmt: skip
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def confirm_deleting() -> str:
    found = backups.one(_folder(), request.args.get("copia", ""))
    return render_template("admin/delete_backup.html", form=Form(), backup=found)


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def delete() -> ResponseReturnValue:
    name = _named()
    answer = submit(
        actions.note,
        "backup.deleted",
        name,
        form=Form(),
        then=url_for("admin.backups"),
        said=_("The backup was deleted."),
    )
    (_folder() / name).unlink(missing_ok=True)
    note_of(_folder() / name).unlink(missing_ok=True)
    return answer


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def upload() -> ResponseReturnValue:
    """A backup from another machine is read whole before it lies with the others."""
    form = UploadForm()
    try:
        name = _keep_brought(form)
    except DomainError as refusal:
        form.refuse(refusal)
        return _page(form), 422
    return submit(
        actions.note,
        "backup.uploaded",
        name,
        form=form,
        then=url_for("admin.backups"),
        said=_("The backup is whole and lies with the others."),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def confirm_restoring() -> str:
    return _restoring(request.args.get("copia", ""), RestoreForm(formdata=None))


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def restore() -> ResponseReturnValue:
    form, name = RestoreForm(), _named()
    return submit(
        actions.ask_to_restore,
        name,
        form=form,
        then=url_for("admin.backups"),
        said=_("The backup is being checked; then the site closes until all is restored."),
        tone="info",
        again=lambda: _restoring(name, form),
        confirmed=form.sent() and (form.typed.data or "").casefold() == _(WORD).casefold(),
    )


def _page(form: UploadForm) -> str:
    ours = settings()
    return render_template(
        "admin/backups.html",
        form=form,
        blank=Form(formdata=None),
        backups=list(backups.listed(ours.backup_dir)),
        under_way=_under_way(),
        failed=_failed(),
        folder=ours.backup_dir,
        hour=None if ours.backup_hour == NEVER else ours.backup_hour,
        keep=ours.backup_keep,
        locks=bool(ours.backup_passphrase),
        largest=ours.upload_megabytes,
    )


def _restoring(name: str, form: RestoreForm) -> str:
    found = backups.one(_folder(), name)
    return render_template(
        "admin/restore.html",
        form=form,
        backup=found,
        word=_(WORD),
        now=database().clock(),
        opens=not found.sealed or bool(settings().backup_passphrase),
    )


def _under_way() -> Row | None:
    """The backup or restoring that is going on or about to begin."""
    now = database().clock()
    for task in (RESTORE, MAKE):
        line = jobs.latest_due(reading(), task, now)
        if line is not None and line.state in (JobState.PENDING, JobState.LEASED):
            return row_of(line)
    return None


def _failed() -> Row | None:
    """The last backup or restoring, if it was given up."""
    now = database().clock()
    for task in (RESTORE, MAKE):
        line = jobs.latest_due(reading(), task, now)
        if line is not None and line.state == JobState.FAILED:
            return row_of(line)
    return None


def _named() -> str:
    """The backup that a form is about."""
    return backups.one(_folder(), request.form.get("name", "")).name


def _folder() -> Path:
    return settings().backup_dir


def _keep_brought(form: UploadForm) -> str:
    file = form.file.data
    if not file or not file.filename:
        said = N_("Choose the file of a backup.")
        raise Invalid(said, fields={"file": said})
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True, mode=0o750)
    name = name_of(database().clock(), sealed=is_sealed(file.stream), mark=BROUGHT)
    draft = folder / f".new-{name}"
    try:
        _write(file.stream, draft)
        verify(draft)
        draft.replace(folder / name)
    finally:
        draft.unlink(missing_ok=True)
    return name


def _write(source: IO[bytes], target: Path) -> None:
    with open(target, "wb", opener=private) as kept:
        while piece := source.read(256 * 1024):
            kept.write(piece)


def _passes() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="backup-file")
