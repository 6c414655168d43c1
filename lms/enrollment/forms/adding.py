"""Forms that add people: one person, a pasted list, the rows of a list corrected in place."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

import wtforms
from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length, Optional

from lms.enrollment.formats.entries import FIELDS, LONGEST, Entry, Problem
from lms.enrollment.formats.pasted import LONGEST_TEXT
from lms.enrollment.rules.columns import WORDS, Column
from lms.foundation.locale.words import gettext
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.people.formats.documents import DocumentKind

KINDS = {
    "": _l("As the number looks"),
    DocumentKind.DPI.value: _l("DPI (Guatemala)"),
    DocumentKind.DNI.value: _l("DNI (Peru)"),
    DocumentKind.CURP.value: _l("CURP (Mexico)"),
    DocumentKind.PASSPORT.value: _l("Passport"),
    DocumentKind.OTHER.value: _l("Another document"),
}


def _line(label: Any) -> StringField:
    too_long = Length(max=LONGEST, message=_l("Use at most %(max)d characters."))
    return StringField(label, [Optional(), WholeLine(), too_long], filters=[clean])


class _Person:
    """What is written of somebody; which of it is needed depends on whether they are here."""

    given_names = _line(_l("Given names"))
    first_surname = _line(_l("First surname"))
    second_surname = _line(_l("Second surname"))
    document_kind = SelectField(
        _l("Kind of document"),
        choices=[SelectChoice(value, words) for value, words in KINDS.items()],
        validate_choice=False,
    )
    document_number = _line(_l("Document number"))
    email = _line(_l("E-mail"))
    phone = _line(_l("Phone"))
    region = _line(_l("Department, region or state"))
    municipality = _line(_l("Municipality or district"))
    position = _line(_l("Post or occupation"))
    same_person = BooleanField(_l("It is the same person"))


class RowForm(_Person, wtforms.Form):  # type: ignore[misc]
    """One row of a list, corrected in its place."""

    drop = BooleanField(_l("Take this row out of the list"))

    def entry(self) -> Entry:
        return _entry(self)


class PersonForm(_Person, Form):
    """One person to be added."""

    def entry(self) -> Entry:
        return _entry(self)

    def mark(self, problems: Iterable[Problem]) -> None:
        """Say beside each field what is wrong with it."""
        mark(self, [each.kept() for each in problems])


class PasteForm(Form):
    """A list as it was copied."""

    text = TextAreaField(_l("The list"), [Length(max=LONGEST_TEXT)])


class StepForm(Form):
    """One button: what it does is in the address."""


def row_form(uid: UUID, entry: Entry, problems: Sequence[Mapping[str, Any]]) -> RowForm:
    """The form of one row, filled in as it stands, with what is wrong beside its fields."""
    form = RowForm(data=entry.kept(), prefix=f"{uid}-")
    mark(form, problems)
    return form


def written_rows(uids: Iterable[UUID]) -> dict[UUID, RowForm]:
    """The rows of these that came with the request."""
    return {
        uid: RowForm(request.form, prefix=f"{uid}-")
        for uid in uids
        if f"{uid}-given_names" in request.form
    }


def mark(form: Any, problems: Iterable[Mapping[str, Any]]) -> None:
    """Put each problem beside the field it is about, or above the form if it is about none."""
    for each in problems:
        said = sentence(each)
        field = form._fields.get(each["about"])
        if field is not None:
            field.errors = [*field.errors, said]
        elif each["about"] == "row" and isinstance(form, Form):
            form.form_errors.append(said)


def sentence(problem: Mapping[str, Any]) -> str:
    """A problem in words."""
    message: str = problem["message"]
    return str(gettext(message) % problem["params"])


def column_choices() -> list[tuple[str, str]]:
    """What a column may be."""
    return [(column.value, gettext(WORDS[column])) for column in Column]


def columns_sent(many: int) -> list[Column]:
    """What each column was said to be."""
    known = {column.value for column in Column}
    sent = [request.form.get(f"column-{at}", "") for at in range(many)]
    return [Column(value) if value in known else Column.SKIP for value in sent]


def _entry(form: Any) -> Entry:
    said = {name: form._fields[name].data or "" for name in FIELDS}
    return Entry(**said, same_person=bool(form.same_person.data))
