"""Forms of certificates. People chosen travel as ``<enrollment>.<course>``."""

from uuid import UUID

from flask import request
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired
from wtforms import HiddenField, IntegerField
from wtforms.validators import AnyOf, InputRequired, NumberRange
from wtforms.widgets import HiddenInput

from lms.foundation.web.forms import Form

MOST = 200
LARGEST_PDF = 5_000_000


class ReviewForm(Form):
    """Looking before issuing: nothing to write."""


class IssueForm(Form):
    """The registrar's word: how many they were shown, and whether it is the whole cohort."""

    confirmed = IntegerField(validators=[InputRequired(), NumberRange(min=1)], widget=HiddenInput())
    which = HiddenField(validators=[AnyOf(("all", "chosen"))])

    @property
    def everybody(self) -> bool:
        return bool(self.which.data == "all")


class CompareForm(Form):
    """The file that somebody was given, to be compared with the one that was issued."""

    pdf = FileField(
        _l("PDF of the document"), validators=[FileRequired(_l("Choose the PDF file."))]
    )


def chosen(name: str = "who") -> list[tuple[UUID, str]]:
    """The people and courses that came with this request; what is not one is left out."""
    found: list[tuple[UUID, str]] = []
    for text in request.form.getlist(name)[:MOST]:
        enrollment, _, course = text.partition(".")
        try:
            found.append((UUID(enrollment), course))
        except ValueError:
            continue
    return list(dict.fromkeys(found))
