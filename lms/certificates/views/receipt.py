"""/v/<code>/constancia.pdf: a verification with its date, to be kept in a personnel file."""

import re
from collections.abc import Sequence

from flask import Response, request
from flask.typing import ResponseReturnValue

from lms.certificates.formats import note, pdf
from lms.certificates.formats.receipt import Part, Receipt, render
from lms.certificates.formats.record import LANGUAGES, Record
from lms.certificates.formats.wording import dated, facts, on_folio, wording_for
from lms.certificates.queries import acts, register
from lms.certificates.queries.acts import Edition
from lms.certificates.queries.documents import Document
from lms.certificates.rules.status import Status, word
from lms.certificates.views.showing import found, unknown, unlisted
from lms.foundation.locale.formats import clock_time, day, zone_name
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.guard import public
from lms.foundation.web.locale import language
from lms.foundation.web.reading import database, reading
from lms.people.queries.site import site

_SHA256 = re.compile(r"[0-9a-f]{64}")


@public("whoever verified a document keeps on paper that they did, and how it stood")
def show(code: str) -> ResponseReturnValue:
    document = found(code)
    if document is None:
        return unknown(code)
    made = render(_receipt(document, request.args.get("sha256", "")))
    answer = unlisted(Response(made, mimetype=pdf.MEDIA_TYPE))
    name = f"verificacion-{document.record.number}.pdf"
    answer.headers["Content-Disposition"] = f'inline; filename="{name}"'
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _receipt(document: Document, sha256: str) -> Receipt:
    record, now = document.record, database().clock()
    editions = acts.editions(reading(), document.code)
    here = next(each for each in editions if each.code == document.code)
    state = word(document.status)
    moment = {"day": day(now), "hour": clock_time(now), "zone": zone_name()}
    parts = [Part(_("The document"), _about(record))]
    if len(editions) > 1:
        parts.append(Part(_("Its editions"), [_edition(each) for each in editions]))
    if _SHA256.fullmatch(sha256):
        parts.append(Part(_("The file that was presented"), _file(sha256, editions), code=True))
    parts.append(Part(_("The public register at that moment"), _register(here), code=True))
    return Receipt(
        language=language() if language() in LANGUAGES else LANGUAGES[0],
        paper=record.paper,
        hue=record.institution.hue,
        site=site().name,
        title=_("Receipt of verification"),
        lead=_(
            "On %(day)s at %(hour)s (%(zone)s) the document below was looked up in the public "
            "register, where it stood as follows.",
            **moment,
        ),
        state=_(state.said),
        tone=state.tone,
        state_says=_state(document, here),
        parts=parts,
        again=_("How it stands today: scan this code or open %(url)s.", url=record.verify_url),
        qr=_("QR code of the public page of the document"),
        hands=(_("Name and post of who verified"), _("Signature")),
        foot=_(
            "It says how the register stood at that moment. It is not signed and bears no number: "
            "its code leads to the register."
        ),
        url=record.verify_url,
        at=now,
    )


def _about(record: Record) -> Sequence[tuple[str, str]]:
    words = wording_for(record, language())
    return [
        (_("Holder"), record.holder.full_name),
        (_("Document"), record.title),
        (_("Course"), record.course),
        (_("Programme"), record.programme),
        (_("Issued by"), record.institution.name),
        *facts(record, words),
        (_("Place and date"), dated(record, words)),
        (_("Register number"), record.number),
        *([(_("Register book"), folio)] if (folio := on_folio(record, words)) else []),
        (_("Code"), record.code),
    ]


def _state(document: Document, here: Edition) -> list[str]:
    said = []
    if here.change is not None:
        said.append(
            _(
                "Resolution %(number)s, %(authority)s, %(day)s.",
                number=here.change.resolution,
                authority=here.change.authority,
                day=day(here.change.decided_on),
            )
        )
    if document.status == Status.VALID:
        said.append(_("The register has no act that ends it."))
    if document.record.demo:
        said.append(_("It was issued to show how documents look and has no official validity."))
    return said


def _edition(edition: Edition) -> tuple[str, str]:
    name = _("Edition %(edition)s", edition=edition.edition)
    return name, f"{_(word(edition.status).said)} · {edition.code} · {day(edition.issued_at)}"


def _file(sha256: str, editions: Sequence[Edition]) -> Sequence[tuple[str, str]]:
    known = {each for one in editions for each in (one.sealed_sha256, one.vc_sha256)}
    verdict = (
        _("It is the file that was issued: not one byte was changed.")
        if sha256 in known
        else _("It is NOT the file that was issued.")
    )
    return [("SHA-256", sha256), (_("Compared"), verdict)]


def _register(here: Edition) -> Sequence[tuple[str, str]]:
    if here.seal is None:
        signature = _("Its file is still being prepared and will be signed.")
    elif here.seal.leaked:
        signature = _("The key that signed its PDF leaked later; the register alone proves it.")
    elif here.seal.certified:
        signature = _("With a certificate that an authority gave to the institution")
    else:
        signature = _("Of the institution’s own; not certified by an authority")
    said = [(_("Mark in the register"), str(here.leaf_index)), (_("Signature"), signature)]
    latest = register.latest(reading())
    if latest is not None:
        head = note.read_checkpoint(latest)
        said += [
            (
                _("Checkpoint"),
                _("%(count)s marks, %(origin)s", count=head.size, origin=head.origin),
            ),
            (_("Root"), head.root.hex()),
        ]
    return said
