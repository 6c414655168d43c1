"""The form of an assignment: what is asked, how it is handed in, by what it is marked."""

from collections.abc import Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired
from wtforms.validators import Optional as MayBeEmpty

from lms.assessment.types.pieces import Figure, Line, Paragraph, Rows
from lms.assignments.rules.assignment import MOST_FILES, MOST_MEGABYTES, MOST_VERSIONS, FileKind
from lms.authoring.formats.yaml_edit import NULL
from lms.authoring.forms.describing import (
    DescribingForm,
    choices,
    list_of,
    map_of,
    needed_line,
    str_of,
    text,
    whole,
)
from lms.authoring.forms.pieces import (
    WAS,
    FigureField,
    field_of,
    filled_rows,
    kept_number,
    kept_text,
)
from lms.authoring.rules.arrange import free_key
from lms.authoring.rules.levels import levels_of, levels_text
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Boxes

ACCEPTS = {
    "both": N_("Text, files, or both"),
    "text": N_("Text only"),
    "files": N_("Files only"),
}
KINDS = {
    "pdf": N_("PDF"),
    "document": N_("Text document (DOCX, ODT)"),
    "sheet": N_("Spreadsheet (XLSX, ODS)"),
    "picture": N_("Photograph (JPG, PNG)"),
}
CRITERIA = Rows(
    name="criteria",
    label=N_("Criteria"),
    called=N_("Criterion %(number)s"),
    more="",
    row=(
        Line(name="title", label=N_("What is looked at"), longest=200),
        Paragraph(name="description", label=N_("What a good work has"), longest=2_000),
        Figure(name="points", label=N_("Most points, without levels"), least=0),
        Paragraph(name="levels", label=N_("Levels"), longest=12_000),
    ),
    most=30,
)


def _percent(label: Any) -> FigureField:
    return FigureField(label, 0, validators=[MayBeEmpty()])


class AssignmentForm(DescribingForm):
    """What an assignment says."""

    title = needed_line(_l("Title"), _l("Write a title."))
    instructions = text(_l("What is to be done"), 20_000, _l("Write what is to be done."))
    assessment = whole(_l("Minutes credited"), 6_000)
    accepts = RadioField(_l("What is handed in"))
    least_words = whole(_l("Words at least"), 20_000, needed=False)
    most_words = whole(_l("Words at most"), 20_000, needed=False)
    count = whole(_l("Files at most"), MOST_FILES, needed=False)
    megabytes = whole(_l("Megabytes of each file"), MOST_MEGABYTES, needed=False)
    kinds = Boxes(_l("Kinds of file"))
    takes_late = BooleanField(_l("Works are taken after the last day"))
    grace_hours = whole(_l("Hours of grace"), 240, 0, needed=False)
    days = whole(_l("Days that it is taken late"), 60, needed=False)
    percent_per_day = _percent(_l("What a day late costs, in percent"))
    most_percent = _percent(_l("What lateness costs at most, in percent"))
    attempts = whole(_l("How often it may be handed in"), MOST_VERSIONS, needed=False)
    pass_mark = FigureField(
        _l("Pass mark, in percent"), 0, validators=[InputRequired(_l("Write a number."))]
    )
    blind = BooleanField(_l("Whoever marks sees no names"))
    points = FigureField(_l("Points, without criteria"), 0, validators=[MayBeEmpty()])
    criteria = field_of(CRITERIA)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accepts.choices = choices(ACCEPTS)
        self.kinds.choices = choices(KINDS)

    def fill(self, data: Mapping[str, Any]) -> None:
        words, files, late = (map_of(data, name) for name in ("words", "files", "late"))
        self.title.data = str_of(data, "title")
        self.instructions.data = str_of(data, "instructions")
        self.assessment.data = map_of(data, "minutes").get("assessment")
        self.accepts.data = data.get("accepts") or "both"
        self.least_words.data, self.most_words.data = words.get("least"), words.get("most")
        self.count.data, self.megabytes.data = files.get("count"), files.get("megabytes")
        self.kinds.data = [str(each) for each in list_of(files, "kinds")] or list(FileKind)
        self.takes_late.data = bool(late)
        self.grace_hours.data, self.days.data = late.get("grace_hours"), late.get("days")
        self.percent_per_day.show(late.get("percent_per_day"))
        self.most_percent.show(late.get("most_percent"))
        self.attempts.data = data.get("attempts", 1)
        self.pass_mark.show(data.get("pass"))
        self.blind.data = data.get("blind") is True
        self.points.show(data.get("points"))
        for place, each in enumerate(list_of(data, "criteria")[: CRITERIA.most]):
            self.criteria.append_entry(_row(place, each))
        for _each in range(min(2, CRITERIA.most - len(self.criteria))):
            self.criteria.append_entry()

    def take_criteria(self, data: Mapping[str, Any]) -> None:
        """Show the criteria of another assignment in place of one's own; nothing is saved yet."""
        while len(self.criteria):
            self.criteria.pop_entry()
        for each in list_of(data, "criteria")[: CRITERIA.most]:
            self.criteria.append_entry(_row(None, each))
        self.points.data = ""

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Every field; shares are of a hundred, and late works have a last day."""
        sound = bool(super().validate(*args, **kwargs))
        for field in (self.pass_mark, self.percent_per_day, self.most_percent):
            if not field.errors and (field.number or 0) > 100:
                field.errors = [_("Write a number from 0 to 100.")]
                sound = False
        if self.takes_late.data and not self.days.data and not self.days.errors:
            self.days.errors = [_("Say how many days late it is taken.")]
            sound = False
        return self._criteria_are_whole() and sound

    def _criteria_are_whole(self) -> bool:
        whole_ = True
        for row in filled_rows(self.criteria, CRITERIA):
            if not (row["title"].data or "").strip():
                row["title"].errors = [*row["title"].errors, _("Write it.")]
                whole_ = False
            try:
                levels = levels_of(row["levels"].data or "")
            except Invalid as unread:
                row["levels"].errors = [_(unread.message) % unread.params]
                whole_ = False
                continue
            if not row["points"].errors and bool(levels) is (row["points"].number is not None):
                said = _("Give it either levels or points.")
                row["points"].errors = [*row["points"].errors, said]
                whole_ = False
        self.criteria.errors = [row.errors for row in self.criteria if row.errors]
        return whole_

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        criteria = self._criteria(old)
        return {
            "title": kept_text(self.title.data, old.get("title")),
            "instructions": kept_text(self.instructions.data, old.get("instructions")),
            "minutes": {**map_of(old, "minutes"), "assessment": self.assessment.data},
            "pass": kept_number(self.pass_mark.number, old.get("pass")),
            "points": None if criteria else kept_number(self.points.number, old.get("points")),
            "accepts": self.accepts.data,
            "words": self._words(old),
            "files": self._files(old),
            "late": self._late(old),
            "attempts": NULL if self.attempts.data is None else self._attempts(old),
            "blind": None if "blind" not in old and not self.blind.data else bool(self.blind.data),
            "criteria": criteria,
        }

    def _words(self, old: Mapping[str, Any]) -> Any:
        if self.accepts.data == "files":
            return None
        said = {"least": self.least_words.data, "most": self.most_words.data}
        return _said({**map_of(old, "words"), **said})

    def _files(self, old: Mapping[str, Any]) -> Any:
        if self.accepts.data == "text":
            return None
        kinds = [each for each in FileKind if each in (self.kinds.data or ())]
        every = not kinds or len(kinds) == len(FileKind)
        said = {
            "count": self.count.data,
            "megabytes": self.megabytes.data,
            "kinds": None if every else [str(each) for each in kinds],
        }
        return _said({**map_of(old, "files"), **said})

    def _late(self, old: Mapping[str, Any]) -> Any:
        if not self.takes_late.data:
            return None
        before = map_of(old, "late")
        said = {
            "grace_hours": self.grace_hours.data,
            "days": self.days.data,
            "percent_per_day": kept_number(
                self.percent_per_day.number, before.get("percent_per_day")
            ),
            "most_percent": kept_number(self.most_percent.number, before.get("most_percent")),
        }
        return _said({**before, **said})

    def _attempts(self, old: Mapping[str, Any]) -> Any:
        return None if "attempts" not in old and self.attempts.data == 1 else self.attempts.data

    def _criteria(self, old: Mapping[str, Any]) -> Any:
        """The criteria, new ones under a key made from their title, which stays for ever."""
        before = list_of(old, "criteria")
        rows = filled_rows(self.criteria, CRITERIA)
        known = [_known(before, row[WAS].data) for row in rows]
        used = {str(each["key"]) for each in known if "key" in each}
        found = []
        for row, was in zip(rows, known, strict=True):
            key = was.get("key") or free_key(row["title"].data, used)
            used.add(str(key))
            found.append(_criterion(row, was, str(key)))
        return found or None


def _row(place: int | None, each: Any) -> dict[str, Any]:
    item = each if isinstance(each, Mapping) else {}
    points = item.get("points")
    return {
        WAS: "" if place is None else str(place),
        "title": str_of(item, "title"),
        "description": str_of(item, "description"),
        "points": "" if points is None else str(points),
        "levels": levels_text(list_of(item, "levels")),
    }


def _known(before: list[Any], was: str | None) -> Mapping[str, Any]:
    place = int(was) if was and was.isascii() and was.isdigit() else -1
    item = before[place] if 0 <= place < len(before) else {}
    return item if isinstance(item, Mapping) else {}


def _criterion(row: Any, was: Mapping[str, Any], key: str) -> dict[str, Any]:
    levels = levels_of(row["levels"].data or "")
    before = list_of(was, "levels")
    if levels and levels_text(before) == levels_text(levels):
        levels = before
    said = {
        "key": key,
        "title": kept_text(row["title"].data, was.get("title")),
        "description": kept_text(row["description"].data, was.get("description")),
        "points": kept_number(row["points"].number, was.get("points")),
        "levels": levels or None,
    }
    return {**_said({**was, **said})}


def _said(values: Mapping[str, Any]) -> Any:
    """What is said of it; None where nothing is."""
    return {key: each for key, each in values.items() if each not in (None, "", [])} or None
