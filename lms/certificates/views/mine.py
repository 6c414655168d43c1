"""/constancias: my documents."""

from uuid import UUID

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue

from lms.certificates.queries import documents
from lms.certificates.queries.delivering import gone_of
from lms.certificates.rules.status import word
from lms.certificates.views.delivery import said
from lms.certificates.views.files import deliver, deliver_credential
from lms.foundation.access.permissions import Permission
from lms.foundation.web.guard import guard
from lms.foundation.web.identity import signed_in
from lms.foundation.web.pagination import Page, page_of
from lms.foundation.web.reading import reading, reading_connection


@guard(Permission.CREDENTIAL_OWN)
def show() -> str:
    reader = reading_connection()
    person_id = signed_in().person_id
    number = page_of()
    mine = documents.documents_of(reader, person_id, number=number)
    gone = gone_of(reader, [each.uid for each in mine])
    return render_template(
        "certificates/mine.html",
        gone={uid: said(each) for uid, each in gone.items()},
        page=Page(
            mine,
            number,
            documents.PAGE_SIZE,
            documents.count_of(reader, person_id),
        ),
        page_url=lambda number: url_for("certificates.mine", pagina=number),
        word=word,
    )


@guard(Permission.CREDENTIAL_OWN, private=True)
def credential(credential: UUID) -> ResponseReturnValue:
    """The document for programs: an Open Badge, to be kept in a wallet."""
    document = documents.own(reading(), credential, signed_in().person_id)
    return deliver_credential(document, documents.credential_of(reading(), document.uid))


@guard(Permission.CREDENTIAL_OWN, private=True)
def download(credential: UUID) -> ResponseReturnValue:
    document = documents.own(reading(), credential, signed_in().person_id)
    return deliver(document, request.path)
