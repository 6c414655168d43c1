"""The pieces that types of questions declare, as fields of a form."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    Field,
    FieldList,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from lms.assessment.types.numerical.figures import read_number
from lms.assessment.types.pieces import (
    Cell,
    Figure,
    Line,
    Lines,
    Mark,
    OneOf,
    Paragraph,
    Piece,
    Rows,
    Tick,
)
from lms.authoring.forms.describing import in_lines, list_of, of_lines, str_of
from lms.authoring.forms.text import lines
from lms.foundation.kernel.errors import Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import WholeLine, clean

WAS = "was"
"""The hidden field of a row: its place in the file, so that what no form knows of it stays."""
VALUE = "value"
"""The field of a row that is a text and no mapping."""
_TOO_LONG = _l("Use at most %(max)d characters.")


class FigureField(StringField):  # type: ignore[misc]
    """A number as people write it, and as it was typed while it cannot be read."""

    def __init__(self, label: Any, least: int | None = None, **kwargs: Any) -> None:
        super().__init__(label, filters=[clean], **kwargs)
        self.least = least

    @property
    def number(self) -> int | Decimal | None:
        """What it means, whole where it is; None while it is empty."""
        if not self.data:
            return None
        read = read_number(self.data)
        return int(read) if read == read.to_integral_value() else read

    def show(self, value: Any) -> None:
        """Show a number of a file."""
        self.data = figure_text(value)

    def pre_validate(self, form: Any) -> None:
        if not self.data:
            return
        try:
            read = read_number(self.data)
        except Invalid as unread:
            raise ValidationError(_(unread.message) % unread.params) from None
        if self.least is not None and read < self.least:
            wrong = _("Write a number that is not below %(least)s.", least=self.least)
            raise ValidationError(wrong)


def figure_text(value: Any) -> str:
    """A number of a file as it is written in a field."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def field_of(piece: Piece) -> Any:
    """The field of one piece."""
    label = _l(piece.label)
    match piece:
        case Line():
            checks = [Length(max=piece.longest, message=_TOO_LONG), WholeLine()]
            return StringField(label, [_first(piece), *checks], filters=[clean])
        case Paragraph() | Lines():
            checks = [Length(max=piece.longest, message=_TOO_LONG)]
            return TextAreaField(label, [_first(piece), *checks], filters=[lines])
        case Figure():
            needed = [InputRequired(_l("Write a number."))] if piece.needed else [MayBeEmpty()]
            return FigureField(label, piece.least, validators=needed)
        case Tick():
            return BooleanField(label)
        case OneOf():
            words = [SelectChoice(word_of(key), _l(word)) for key, word in piece.options.items()]
            return RadioField(label, [InputRequired(_l("Choose one."))], choices=words)
        case Rows():
            return FieldList(FormField(row_form(piece)), label, max_entries=piece.most)


def _first(piece: Line | Paragraph | Lines) -> Any:
    return InputRequired(_l("Write it.")) if piece.needed else MayBeEmpty()


def row_form(piece: Rows) -> type[PlainForm]:
    """The form of one row; nothing of it is needed while all of it is empty."""
    fields: dict[str, Any] = {WAS: HiddenField()}
    if piece.mark is not None:
        fields[piece.mark.name] = BooleanField(_l(piece.mark.label))
    for each in piece.row:
        fields[each.name or VALUE] = _cell(each)
    return type("RowForm", (PlainForm,), fields)


def _cell(piece: Cell) -> Any:
    if isinstance(piece, OneOf):
        words = [SelectChoice(word_of(key), _l(word)) for key, word in piece.options.items()]
        return SelectField(_l(piece.label), choices=words, default=piece.otherwise)
    return field_of(replace(piece, needed=False))


def word_of(key: Any) -> str:
    """A value of a file as a form sends it."""
    return str(key).lower() if isinstance(key, bool) else str(key)


def fill(field: Field, piece: Piece, data: Mapping[str, Any]) -> None:
    """Show what a file says of one piece."""
    value = data.get(piece.name)
    match piece:
        case Line() | Paragraph() | Lines():
            field.data = _text_of(data, piece)
        case Figure():
            field.show(value)
        case Tick():
            field.data = value if isinstance(value, bool) else piece.otherwise
        case OneOf():
            known = isinstance(value, str | bool) and value in piece.options
            field.data = word_of(value) if known else piece.otherwise or None
        case Rows():
            for place, item in enumerate(list_of(data, piece.name)[: piece.most]):
                field.append_entry(_row(piece, place, item))


def _row(piece: Rows, place: int, item: Any) -> dict[str, Any]:
    if not isinstance(item, Mapping):
        return {WAS: str(place), VALUE: item if isinstance(item, str) else ""}
    shown = piece.shown(item) if piece.shown is not None else item
    row: dict[str, Any] = {each.name: _text_of(shown, each) for each in piece.row}
    if piece.mark is not None:
        row[piece.mark.name] = item.get(piece.mark.name) is True
    return {WAS: str(place), **row}


def _text_of(data: Mapping[str, Any], piece: Cell) -> str:
    """What a field of text shows of a file."""
    value = data.get(piece.name)
    match piece:
        case Lines():
            return in_lines(value)
        case Figure():
            return figure_text(value)
        case OneOf():
            return word_of(value) if value in piece.options else piece.otherwise
    return str_of(data, piece.name)


def value_of(field: Field, piece: Piece, old: Mapping[str, Any]) -> Any:
    """What a file shall say of one piece; None takes its key out."""
    match piece:
        case Line() | Paragraph():
            return kept_text(field.data, old.get(piece.name))
        case Lines():
            return of_lines(field.data) or None
        case Figure():
            return kept_number(field.number, old.get(piece.name))
        case Tick():
            is_said = piece.name in old or field.data != piece.otherwise
            return bool(field.data) if is_said else None
        case OneOf():
            chosen = next(key for key in piece.options if word_of(key) == field.data)
            return chosen if piece.name in old or chosen != piece.otherwise else None
        case Rows():
            items = list_of(old, piece.name)
            return [_item(piece, row, items) for row in filled_rows(field, piece)] or None


def filled_rows(field: Field, piece: Rows) -> list[Any]:
    """The rows in which something is written."""
    return [row for row in field if not is_blank(row, piece)]


def is_blank(row: Any, piece: Rows) -> bool:
    """Whether nothing is written in a row; what always is chosen says nothing."""
    cells = (each for each in piece.row if not isinstance(each, OneOf))
    return not any((row[each.name or VALUE].data or "").strip() for each in cells)


def _item(piece: Rows, row: Any, items: list[Any]) -> Any:
    was = row[WAS].data or ""
    place = int(was) if was.isascii() and was.isdigit() else -1
    known = items[place] if 0 <= place < len(items) else None
    if not piece.row[0].name:
        return kept_text(row[VALUE].data, known)
    old = dict(known) if isinstance(known, Mapping) else {}
    if piece.written is not None and piece.shown is not None:
        typed = {each.name: _typed(row[each.name], each, {}) for each in piece.row}
        same = old and all(
            _text_of(piece.shown(old), each) == (row[each.name].data or "") for each in piece.row
        )
        return old if same else dict(piece.written(typed))
    item: dict[str, Any] = {**old}
    for each in piece.row:
        item[each.name] = _typed(row[each.name], each, old)
    if piece.mark is not None:
        item[piece.mark.name] = _marked(row, piece.mark, old)
    named = {each.name for each in piece.row} | ({piece.mark.name} if piece.mark else set())
    return {key: each for key, each in item.items() if each is not None or key not in named}


def _typed(field: Field, piece: Cell, old: Mapping[str, Any]) -> Any:
    """What was typed into one cell of a row."""
    match piece:
        case Lines():
            return of_lines(field.data)
        case Figure():
            return kept_number(field.number, old.get(piece.name)) if not field.errors else None
        case OneOf():
            return next((key for key in piece.options if word_of(key) == field.data), None)
    return kept_text(field.data, old.get(piece.name))


def _marked(row: Any, mark: Mark, old: Mapping[str, Any]) -> bool | None:
    if row[mark.name].data:
        return True
    return False if old.get(mark.name) is False else None


def kept_text(typed: str | None, old: Any) -> str | None:
    """What was typed; what only differs from the file by blanks around it stays as it is there."""
    if isinstance(old, str) and (typed or "").strip() == old.strip():
        return old
    return (typed or "").strip() or None


def kept_number(typed: int | Decimal | None, old: Any) -> int | Decimal | None:
    """What was typed; the same number stays as the file writes it."""
    if isinstance(old, int | Decimal) and not isinstance(old, bool) and old == typed:
        return old
    return typed
