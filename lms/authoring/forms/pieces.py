"""The pieces that types of questions declare, as fields of a form."""

from collections.abc import Mapping
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
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms import Form as PlainForm
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length
from wtforms.validators import Optional as MayBeEmpty

from lms.assessment.types.numerical.figures import read_number
from lms.assessment.types.pieces import Figure, Line, Mark, OneOf, Paragraph, Piece, Rows, Tick
from lms.authoring.forms.describing import list_of, str_of
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
        is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
        self.data = f"{value:f}" if isinstance(value, Decimal) else str(value) if is_number else ""

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


def field_of(piece: Piece) -> Any:
    """The field of one piece."""
    label = _l(piece.label)
    match piece:
        case Line():
            checks = [Length(max=piece.longest, message=_TOO_LONG), WholeLine()]
            return StringField(label, [_first(piece), *checks], filters=[clean])
        case Paragraph():
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


def _first(piece: Line | Paragraph) -> Any:
    return InputRequired(_l("Write it.")) if piece.needed else MayBeEmpty()


def row_form(piece: Rows) -> type[PlainForm]:
    """The form of one row; nothing of it is needed while all of it is empty."""
    fields: dict[str, Any] = {WAS: HiddenField()}
    if piece.mark is not None:
        fields[piece.mark.name] = BooleanField(_l(piece.mark.label))
    for each in piece.row:
        loose = type(each)(name=each.name, label=each.label, longest=each.longest)
        fields[each.name or VALUE] = field_of(loose)
    return type("RowForm", (PlainForm,), fields)


def word_of(key: Any) -> str:
    """A value of a file as a form sends it."""
    return str(key).lower() if isinstance(key, bool) else str(key)


def fill(field: Field, piece: Piece, data: Mapping[str, Any]) -> None:
    """Show what a file says of one piece."""
    value = data.get(piece.name)
    match piece:
        case Line() | Paragraph():
            field.data = str_of(data, piece.name)
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
    row: dict[str, Any] = {each.name: str_of(item, each.name) for each in piece.row}
    if piece.mark is not None:
        row[piece.mark.name] = item.get(piece.mark.name) is True
    return {WAS: str(place), **row}


def value_of(field: Field, piece: Piece, old: Mapping[str, Any]) -> Any:
    """What a file shall say of one piece; None takes its key out."""
    match piece:
        case Line() | Paragraph():
            return kept_text(field.data, old.get(piece.name))
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
    """Whether nothing is written in a row."""
    return not any((row[each.name or VALUE].data or "").strip() for each in piece.row)


def _item(piece: Rows, row: Any, items: list[Any]) -> Any:
    was = row[WAS].data or ""
    place = int(was) if was.isascii() and was.isdigit() else -1
    known = items[place] if 0 <= place < len(items) else None
    if not piece.row[0].name:
        return kept_text(row[VALUE].data, known)
    old = dict(known) if isinstance(known, Mapping) else {}
    item: dict[str, Any] = {**old}
    for each in piece.row:
        item[each.name] = kept_text(row[each.name].data, old.get(each.name))
    if piece.mark is not None:
        item[piece.mark.name] = _marked(row, piece.mark, old)
    named = {each.name for each in piece.row} | ({piece.mark.name} if piece.mark else set())
    return {key: each for key, each in item.items() if each is not None or key not in named}


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
