"""The form to register, and what it reads from it."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, EmailField, HiddenField, SelectField, TelField
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.people.actions.register import Registration
from lms.people.formats import documents, phones
from lms.people.formats.documents import Document, DocumentKind
from lms.people.formats.phones import Phone
from lms.people.forms import parts
from lms.people.queries.site import site
from lms.people.rules import addresses, names, passwords

DOCUMENTS = (
    (DocumentKind.DPI.value, _l("DPI (Guatemala)")),
    (DocumentKind.DNI.value, _l("DNI (Peru)")),
    (DocumentKind.CURP.value, _l("CURP (Mexico)")),
    (DocumentKind.PASSPORT.value, _l("Passport")),
    (DocumentKind.OTHER.value, _l("Another document")),
)
_FIRST_DOCUMENT = {country: kind.value for kind, country in documents.COUNTRY_OF.items()}


def usual_document() -> str:
    """The document that most people of the site's country have."""
    return _FIRST_DOCUMENT.get(parts.home_country(), DocumentKind.PASSPORT.value)


class RegisterForm(Form):
    """Who somebody is, how they are reached, where they work, and what they agree to."""

    given_names = parts.name_line(_l("Given names"), _l("Write your given names."))
    first_surname = parts.name_line(_l("First surname"), _l("Write your first surname."))
    second_surname = parts.name_line(_l("Second surname"))
    email = EmailField(
        _l("E-mail"), [MayBeEmpty(), WholeLine(), Length(max=addresses.LONGEST)], filters=[clean]
    )
    phone = TelField(_l("Phone"), [MayBeEmpty(), WholeLine(), Length(max=40)], filters=[clean])
    document_kind = SelectField(
        _l("Document"), choices=parts.options(DOCUMENTS), default=usual_document
    )
    document_number = parts.line(
        _l("Document number"), _l("Write the number of your document."), longest=40
    )
    document_seen = HiddenField()
    country = parts.country_field(_l("Country where you live"))
    region = parts.line(
        _l("Department, region or state"), _l("Write your department, region or state.")
    )
    municipality = parts.line(
        _l("Municipality or district"), _l("Write your municipality or district.")
    )
    position = parts.line(_l("Post or occupation"), _l("Write your post or occupation."))
    password = parts.new_password(_l("Password"))
    consent = BooleanField(
        _l("I have read the privacy notice and agree that my data are used for my studies"),
        [InputRequired(_l("To register, you need to agree to the privacy notice."))],
    )

    address: str | None = None
    number: Phone | None = None
    document: Document | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field, then what only the whole form can tell."""
        valid = bool(super().validate(extra_validators))
        self._read_contacts()
        self._read_document()
        self._check_password()
        return valid and not self.errors

    def registration(self, password_hash: str, language: str) -> Registration:
        """What the form says, once it is valid."""
        if self.document is None:
            raise ValueError("only a valid form can be read")
        return Registration(
            name=self._name(),
            document=self.document,
            country=self.country.data,
            region=self.region.data,
            municipality=self.municipality.data,
            position=self.position.data,
            password_hash=password_hash,
            language=language,
            consent_version=site().agreement,
            email=self.address,
            phone=self.number,
        )

    def _name(self) -> names.Name:
        return names.written(
            self.given_names.data or "", self.first_surname.data or "", self.second_surname.data
        )

    def _read_contacts(self) -> None:
        if not self.email.data and not self.phone.data:
            parts.refuse_field(self.email, gettext("Write an e-mail address or a phone number."))
        if self.email.data and not self.email.errors:
            self.address = parts.read(self, self.email, addresses.email, self.email.data)
        if self.phone.data and not self.phone.errors:
            self.number = parts.read(
                self, self.phone, phones.phone, self.phone.data, self._country()
            )

    def _read_document(self) -> None:
        if self.document_number.errors or self.document_kind.errors:
            return
        self.document = parts.read(
            self,
            self.document_number,
            documents.document,
            self.document_kind.data,
            self.document_number.data or "",
            self._country(),
        )
        # A doubtful number is asked about once: most are slips, and a true one is never refused.
        if self.document and self.document.doubtful:
            seen, self.document_seen.data = self.document_seen.data, self.document.value
            if seen != self.document.value:
                parts.refuse_field(
                    self.document_number,
                    gettext(
                        "Look at this number again: its check digit does not fit. If it stands"
                        " so on your document, send the form again."
                    ),
                )

    def _check_password(self) -> None:
        own = [self._name().full, self.address or "", self.number.value if self.number else ""]
        own.append(self.document.number if self.document else "")
        problem = passwords.problem(self.password.data, own) if self.password.data else None
        if problem:
            parts.refuse_field(self.password, gettext(problem))

    def _country(self) -> str:
        return str(self.country.data or parts.home_country())
