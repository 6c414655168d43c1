"""One document as its public page shows it, for whatever reason it is looked up."""

from hashlib import sha256
from typing import Any

from flask import Response, make_response, render_template
from flask.typing import ResponseReturnValue

from lms.certificates.formats.brought import Brought
from lms.certificates.formats.wording import dated, facts, on_folio, wording_for
from lms.certificates.forms import CompareForm
from lms.certificates.queries import acts, documents
from lms.certificates.queries.documents import Document
from lms.certificates.rules.status import Compared, word
from lms.certificates.views.judging import Verdict
from lms.foundation.kernel.ids import read_code
from lms.foundation.web.limits import Limit, client_address
from lms.foundation.web.locale import language
from lms.foundation.web.reading import database, reading

LONGEST_CODE = 60
# A hall where everybody scans a real code misses nothing; whoever guesses is stopped.
GUESSES = Limit("verify", 30, 15 * 60)


def found(code: str) -> Document | None:
    """Looked up unless this address has guessed too often; a miss is remembered."""
    GUESSES.check(client_address())
    document = documents.by_code(reading(), read_code(code[:LONGEST_CODE]))
    if document is None:
        GUESSES.miss(client_address())
    return document


def document_page(
    document: Document,
    form: CompareForm | None = None,
    *,
    seen: Brought | None = None,
    verdict: Verdict | None = None,
    content: bytes = b"",
) -> Response:
    """The document as the register has it, and what a thing that was brought turned out to be."""
    record = document.record
    editions = acts.editions(reading(), document.code)
    words = wording_for(record, language())
    result: Compared | None = verdict[0] if verdict else None
    return unlisted(
        render_template(
            "certificates/public.html",
            document=document,
            record=record,
            state=word(document.status),
            word=word,
            editions=editions,
            here=next(each for each in editions if each.code == document.code),
            newest=editions[-1],
            told=verdict[1] if verdict else (),
            facts_of=facts(record, words),
            dated=dated(record, words),
            folio=on_folio(record, words),
            signed=", ".join(f"{each.name} ({each.position})" for each in record.signers),
            form=form or CompareForm(formdata=None),
            result=result.value if result else None,
            brought=seen.kind.value if seen else None,
            sha256=sha256(content).hexdigest() if seen and not seen.said else None,
            now=database().clock(),
        )
    )


def unknown(code: str) -> ResponseReturnValue:
    """No document has this code: what to check, and the form again."""
    page = render_template("certificates/unknown.html", code=code[:LONGEST_CODE])
    return unlisted(page), 404


def unlisted(answer: Any) -> Response:
    """An answer that no search engine may keep."""
    response = make_response(answer)
    response.headers["X-Robots-Tag"] = "noindex"
    return response
