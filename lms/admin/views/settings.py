"""/gestion/administracion/ajustes: each setting in force, what is odd about it, three tests."""

import io
import os
import secrets
import smtplib
from email.message import EmailMessage
from email.utils import format_datetime, formataddr, make_msgid

from flask import current_app, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lms.admin.actions.jobs import ANSWER, ring
from lms.admin.queries import jobs
from lms.admin.queries.settings import settings
from lms.admin.rules.advice import Chosen, advice
from lms.admin.views.failed import shown
from lms.foundation.access.permissions import Permission
from lms.foundation.files.store import Store, digest_of
from lms.foundation.jobs.models import JobState
from lms.foundation.jobs.runner import failure_of
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.locale.words import gettext as _
from lms.foundation.mail.transports import Transport
from lms.foundation.web.forms import Form
from lms.foundation.web.guard import anywhere, guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import submit
from lms.foundation.web.reading import database, reading
from lms.people.queries.accounts import email_of
from lms.people.queries.site import site
from lms.settings import Settings

SOURCES = {"": N_("by default"), "environment": N_("from the environment")}


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def show() -> str:
    """Every setting with its explanation, its value and where it comes from."""
    ours = settings()
    odd = dict(advice(_chosen(ours)))
    answer = jobs.latest(reading(), ANSWER)
    return render_template(
        "admin/settings.html",
        form=Form(),
        rows=[
            {
                "name": each.name,
                "value": each.value,
                "about": _(each.about),
                "source": _(SOURCES[each.source])
                if each.source in SOURCES
                else _("from the file %(path)s", path=each.source),
                "odd": _(odd[each.name]) if each.name in odd else "",
            }
            for each in ours.listed()
        ],
        odd=len(odd),
        address=_own_address(),
        answered=answer.done_at if answer is not None and answer.state == JobState.DONE else None,
        waits=answer is not None and answer.state in (JobState.PENDING, JobState.LEASED),
    )


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def try_mail() -> ResponseReturnValue:
    """A letter to oneself, at once: whoever tests wants to see what the server says."""
    transport: Transport = current_app.extensions["cabildo.mail"]
    address = _own_address()
    if address is None:
        raise Refused(N_("Your account has no confirmed e-mail address to write to."))
    try:
        transport.send(_test_letter(address))
    except (OSError, smtplib.SMTPException) as error:
        return _told(_("The e-mail did not leave."), error)
    return _fine(_("The e-mail left for %(address)s. See whether it arrives.", address=address))


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def try_files() -> ResponseReturnValue:
    """Write a file, read it, compare it, delete it."""
    store: Store = current_app.extensions["cabildo.files"]
    content = secrets.token_bytes(1000)
    try:
        _write_and_read(store, content)
    except Exception as error:  # every store fails in its own way
        current_app.logger.exception("the test of the file store failed")
        return _told(_("The file store did not keep a file."), error)
    return _fine(_("A file was written, read, compared and deleted."))


@guard(Permission.INSTALLATION_MANAGE, anywhere)
def try_worker() -> ResponseReturnValue:
    return submit(
        ring,
        form=Form(),
        then=url_for("admin.settings", _anchor="trabajador"),
        said=_("The bell was rung. Load this page again: it shows when the worker answered."),
        tone="info",
    )


def _write_and_read(store: Store, content: bytes) -> None:
    digest, _size = digest_of(io.BytesIO(content))
    store.put(io.BytesIO(content), digest)
    try:
        with store.open(digest) as kept:
            if kept.read() != content:
                raise OSError("what was read is not what was written")
    finally:
        store.delete(digest)


def _told(sentence: str, error: Exception) -> ResponseReturnValue:
    failure = shown(failure_of(error))
    words = f"{failure.said} {failure.remedy} ({failure.technical[:200]})" if failure else ""
    flash(f"{sentence} {words}", "bad")
    return redirect(url_for("admin.settings"), 303)


def _fine(sentence: str) -> ResponseReturnValue:
    flash(sentence, "good")
    return redirect(url_for("admin.settings"), 303)


def _own_address() -> str | None:
    found = email_of(reading(), signed_in().person_id)
    return found.value if found is not None and found.verified_at is not None else None


def _test_letter(address: str) -> EmailMessage:
    sender = current_app.config["MAIL_FROM"]
    message = EmailMessage()
    message["Subject"] = _("Test e-mail of %(site)s", site=site().short_name)
    message["From"] = formataddr((site().short_name, sender))
    message["To"] = address
    message["Date"] = format_datetime(database().clock())
    message["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(
        _("If you read this, e-mails leave the site. It was sent from the page of settings.")
    )
    return message


def _chosen(ours: Settings) -> Chosen:
    return Chosen(
        public_url=ours.public_url,
        mail_url=ours.mail_url,
        mail_from=ours.mail_from,
        proxies=ours.proxies,
        backup_hour=ours.backup_hour,
        has_passphrase=bool(ours.backup_passphrase),
        same_disk=_same_disk(ours),
    )


def _same_disk(ours: Settings) -> bool:
    folder = ours.backup_dir if ours.backup_dir.is_dir() else ours.backup_dir.parent
    try:
        return os.stat(folder).st_dev == os.stat(ours.data_dir).st_dev
    except OSError:
        return False
