"""Forms of the help desk: how identity was checked, why something is done, what is corrected."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired, Length

from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form
from lms.people.actions.contacts import Known
from lms.people.formats import documents, phones
from lms.people.forms import parts
from lms.people.forms.register import DOCUMENTS, usual_document
from lms.people.rules import addresses, merging

CHECKS = {
    "document": N_("I have seen their identity document"),
    "call": N_("By video call, with the document beside the face"),
    "questions": N_("They answered what only they know"),
}


class ReasonForm(Form):
    """Why something is done that only the help desk may do."""

    reason = parts.line(_l("Reason"), _l("Write the reason: it stays in the records."), longest=200)


class CheckedForm(Form):
    """How the help desk knows that this is the person."""

    how = RadioField(
        _l("How did you check who it is?"),
        [InputRequired(_l("Say how you checked who it is."))],
        choices=lambda: [(key, gettext(said)) for key, said in CHECKS.items()],
    )
    note = parts.line(_l("Note"), longest=200)

    def said(self) -> str:
        """The check in words that stay in the records."""
        return ": ".join(part for part in (self.how.data, self.note.data) if part)


class PhoneForm(ReasonForm):
    """A phone number put right."""

    kind = "phone"
    phone = parts.line(_l("Phone"), _l("Write the phone number."), longest=40)
    country = parts.country_field(_l("Country"))

    def known(self) -> Known | None:
        found = parts.read(self, self.phone, phones.phone, self.phone.data, self.country.data)
        return Known(self.kind, found.value, found.shown) if found else None


class DocumentForm(ReasonForm):
    """A document put right."""

    kind = "document"
    document_kind = SelectField(
        _l("Document"), choices=parts.options(DOCUMENTS), default=usual_document
    )
    number = parts.line(_l("Document number"), _l("Write the number of the document."), longest=40)
    country = parts.country_field(_l("Country that issued it"))

    def known(self) -> Known | None:
        found = parts.read(
            self,
            self.number,
            documents.document,
            self.document_kind.data,
            self.number.data,
            self.country.data,
        )
        return Known(self.kind, found.value, found.shown) if found else None


class AddressForm(ReasonForm):
    """An address put right."""

    kind = "email"
    email = parts.line(_l("E-mail"), _l("Write the address."), longest=addresses.LONGEST)

    address: str | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """The address is one that letters can reach."""
        valid = bool(super().validate(extra_validators))
        if valid:
            self.address = parts.read(self, self.email, addresses.email, self.email.data)
        return valid and not self.errors


def _why() -> Any:
    """A reason in words that stays in the records."""
    words = _l("Write the reason in 3 to 500 characters: it stays in the records.")
    length = Length(merging.SHORTEST, merging.LONGEST, words)
    return parts.line(_l("Reason"), words, longest=merging.LONGEST, more=(length,))


class MergeForm(CheckedForm):
    """How it is known that two accounts are one person's, and why they are joined."""

    reason = _why()


class PartForm(Form):
    """Why two accounts that were joined are parted again."""

    reason = _why()
