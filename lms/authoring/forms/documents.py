"""Forms of a document that becomes lessons: the file, where it goes, what its pictures show."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from lms.foundation.kernel.errors import N_
from lms.foundation.locale.words import gettext as _
from lms.foundation.web.forms import Form, WholeLine, clean

SPLITS = {
    "one": N_("One lesson of the whole document"),
    "many": N_("A lesson for each heading of level 1"),
}
ALT = "alt_"


class DocumentForm(Form):
    """A document, and the module in which its lessons will stand."""

    file = FileField(
        _l("Document (.docx, or a web page .htm)"), [FileRequired(_l("Choose a file."))]
    )
    module = SelectField(_l("In which module"))
    split = RadioField(_l("What it becomes"), [InputRequired(_l("Choose one."))], default="one")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.split.choices = [SelectChoice(key, _(word)) for key, word in SPLITS.items()]


class LessonsForm(Form):
    """What each picture shows. `lessons_form` adds a field for each."""

    names: Mapping[str, str] = {}

    @property
    def alts(self) -> dict[str, str]:
        """What pictures show, by their names."""
        return {name: self[field].data or "" for field, name in self.names.items()}


def lessons_form(pictures: Sequence[tuple[str, str]]) -> LessonsForm:
    """The form for these pictures: names, and what is known already of what they show."""
    fields: dict[str, Any] = {
        f"{ALT}{number}": StringField(
            _l("What it shows"),
            [
                DataRequired(_l("Say in a few words what it shows.")),
                Length(max=300, message=_l("Use at most %(max)d characters.")),
                WholeLine(),
            ],
            filters=[clean],
            default=alt,
        )
        for number, (_name, alt) in enumerate(pictures)
    }
    names = {f"{ALT}{number}": name for number, (name, _alt) in enumerate(pictures)}
    made: LessonsForm = type(
        "LessonsFormWithPictures", (LessonsForm,), {**fields, "names": names}
    )()
    return made
