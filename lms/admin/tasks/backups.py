"""Backups of this installation: made and brought back, in the background or by command."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flask import current_app

from lms import __version__
from lms.admin.actions.backups import begin
from lms.admin.actions.backups import plan as plan_next
from lms.admin.formats.checked import Checked, check
from lms.admin.formats.judged import sound
from lms.admin.queries.settings import settings
from lms.admin.rules.backups import MAKE, RESTORE, is_name, name_of, note_of, to_delete
from lms.admin.tasks.back_up import Made, Order, back_up
from lms.foundation.files.store import Store
from lms.foundation.jobs.progress import report
from lms.foundation.jobs.runner import Hopeless, Task
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.web.closing import Closing
from lms.foundation.web.reading import database
from lms.people.queries.site import site
from lms.settings import NEVER

if TYPE_CHECKING:
    from lms.admin.tasks.restore import Restored

SECRETS = ("secret_key",)
BEFORE = "antes-de-restaurar"


def make(mark: str = "") -> Made:
    """Make a backup in the folder of backups; the oldest go when there are more than are kept."""
    ours = settings()
    folder = ours.backup_dir
    name = name_of(database().clock(), sealed=bool(ours.backup_passphrase), mark=mark)
    made = to(folder / name, with_secrets=False)
    for old in to_delete((path.name for path in folder.iterdir()), ours.backup_keep):
        (folder / old).unlink(missing_ok=True)
        note_of(folder / old).unlink(missing_ok=True)
    return made


def to(target: Path, *, with_secrets: bool) -> Made:
    """Make a backup in this file. With a passphrase it holds the secrets too."""
    ours = settings()
    store: Store = current_app.extensions["cabildo.files"]
    secrets = {name: ours.data_dir / name for name in SECRETS if (ours.data_dir / name).is_file()}
    order = Order(
        target=target.absolute(),
        workplace=ours.backup_dir,
        version=__version__,
        public_url=ours.public_url,
        institution=site().name,
        passphrase=ours.backup_passphrase or None,
        secrets=secrets if with_secrets or ours.backup_passphrase else {},
    )
    return back_up(database(), store, order, report)


def bring_back(path: Path, by: Actor, **given: Any) -> "Restored":
    """Restore from this file while the site is closed."""
    # Brings migrations along, which are heavy, and only for whoever restores.
    from lms.admin.tasks.restore import restore

    closing: Closing = current_app.extensions["cabildo.closing"]
    store: Store = current_app.extensions["cabildo.files"]
    with closing.closed():
        return restore(database(), store, path, by=by, **given)


def verify(path: Path) -> Checked:
    """Read a backup from beginning to end; what is wrong with it is a sentence."""
    with sound():
        return check(path, settings().backup_passphrase or None)


def put_secrets(secrets: Mapping[str, bytes]) -> list[str]:
    """Put the secrets of a backup where those of this installation are; tells which."""
    put = [name for name in SECRETS if name in secrets]
    for name in put:
        target = settings().data_dir / name
        draft = target.with_name(f".new-{name}")
        descriptor = os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets[name])
        draft.replace(target)
    return put


def _make(_payload: dict[str, Any]) -> None:
    make()


def _restore(payload: dict[str, Any]) -> None:
    """As somebody asked on the page: what is there now is copied first. Tried once only: whoever
    asked has gone on by the time a second try would come."""
    try:
        if not database().perform(begin, SYSTEM, payload["key"]):
            raise Refused(N_("Restoring was interrupted. Everything is as it was before."))
        name = str(payload["name"])
        if not is_name(name):
            raise NotFound(N_("There is no backup of that name."))
        verify(settings().backup_dir / name)  # before the site is closed for it
        make(BEFORE)
        bring_back(
            settings().backup_dir / name,
            Actor(None, "web"),
            passphrase=settings().backup_passphrase or None,
            force=True,
        )
    except Exception as error:
        raise Hopeless from error


def plan() -> None:
    """Plan the next nightly backup, where one is made and there is something to lose."""
    hour = settings().backup_hour
    if hour != NEVER and site().institution_id is not None:
        database().perform(plan_next, SYSTEM, hour, site().zone)


TASKS: Mapping[str, Task] = {MAKE: _make, RESTORE: _restore}
