"""The forms of a call: what applicants are told, and each thing that they are asked for."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange
from wtforms.validators import Optional as MayBeEmpty

from lms.enrollment.rules import calls as rules
from lms.enrollment.rules.calls import FORMATS, Asked, Sort
from lms.foundation.kernel.text import one_line
from lms.foundation.web.forms import Boxes, Form, WholeLine, clean


class WordsForm(Form):
    """What applicants read before they begin."""

    words = TextAreaField(
        _l("What applicants read first"),
        [
            MayBeEmpty(),
            Length(max=rules.LONGEST_WORDS, message=_l("Write at most 3,000 characters.")),
        ],
    )


class RequirementForm(Form):
    """One thing that applicants send."""

    sort = RadioField(
        _l("What is sent"),
        [InputRequired(_l("Choose what is sent: a document or an answer."))],
        default=Sort.DOCUMENT.value,
        choices=[
            SelectChoice(Sort.DOCUMENT.value, _l("A document, as a file or a photograph")),
            SelectChoice(Sort.ANSWER.value, _l("An answer in words")),
        ],
    )
    name = StringField(
        _l("Name of the document, or the question"),
        [
            InputRequired(_l("Write the name, in up to 120 characters.")),
            WholeLine(),
            Length(max=rules.LONGEST_NAME, message=_l("Write at most 120 characters.")),
        ],
        filters=[clean],
    )
    why = StringField(
        _l("What it is for"),
        [
            MayBeEmpty(),
            WholeLine(),
            Length(max=rules.LONGEST_WHY, message=_l("Write at most 300 characters.")),
        ],
        filters=[clean],
    )
    is_obligatory = BooleanField(_l("It is obligatory"))
    formats = Boxes(_l("Formats"), choices=[SelectChoice(each, each.upper()) for each in FORMATS])
    megabytes = IntegerField(
        _l("Largest size, in MB"),
        [
            MayBeEmpty(),
            NumberRange(1, rules.MOST_MEGABYTES, _l("A document has between 1 and 10 MB.")),
        ],
    )

    def asked(self) -> Asked:
        """What is asked for, as it was written."""
        return Asked(
            sort=self.sort.data,
            name=one_line(self.name.data or ""),
            why=one_line(self.why.data or ""),
            is_obligatory=bool(self.is_obligatory.data),
            formats=tuple(each for each in FORMATS if each in (self.formats.data or ())),
            megabytes=self.megabytes.data or 5,
        )


def requirement_form(asked: Asked | None = None) -> RequirementForm:
    """The form of a new requirement, or of one that there is already."""
    usual = asked or Asked(Sort.DOCUMENT, "", "", is_obligatory=True)
    data = {
        "sort": usual.sort,
        "name": usual.name,
        "why": usual.why,
        "is_obligatory": usual.is_obligatory,
        "formats": list(usual.formats),
        "megabytes": usual.megabytes or None,
    }
    return RequirementForm(data=data)
