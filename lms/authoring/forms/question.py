"""The form of a question: what all have in common, and the pieces of its type."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import lazy_gettext as _l
from wtforms import Field, SelectField
from wtforms.validators import InputRequired

from lms.assessment.types.interface import QuestionType
from lms.assessment.types.pieces import OneOf, Piece, Rows
from lms.authoring.forms import pieces
from lms.authoring.forms.describing import (
    DescribingForm,
    in_commas,
    list_of,
    maybe_line,
    of_commas,
    str_of,
    text,
)
from lms.authoring.forms.pieces import FigureField, kept_number, kept_text
from lms.catalog.rules.nodes import Map, Seq
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Boxes

OWN = "own_"
"""What the names of a type's own fields begin with."""
MARK = "-mark"
DIFFICULTIES = {1: N_("Easy"), 2: N_("Medium"), 3: N_("Hard")}


class QuestionForm(DescribingForm):
    """A question. `question_form` adds the fields of its type."""

    type_: QuestionType

    stem = text(_l("The question itself"), 10_000, _l("Write what is asked."))
    points = FigureField(_l("Points"), 0, validators=[InputRequired(_l("Write a number."))])
    case = SelectField(_l("Case that it is asked about"), validate_choice=False)
    outcome = SelectField(_l("Outcome that it measures"), validate_choice=False)
    difficulty = SelectField(_l("Difficulty"), validate_choice=False)
    category = maybe_line(_l("Category"), 400)
    tags = maybe_line(_l("Tags"), 1_600)
    facts = Boxes(_l("Facts of law it rests on"), validate_choice=False)
    feedback = text(_l("Explanation to everybody, after handing in"), 4_000)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row_errors: dict[str, str] = {}
        if not self.type_.graded:
            self.points.data, self.points.raw_data = "0", ["0"]
        for piece in self._rows():
            if piece.mark is not None and piece.mark.only_one and self._is_sent():
                chosen = request.form.get(self[OWN + piece.name].name + MARK)
                for row in self[OWN + piece.name]:
                    row[piece.mark.name].data = place_in_form(row) == chosen

    def offer(
        self, outcomes: Mapping[str, str], facts: Mapping[str, str], cases: Mapping[str, str]
    ) -> None:
        """What may be chosen: outcomes and facts of the course, cases of the quiz, words by
        keys."""
        nothing = ("", _("None"))
        self.case.choices = [nothing, *_with(cases, self.case.data)]
        self.outcome.choices = [nothing, *_with(outcomes, self.outcome.data)]
        self.difficulty.choices = [nothing, *((str(n), _(w)) for n, w in DIFFICULTIES.items())]
        chosen = self.facts.data or []
        first = [(key, facts.get(key, key)) for key in chosen]
        self.facts.choices = first + [each for each in facts.items() if each[0] not in chosen]

    def own(self) -> Iterator[tuple[Piece, Field]]:
        """The pieces of the type, each with its field."""
        for piece in self.type_.PIECES:
            yield piece, self[OWN + piece.name]

    def fill(self, data: Mapping[str, Any]) -> None:
        self.stem.data, self.feedback.data = str_of(data, "stem"), str_of(data, "feedback")
        self.points.show(data.get("points") if self.type_.graded else 0)
        self.case.data, self.outcome.data = str_of(data, "case"), str_of(data, "outcome")
        self.difficulty.data = str(data.get("difficulty") or "")
        self.category.data = str_of(data, "category")
        self.tags.data = in_commas(list_of(data, "tags"))
        self.facts.data = [each for each in list_of(data, "facts") if isinstance(each, str)]
        for piece, field in self.own():
            pieces.fill(field, piece, data)

    def begin(self) -> None:
        """Show an empty question."""
        self.points.data = "1" if self.type_.graded else "0"
        for piece, field in self.own():
            pieces.fill(field, piece, {})
            if isinstance(piece, Rows):
                for _row in range(piece.begun):
                    field.append_entry()

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        chosen = self.facts.data or []
        return {
            "type": self.type_.name,
            "points": kept_number(self.points.number, old.get("points")),
            "stem": kept_text(self.stem.data, old.get("stem")),
            "case": self.case.data or None,
            "outcome": self.outcome.data or None,
            "difficulty": int(self.difficulty.data) if self.difficulty.data else None,
            "category": kept_text(self.category.data, old.get("category")),
            "tags": of_commas(self.tags.data, list_of(old, "tags")) or None,
            "facts": _in_order(chosen, list_of(old, "facts")) or None,
            "feedback": kept_text(self.feedback.data, old.get("feedback")),
            **{piece.name: pieces.value_of(field, piece, old) for piece, field in self.own()},
        }

    def add_row(self, name: str) -> None:
        """Show one more empty row."""
        for piece in self._rows():
            if piece.name == name and len(self[OWN + name]) < piece.most:
                self[OWN + name].append_entry()

    def drop_row(self, name: str, place: str) -> None:
        """Take a row out of the form; nothing is saved by that."""
        for piece in self._rows():
            if piece.name == name:
                rows = self[OWN + name]
                rows.entries = [row for row in rows.entries if place_in_form(row) != place]

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Every field, then what the type asks of a question as a whole."""
        sound = bool(super().validate(*args, **kwargs))
        if not self.stem.errors and not (self.stem.data or "").strip():
            self.stem.errors, sound = [_("Write what is asked.")], False
        for piece in self._rows():
            sound = self._rows_are_whole(piece) and sound
        return sound and self._suits_its_type()

    def _rows_are_whole(self, piece: Rows) -> bool:
        field = self[OWN + piece.name]
        filled = pieces.filled_rows(field, piece)
        if len(filled) < piece.least:
            self._wrong_rows(piece, _("Write at least %(least)s.", least=piece.least))
            return False
        whole = True
        for row in field:
            is_marked = piece.mark is not None and row[piece.mark.name].data
            if row not in filled and not is_marked:
                continue
            for each in piece.row:
                cell = row[each.name or pieces.VALUE]
                if not isinstance(each, OneOf) and each.needed and not (cell.data or "").strip():
                    self._wrong_cell(piece, cell, _("Write it."))
                    whole = False
        return whole

    def _suits_its_type(self) -> bool:
        """The type's own rules, each said where it is put right."""
        source, spots = self._numbered()
        found = [each for each in self.type_.check(source) if each.is_error]
        for each in found:
            said = _(each.message) % each.params
            said = said[:1].upper() + said[1:] + "."
            spot = spots.get(each.line)
            if isinstance(spot, tuple):
                piece, cell = spot
                self._wrong_cell(piece, cell, said)
            elif isinstance(spot, Field):
                spot.errors = [*spot.errors, said]
            elif isinstance(spot, Rows):
                self._wrong_rows(spot, said)
            else:
                self.form_errors.append(said)
        return not found

    def _wrong_rows(self, piece: Rows, said: str) -> None:
        self.row_errors[piece.name] = said
        self.form_errors.append(f"{_(piece.label)}: {said}")

    def _wrong_cell(self, piece: Rows, cell: Field, said: str) -> None:
        cell.errors = [*cell.errors, said]
        field = self[OWN + piece.name]
        field.errors = [row.errors for row in field if row.errors]

    def _numbered(self) -> tuple[Map, dict[int, Any]]:
        """The question with numbers for lines, by which its fields are found again."""
        spots: dict[int, Any] = {}

        def number(spot: Any) -> int:
            spots[len(spots) + 1] = spot
            return len(spots)

        values = {key: each for key, each in self.values({}).items() if each is not None}
        source = Map(values)
        for piece, field in self.own():
            source.lines[piece.name] = number(piece if isinstance(piece, Rows) else field)
            if not isinstance(piece, Rows):
                continue
            items = Seq(values.get(piece.name, ()))
            for place, row in enumerate(pieces.filled_rows(field, piece)):
                first = row[piece.row[0].name or pieces.VALUE]
                items.lines.append(number((piece, first)))
                if isinstance(items[place], Mapping):
                    names = {each.name: number((piece, row[each.name])) for each in piece.row}
                    items[place] = Map(items[place], line=items.lines[-1], lines=names)
            source[piece.name] = items
        return source, spots

    def _rows(self) -> list[Rows]:
        return [each for each in self.type_.PIECES if isinstance(each, Rows)]

    def _is_sent(self) -> bool:
        return request.method == "POST" and "stem" in request.form


def question_form(type_: QuestionType) -> type[QuestionForm]:
    """The form of questions of one type."""
    fields = {OWN + piece.name: pieces.field_of(piece) for piece in type_.PIECES}
    return type("QuestionFormOfType", (QuestionForm,), {**fields, "type_": type_})


def place_in_form(row: Any) -> str:
    """The number by which a form knows a row."""
    return str(row.name.rpartition("-")[2])


def _with(words: Mapping[str, str], chosen: str | None) -> list[tuple[str, str]]:
    known = list(words.items())
    return known if not chosen or chosen in words else [*known, (chosen, chosen)]


def _in_order(chosen: Sequence[str], old: Sequence[Any]) -> list[str]:
    """What was written first stays first."""
    return [each for each in old if each in chosen] + [each for each in chosen if each not in old]
