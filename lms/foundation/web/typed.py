"""What somebody typed, for a page that cannot take it now: in the words of the form."""

import re
from collections.abc import Iterable, Iterator

from flask import g, request
from wtforms import BooleanField, Field, FieldList, FormField
from wtforms.fields.choices import SelectFieldBase

from lms.foundation.locale.words import gettext as _
from lms.foundation.web.csrf import FIELD

LONGEST = 64_000
WHOSE = "written_on"
"""The field that says of a form sent again on which page it was filled in first."""
_UNSHOWN = frozenset(
    {FIELD, WHOSE, "form_key", "code", "resume", "next", "pending", "document_seen"}
)
# What a page says of itself, and nobody typed: which text it was built on, which open page it is.
_OF_THE_PAGE = frozenset(
    {"opened", "tab", "seen", "go", "path", "whole", "kept", "was", "back", "into", "place"}
)
_MADE = re.compile(r"[0-9a-f]{16,}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def remember(form: Iterable[Field]) -> None:
    """Keep the forms of this request in mind: they know what their fields are called."""
    if g:
        g.setdefault("forms", []).append(form)


def shown() -> list[tuple[str, str]]:
    """What was typed, each with its label as the form names it, without secrets.

    A choice is told by its words, not by its code. Without a form (it failed before) there is no
    label.
    """
    fields = {field.name: field for form in g.get("forms", ()) for field in _each(form)}
    return [
        _said(fields.get(name), value)
        for name, value in request.form.items(multi=True)
        if value.strip() and len(value) < LONGEST and not _is_secret(name, fields.get(name))
    ]


def written(fields: Iterable[tuple[str, str]]) -> list[str]:
    """What of a sent form somebody wrote, as far as that can be told without the form itself."""
    sent = [(name, value.strip()) for name, value in fields]
    hidden = _UNSHOWN | _OF_THE_PAGE
    if any(name == "tab" for name, _value in sent):
        hidden |= {"number"}  # of the save; elsewhere it is that of a resolution
    return [
        value
        for name, value in sent
        if value and name not in hidden and "password" not in name and not _MADE.fullmatch(value)
    ]


def _each(fields: Iterable[Field]) -> Iterator[Field]:
    """The fields of a form, also those of forms inside it."""
    for field in fields:
        if isinstance(field, FieldList | FormField):
            yield from _each(field)
        else:
            yield field


def _is_secret(name: str, field: Field | None) -> bool:
    kind = getattr(field.widget, "input_type", "") if field is not None else ""
    return name in _UNSHOWN or "password" in name or kind in ("hidden", "password")


def _said(field: Field | None, value: str) -> tuple[str, str]:
    return ("", value) if field is None else (str(field.label.text), _in_words(field, value))


def _in_words(field: Field, value: str) -> str:
    if isinstance(field, BooleanField):
        return _("Yes")
    choices = field.iter_choices() if isinstance(field, SelectFieldBase) else ()
    return next((str(each.label) for each in choices if str(each.value) == value), value)
