"""/gestion/administracion: what needs a person first, and where everything is."""

import platform
from typing import Any

from flask import render_template, url_for

from lms import __version__
from lms.admin.queries import health
from lms.admin.queries.settings import settings
from lms.admin.rules.health import URGENT, Figures, Need, needs
from lms.admin.views.places import log_place, manages_installation, reach
from lms.foundation.access.permissions import Permission
from lms.foundation.db.revision import newest
from lms.foundation.locale.formats import kilobytes, moment, number
from lms.foundation.locale.words import gettext as _
from lms.foundation.locale.words import ngettext
from lms.foundation.mail.models import LetterState
from lms.foundation.web.guard import guard
from lms.foundation.web.reading import database, reading
from lms.people.queries.site import site


@guard(Permission.AUDIT_READ, log_place)
def show() -> str:
    """Whoever looks after the installation sees all of it; others the letters of their own."""
    whole = manages_installation()
    if whole:
        figures = health.figures(reading(), settings())
        needed = [_item(need, figures) for need in needs(figures)]
    else:
        letters = health.letters_in_trouble(reading(), reach(Permission.MAIL_READ))
        figures = Figures(
            now=database().clock(),
            failed_letters=letters[LetterState.FAILED],
            bounced_letters=letters[LetterState.BOUNCED],
        )
        mine = (Need.FAILED_LETTERS, Need.BOUNCED)
        needed = [_item(need, figures) for need in needs(figures) if need in mine]
    return render_template(
        "admin/home.html",
        needed=needed,
        now=figures.now,
        doors=_doors(whole),
        about=_about(figures) if whole else [],
    )


def _item(need: Need, figures: Figures) -> dict[str, Any]:
    """A need as a line with its way."""
    title, note, url, icon = _words(need, figures)
    urgent = need in URGENT
    return {
        "title": title,
        "note": note,
        "url": url,
        "icon": icon,
        "tag": (_("Urgent"), "bad") if urgent else (_("To be seen to"), "warn"),
    }


def _words(need: Need, figures: Figures) -> tuple[str, str, str | None, str]:
    free = kilobytes(figures.free_bytes)
    match need:
        case Need.OUTDATED:
            said = _("Run `lms db upgrade`, then start the site anew.")
            return _("The database is not up to date"), said, None, "database"
        case Need.FILES_GONE:
            url = url_for("admin.settings")
            said = _("Documents and media cannot be opened. Test the store under Settings.")
            return _("The file store does not answer"), said, url, "folder"
        case Need.KEYS_CLOSED:
            said = _(
                "They come from an installation with another secret: until they open nothing is "
                "issued. Put its file secret_key into the data folder and start the site anew."
            )
            return _("The signing keys do not open"), said, None, "key-round"
        case Need.NO_ROOM | Need.LITTLE_ROOM:
            said = _("%(free)s are free in the data folder. Make room.", free=free)
            return _("The disk is nearly full"), said, None, "hard-drive"
        case Need.SILENT:
            said = _("Work has been due for minutes and nobody takes it up. Is `lms worker` on?")
            return _("The worker is silent"), said, url_for("admin.settings"), "bell"
        case Need.FAILED_JOBS:
            many = figures.failed_jobs
            said = _("They were tried several times. Read why, and repeat them.")
            title = ngettext("%(num)s task failed", "%(num)s tasks failed", many)
            return title, said, url_for("admin.jobs", estado="fallidas"), "circle-alert"
        case Need.NO_BACKUP:
            said = _("Make one now: it takes a moment and nobody has to wait for it.")
            return _("There is no backup yet"), said, url_for("admin.backups"), "archive"
        case Need.OLD_BACKUP:
            said = _("One should be made each night. See what became of the last ones.")
            return _("The last backup is old"), said, url_for("admin.backups"), "archive"
        case Need.INCOMPLETE_BACKUP:
            many = figures.backup_missing
            title = ngettext(
                "The last backup lacks %(num)s file", "The last backup lacks %(num)s files", many
            )
            said = _("They are missing or damaged in the store. An older backup may have them.")
            return title, said, url_for("admin.backups"), "archive"
        case Need.FAILED_LETTERS:
            many = figures.failed_letters
            title = ngettext("%(num)s e-mail did not leave", "%(num)s e-mails did not leave", many)
            said = _("Of the last 30 days. Those that can be are tried again by themselves.")
            return title, said, url_for("admin.mail", estado="no-enviados"), "mail"
        case Need.BOUNCED:
            many = figures.bounced_letters
            title = ngettext("%(num)s e-mail came back", "%(num)s e-mails came back", many)
            said = _("Of the last 30 days. Ask those people for another address.")
            return title, said, url_for("admin.mail", estado="devueltos"), "mail"
        case Need.OPEN_KEY:
            said = _(
                "Others on this machine can read it: `chmod 600 secret_key` in the data folder."
            )
            return _("The secret key lies open"), said, None, "key-round"


def _doors(whole: bool) -> list[dict[str, str]]:
    doors = [
        (
            _("E-mails"),
            "admin.mail",
            "mail",
            _("What was written to whom, and whether it arrived."),
        ),
        (
            _("Log"),
            "admin.audit",
            "scroll-text",
            _("Who did what and when, with before and after."),
        ),
    ]
    if whole:
        doors = [
            (
                _("Tasks"),
                "admin.jobs",
                "list-checks",
                _("Background work: what waits, what failed."),
            ),
            *doors,
            (_("Backups"), "admin.backups", "archive", _("Make, download and restore copies.")),
            (_("Settings"), "admin.settings", "settings", _("What is in force, and tests.")),
        ]
    return [
        {"title": title, "url": url_for(endpoint), "icon": icon, "note": note}
        for title, endpoint, icon, note in doors
    ]


def _about(figures: Figures) -> list[tuple[str, str]]:
    """Version and health, in facts."""
    size = health.size(reading())
    kind = "SQLite" if database().is_sqlite else "PostgreSQL"
    latest = figures.latest_backup
    return [
        (_("Version"), f"Cabildo {__version__} · Python {platform.python_version()}"),
        (_("Site"), f"{site().name} · {settings().public_url}"),
        (_("Database"), f"{kind}, {newest()} · {kilobytes(size.database_bytes)}"),
        (_("Files"), f"{number(size.files)} · {kilobytes(size.file_bytes)}"),
        (_("People"), number(size.people)),
        (_("Tasks waiting"), number(size.waiting)),
        (_("Disk room"), kilobytes(figures.free_bytes)),
        (_("Last backup"), moment(latest) if latest is not None else _("None yet")),
    ]
