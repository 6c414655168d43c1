"""`lms certificates`: verify a file, with or without the installation, and hand documents out."""

import shutil
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import click
from flask import current_app

from lms.certificates.formats.examine import Examined, What, examine
from lms.certificates.formats.pocket import Pocket
from lms.certificates.formats.record import Record
from lms.certificates.formats.trust import Trusted, read_files, trusted
from lms.certificates.queries import acts, documents, export
from lms.certificates.queries.acts import Edition
from lms.certificates.rules.status import Status, word
from lms.cli.running import MISUSE, NOT_SO, existing
from lms.cli.speech import _, argument, group, option, said
from lms.foundation.files.store import Store
from lms.foundation.kernel.errors import N_, Invalid, Refused
from lms.foundation.keys.queries import published
from lms.foundation.web.reading import database

ENDED = 3
LARGEST = 20_000_000
_WORDS = {
    What.RECORD: (N_("The record can be read."), N_("The record cannot be read.")),
    What.SIGNATURE: (
        N_("The signature of the institution is genuine and covers the whole file."),
        N_("The file was changed after it was signed, or not signed by a key that is known."),
    ),
    What.CREDENTIAL: (
        N_("The credential is genuine and says the same."),
        N_("The credential is not genuine, or says something else."),
    ),
    What.PROOF: (
        N_("The register holds it: the proof leads to a signed checkpoint."),
        N_("The proof of the file does not lead to a checkpoint of a register that is known."),
    ),
    What.CODE: (
        N_("The signature of the code is genuine."),
        N_("The code was changed after it was signed, or not signed by a key that is known."),
    ),
}


@group()
def certificates() -> None:
    """Documents that were issued: verify a file, write them out."""


@certificates.command()
@argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@option(
    "--keys",
    "folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Public keys as `lms keys export` wrote them. Default: the installation's.",
)
@option("--offline", is_flag=True, help="Ask no database: only what the file itself proves.")
def verify(file: Path, folder: Path | None, offline: bool) -> None:
    """Say whether FILE is genuine and still holds: a PDF, a credential, its data (JSON), or the
    signed QR code of the back, as text or as a picture.

    Ends with 0 if it does, 1 if it was altered or is unknown, 2 if it was called wrongly, 3 if it
    was revoked, annulled or superseded. Offline nobody knows whether it still holds.
    """
    if offline and folder is None:
        click.echo(_("Offline the keys are needed: give their folder with --keys."), err=True)
        raise SystemExit(MISUSE)
    if file.stat().st_size > LARGEST:
        raise SystemExit(_end(_("The file is larger than any document we issue.")))
    content = file.read_bytes()
    if offline and folder is not None:
        seen = _seen(content, read_files(folder))
        _tell(seen)
        raise SystemExit(0 if seen.sound else NOT_SO)
    from lms.app import create_app  # the whole house, only where it is asked

    app = create_app(existing())
    try:
        with app.app_context():
            raise SystemExit(_asked(content, folder))
    finally:
        app.extensions["cabildo.database"].close()


@certificates.command("export")
@argument("numbers", nargs=-1)
@option("--all", "everything", is_flag=True, help="Every document there is.")
@argument("folder", type=click.Path(file_okay=False, path_type=Path))
def export_(numbers: tuple[str, ...], everything: bool, folder: Path) -> None:
    """Write PDF and credential of documents into FOLDER, by NUMBERS of the register or all.

    An edition that was superseded has the number of its edition in the name of its files.
    """
    if bool(numbers) == everything:
        raise click.UsageError(_("Give numbers of the register, or --all."))
    folder.mkdir(parents=True, exist_ok=True)
    store: Store = current_app.extensions["cabildo.files"]
    written = 0
    with database().reading() as session:
        for number in numbers or (None,):
            found = list(export.documents(session, number))
            if number is not None and not found:
                raise Refused(N_("No document has the number %(number)s."), number=number)
            for name, digest in _files(found):
                with store.open(digest) as source, (folder / name).open("wb") as target:
                    shutil.copyfileobj(source, target)
                written += 1
    click.echo(_("%(count)s files written to %(folder)s.", count=written, folder=folder))


def _files(found: list[export.ToExport]) -> Iterator[tuple[str, str]]:
    for each in found:
        name = each.number if each.newest else f"{each.number}-{each.edition}"
        if each.sealed_sha256:
            yield f"{name}.pdf", each.sealed_sha256
        if each.vc_sha256:
            yield f"{name}.jwt", each.vc_sha256


def _asked(content: bytes, folder: Path | None) -> int:
    with database().reading() as session:
        keys = read_files(folder) if folder else trusted(published(session))
        seen = _seen(content, keys)
        _tell(seen)
        code = seen.said.pocket.code if seen.said else seen.record.code if seen.record else ""
        if not code:
            return NOT_SO
        document = documents.by_code(session, code)
        editions = acts.editions(session, code) if document else []
    digest = sha256(content).hexdigest()
    here = next((each for each in editions if each.code == code), None)
    if document is None or here is None or not _agrees(seen, document.record, here):
        return _end(_("The register does not have this document as the file says it."))
    if seen.said is not None:
        return _state(here) if seen.sound else NOT_SO
    if What.CREDENTIAL not in (*seen.holds, *seen.fails) and not seen.is_pdf:
        return _state(here)  # bare data: the register has them just so
    if digest not in {here.sealed_sha256, here.vc_sha256}:
        click.echo(_("It is not, byte for byte, the file that was issued."), err=True)
        return NOT_SO if not seen.sound or seen.is_pdf else _state(here)
    return _state(here)


def _agrees(seen: Examined, record: Record, here: Edition) -> bool:
    if seen.said is not None:
        return seen.said.pocket == Pocket.of(record, here.leaf_index)
    return seen.record == record


def _state(edition: Edition) -> int:
    click.echo(_("State in the register: %(state)s.", state=_(word(edition.status).said)))
    if edition.change is not None:
        click.echo(
            _(
                "Resolution %(number)s, %(authority)s, %(day)s.",
                number=edition.change.resolution,
                authority=edition.change.authority,
                day=edition.change.decided_on.isoformat(),
            )
        )
    return 0 if edition.status == Status.VALID else ENDED


def _seen(content: bytes, keys: Trusted) -> Examined:
    try:
        return examine(content, keys)
    except Invalid as error:
        raise SystemExit(_end(said(error))) from None


def _tell(seen: Examined) -> None:
    if seen.said is not None:
        told = seen.said.pocket
        click.echo(f"{told.number}\t{told.holder}\t{told.course}")
    if seen.record is not None:
        click.echo(f"{seen.record.number}\t{seen.record.holder.full_name}\t{seen.record.course}")
    for what, (good, bad) in _WORDS.items():
        if what in seen.holds:
            click.echo(f"+ {_(good)}")
        elif what in seen.fails:
            click.echo(f"- {_(bad)}")


def _end(sentence: str) -> int:
    click.echo(sentence, err=True)
    return NOT_SO
