"""Forms of a file of questions: which it is, and which of its questions come in."""

import re
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, RadioField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from lms.assessment.formats import FORMATS
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?")
LONGEST_PICKED = 60_000


class QuestionFileForm(Form):
    """A file, and the format that it is in."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])
    kind = RadioField(_l("Its format"), [InputRequired(_l("Choose one."))], default="moodle-xml")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = [SelectChoice(each.name, _(each.label)) for each in FORMATS.values()]


class PickingForm(Form):
    """What is ticked on the pages that are not shown, as numbers and ranges."""

    elsewhere = HiddenField()


def ranges(numbers: set[int]) -> str:
    """Numbers as a short text: 1-57,60."""
    parts: list[list[int]] = []
    for each in sorted(numbers):
        if parts and parts[-1][1] == each - 1:
            parts[-1][1] = each
        else:
            parts.append([each, each])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in parts)


def numbers(text: str, most: int) -> set[int]:
    """The numbers of such a text, as far as there are so many items."""
    found: set[int] = set()
    for part in text[:LONGEST_PICKED].split(","):
        span = _RANGE.fullmatch(part.strip())
        if span:
            first, last = int(span[1]), int(span[2] or span[1])
            found.update(range(max(first, 1), min(last, most) + 1))
    return found
