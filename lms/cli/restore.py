"""`lms restore`: everything of an installation back from one file."""

from pathlib import Path

import click

from lms.admin.formats.checked import is_locked
from lms.admin.queries.settings import settings
from lms.admin.tasks import backups
from lms.admin.tasks.restore import is_empty, verify
from lms.cli.speech import _, argument, command, option
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.errors import N_, Refused
from lms.foundation.keys.keyring import Keyring
from lms.foundation.web.reading import database

_STEPS = {
    "check": N_("Reading the backup …"),
    "load": N_("Writing …"),
    "compare": N_("Comparing every row …"),
    "finish": N_("Finishing …"),
}


@command()
@argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@option("--check", "only_check", is_flag=True, help="Read and compare FILE; change nothing.")
@option("--force", is_flag=True, help="Replace what is in the installation.")
def restore(file: Path, only_check: bool, force: bool) -> None:
    """Bring everything back that is in FILE: all of it, compared row by row, or nothing.

    It may come from another machine and another database. An installation that is not empty is
    replaced only with --force; the site is closed meanwhile.
    """
    passphrase = settings().backup_passphrase or None
    if is_locked(file) and passphrase is None:
        passphrase = click.prompt(_("Passphrase of the backup"), hide_input=True)
    step = ""

    def said(now: str, _done: int, _all: int) -> None:
        nonlocal step
        if now != step:
            step = now
            click.echo(_(_STEPS[now]), err=True)

    if only_check:
        found = verify(file, passphrase, said)
        click.echo(
            _(
                "The backup of %(institution)s, made at %(moment)s (UTC), is whole. "
                "Rows: %(rows)s. Files: %(files)s.",
                institution=found.head.institution,
                moment=found.head.made_at[:16].replace("T", " "),
                rows=found.end.rows,
                files=found.end.files,
            )
        )
        return
    if not force and not is_empty(database()):
        raise Refused(
            N_(
                "This installation is not empty. Repeat it with --force to replace everything "
                "in it."
            )
        )
    done = backups.bring_back(file, COMMAND_LINE, passphrase=passphrase, force=force, said=said)
    click.echo(
        _(
            "Restored as it was at %(moment)s (UTC). Rows: %(rows)s. Files: %(files)s.",
            rows=done.end.rows,
            files=done.end.files,
            moment=done.head.made_at[:16].replace("T", " "),
        )
    )
    put = backups.put_secrets(done.secrets)
    if put:
        click.echo(_("The secret key came with it. Start `lms serve` anew so that it is used."))
    else:
        _warn_of_closed_keys()
    if done.head.public_url != settings().public_url:
        click.echo(
            _(
                "Documents of this installation say %(address)s. Keep that address: set "
                "LMS_PUBLIC_URL to it.",
                address=done.head.public_url,
            )
        )


def _warn_of_closed_keys() -> None:
    """What the rows alone do not bring back: the secret that opens the keys."""
    try:
        Keyring(database(), settings().secret_key).check()
    except Refused:
        click.echo(
            _(
                "ATTENTION: the signing keys do not open with the secret of this installation, so "
                "it issues no documents. Put the file secret_key of the one that was backed up "
                "into %(folder)s and start `lms serve` anew.",
                folder=settings().data_dir,
            ),
            err=True,
        )
