"""Forms that write marks: a column for everybody, a pasted list, one mark in place of another."""

from collections.abc import Sequence
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import FileField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import Ratio
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.foundation.web.perform import say
from lms.grading.queries.book import Book, Line
from lms.grading.rules.marks import read_mark
from lms.grading.rules.scheme import Column
from lms.grading.views.figures import mark, signs

NEW, OLD = "nota-", "antes-"
LONGEST_MARK = 20
REASON = [
    InputRequired(_l("Write the reason in a few words: whoever looks later must know it.")),
    Length(max=300, message=_l("Write at most 300 characters.")),
    WholeLine(),
]


class ColumnForm(Form):
    """One mark for each person of a page, with what stood there when the page was opened."""

    def read(self, column: Column, people: Sequence[Line]) -> dict[str, tuple[Any, Any]]:
        """What was written and what was in view, by person; what is no mark is said beside it."""
        found = {}
        for each in people:
            field = self[NEW + str(each.uid)]
            try:
                seen = _read(column, self[OLD + str(each.uid)].data)
                found[str(each.uid)] = (_read(column, field.data), seen)
            except Invalid as refusal:
                field.errors = [*field.errors, say(refusal)]
        return found


def column_form(column: Column, people: Sequence[Line], now: dict[str, Ratio | None]) -> ColumnForm:
    """The form of a column for these people, filled in with the marks that stand."""
    fields: dict[str, Any] = {}
    for each in people:
        known = mark(column, now.get(str(each.uid)))
        fields[NEW + str(each.uid)] = StringField(
            each.name, [Length(max=LONGEST_MARK), WholeLine()], filters=[clean], default=known
        )
        fields[OLD + str(each.uid)] = HiddenField(default=known)
    return cast(ColumnForm, type("ColumnForm", (ColumnForm,), fields)())


def _read(column: Column, text: str | None) -> Ratio | None:
    return read_mark(text or "", column.kind, column.top, **signs())


class ReplaceForm(Form):
    """Another mark for one activity of one person, and why."""

    mark = StringField(
        _l("Mark"),
        [InputRequired(_l("Write the mark.")), Length(max=LONGEST_MARK), WholeLine()],
        filters=[clean],
    )
    reason = StringField(_l("Reason"), REASON, filters=[clean])


class RestoreForm(Form):
    """Why a replaced mark is taken back."""

    reason = StringField(_l("Reason"), REASON, filters=[clean])


class PasteForm(Form):
    """A list of two columns: who, and which mark."""

    column = SelectField(_l("Column"))
    text = TextAreaField(
        _l("The list"), [InputRequired(_l("Paste the list first."))], render_kw={"rows": 10}
    )


def paste_form(of: Book) -> PasteForm:
    """The form, with the columns that there are."""
    form = PasteForm()
    form.column.choices = [SelectChoice(each.key, each.title) for each in of.scheme.columns]
    return form


class BringForm(Form):
    """A sheet that was taken from here and comes back."""

    sheet = FileField(_l("The sheet"))


class KeepForm(Form):
    """The differences of a sheet that were looked over: what is to be written, and over what."""

    changes = HiddenField()
