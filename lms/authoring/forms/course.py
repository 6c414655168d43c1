"""The forms of a course and of a module."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, DecimalField, RadioField
from wtforms.validators import NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.authoring.forms.describing import (
    LONGEST_SENTENCE,
    DescribingForm,
    choices,
    in_lines,
    list_of,
    map_of,
    maybe_line,
    needed_line,
    of_lines,
    str_of,
    text,
    whole,
)
from lms.authoring.rules.outcomes import keyed
from lms.foundation.kernel.errors import N_

STATES = {
    "written": N_("Written: its modules have lessons and quizzes"),
    "outline": N_("Outline: only the titles of its lessons stand"),
}
ORDERS = {
    "sequential": N_("In order: each opens when the one before is done"),
    "free": N_("Free: everything is open from the first day"),
}
REVIEWS = {"pending": N_("Pending"), "accepted": N_("Accepted by a jurist")}
_PERCENT = _l("Write a number from 1 to 100.")
WEIGHT = "weight_"


class CourseForm(DescribingForm):
    """What a course says of itself, and how its grade is made.

    Fields for the weights are added by `course_form`, one for each graded activity.
    """

    weighed: Mapping[str, str] = {}
    """The key of each graded activity by the name of its field."""
    kept: Collection[str] = ()
    """Keys of graded activities that are hidden."""

    title = needed_line(_l("Title"), _l("Write a title."))
    hours = whole(_l("Hours"), 2_000)
    state = RadioField(_l("State"))
    order = RadioField(_l("Order"))
    summary = text(_l("Summary"), 1_500, _l("Write what it is about."))
    outcomes = text(_l("What a person can do after it"), missing=_l("Write at least one line."))
    pass_mark = DecimalField(
        _l("Pass mark, in percent"),
        [MayBeEmpty(), NumberRange(min=1, max=100, message=_PERCENT)],
        places=None,
    )
    review = RadioField(_l("Legal review"))
    reviewed_by = maybe_line(_l("Who accepted it"))
    reviewed_on = DateField(_l("Accepted on"), [MayBeEmpty()])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state.choices = choices(STATES)
        self.order.choices = choices(ORDERS)
        self.review.choices = choices(REVIEWS)

    @property
    def weights(self) -> list[Any]:
        """The fields of the weights, in the order of the course."""
        return [self[name] for name in self.weighed]

    def fill(self, data: Mapping[str, Any]) -> None:
        for name in ("title", "hours", "state", "order", "summary"):
            self[name].data = data.get(name)
        self.outcomes.data = in_lines(
            [each["text"] for each in list_of(data, "outcomes") if "text" in each]
        )
        grading = map_of(data, "grading")
        self.pass_mark.data = _number(grading.get("pass"))
        for name, key in self.weighed.items():
            self[name].data = _number(map_of(grading, "weights").get(key))
        review = map_of(data, "legal_review")
        self.review.data = review.get("state", "pending")
        self.reviewed_by.data, self.reviewed_on.data = str_of(review, "by"), review.get("on")

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        review: dict[str, Any] = {"state": self.review.data}
        if self.review.data == "accepted":
            review |= {"by": self.reviewed_by.data, "on": self.reviewed_on.data}
        return {
            **{name: self[name].data for name in ("title", "hours", "state", "order", "summary")},
            "outcomes": keyed(of_lines(self.outcomes.data), list_of(old, "outcomes")),
            "grading": self._grading(map_of(map_of(old, "grading"), "weights")),
            "legal_review": {key: each for key, each in review.items() if each},
        }

    def _grading(self, old: Mapping[str, Any]) -> dict[str, Any] | None:
        """What is hidden keeps its weight for the day on which it is shown again."""
        weights = {key: each for key, each in old.items() if key in self.kept} | {
            key: _plain(self[name].data) for name, key in self.weighed.items() if self[name].data
        }
        if not weights or self.pass_mark.data is None:
            return None
        return {"pass": _plain(self.pass_mark.data), "weights": weights}


def course_form(graded: Mapping[str, str], hidden: Collection[str]) -> type[CourseForm]:
    """The form of a course with these graded activities (titles by their keys)."""
    names = {f"{WEIGHT}{number}": key for number, key in enumerate(graded)}
    fields: dict[str, Any] = {
        name: DecimalField(
            graded[key],
            [MayBeEmpty(), NumberRange(min=0, max=100, message=_PERCENT)],
            places=None,
        )
        for name, key in names.items()
    }
    return type(
        "CourseFormWithWeights", (CourseForm,), {**fields, "weighed": names, "kept": hidden}
    )


class ModuleForm(DescribingForm):
    """What a module says of itself, its practice and its forum."""

    title = needed_line(_l("Title"), _l("Write a title."))
    hours = whole(_l("Hours"), 500)
    outcome = text(
        _l("What a person can do after it"), LONGEST_SENTENCE, _l("Write it in a sentence.")
    )
    lessons = text(_l("Titles of its lessons"))
    practice_title = maybe_line(_l("Title of the practice"))
    practice_minutes = whole(_l("Minutes of the practice"), 6_000, needed=False)
    practice_text = text(_l("What to do"))
    practice_answer = text(_l("A good answer, shown afterwards"))
    forum_title = maybe_line(_l("Title of the forum"))
    forum_minutes = whole(_l("Minutes of the forum"), 6_000, needed=False)
    forum_question = text(_l("What is discussed"))

    def fill(self, data: Mapping[str, Any]) -> None:
        for name in ("title", "hours", "outcome"):
            self[name].data = data.get(name)
        self.lessons.data = in_lines(data.get("lessons"))
        practice, forum = map_of(data, "practice"), map_of(data, "forum")
        self.practice_title.data = str_of(practice, "title")
        self.practice_minutes.data = practice.get("minutes")
        self.practice_text.data = str_of(practice, "text")
        self.practice_answer.data = str_of(practice, "model_answer")
        self.forum_title.data = str_of(forum, "title")
        self.forum_minutes.data = forum.get("minutes")
        self.forum_question.data = str_of(forum, "question")

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        practice = {
            "title": self.practice_title.data,
            "minutes": self.practice_minutes.data,
            "text": self.practice_text.data,
            "model_answer": self.practice_answer.data,
        }
        forum = {
            "title": self.forum_title.data,
            "minutes": self.forum_minutes.data,
            "question": self.forum_question.data,
        }
        return {
            **{name: self[name].data for name in ("title", "hours", "outcome")},
            "lessons": of_lines(self.lessons.data) or None,
            "practice": _part(practice),
            "forum": _part(forum),
        }


def _part(values: Mapping[str, Any]) -> dict[str, Any] | None:
    """A part of a module, left out when nothing of it is written."""
    return {key: each for key, each in values.items() if each} or None


def _number(value: Any) -> Decimal | None:
    return Decimal(str(value)) if isinstance(value, int | Decimal) else None


def _plain(value: Decimal) -> int | Decimal:
    """A whole number without a point."""
    return int(value) if value == value.to_integral_value() else value
