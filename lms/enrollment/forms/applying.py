"""The forms of an application: one for each file, so that a slow phone sends one at a time."""

from typing import IO, Any

from flask import current_app
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import TextAreaField
from wtforms.validators import InputRequired, Length

from lms.enrollment.models import Requirement
from lms.enrollment.rules.calls import FORMATS, LONGEST_ANSWER, Sort
from lms.foundation.files.actions import keep
from lms.foundation.files.kinds import media_type
from lms.foundation.files.store import Stored
from lms.foundation.kernel.errors import N_, Invalid
from lms.foundation.kernel.text import one_line
from lms.foundation.web.forms import Form

LONGEST_FILENAME = 120


class PaperForm(Form):
    """A file for one requirement."""

    file = FileField(_l("File"), [FileRequired(_l("Choose a file."))])

    def kept(self, requirement: Requirement) -> Stored:
        """The file in the store. What it is, is told by its content; pictures are drawn anew."""
        stream: IO[bytes] = self.file.data.stream
        formats = requirement.formats.split()
        kinds = [FORMATS[each] for each in formats]
        said = ", ".join(each.upper() for each in formats)
        if media_type(stream) not in kinds:
            raise Invalid(N_("Send it as %(formats)s: this file is something else."), formats=said)
        largest = requirement.megabytes * 1_000_000
        return keep(current_app.extensions["cabildo.files"], stream, kinds=kinds, largest=largest)

    @property
    def filename(self) -> str:
        """What the file was called, for whoever looks for it again."""
        name = one_line((self.file.data.filename or "").replace("\\", "/").rpartition("/")[2])
        return name[-LONGEST_FILENAME:]


class AnswerForm(Form):
    """An answer in words."""

    answer = TextAreaField(
        _l("Your answer"),
        [
            InputRequired(_l("Write your answer.")),
            Length(max=LONGEST_ANSWER, message=_l("Write at most 2,000 characters.")),
        ],
    )


class Act(Form):
    """One button: nothing is filled in."""


def paper_form(requirement: Requirement, answer: str = "", **given: Any) -> PaperForm | AnswerForm:
    """The form of one requirement, its ids its own: a page has many of them."""
    form: PaperForm | AnswerForm
    if requirement.sort == Sort.ANSWER:
        form = AnswerForm(data={"answer": answer}, **given)
        field = form.answer
    else:
        form = PaperForm(**given)
        field = form.file
    field.id = f"{field.id}-{requirement.position}"
    field.label.field_id = field.id
    return form
