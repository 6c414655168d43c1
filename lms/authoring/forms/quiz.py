"""Forms of a quiz as a whole: its settings, and the questions pasted into it."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import InputRequired

from lms.assessment.rules import tries
from lms.assessment.rules.review import Moment
from lms.assessment.rules.sitting import LONGEST_PASSWORD, MOST_GRACE, MOST_WAIT
from lms.assessment.types.pieces import Figure, Line, OneOf, Paragraph, Rows
from lms.authoring.formats.pasted_questions import MOST_TEXT
from lms.authoring.formats.yaml_edit import NULL
from lms.authoring.forms.describing import (
    DescribingForm,
    choices,
    in_commas,
    list_of,
    map_of,
    maybe_line,
    needed_line,
    of_commas,
    str_of,
    text,
    whole,
)
from lms.authoring.forms.pieces import (
    FigureField,
    field_of,
    fill,
    filled_rows,
    kept_number,
    kept_text,
    value_of,
)
from lms.authoring.forms.question import DIFFICULTIES
from lms.authoring.rules.arrange import free_key
from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Boxes, Form

COUNTS = {
    "best": N_("The best"),
    "last": N_("The last"),
    "first": N_("The first"),
    "average": N_("The average of all"),
}


PURPOSES = {
    "graded": N_("It gives a part of the grade"),
    "practice": N_("Practice: no grade, done once handed in"),
}
BEHAVIOURS = {
    "deferred": N_("After handing in"),
    "immediate": N_("While answering: each answer is checked once, and stands"),
    "tries": N_("While answering: an answer may be changed and checked again"),
}
AT_EXPIRY = {
    "hand_in": N_("What had arrived counts"),
    "abandon": N_("What was not handed in earns nothing"),
}


ITEMS = {
    "answer": N_("Their answer"),
    "marks": N_("What it earned"),
    "right": N_("The right answer"),
    "feedback": N_("The explanations"),
}
USUAL = ["answer", "marks"]


def usual(moment: Moment, purpose: str | None) -> list[str]:
    """What is shown at a moment of which nothing is said, as far as boxes can say it."""
    return [*ITEMS] if purpose == "practice" or moment is Moment.CLOSED else USUAL


class PastingForm(Form):
    """Questions as text."""

    text = text(_l("Questions"), MOST_TEXT, _l("Paste the questions here."))


CASES = Rows(
    name="cases",
    label=N_("Cases"),
    called=N_("Case %(number)s"),
    more="",
    row=(
        Line(name="title", label=N_("Title of the case"), longest=200, needed=True),
        Paragraph(name="text", label=N_("Text of the case"), longest=20_000, needed=True),
    ),
    most=50,
)


def _row_shown(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "tags": in_commas(list_of(row, "tags"))}


def _row_written(typed: Mapping[str, Any]) -> dict[str, Any]:
    tags = of_commas(typed["tags"])
    return {key: each for key, each in {**typed, "tags": tags}.items() if each}


DRAWN = Rows(
    name="draw",
    label=N_("Drawn by rows"),
    called=N_("Row %(number)s"),
    more="",
    row=(
        Figure(name="count", label=N_("How many"), least=1, needed=True),
        Line(name="title", label=N_("Heading above them"), longest=200),
        Line(name="category", label=N_("Category")),
        Line(name="tags", label=N_("Tags"), longest=1_600),
        OneOf(
            name="difficulty",
            label=N_("Difficulty"),
            options={0: N_("Any"), **DIFFICULTIES},
            otherwise="0",
        ),
    ),
    most=40,
    shown=_row_shown,
    written=_row_written,
)
SPARE_ROWS = 2
"""Empty rows that a form shows beside those that are written."""


class QuizForm(DescribingForm):
    """What a quiz says of itself."""

    title = needed_line(_l("Title"), _l("Write a title."))
    intro = text(_l("What to know before beginning"), 10_000)
    purpose = RadioField(_l("What it is for"))
    assessment = whole(_l("Minutes credited"), 600)
    time_limit = whole(_l("Minutes allowed for an attempt"), 1_440, needed=False)
    grace = whole(_l("Minutes of grace"), MOST_GRACE, needed=False)
    at_expiry = RadioField(_l("When the time is over"))
    password = maybe_line(_l("Password to begin"), LONGEST_PASSWORD)
    wait = whole(_l("Minutes to wait between attempts"), MOST_WAIT, needed=False)
    attempts = whole(_l("Attempts allowed"), 100, needed=False)
    counts = RadioField(_l("Which attempt counts"))
    build_on_last = BooleanField(_l("Each attempt begins with the answers of the one before"))
    behaviour = RadioField(_l("When they learn whether an answer is right"))
    tries = whole(_l("Times that an answer may be checked"), tries.MOST, tries.FEWEST, needed=False)
    penalty = FigureField(_l("What each failed try takes away, in percent"), 0)
    pass_mark = FigureField(
        _l("Pass mark, in percent"), 0, validators=[InputRequired(_l("Write a number."))]
    )
    draw = whole(_l("Questions drawn for each attempt"), 200, needed=False)
    rows = field_of(DRAWN)
    shuffle_questions = BooleanField(_l("Each attempt has its own order of questions"))
    shuffle_options = BooleanField(_l("Each attempt has its own order of options"))

    per_page = whole(_l("Questions on each page"), 200, needed=False)
    sequential = BooleanField(_l("Nobody goes back to a page"))
    usual_review = BooleanField(_l("As usual"))
    review_during = Boxes(_l("While answering, once an answer was checked"))
    review_after = Boxes(_l("In the ten minutes after handing in"))
    review_open = Boxes(_l("Later, while the quiz is open"))
    review_closed = Boxes(_l("When it has closed"))

    blind = BooleanField(_l("Whoever marks essays sees no names"))

    cases = field_of(CASES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts.choices = choices(COUNTS)
        self.behaviour.choices = choices(BEHAVIOURS)
        self.at_expiry.choices = choices(AT_EXPIRY)
        self.purpose.choices = choices(PURPOSES)
        for name in Moment:
            self[f"review_{name}"].choices = choices(ITEMS)

    def fill(self, data: Mapping[str, Any]) -> None:
        self.title.data, self.intro.data = str_of(data, "title"), str_of(data, "intro")
        self.assessment.data = map_of(data, "minutes").get("assessment")
        self.time_limit.data, self.attempts.data = data.get("time_limit"), data.get("attempts", 1)
        self.counts.data, draw = data.get("counts") or "best", data.get("draw")
        self.draw.data = draw if isinstance(draw, int) else None
        self.grace.data, self.wait.data = data.get("grace"), data.get("wait")
        self.purpose.data = data.get("purpose") or "graded"
        self.at_expiry.data = data.get("at_expiry") or "hand_in"
        self.password.data = str_of(data, "password")
        self.pass_mark.show(data.get("pass"))
        self.behaviour.data = data.get("behaviour") or "deferred"
        self.tries.data = data.get("tries")
        self.penalty.show(in_percent(data.get("penalty")))
        self.shuffle_questions.data = data.get("shuffle_questions") is True
        self.shuffle_options.data = data.get("shuffle_options") is True
        self.per_page.data = data.get("per_page")
        self.sequential.data = data.get("sequential") is True
        self.build_on_last.data = data.get("build_on_last") is True
        self.blind.data = data.get("blind") is True
        self.usual_review.data = not map_of(data, "review")
        for moment in Moment:
            said = map_of(data, "review").get(moment, usual(moment, self.purpose.data))
            self[f"review_{moment}"].data = [each for each in ITEMS if each in said]
        fill(self.rows, DRAWN, data)
        for _spare in range(min(SPARE_ROWS, DRAWN.most - len(self.rows))):
            self.rows.append_entry()
        fill(self.cases, CASES, data)
        if len(self.cases) < CASES.most:
            self.cases.append_entry()

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Every field; a pass mark is a share of a hundred."""
        sound = bool(super().validate(*args, **kwargs))
        if sound and (self.pass_mark.number or 0) > 100:
            self.pass_mark.errors = [_("Write a number from 0 to 100.")]
            return False
        if sound and (self.penalty.number or 0) > 100:
            self.penalty.errors = [_("Write a number from 0 to 100.")]
            return False
        return self._cases_are_whole() and self._rows_are_whole() and sound

    def _rows_are_whole(self) -> bool:
        """Each row says how many; all of them stand instead of one number for all."""
        filled = filled_rows(self.rows, DRAWN)
        wanting = [row["count"] for row in filled if not row["count"].data]
        for cell in wanting:
            cell.errors = [*cell.errors, _("Write a number.")]
        for row in filled:
            if not row["count"].errors and not isinstance(row["count"].number, int):
                row["count"].errors, wanting = [_("Write a whole number.")], [*wanting, row]
        self.rows.errors = [row.errors for row in self.rows if row.errors]
        if filled and self.draw.data is not None:
            self.draw.errors = [_("Write one number for all, or rows; not both.")]
            return False
        return not wanting

    def _cases_are_whole(self) -> bool:
        halves = [
            cell
            for row in filled_rows(self.cases, CASES)
            for cell in (row["title"], row["text"])
            if not (cell.data or "").strip()
        ]
        for cell in halves:
            cell.errors = [*cell.errors, _("Write it.")]
        self.cases.errors = [row.errors for row in self.cases if row.errors]
        return not halves

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        return {
            "title": kept_text(self.title.data, old.get("title")),
            "intro": kept_text(self.intro.data, old.get("intro")),
            "minutes": {**map_of(old, "minutes"), "assessment": self.assessment.data},
            "time_limit": self.time_limit.data,
            "purpose": _unless(self.purpose.data, "graded", old, "purpose"),
            "grace": self.grace.data,
            "at_expiry": _unless(self.at_expiry.data, "hand_in", old, "at_expiry"),
            "attempts": self._attempts(old),
            "wait": self.wait.data,
            "password": kept_text(self.password.data, old.get("password")),
            "counts": _unless(self.counts.data, "best", old, "counts"),
            "draw": self.draw.data or value_of(self.rows, DRAWN, old),
            "behaviour": _unless(self.behaviour.data, "deferred", old, "behaviour"),
            "tries": self.tries.data,
            "penalty": self._penalty(old),
            "pass": kept_number(self.pass_mark.number, old.get("pass")),
            **{
                name: _unless(bool(self[name].data), False, old, name)
                for name in (
                    "shuffle_questions",
                    "shuffle_options",
                    "sequential",
                    "build_on_last",
                    "blind",
                )
            },
            "per_page": self.per_page.data,
            "review": self._review(old),
            "cases": self._cases(old),
        }

    def _review(self, old: Mapping[str, Any]) -> Any:
        """What is shown when; a moment of which nothing was said stays so while it is as usual."""
        if self.usual_review.data:
            return None
        said = map_of(old, "review")
        chosen = {str(moment): self[f"review_{moment}"].data or [] for moment in Moment}
        if self.behaviour.data == "deferred" and Moment.DURING not in said:
            chosen.pop(Moment.DURING)
        return {
            moment: said[moment]
            if set(said.get(moment, ())) == set(items) and moment in said
            else items
            for moment, items in chosen.items()
            if moment in said or not said or items != usual(Moment(moment), self.purpose.data)
        }

    def _penalty(self, old: Mapping[str, Any]) -> Any:
        """A file has a part of one, a form percent."""
        typed = self.penalty.number
        return None if typed is None else kept_number(Decimal(typed) / 100, old.get("penalty"))

    def _cases(self, old: Mapping[str, Any]) -> Any:
        """The cases, new ones under a key made from their title, which stays for ever."""
        written = value_of(self.cases, CASES, old) or []
        used = {str(each["key"]) for each in written if "key" in each}
        keyed = []
        for each in written:
            if "key" not in each:
                each = {"key": free_key(each["title"], used), **each}
                used.add(each["key"])
            keyed.append(each)
        return keyed or None

    def _attempts(self, old: Mapping[str, Any]) -> Any:
        """None at all is any number; not written is one."""
        if self.attempts.data is None:
            return NULL
        return _unless(self.attempts.data, 1, old, "attempts")


def in_percent(part: Any) -> Any:
    """A part of one as percent; what is no number as it is."""
    if isinstance(part, int | float | Decimal) and not isinstance(part, bool):
        return (Decimal(str(part)) * 100).normalize()
    return part


def _unless(value: Any, otherwise: Any, old: Mapping[str, Any], key: str) -> Any:
    """What holds where nothing is written need not be written."""
    return None if key not in old and value == otherwise else value
