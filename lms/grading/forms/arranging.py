"""The form that says how a grade is put together: categories, activities, columns."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, cast

from flask_babel import lazy_gettext as _l
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from lms.assessment.types.numerical.figures import read_number, write_number
from lms.foundation.kernel.errors import Invalid
from lms.foundation.kernel.points import SCALE, Ratio, divide
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form, WholeLine, clean
from lms.foundation.web.perform import say
from lms.grading.actions.arrange import fingerprint
from lms.grading.queries.book import Book
from lms.grading.rules import marks
from lms.grading.rules.scheme import COLUMN, LONGEST_TITLE, Column, Group, Item, Scheme
from lms.grading.views.figures import signs

SPARE = 2
"""So many empty rows stand ready for new categories and columns."""
_HUNDRED = Decimal(100)


class ArrangeForm(Form):
    """Rows of fields, each with a number; rows without a name are no rows."""

    seen = HiddenField()
    groups = columns = 0
    items: tuple[str, ...] = ()

    def scheme(self) -> Scheme:
        """What was written; what cannot be read is said beside its field, and counts as zero."""
        named = self._named("g", self.groups)
        groups = [self._group(at) for at in named]
        keys = {str(at): each.key for at, each in zip(named, groups, strict=True)}
        items = tuple(
            Item(
                key,
                keys.get(self[f"i{at}-group"].data, ""),
                self._weight(f"i{at}", keys),
                self._ratio(f"i{at}-least"),
            )
            for at, key in enumerate(self.items)
        )
        columns = tuple(self._column(at, keys) for at in self._named("c", self.columns))
        if not groups and not columns and not any(each.weight or each.least for each in items):
            return Scheme()
        return Scheme(tuple(groups), items, columns)

    def rows(self, letter: str, many: int, *names: str) -> Iterator[list[Field]]:
        """The fields of each row, for the page."""
        for at in range(many):
            yield [self[f"{letter}{at}-{name}"] for name in names]

    def _named(self, letter: str, many: int) -> list[int]:
        return [at for at in range(many) if self._text(f"{letter}{at}-title")]

    def _group(self, at: int) -> Group:
        return Group(
            self._text(f"g{at}-key") or self._free(f"g{at}", "g"),
            self._text(f"g{at}-title"),
            self._ratio(f"g{at}-weight"),
            self._whole(f"g{at}-drop", 0),
            self._ratio(f"g{at}-least"),
        )

    def _column(self, at: int, keys: dict[str, str]) -> Column:
        return Column(
            self._text(f"c{at}-key") or self._free(f"c{at}", "c"),
            keys.get(self[f"c{at}-group"].data, ""),
            self._weight(f"c{at}", keys),
            self._ratio(f"c{at}-least"),
            title=self._text(f"c{at}-title"),
            top=self._whole(f"c{at}-top", 100),
            kind=self[f"c{at}-kind"].data,
        )

    def _free(self, row: str, letter: str) -> str:
        """A key for a new row, that none had."""
        many = self.groups if letter == "g" else self.columns
        taken = {self._text(f"{letter}{at}-key") for at in range(many)}
        number = int(row[1:]) + 1
        prefix = COLUMN if letter == "c" else ""
        while f"{prefix}{number}" in taken:
            number += many
        return f"{prefix}{number}"

    def _text(self, name: str) -> str:
        return self[name].data or ""

    def _weight(self, row: str, keys: dict[str, str]) -> Ratio:
        """Left empty inside a category, all weigh the same; by itself, it does not count."""
        if not self._text(f"{row}-weight") and self[f"{row}-group"].data in keys:
            return SCALE
        return self._ratio(f"{row}-weight")

    def _ratio(self, name: str) -> Ratio:
        number = self._number(name)
        if not 0 <= number <= _HUNDRED:
            self._wrong(name, _("Write a per cent from 0 to 100."))
            return 0
        return divide(int(number * 10_000), SCALE)

    def _whole(self, name: str, usual: int) -> int:
        if not self._text(name):
            return usual
        number = self._number(name)
        if number != int(number) or number < 0:
            self._wrong(name, _("Write a whole number, with figures only."))
            return usual
        return int(number)

    def _number(self, name: str) -> Decimal:
        text = self._text(name).rstrip("% ")
        if not text:
            return Decimal(0)
        try:
            return read_number(text, **signs()).quantize(Decimal("0.01"))
        except Invalid as refusal:
            self._wrong(name, say(refusal))
            return Decimal(0)

    def _wrong(self, name: str, said: str) -> None:
        if said not in self[name].errors:
            self[name].errors = [*self[name].errors, said]


def arrange_form(of: Book) -> ArrangeForm:
    """The form, filled in as the grade is put together now."""
    scheme, graded = of.scheme, of.graded
    groups = [*scheme.groups, *[None] * SPARE]
    columns = [*scheme.columns, *[None] * SPARE]
    fields: dict[str, Any] = {
        "groups": len(groups),
        "columns": len(columns),
        "items": tuple(each.key for each in graded),
    }
    for at, group in enumerate(groups):
        fields |= _group_fields(f"g{at}", group)
    places = [("", _("By itself"))] + [
        (
            str(at),
            each.title
            if each
            else _("New category %(number)s", number=at - len(scheme.groups) + 1),
        )
        for at, each in enumerate(groups)
    ]
    indexes = {each.key: str(at) for at, each in enumerate(scheme.groups)}
    placed = {each.key: each for each in scheme.items}
    whole = sum(each.weight for each in graded) or 1
    for at, activity in enumerate(graded):
        item = placed.get(activity.key)
        if item is None:
            item = Item(activity.key, "", divide(activity.weight, whole))
        fields |= _item_fields(f"i{at}", item, scheme, places, indexes)
    for at, column in enumerate(columns):
        fields |= _column_fields(f"c{at}", column, scheme, places, indexes)
    form = cast(ArrangeForm, type("ArrangeForm", (ArrangeForm,), fields)())
    if not form.is_submitted():
        form.seen.data = fingerprint(of)
    return form


def _group_fields(row: str, group: Group | None) -> dict[str, Any]:
    return {
        f"{row}-key": HiddenField(default=group.key if group else ""),
        f"{row}-title": _line(_l("Category"), group.title if group else "", LONGEST_TITLE),
        f"{row}-weight": _line(_l("Weight, %"), _percent(group.weight) if group else ""),
        f"{row}-drop": _line(
            _l("Lowest that do not count"), str(group.drop) if group and group.drop else ""
        ),
        f"{row}-least": _line(_l("Minimum, %"), _percent(group.least) if group else ""),
    }


def _item_fields(
    row: str, item: Item, scheme: Scheme, places: list[tuple[str, str]], indexes: dict[str, str]
) -> dict[str, Any]:
    return {
        f"{row}-group": _place(item, places, indexes),
        f"{row}-weight": _line(_l("Weight, %"), _shown_weight(item, scheme)),
        f"{row}-least": _line(_l("Minimum, %"), _percent(item.least)),
    }


def _column_fields(
    row: str,
    column: Column | None,
    scheme: Scheme,
    places: list[tuple[str, str]],
    indexes: dict[str, str],
) -> dict[str, Any]:
    given = column or Column("")
    return {
        f"{row}-key": HiddenField(default=given.key),
        f"{row}-title": _line(_l("Column"), given.title, LONGEST_TITLE),
        f"{row}-kind": SelectField(
            _l("Marks are"),
            choices=[SelectChoice(each.value, _(said)) for each, said in marks.SAID.items()],
            default=given.kind,
        ),
        f"{row}-top": _line(_l("Out of"), str(given.top) if column else ""),
        **_item_fields(row, given, scheme, places, indexes),
    }


def _place(item: Item, places: list[tuple[str, str]], indexes: dict[str, str]) -> SelectField:
    return SelectField(
        _l("Stands in"),
        choices=[SelectChoice(value, said) for value, said in places],
        default=indexes.get(item.group, ""),
    )


def _line(label: Any, value: str, longest: int = 20) -> StringField:
    return StringField(label, [Length(max=longest), WholeLine()], filters=[clean], default=value)


def _shown_weight(item: Item, scheme: Scheme) -> str:
    """Nothing where all of a category weigh the same: that is what nothing means there."""
    inside = {
        each.weight
        for each in (*scheme.items, *scheme.columns)
        if each.group and each.group == item.group
    }
    return "" if inside == {SCALE} else _percent(item.weight)


def _percent(ratio: Ratio) -> str:
    return write_number(Decimal(ratio) / 10_000, **signs()) if ratio else ""
