"""/verificar and /v/<code>: anyone compares a document with the register. Nobody is listed."""

import io
from typing import Any

from flask import Response, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.formats import spoiled, transcribed
from lms.certificates.formats.brought import Brought, Kind, understand
from lms.certificates.formats.note import write_proof
from lms.certificates.formats.record import plain
from lms.certificates.forms import LARGEST_PDF, BroughtForm, CompareForm
from lms.certificates.queries import acts, register
from lms.certificates.queries.acts import Edition
from lms.certificates.queries.books import spoiled_by_code
from lms.certificates.queries.documents import Document
from lms.certificates.queries.transcripts import Found
from lms.certificates.queries.transcripts import by_code as transcribed_by_code
from lms.certificates.rules.numbers import is_number
from lms.certificates.rules.status import SPOILED, Status, word
from lms.certificates.views.judging import judge
from lms.certificates.views.showing import (
    LONGEST_CODE,
    document_page,
    found,
    unknown,
    unlisted,
)
from lms.foundation.files.kinds import media_type
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.ids import read_code
from lms.foundation.keys.models import Purpose
from lms.foundation.keys.queries import published
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.headers import HEADERS
from lms.foundation.web.reading import database, reading

PDF = "application/pdf"
CAMERA = HEADERS["Permissions-Policy"].replace("camera=()", "camera=(self)")


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
    return _asking(BroughtForm(formdata=None), typed=meant, empty=empty, number=number)


@public("whoever was given a file, a photo or a code asks what it is; it is not kept")
def brought() -> ResponseReturnValue:
    form = BroughtForm()
    if not form.sent():
        return _asking(form), 422
    try:
        content = form.content()
        seen = understand(content)
        if not seen.code:
            raise Invalid(
                N_("The file does not say which document it is. Write the code of the document.")
            )
    except Invalid as error:
        field = form.file if form.file.data else form.text
        field.errors = [*field.errors, _(error.message)]
        return _asking(form), error.status
    document = found(seen.code)
    if document is None:
        return _unissued(seen.code) or unknown(seen.code)
    if seen.kind is Kind.ADDRESS:
        return redirect(url_for("certificates.public", code=document.code), 303)
    return _judged(document, seen, content)


@public("the QR of a document leads here, for whoever holds it")
def show(code: str) -> ResponseReturnValue:
    known = read_code(code[:LONGEST_CODE])
    if known and known != code:
        return redirect(url_for("certificates.public", code=known), 303)
    document = found(code)
    if document is None:
        return _unissued(code) or unknown(code)
    return document_page(document)


@public("whoever holds the file compares it with the one that was issued; it is not kept")
def compared(code: str) -> ResponseReturnValue:
    document = found(code)
    if document is None:
        return unknown(code)
    form = CompareForm()
    if not form.sent():
        return document_page(document, form), 422
    try:
        content = _content(form)
        seen = understand(content)
    except Invalid as error:
        form.pdf.errors = [*form.pdf.errors, _(error.message)]
        return document_page(document, form), error.status
    return _judged(document, seen, content)


@public("machines read the same that the page shows, and nothing more")
def data(code: str) -> ResponseReturnValue:
    document = found(code)
    if document is None:
        if number := spoiled_by_code(reading(), read_code(code[:LONGEST_CODE])):
            return unlisted(jsonify(status=SPOILED, record=spoiled.plain(number.record)))
        if copied := transcribed_by_code(reading(), read_code(code[:LONGEST_CODE])):
            told = {"status": copied.status, "record": transcribed.plain(copied.record)}
            return unlisted(jsonify(told | {"act": _act_on(copied)}))
        return unlisted(jsonify(said=_("No document has this code."))), 404
    editions = acts.editions(reading(), document.code)
    here = next(each for each in editions if each.code == document.code)
    proof = register.proof_of(reading(), here.salt, here.leaf_index)
    return unlisted(
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


def _unissued(code: str) -> ResponseReturnValue | None:
    """What stands in the register under a code and was not issued here: a spoiled number, or a
    diploma of before."""
    return _spoiled(code) or _transcribed(code)


def _spoiled(code: str) -> ResponseReturnValue | None:
    """The page of a number that no document has; nothing if the code is not of one."""
    number = spoiled_by_code(reading(), read_code(code[:LONGEST_CODE]))
    if number is None:
        return None
    now = database().clock()
    return unlisted(render_template("certificates/spoiled.html", found=number, now=now))


def _transcribed(code: str) -> ResponseReturnValue | None:
    """The page of a diploma of before; nothing if the code is not of one."""
    copied = transcribed_by_code(reading(), read_code(code[:LONGEST_CODE]))
    if copied is None:
        return None
    page = render_template(
        "certificates/transcribed_public.html",
        found=copied,
        record=copied.record,
        state=word(copied.status),
        valid=copied.status == Status.VALID,
        now=database().clock(),
    )
    return unlisted(page)


def _act_on(copied: Found) -> dict[str, Any] | None:
    if copied.change is None:
        return None
    return {
        "act": copied.status,
        "resolution": copied.change.resolution,
        "authority": copied.change.authority,
        "on": copied.change.decided_on.isoformat(),
    }


def _judged(document: Document, seen: Brought, content: bytes) -> Response:
    editions = acts.editions(reading(), document.code)
    keys = [each.public for each in published(reading(), Purpose.CREDENTIAL)]
    verdict = judge(seen, content, document.record, editions, keys)
    return document_page(document, seen=seen, verdict=verdict, content=content)


def _content(form: CompareForm) -> bytes:
    content: bytes = form.pdf.data.stream.read(LARGEST_PDF + 1)
    if len(content) > LARGEST_PDF:
        raise Invalid(N_("The file is larger than any document we issue."))
    if not content:
        raise Invalid(N_("The file is empty."))
    if media_type(io.BytesIO(content)) != PDF and not content.startswith((b"{", b"ey")):
        raise Invalid(N_("This is not a PDF. Choose the PDF file of the document."))
    return content


def _asking(form: BroughtForm, **told: Any) -> Response:
    """The page that asks for a code, a file or a photo; on it alone the camera may be used."""
    page = render_template("certificates/verify.html", form=form, now=database().clock(), **told)
    answer = unlisted(page)
    answer.headers["Permissions-Policy"] = CAMERA
    return answer
