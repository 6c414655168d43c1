"""The form in which a file is written as text."""

import secrets
from hashlib import sha256
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, IntegerField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import HiddenInput

from lms.authoring.formats.tree import LARGEST_TEXT
from lms.authoring.rules.tabs import Tab
from lms.foundation.web.forms import Form


def lines(value: str | None) -> str | None:
    """A text as files keep it: browsers send line ends of their own."""
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def hash_of(text: str) -> str:
    """The hash by which a text is known."""
    return sha256(text.encode("utf-8")).hexdigest()


class TextForm(Form):
    """A text, the hash of what it was built on, and the open page that it comes from.

    A page that saves as one types numbers what it sends.
    """

    text = TextAreaField(
        _l("Text"),
        filters=[lines],
        validators=[Length(max=LARGEST_TEXT, message=_l("The text is too long. Split it."))],
    )
    opened = HiddenField()
    tab = HiddenField(validators=[Length(max=60)])
    number = IntegerField(widget=HiddenInput(), default=0)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.tab.data:
            self.tab.data = secrets.token_urlsafe(9)

    @property
    def page(self) -> Tab:
        """The open page, as a save remembers it."""
        name = (self.tab.data or "").replace(" ", "")
        return Tab(name, max(self.number.data or 0, 0))

    def whole(self, path: str, now: str) -> str:
        """The whole file as it was typed."""
        return self.text.data or ""

    def show(self, text: str) -> None:
        """Open a text in the form."""
        self.text.data, self.opened.data = text, hash_of(text)
