"""/verificar and /v/<code>: anyone compares a document with the register. Nobody is listed."""

from collections.abc import Sequence
from typing import Any

from flask import Response, jsonify, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from lms.certificates.formats import spoiled, transcribed
from lms.certificates.formats.note import write_proof
from lms.certificates.formats.pdf import ATTACHMENT
from lms.certificates.formats.reading import read_apart
from lms.certificates.formats.record import Record, from_json, plain
from lms.certificates.formats.wording import dated, facts, on_folio, wording, wording_for
from lms.certificates.forms import LARGEST_PDF, CompareForm
from lms.certificates.queries import acts, documents, register
from lms.certificates.queries.acts import Edition
from lms.certificates.queries.books import spoiled_by_code
from lms.certificates.queries.documents import Document
from lms.certificates.queries.transcripts import Found
from lms.certificates.queries.transcripts import by_code as transcribed_by_code
from lms.certificates.rules.differences import Difference, differences
from lms.certificates.rules.numbers import is_number
from lms.certificates.rules.status import SPOILED, Compared, Status, compare, word
from lms.foundation.files.kinds import media_type
from lms.foundation.files.store import digest_of
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.ids import read_code
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.limits import Limit, client_address
from lms.foundation.web.locale import language
from lms.foundation.web.reading import database, reading

LONGEST_CODE = 60
PDF = "application/pdf"
# A hall where everybody scans a real code misses nothing; whoever guesses is stopped.
GUESSES = Limit("verify", 30, 15 * 60)


@public("whoever was shown a document asks whether it is genuine")
def verify() -> ResponseReturnValue:
    typed = request.args.get("codigo")
    # Some paste the whole address that stands on the document.
    meant = (typed or "").rpartition("/v/")[2][:LONGEST_CODE].strip()
    number = is_number(meant)
    code = read_code(meant)
    if code and not number:
        return redirect(url_for("certificates.public", code=code), 303)
    empty = typed is not None and not code
    page = render_template("certificates/verify.html", typed=meant, empty=empty, number=number)
    return _unlisted(page)


@public("the QR of a document leads here, for whoever holds it")
def show(code: str) -> ResponseReturnValue:
    known = read_code(code[:LONGEST_CODE])
    if known and known != code:
        return redirect(url_for("certificates.public", code=known), 303)
    document = _found(code)
    if document is None:
        return _spoiled(code) or _transcribed(code) or _unknown(code)
    return _page(document)


@public("whoever holds the file compares it with the one that was issued; it is not kept")
def compared(code: str) -> ResponseReturnValue:
    document = _found(code)
    if document is None:
        return _unknown(code)
    form = CompareForm()
    if not form.sent():
        return _page(document, form), 422
    try:
        sha256 = _hash(form.pdf.data)
    except Invalid as error:
        form.pdf.errors = [*form.pdf.errors, _(error.message)]
        return _page(document, form), error.status
    editions = acts.editions(reading(), document.code)
    result = compare(sha256, [each.sealed_sha256 for each in editions])
    told = _told(document, form.pdf.data) if result is Compared.ALTERED else ()
    return _page(document, result=result, told=told)


@public("machines read the same that the page shows, and nothing more")
def data(code: str) -> ResponseReturnValue:
    document = _found(code)
    if document is None:
        if found := spoiled_by_code(reading(), read_code(code[:LONGEST_CODE])):
            return _unlisted(jsonify(status=SPOILED, record=spoiled.plain(found.record)))
        if copied := transcribed_by_code(reading(), read_code(code[:LONGEST_CODE])):
            told = {"status": copied.status, "record": transcribed.plain(copied.record)}
            return _unlisted(jsonify(told | {"act": _act_on(copied)}))
        return _unlisted(jsonify(said=_("No document has this code."))), 404
    editions = acts.editions(reading(), document.code)
    here = next(each for each in editions if each.code == document.code)
    proof = register.proof_of(reading(), here.salt, here.leaf_index)
    return _unlisted(
        jsonify(
            status=document.status,
            record=plain(document.record),
            sealed_sha256=document.sealed_sha256,
            signature=_signature(here),
            act=_act(here),
            editions=[
                {"code": each.code, "edition": each.edition, "status": each.status}
                for each in editions
            ],
            proof=write_proof(proof) if proof else None,
        )
    )


def _signature(edition: Edition) -> dict[str, Any] | None:
    if edition.seal is None:
        return None
    kind = "certified" if edition.seal.certified else "own"
    return {"kind": kind, "key": edition.seal.kid, "leaked": edition.seal.leaked}


def _act(edition: Edition) -> dict[str, Any] | None:
    if edition.change is None:
        return None
    return {
        "act": edition.change.act,
        "resolution": edition.change.resolution,
        "authority": edition.change.authority,
        "on": edition.change.decided_on.isoformat(),
    }


def _told(document: Document, file: FileStorage) -> Sequence[Difference]:
    """Field by field, where a file departs from what was issued; another process reads it."""
    file.stream.seek(0)
    content = read_apart(file.stream.read())
    if content is None:
        return ()
    try:
        claimed = dict(_fields(from_json(content.files.get(ATTACHMENT, b""))))
    except Invalid:
        claimed = None
    return differences(_fields(document.record), claimed, content.words)


def _fields(record: Record) -> list[tuple[str, str]]:
    """What stands on the page of a document, in the document's own language."""
    words = wording(record)
    return [
        (_("Holder"), record.holder.full_name),
        (_("Document"), record.title),
        (_("Course"), record.course),
        (_("Programme"), record.programme),
        (_("Issued by"), record.institution.name),
        *facts(record, words),
        (_("Place and date"), dated(record, words)),
        (_("Register number"), record.number),
        *([(_("Book and folio"), on_folio(record, words))] if record.book else []),
        (_("Code"), record.code),
    ]


def _found(code: str) -> Document | None:
    """Looked up unless this address has guessed too often; a miss is remembered."""
    GUESSES.check(client_address())
    document = documents.by_code(reading(), read_code(code[:LONGEST_CODE]))
    if document is None:
        GUESSES.miss(client_address())
    return document


def _hash(file: FileStorage) -> str:
    sha256, size = digest_of(file.stream)
    if size > LARGEST_PDF:
        raise Invalid(N_("The file is larger than any document we issue."))
    if size == 0:
        raise Invalid(N_("The file is empty."))
    if media_type(file.stream) != PDF:
        raise Invalid(N_("This is not a PDF. Choose the PDF file of the document."))
    return sha256


def _page(
    document: Document,
    form: CompareForm | None = None,
    result: Compared | None = None,
    told: Sequence[Difference] = (),
) -> Response:
    record = document.record
    editions = acts.editions(reading(), document.code)
    words = wording_for(record, language())
    return _unlisted(
        render_template(
            "certificates/public.html",
            document=document,
            record=record,
            state=word(document.status),
            word=word,
            editions=editions,
            here=next(each for each in editions if each.code == document.code),
            newest=editions[-1],
            told=told,
            facts_of=facts(record, words),
            dated=dated(record, words),
            folio=on_folio(record, words),
            signed=", ".join(f"{each.name} ({each.position})" for each in record.signers),
            form=form or CompareForm(formdata=None),
            result=result.value if result else None,
            now=database().clock(),
        )
    )


def _spoiled(code: str) -> ResponseReturnValue | None:
    """The page of a number that no document has; nothing if the code is not of one."""
    found = spoiled_by_code(reading(), read_code(code[:LONGEST_CODE]))
    if found is None:
        return None
    now = database().clock()
    return _unlisted(render_template("certificates/spoiled.html", found=found, now=now))


def _transcribed(code: str) -> ResponseReturnValue | None:
    """The page of a diploma of before; nothing if the code is not of one."""
    found = transcribed_by_code(reading(), read_code(code[:LONGEST_CODE]))
    if found is None:
        return None
    page = render_template(
        "certificates/transcribed_public.html",
        found=found,
        record=found.record,
        state=word(found.status),
        valid=found.status == Status.VALID,
        now=database().clock(),
    )
    return _unlisted(page)


def _act_on(found: Found) -> dict[str, Any] | None:
    if found.change is None:
        return None
    return {
        "act": found.status,
        "resolution": found.change.resolution,
        "authority": found.change.authority,
        "on": found.change.decided_on.isoformat(),
    }


def _unknown(code: str) -> ResponseReturnValue:
    page = render_template("certificates/unknown.html", code=code[:LONGEST_CODE])
    return _unlisted(page), 404


def _unlisted(answer: Any) -> Response:
    response = make_response(answer)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
