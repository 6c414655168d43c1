"""`lms backup`: everything of an installation in one file."""

from pathlib import Path

import click

from lms.admin.queries.settings import settings
from lms.admin.tasks import backups
from lms.cli.speech import _, argument, command, ngettext, option


@command()
@argument("file", type=click.Path(path_type=Path, dir_okay=False), required=False)
@option("--with-secrets", is_flag=True, help="Put the secret key in, though nothing is locked.")
def backup(file: Path | None, with_secrets: bool) -> None:
    """Copy everything of this moment into FILE, while the site goes on working.

    Without FILE it goes into the folder of backups, where as many are kept as LMS_BACKUP_KEEP
    says. With LMS_BACKUP_PASSPHRASE it is locked and holds the secrets too.
    """
    made = backups.make() if file is None else backups.to(file, with_secrets=with_secrets)
    click.echo(file or settings().backup_dir / made.name)
    click.echo(
        _(
            "Read back and compared. Rows: %(rows)s. Files: %(files)s.",
            rows=made.rows,
            files=made.files,
        )
    )
    if made.missing:
        click.echo(
            ngettext(
                "%(num)s file is missing or damaged in the store: it is not in the backup.",
                "%(num)s files are missing or damaged in the store: they are not in the backup.",
                len(made.missing),
            ),
            err=True,
        )
    if not made.secrets:
        click.echo(_("The secret key is not in it: keep the file secret_key apart."))
