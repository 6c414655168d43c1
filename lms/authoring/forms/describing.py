"""What all forms that describe a part of a programme have in common."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.authoring.forms.text import lines
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form, WholeLine, clean

LONGEST_SENTENCE = 500
LONGEST_MARKDOWN = 20_000


class DescribingForm(Form):
    """A form over one file: filled from its keys, written back into them.

    Each kind of file says how; forms have a class of their own making, so that this one cannot be
    marked as unfinished in the usual way.
    """

    opened = HiddenField()

    def fill(self, data: Mapping[str, Any]) -> None:
        """Show what the file says now."""
        raise NotImplementedError

    def values(self, old: Mapping[str, Any]) -> dict[str, Any]:
        """What the file shall say, key by key; None takes a key out."""
        raise NotImplementedError

    def stand_against(self, data: Mapping[str, Any]) -> None:
        """Say beside each field what somebody else wrote there meanwhile."""
        theirs = type(self)(formdata=None)
        theirs.fill(data)
        for name, field in self._fields.items():
            other = theirs._fields[name]
            shown = other.data if other.data is not None else ""
            if name not in {"csrf_token", "form_key", "opened"} and field.data != other.data:
                said = shown if isinstance(shown, str) else ", ".join(map(str, _several(shown)))
                field.errors = [_("Somebody else wrote meanwhile: %(text)s", text=said or "—")]


def _several(value: Any) -> Iterable[Any]:
    return value if isinstance(value, list | tuple | set) else [value]


def needed_line(label: Any, missing: Any, longest: int = 200) -> StringField:
    """A title, on one line."""
    return StringField(
        label,
        [
            DataRequired(missing),
            Length(max=longest, message=_l("Use at most %(max)d characters.")),
            WholeLine(),
        ],
        filters=[clean],
    )


def maybe_line(label: Any, longest: int = 200) -> StringField:
    """A line that may be left empty."""
    return StringField(
        label,
        [
            MayBeEmpty(),
            Length(max=longest, message=_l("Use at most %(max)d characters.")),
            WholeLine(),
        ],
        filters=[clean],
    )


def text(label: Any, longest: int = LONGEST_MARKDOWN, missing: Any = None) -> TextAreaField:
    """A longer text."""
    first = InputRequired(missing) if missing else MayBeEmpty()
    return TextAreaField(
        label,
        [first, Length(max=longest, message=_l("Use at most %(max)d characters."))],
        filters=[lines],
    )


def whole(label: Any, most: int, least: int = 1, *, needed: bool = True) -> IntegerField:
    """A whole number within limits."""
    wrong = _l("Write a whole number from %(least)s to %(most)s.", least=least, most=most)
    first = InputRequired(wrong) if needed else MayBeEmpty()
    return IntegerField(label, [first, NumberRange(min=least, max=most, message=wrong)])


def choices(words: Mapping[str, Any], also: Sequence[str] = ()) -> list[SelectChoice]:
    """Options with their words in the reader's language; what is written already is among them."""
    known = [SelectChoice(key, _(word)) for key, word in words.items()]
    return known + [SelectChoice(key, key) for key in also if key not in words]


def in_lines(value: Any) -> str:
    """A list of texts, one in a line."""
    return "\n".join(str(each) for each in value) if isinstance(value, list) else ""


def of_lines(value: str | None) -> list[str]:
    """The lines that say something."""
    return [line for each in (value or "").split("\n") if (line := clean(each))]


def in_commas(items: Sequence[Any]) -> str:
    """A list of short texts on one line, parted by commas."""
    return ", ".join(str(each) for each in items)


def of_commas(value: str | None, old: Sequence[Any] = ()) -> list[str]:
    """The words of a line, each once; the file's own list while the line says the same."""
    if value is not None and clean(in_commas(old)) == value:
        return list(old)
    return list(dict.fromkeys(word for each in (value or "").split(",") if (word := clean(each))))


def str_of(data: Mapping[str, Any], key: str) -> str:
    """A text of a file, whatever stands there."""
    value = data.get(key)
    return value if isinstance(value, str) else ""


def map_of(data: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """A mapping of a file, whatever stands there."""
    value = data.get(key)
    return value if isinstance(value, Mapping) else {}


def list_of(data: Mapping[str, Any], key: str) -> list[Any]:
    """A list of a file, whatever stands there."""
    value = data.get(key)
    return list(value) if isinstance(value, list) else []
