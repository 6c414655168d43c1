"""Forms of certificates. People chosen travel as ``<enrollment>.<course>``."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import HiddenInput

from lms.certificates.formats.parts import Holder
from lms.certificates.rules.books import Kept, Layout, Place
from lms.certificates.rules.checking import LONGEST_REASON
from lms.certificates.rules.delivering import WAYS, Handing, Way
from lms.certificates.rules.withdrawing import Resolution
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.web.forms import Form, WholeLine, clean

MOST = 200
MOST_FIGURE = 1_000_000
LARGEST_PDF = 5_000_000
LARGEST_BROUGHT = 15_000_000  # a photo as telephones take it


def _figure(label: Any) -> IntegerField:
    bounds = NumberRange(min=0, max=MOST_FIGURE, message=_l("Write a number."))
    return IntegerField(label, validators=[InputRequired(), bounds])


class ReviewForm(Form):
    """Looking before issuing: nothing to write."""


class IssueForm(Form):
    """The registrar's word: how many they were shown, and whether it is the whole cohort."""

    confirmed = IntegerField(validators=[InputRequired(), NumberRange(min=1)], widget=HiddenInput())
    which = HiddenField(validators=[AnyOf(("all", "chosen"))])

    @property
    def everybody(self) -> bool:
        return bool(self.which.data == "all")


class ListForm(Form):
    """The registrar's word on an approved list: how many they were shown."""

    confirmed = IntegerField(validators=[InputRequired(), NumberRange(min=1)], widget=HiddenInput())


class PrintForm(Form):
    """What to bind for the printer: all of a cohort, or what was issued by one list."""

    which = SelectField(_l("Which documents"), coerce=int, default=0)

    def offer(self, lists: Sequence[tuple[int, str]]) -> None:
        self.which.choices = [(0, _l("All of the cohort")), *lists]


class DeliveryForm(Form):
    """To whom papers were given or with whom they were sent, by whom and when."""

    way = RadioField(
        _l("How they left"),
        choices=[SelectChoice(way.value, _l(said)) for way, said in WAYS.items()],
        validators=[InputRequired(_l("Choose one from the list."))],
    )
    received_by = StringField(
        _l("Who received them, or with whom they were sent"),
        filters=[clean],
        validators=[Length(max=160), WholeLine()],
    )
    document = StringField(
        _l("Document shown"), filters=[clean], validators=[Length(max=80), WholeLine()]
    )
    handed_by = StringField(
        _l("Who handed them over"),
        filters=[clean],
        validators=[InputRequired(_l("Write who handed them over.")), Length(max=160), WholeLine()],
    )
    on = DateField(_l("On the day"), validators=[InputRequired(_l("Say on which day."))])

    def handing(self) -> Handing:
        """What was written down."""
        return Handing(
            Way(self.way.data),
            self.received_by.data or "",
            self.document.data or "",
            self.handed_by.data or "",
            self.on.data,
        )


class UndoForm(Form):
    """Why a delivery is undone."""

    reason = TextAreaField(
        _l("Why it is undone"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write why it is undone, in up to 500 characters.")),
            Length(max=500, message=_l("Write why it is undone, in up to 500 characters.")),
        ],
    )


class ApproveForm(Form):
    """The password of whoever answers for a check list."""

    password = PasswordField(_l("Your password"), [InputRequired(_l("Write your password."))])


class GiveBackForm(Form):
    """What is not right in a check list."""

    reason = TextAreaField(
        _l("What is not right"),
        filters=[clean],
        validators=[
            InputRequired(_l("Write what is not right, in up to 500 characters.")),
            Length(
                max=LONGEST_REASON, message=_l("Write what is not right, in up to 500 characters.")
            ),
        ],
    )


class RuleForm(Form):
    """Whether one person issues documents, or two together."""

    persons = RadioField(
        _l("Documents are issued by"),
        choices=[SelectChoice("one", _l("One person")), SelectChoice("two", _l("Two persons"))],
        validators=[InputRequired(_l("Choose one from the list."))],
    )


class CompareForm(Form):
    """The file that somebody was given, to be compared with the one that was issued."""

    pdf = FileField(
        _l("PDF of the document"), validators=[FileRequired(_l("Choose the PDF file."))]
    )


class BroughtForm(Form):
    """The text of a code, or a file or photo that somebody was given; one of the two."""

    text = TextAreaField(_l("Text of the QR code on the back"), validators=[Length(max=4000)])
    file = FileField(_l("File or photo: PDF, JSON, or a picture of the QR code"))

    def content(self) -> bytes:
        """What was brought, a file before a text. Refused if there is nothing, or far too much."""
        if self.file.data:
            content: bytes = self.file.data.stream.read(LARGEST_BROUGHT + 1)
        else:
            content = (self.text.data or "").strip().encode()
        if not content:
            raise Invalid(N_("Paste the text of a code, or choose a file."))
        if len(content) > LARGEST_BROUGHT:
            raise Invalid(N_("The file is larger than any document we issue."))
        return content


def chosen(name: str = "who") -> list[tuple[UUID, str]]:
    """The people and courses that came with this request; what is not one is left out."""
    found: list[tuple[UUID, str]] = []
    for text in request.form.getlist(name)[:MOST]:
        enrollment, _, course = text.partition(".")
        try:
            found.append((UUID(enrollment), course))
        except ValueError:
            continue
    return list(dict.fromkeys(found))


class ActForm(Form):
    """The resolution that orders an act on a document, and why; the reason is never public."""

    number = StringField(
        _l("Number of the resolution"),
        filters=[clean],
        validators=[InputRequired(), Length(max=80), WholeLine()],
    )
    authority = StringField(
        _l("Authority that orders it"),
        filters=[clean],
        validators=[InputRequired(), Length(max=120), WholeLine()],
    )
    on = DateField(_l("Date of the resolution"), validators=[InputRequired()])
    notified_on = DateField(_l("Day on which the holder was given notice"), validators=[Optional()])
    reason = TextAreaField(_l("Reason"), validators=[InputRequired(), Length(max=1000)])
    back = HiddenField()

    def resolution(self) -> Resolution:
        return Resolution(
            self.number.data,
            self.authority.data,
            self.on.data,
            self.reason.data,
            self.notified_on.data,
        )


class CorrectionForm(ActForm):
    """The name as it must stand, and the resolution or civil record that says so."""

    given_names = StringField(
        _l("Given names"), filters=[clean], validators=[InputRequired(), Length(max=100)]
    )
    first_surname = StringField(
        _l("First surname"), filters=[clean], validators=[InputRequired(), Length(max=100)]
    )
    second_surname = StringField(
        _l("Second surname"), filters=[clean], validators=[Length(max=100)]
    )

    def holder(self) -> Holder:
        return Holder(
            self.given_names.data, self.first_surname.data, self.second_surname.data or ""
        )


class SpoilForm(ActForm):
    """The resolution by which a number is taken out of use, and why; the reason is never public."""


class BookForm(Form):
    """How a book of the register is kept, and the last number and line that were written."""

    numbering = RadioField(
        _l("Numbers"),
        choices=[
            SelectChoice("yearly", _l("Begin at 1 each year")),
            SelectChoice("onward", _l("Go on through the years")),
        ],
        validators=[InputRequired()],
    )
    entries_per_folio = _figure(_l("Entries on a folio"))
    folios_per_book = _figure(_l("Folios in a book"))
    number = _figure(_l("Last number used"))
    book = _figure(_l("Book"))
    folio = _figure(_l("Folio"))
    line = _figure(_l("Entries already on that folio"))

    def fill(self, kept: Kept) -> None:
        """Show how it is kept now."""
        self.numbering.data = "yearly" if kept.yearly else "onward"
        self.entries_per_folio.data = kept.layout.entries_per_folio
        self.folios_per_book.data = kept.layout.folios_per_book
        self.number.data = kept.number
        self.book.data, self.folio.data = kept.place.book, kept.place.folio
        self.line.data = kept.place.line

    def kept(self) -> Kept:
        layout = Layout(self.entries_per_folio.data, self.folios_per_book.data)
        place = Place(self.book.data, self.folio.data, self.line.data)
        return Kept(self.numbering.data == "yearly", layout, self.number.data, place)


class TranscriptsForm(Form):
    """A sheet of earlier diplomas."""

    sheet = FileField(_l("Excel or CSV file"), validators=[FileRequired(_l("Choose the file."))])


class SheetForm(Form):
    """The registrar's word on a sheet: how many rows they were shown."""

    expected = IntegerField(validators=[InputRequired(), NumberRange(min=0)], widget=HiddenInput())
