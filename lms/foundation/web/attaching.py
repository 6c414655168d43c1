"""Forms with a document that shows what they say: a PDF or a picture, told by its content."""

from pathlib import PurePath
from typing import Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from itsdangerous import BadSignature, URLSafeSerializer
from wtforms import HiddenField

from lms.foundation.files.actions import keep
from lms.foundation.files.attachment import Attachment
from lms.foundation.files.kinds import PICTURES
from lms.foundation.files.store import Store, Stored
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.text import one_line
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form
from lms.foundation.web.identity import signed_in
from lms.foundation.web.perform import say

TAKEN = frozenset({"application/pdf", *PICTURES})
ACCEPTS = ".pdf,.png,.jpg,.jpeg,.webp"
LARGEST = 5_000_000
LONGEST_NAME = 120


class Attaching(Form):
    """A form that may bring a document. Sent twice, to be looked over and to be done, it brings it
    once: ``kept`` says which file was stored, signed so that nobody names another's."""

    document = FileField(_l("Document"))
    kept = HiddenField()

    needs_document = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attachment: Attachment | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        well = bool(super().validate(extra_validators))
        try:
            self.attachment = self._brought() or self._kept_before()
        except Invalid as refusal:
            self.document.errors = [*self.document.errors, say(refusal)]
            return False
        self.kept.data = _signed(self.attachment) if self.attachment else ""
        if self.needs_document and self.attachment is None:
            said = _("Attach the document: a PDF or a picture of it.")
            self.document.errors = [*self.document.errors, said]
            return False
        return well

    def _brought(self) -> Attachment | None:
        sent = self.document.data
        if not sent:
            return None
        stored = keep(_store(), sent.stream, kinds=TAKEN, largest=LARGEST)
        name = one_line(PurePath((sent.filename or "").replace("\\", "/")).name)
        return Attachment(stored, name[-LONGEST_NAME:])

    def _kept_before(self) -> Attachment | None:
        if not self.kept.data:
            return None
        try:
            digest, size, kind, name, whose = _signer().loads(self.kept.data)
        except (BadSignature, ValueError):
            return None
        # One that nobody refers to for a day is swept away: then it has to be sent again.
        if whose != signed_in().person_id or not _store().exists(digest):
            return None
        return Attachment(Stored(digest, size, kind), name)


def _signed(found: Attachment) -> str:
    stored = found.stored
    said = [stored.sha256, stored.size, stored.media_type, found.name, signed_in().person_id]
    return str(_signer().dumps(said))


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="attachment")


def _store() -> Store:
    found: Store = current_app.extensions["cabildo.files"]
    return found
