"""Background work of certificates: issuing to a whole cohort, sealing one document."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from tempfile import TemporaryFile
from typing import Any
from uuid import UUID
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from flask import current_app
from sqlalchemy import select

from lms.certificates.actions import transcribe
from lms.certificates.actions.issue import BATCH, issue
from lms.certificates.actions.printing import Made, keep_made
from lms.certificates.actions.publish import Broken, publish
from lms.certificates.actions.seal import seal
from lms.certificates.formats import pdf, pocket, signed
from lms.certificates.formats.credential import Issuer, credential, sign
from lms.certificates.formats.note import Proof, checkpoint, write_proof
from lms.certificates.formats.pocket import Pocket
from lms.certificates.formats.record import from_json
from lms.certificates.formats.wording import wording
from lms.certificates.models import PrintFile
from lms.certificates.queries.candidates import Pair
from lms.certificates.queries.prepare import Unprintable, by_list, prepare
from lms.certificates.queries.printing import to_print
from lms.certificates.queries.register import covering, proof_of
from lms.certificates.queries.sealing import to_seal
from lms.certificates.rules.jobs import ISSUE, PRINT, PUBLISH, SEAL, TRANSCRIBE
from lms.certificates.rules.printing import file_name
from lms.foundation.db.database import Database
from lms.foundation.files.actions import keep
from lms.foundation.files.store import Store
from lms.foundation.jobs.progress import report
from lms.foundation.jobs.runner import Task
from lms.foundation.kernel.actor import SYSTEM, Actor
from lms.foundation.keys.actions import Whose
from lms.foundation.keys.keyring import Keyring
from lms.foundation.keys.models import Purpose
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.reading import database

_DAY = (1980, 1, 1, 0, 0, 0)  # the same documents make the same bytes


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many documents were issued, and whose names cannot be printed."""

    issued: int
    unprintable: Sequence[Unprintable]


def issue_all(
    database: Database,
    actor: Actor,
    cohort_uid: UUID,
    public_url: str,
    pairs: Collection[Pair] | None = None,
    checklist: UUID | None = None,
) -> Outcome:
    """Issue to everybody of a cohort who qualifies, or of an approved list, 25 at a time.

    Killed at any point and begun again, or run by several at once, each document is issued once
    and the numbers have no gap: every batch looks again who has none yet.
    """
    with database.reading() as session:
        now = database.clock()
        if checklist is None:
            prepared = prepare(session, cohort_uid, public_url, now, pairs)
        else:
            prepared = by_list(session, cohort_uid, checklist, public_url, now).prepared
    issued = 0
    for start in range(0, len(prepared.ready), BATCH):
        some = prepared.ready[start : start + BATCH]
        issued += len(
            database.perform(issue, actor, cohort_uid, public_url, some, checklist).numbers
        )
        report(start + len(some), len(prepared.ready))
    return Outcome(issued, prepared.unprintable)


@dataclass(frozen=True, slots=True)
class Press:
    """What documents are made with: the keys, the place of files, the address of the site."""

    keyring: Keyring
    store: Store
    public_url: str


def seal_one(press: Press, credential_uid: UUID) -> bool:
    """Make the document of a record, signed and proved, and keep its bytes; harmless to repeat.

    In this order: the register is published as far as the document, then come credential, PDF and
    signature. Whatever is killed in between is made again; what is not kept by then is swept.
    """
    with press.keyring.database.reading() as session:
        found = to_seal(session, credential_uid)
    if found is None:
        return False
    record = from_json(found.record)
    proof = write_proof(_proved(press.keyring, found.salt, found.leaf_index))
    issuer = Issuer(press.public_url, found.institution_key, record.institution.name)
    signer = press.keyring.signer(Purpose.CREDENTIAL)
    payload = credential(record, issuer, proof, found.leaf_index, found.issued_at)
    token = sign(payload, issuer, signer)
    carried = pocket.write(Pocket.of(record, found.leaf_index), press.public_url, signer)
    drawn = pdf.render(record, credential=token, proof=proof, pocket=carried)
    house = Whose(str(found.institution_uid), record.institution.name, record.institution.country)
    signature = wording(record).signature.format(institution=record.institution.name)
    sealer = press.keyring.signer(Purpose.PDF, house)
    sealed = signed.seal(
        drawn,
        sealer,
        record.institution.name,
        signature,
        press.keyring.database.clock(),
    )
    return press.keyring.database.perform(
        seal,
        SYSTEM,
        credential_uid,
        keep(press.store, sealed),
        keep(press.store, token.encode()),
        sealer.kid,
    )


def publish_as_far_as(keyring: Keyring, index: int) -> None:
    """Publish the register until a checkpoint covers a leaf; if one does, nothing is done."""
    with keyring.database.reading() as session:
        if covering(session, index):
            return
    keys = [(each.public, each.private) for each in keyring.signers_of_log()]
    before, size = -1, 0
    while before < size <= index:
        before = size
        size = keyring.database.perform(publish, SYSTEM, partial(checkpoint, keys=keys))
    if size <= index:
        raise Broken(f"leaf {index} is not in the register")


def _proved(keyring: Keyring, salt: bytes, index: int) -> Proof:
    publish_as_far_as(keyring, index)
    with keyring.database.reading() as session:
        found = proof_of(session, salt, index)
    assert found is not None
    return found


def bind(press: Press, uid: UUID, title: str) -> bool:
    """Bind the documents of a print file: one PDF and one ZIP, one document in memory at a time.

    Both are written aside and stored when they are whole; killed in between it begins anew.
    """
    from lms.certificates.formats.bound import Binder  # heavy, and only the worker binds

    store, database = press.store, press.keyring.database
    with database.reading() as session:
        found = session.scalar(select(PrintFile).where(PrintFile.uid == uid))
        if found is None:
            return False
        documents, _lacking = to_print(session, found.cohort_id, found.list_number)
    with TemporaryFile() as pdf_file, TemporaryFile() as zip_file:
        binder = Binder(pdf_file, title)
        with ZipFile(zip_file, "w", ZIP_STORED) as folder:
            for done, each in enumerate(documents, 1):
                with store.open(each.sealed_sha256) as stream:
                    content = stream.read()
                binder.add(content)
                folder.writestr(ZipInfo(file_name(each), _DAY), content)
                report(done, len(documents))
        binder.close()
        pdf_file.seek(0)
        zip_file.seek(0)
        made = Made(len(documents), binder.pages, keep(store, pdf_file), keep(store, zip_file))
    database.perform(keep_made, SYSTEM, uid, made)
    return True


def press() -> Press:
    """The press of this application."""
    return Press(
        Keyring(database(), str(current_app.secret_key)),
        current_app.extensions["cabildo.files"],
        current_app.config["PUBLIC_URL"],
    )


def _issue(payload: dict[str, Any]) -> None:
    pairs, checklist = payload.get("pairs"), payload.get("checklist")
    issue_all(
        database(),
        Actor(payload["actor"], "worker"),
        UUID(payload["cohort"]),
        current_app.config["PUBLIC_URL"],
        None if pairs is None else [(enrollment, course) for enrollment, course in pairs],
        None if checklist is None else UUID(checklist),
    )


def _seal(payload: dict[str, Any]) -> None:
    seal_one(press(), UUID(payload["credential"]))


def _print(payload: dict[str, Any]) -> None:
    bind(press(), UUID(payload["print"]), _("To be printed: it carries no electronic signature"))


def _publish(payload: dict[str, Any]) -> None:
    publish_as_far_as(press().keyring, payload["leaf_index"])


def _transcribe(payload: dict[str, Any]) -> None:
    """Register the rows of a confirmed sheet; interrupted, it goes on where it stopped."""
    institution, sheet = UUID(payload["institution"]), UUID(payload["sheet"])
    actor, url = Actor(payload["actor"], "worker"), current_app.config["PUBLIC_URL"]
    while database().perform(transcribe.carry_out, actor, institution, sheet, url):
        pass


TASKS: Mapping[str, Task] = {
    ISSUE: _issue,
    SEAL: _seal,
    PRINT: _print,
    PUBLISH: _publish,
    TRANSCRIBE: _transcribe,
}
