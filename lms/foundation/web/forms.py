"""Forms: what every form of the site has in common."""

import secrets
from functools import cache
from gettext import NullTranslations, translation
from typing import Any

from flask import request
from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField, ValidationError
from wtforms.i18n import messages_path
from wtforms.widgets import CheckboxInput, ListWidget

from lms.foundation.kernel.errors import N_, DomainError, Invalid
from lms.foundation.kernel.text import one_line
from lms.foundation.locale.words import gettext
from lms.foundation.web.csrf import csrf_token
from lms.foundation.web.locale import language
from lms.foundation.web.typed import remember


def clean(value: str | None) -> str | None:
    """What a one-line field keeps of what was typed."""
    return one_line(value) if isinstance(value, str) else value


class Boxes(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, each with a box to tick."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class WholeLine:
    """Refuses characters that no one-line answer has (control characters)."""

    def __call__(self, _form: Any, field: Field) -> None:
        if any(ord(ch) < 32 for ch in field.data or ""):
            raise ValidationError(gettext("Write this on one line."))


@cache
def _sentences(spoken: str) -> NullTranslations:
    return translation("wtforms", messages_path(), [spoken], fallback=True)


# What WTForms says of itself names a fault; ours say what to do.
_SAID = {
    "This field is required.": N_("Write something here."),
    "Not a valid choice.": N_("Choose one from the list."),
    "Not a valid date value.": N_("Write the day, for example 2027-02-01."),
    "Not a valid datetime value.": N_("Write the day and the hour, for example 2027-02-01 08:00."),
    "Not a valid integer value.": N_("Write a whole number, with figures only."),
    "Field cannot be longer than %(max)d characters.": N_("Use at most %(max)d characters."),
}


class Sentences:
    """What WTForms itself says, in the reader's language; each catalogue is read once."""

    def gettext(self, message: str) -> str:
        if message in _SAID:
            return gettext(_SAID[message])
        return _sentences(language()).gettext(message)

    def ngettext(self, singular: str, plural: str, number: int) -> str:
        if plural in _SAID:
            return gettext(_SAID[plural])
        return _sentences(language()).ngettext(singular, plural, number)


_SENTENCES = Sentences()


class Form(FlaskForm):  # type: ignore[misc]
    """A form with a key of its own: sent twice, it is done once."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]
        csrf = False  # every writing request is checked before it reaches a form

        def get_translations(self, _form: Any) -> Sentences:
            return _SENTENCES

    csrf_token = HiddenField()
    form_key = HiddenField()
    held = ""
    """Why nothing is taken for a while, whatever is written: no fault of the form's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.csrf_token.data = csrf_token()
        if not self.form_key.data:
            self.form_key.data = secrets.token_urlsafe(18)
        remember(self)

    def refuse(self, error: DomainError) -> None:
        """Show a domain error at the top of the form, and beside the fields it names."""
        said = gettext(error.message) % error.params if error.params else gettext(error.message)
        beside = []
        if isinstance(error, Invalid):
            for name, message in error.fields.items():
                field = self._fields.get(name)
                if field is not None:
                    sentence = gettext(message)
                    beside.append(sentence % error.params if error.params else sentence)
                    field.errors = [*field.errors, beside[-1]]
        if said not in beside:  # the list of what is wrong names it once
            errors: list[str] = self.form_errors
            errors.append(said)

    def forgive(self) -> None:
        """Show what was written as it is, with nothing held against it yet."""
        self.form_errors.clear()
        for field in self:
            field.errors = []

    def validate(self, *args: Any, **kwargs: Any) -> bool:
        """Of a number that is none, say the bounds it must keep, not the same twice."""
        valid = bool(super().validate(*args, **kwargs))
        for field in self:
            unread = len(field.process_errors)
            if unread and len(field.errors) > unread:
                field.errors = field.errors[unread:]
        return valid

    def sent(self) -> bool:
        """Whether the form came with this request and is well filled in."""
        return request.method == "POST" and bool(self.validate())
