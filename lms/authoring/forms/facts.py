"""The form of a fact of law: what holds, where it stands, who verified it and until when."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, SelectField
from wtforms.validators import Optional as MayBeEmpty

from lms.authoring.forms.describing import maybe_line, needed_line, text
from lms.catalog.rules.sources import FactSource
from lms.foundation.web.forms import Boxes, Form


class FactForm(Form):
    """A fact; `also` are the other courses in which it is changed too."""

    text = text(_l("What holds"), 1_000, _l("Write what holds, in a sentence."))
    source = needed_line(_l("Source"), _l("Write the law or document."), 300)
    article = maybe_line(_l("Article"), 60)
    url = maybe_line(_l("Where to read it"), 500)
    verified_on = DateField(_l("Verified on"), [MayBeEmpty()])
    verified_by = maybe_line(_l("Verified by"), 200)
    expires = DateField(_l("To be checked again"), [MayBeEmpty()])
    doubtful = BooleanField(_l("Doubtful: it is explained with caution and never asked"))
    also = Boxes(_l("The same fact in other courses"), validate_choice=True)

    def fill(self, fact: FactSource) -> None:
        """Show what the file says now."""
        self.text.data, self.source.data = fact.text, fact.source
        self.article.data, self.url.data = fact.article, fact.url
        self.verified_on.data, self.verified_by.data = fact.verified_on, fact.verified_by
        self.expires.data, self.doubtful.data = fact.expires, fact.doubtful

    def values(self) -> dict[str, Any]:
        """What the file shall say, key by key; None takes a key out."""
        return {
            "text": self.text.data,
            "source": self.source.data,
            "article": self.article.data or None,
            "url": self.url.data or None,
            "verified_on": self.verified_on.data,
            "verified_by": self.verified_by.data or None,
            "expires": self.expires.data,
            "doubtful": True if self.doubtful.data else None,
        }


class NewFactForm(FactForm):
    """A fact that is not there yet, and the course whose texts will cite it."""

    course = SelectField(_l("Course"))
