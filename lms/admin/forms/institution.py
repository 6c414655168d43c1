"""The forms of an institution: how it is called, by which rules it works, its logo, its notice."""

from decimal import Decimal, InvalidOperation
from typing import Any

from flask_babel import get_locale
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import EmailField, HiddenField, IntegerField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.foundation.kernel.hues import HUES
from lms.foundation.kernel.points import SCALES, divide, points, written
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.people.formats import documents
from lms.people.formats.documents import Document
from lms.people.forms import parts
from lms.people.forms.account import city_of
from lms.people.forms.register import DOCUMENTS
from lms.people.models import Institution
from lms.people.rules import addresses, names, passwords
from lms.people.rules import institution as rules
from lms.people.rules.institution import Description
from lms.people.rules.places import COUNTRIES, ZONES

HUE_NAMES = {
    "petrol": _l("Petrol"),
    "brown": _l("Brown"),
    "plum": _l("Plum"),
    "green": _l("Green"),
    "indigo": _l("Indigo"),
    "terracotta": _l("Terracotta"),
}


def zones() -> list[SelectChoice]:
    """The usual zone of the country, or one by its name."""
    usual = SelectChoice("", gettext("The usual one of the country"))
    return [usual, *parts.options((zone, city_of(zone)) for zone in ZONES)]


def locales() -> list[SelectChoice]:
    """The usual way of the country, or that of another."""
    usual = SelectChoice("", gettext("The usual way of the country"))
    locale = get_locale()
    named = locale.territories if locale else {}
    found = {rules.usual_locale(code): named.get(code, code) for code in COUNTRIES}
    found[rules.ANYWHERE] = gettext("Latin America")
    return [usual, *parts.options(sorted(found.items(), key=lambda each: str(each[1])))]


class DescriptionForm(Form):
    """What an institution says of itself."""

    name = parts.line(
        _l("Full name"), _l("Write the name of the institution."), longest=rules.LONGEST_NAME
    )
    short_name = parts.line(
        _l("Short name"),
        _l("Write the short name of the institution."),
        longest=rules.LONGEST_SHORT,
    )
    place = parts.line(_l("City"), _l("Write the city."), longest=rules.LONGEST_PLACE)
    country = parts.country_field(_l("Country"))
    zone = SelectField(_l("Time zone"), choices=zones)
    locale = SelectField(_l("How numbers and days are written"), choices=locales)
    contact = parts.line(
        _l("How people reach you"),
        _l("Write an e-mail, a telephone or an address."),
        longest=rules.LONGEST_CONTACT,
    )
    scale = RadioField(
        _l("Scale of grades"),
        [InputRequired(_l("Choose the scale of grades."))],
        choices=lambda: [(key, gettext("0 to %(top)s", top=each.top)) for key, each in
                         SCALES.items()],
        default="0-100",
    )  # fmt: skip
    pass_mark = parts.line(_l("Pass mark"), _l("Write the mark that passes."), longest=10)
    academic_hour_minutes = IntegerField(
        _l("Minutes of an academic hour"),
        [InputRequired(_l("Write how many minutes an academic hour has."))],
        default=60,
    )
    hue = SelectField(
        _l("Colour"), choices=lambda: parts.options((key, HUE_NAMES[key]) for key in HUES)
    )

    def fill(self, found: Institution) -> None:
        """Show what the institution says of itself now."""
        for name in ("name", "short_name", "place", "country", "zone", "locale", "contact",
                     "scale", "academic_hour_minutes", "hue"):  # fmt: skip
            self[name].data = getattr(found, name)
        top = SCALES[found.scale].top
        self.pass_mark.data = str(written(found.pass_mark * top))

    def description(self) -> Description:
        """What the form says, once it is valid."""
        return Description(
            name=self.name.data,
            short_name=self.short_name.data,
            place=self.place.data,
            country=self.country.data,
            zone=self.zone.data or rules.usual_zone(self.country.data),
            locale=self.locale.data or rules.usual_locale(self.country.data),
            scale=self.scale.data,
            pass_mark=divide(points(self._mark()), points(SCALES[self.scale.data].top)),
            academic_hour_minutes=self.academic_hour_minutes.data,
            hue=self.hue.data,
            contact=self.contact.data,
        )

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field; the mark is a number."""
        valid = bool(super().validate(extra_validators))
        if self.pass_mark.data and not self.pass_mark.errors:
            try:
                self._mark()
            except InvalidOperation:
                said = gettext("Write the mark as a number, for example 61 or 10.5.")
                parts.refuse_field(self.pass_mark, said)
        return valid and not self.errors

    def _mark(self) -> Decimal:
        number = Decimal((self.pass_mark.data or "").replace(",", "."))
        if not number.is_finite() or abs(number) > 1000:
            raise InvalidOperation
        return number


class OpenInstitutionForm(DescriptionForm):
    """An institution that is being opened; its key stays for ever."""

    key = parts.line(_l("Key"), longest=rules.LONGEST_KEY)

    def chosen_key(self) -> str:
        """The key that was written, in small letters, or the one that the short name suggests."""
        return (self.key.data or rules.key_of(self.short_name.data)).lower()


class FirstRunForm(OpenInstitutionForm):
    """All that a new site needs: the code of its server, its institution, its administrator."""

    code = parts.line(_l("Code of this installation"), _l("Write the code."), longest=40)
    given_names = parts.name_line(_l("Given names"), _l("Write the given names."))
    first_surname = parts.name_line(_l("First surname"), _l("Write the first surname."))
    second_surname = parts.name_line(_l("Second surname"))
    email = EmailField(
        _l("E-mail"),
        [InputRequired(_l("Write the e-mail.")), WholeLine(), Length(max=addresses.LONGEST)],
        filters=[clean],
    )
    document_kind = SelectField(_l("Document"), choices=parts.options(DOCUMENTS))
    document_number = parts.line(
        _l("Document number"), _l("Write the number of the document."), longest=40
    )
    document_seen = HiddenField()
    password = parts.new_password(_l("Password"))

    address: str | None = None
    document: Document | None = None

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field, then what only the whole form can tell."""
        valid = bool(super().validate(extra_validators))
        if not self.email.errors:
            self.address = parts.read(self, self.email, addresses.email, self.email.data or "")
        if not self.document_number.errors:
            self._read_document()
        self._check_password()
        return valid and not self.errors

    def person_name(self) -> names.Name:
        """The administrator's name, as it is written."""
        return names.written(
            self.given_names.data or "", self.first_surname.data or "", self.second_surname.data
        )

    def _read_document(self) -> None:
        kind, number = self.document_kind.data, self.document_number.data or ""
        self.document = parts.read(
            self, self.document_number, documents.document, kind, number, self.country.data
        )
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
        own = [self.person_name().full, self.address or ""]
        own.append(self.document.number if self.document else "")
        problem = passwords.problem(self.password.data, own) if self.password.data else None
        if problem:
            parts.refuse_field(self.password, gettext(problem))


class LogoForm(Form):
    """A picture to be the logo."""

    logo = FileField(_l("Picture of the logo"))


class PrivacyForm(Form):
    """The privacy notice in the institution's own words."""

    text = TextAreaField(_l("Your own privacy notice"))
