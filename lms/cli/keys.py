"""`lms keys`: the keys that sign documents, credentials and the register."""

from pathlib import Path

import click
from flask import current_app

from lms.certificates.formats.trust import files_of
from lms.certificates.queries import issuers, register
from lms.cli.speech import _, argument, group, option
from lms.foundation.kernel.actor import COMMAND_LINE
from lms.foundation.kernel.errors import N_, NotFound, Refused
from lms.foundation.keys import certificates
from lms.foundation.keys.actions import Whose, bring_in, rotate
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.queries import published
from lms.foundation.web.reading import database
from lms.people.queries.site import site

PURPOSE = click.Choice([purpose.value for purpose in Purpose])
INSTITUTION = option("--institution", help="Key of the institution. Default: the site's.")


@group()
def keys() -> None:
    """Keys: what documents, credentials and the register are signed with.

    They are made when they are needed for the first time. Their private halves lie in the database,
    locked with the secret of the installation.
    """


@keys.command("list")
def list_() -> None:
    """List every key there ever was.

    Columns: purpose, key, since, until, whose it is, and whether it leaked.
    """
    with database().reading() as session:
        found = issuers.keys(session)
    for each in found:
        key = each.key
        until = key.retired_at.date().isoformat() if key.retired_at else _("in use")
        note = _("leaked") if key.leaked_at else _("of an authority") if key.imported else ""
        since = key.created_at.date().isoformat()
        click.echo(f"{key.purpose}\t{key.kid}\t{since}\t{until}\t{each.whose}\t{note}")


@keys.command("rotate")
@argument("purpose", type=PURPOSE)
@INSTITUTION
@option("--leaked", is_flag=True, help="Somebody else has the old one: it proves nothing any more.")
def rotate_(purpose: str, institution: str | None, leaked: bool) -> None:
    """Sign with a new key from now on: pdf, credential or log.

    What the old one signed stays good, and its public half stays published. For 30 days the
    register is signed with both.
    """
    wanted = Purpose(purpose)
    whose = _whose(institution) if wanted is Purpose.PDF else Whose()
    made = database().perform(rotate, COMMAND_LINE, _secret(), wanted, whose, leaked=leaked)
    click.echo(made.kid)


@keys.command("import")
@argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@INSTITUTION
@option(
    "--password-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Where the password stands. Default: it is asked for.",
)
def import_(file: Path, institution: str | None, password_file: Path | None) -> None:
    """Sign an institution's PDF files with the key that an authority gave it, as PKCS#12 (.p12)."""
    if password_file is not None:
        password = password_file.read_text("utf-8").rstrip("\r\n")
    else:
        password = click.prompt(_("Password"), hide_input=True, default="", show_default=False)
    private, chain = certificates.from_pkcs12(file.read_bytes(), password)
    whose = _whose(institution)
    made = database().perform(bring_in, COMMAND_LINE, _secret(), whose, private, chain)
    click.echo(f"{made.kid}\t{certificates.whose(chain)}")


@keys.command("export")
@argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export(folder: Path) -> None:
    """Write the public keys into FOLDER, for whoever verifies without a network."""
    with database().reading() as session:
        origin, found = register.origin(session), published(session)
    if origin is None or not found:
        raise Refused(N_("No document was issued here yet, so there is no key."))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files_of(origin, found).items():
        (folder / name).write_text(text, "utf-8")
        click.echo(str(folder / name))


def _whose(key: str | None) -> Whose:
    with database().reading() as session:
        found = issuers.house(session, key, site().institution_id)
    if found is None:
        raise NotFound(N_("There is no institution with the key %(key)s."), key=key or "")
    return found


def _secret() -> str:
    return str(current_app.secret_key)
